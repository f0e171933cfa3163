"""This room's step of rendering: the first use of each term in a section links to its page."""

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from editorial.models import LiveChange
from editorial.states import Kind
from glossary.matcher import Entry, Match, Matcher
from glossary.models import Term

if TYPE_CHECKING:
    from editorial.rendering import Document

# A term is not linked in what is a link or a name already, nor in words that are quoted.
LEFT_ALONE = frozenset({"a", "h1", "h2", "h3", "h4", "sup", "cite", "code", "blockquote", "caption"})

_latest: tuple[int, Matcher] | None = None


def current_matcher() -> Matcher:
    """The matcher over every live term, built again when a term has come, changed or gone."""
    global _latest
    changes = LiveChange.objects.filter(page__kind=Kind.TERM).order_by("-number")
    number = changes.values_list("number", flat=True).first() or 0
    if _latest is None or _latest[0] != number:
        _latest = (number, Matcher.of(live_entries()))
    return _latest[1]


def live_entries() -> list[Entry]:
    terms = Term.objects.live().select_related("page").prefetch_related("also_called")
    return [
        Entry(
            page_id=term.page_id,
            address=term.get_absolute_url(),
            definition=term.summary,
            names=(term.title, *(name.name for name in term.also_called.all())),
        )
        for term in terms.defer("body").order_by("title")
    ]


def link_terms(document: "Document") -> None:
    """Leaves on the document: `terms`, the ids of the glossary pages that were linked."""
    if not document.version.body:
        return
    matcher = current_matcher()
    linked: set[int] = set()
    in_section: set[int] = {document.version.page_id}
    for element in list(document.tree.iter()):
        if element.tag == "h2":
            in_section = {document.version.page_id}
        if not isinstance(element.tag, str):
            continue
        if element.text and not _is_left_alone(element):
            _link(element, None, matcher, in_section, linked)
        if element.tail and element is not document.tree:
            parent = element.getparent()
            if not _is_left_alone(parent):
                _link(parent, element, matcher, in_section, linked)
    document.terms = sorted(linked)


def _is_left_alone(element: lxml_html.HtmlElement) -> bool:
    return element.tag in LEFT_ALONE or any(
        ancestor.tag in LEFT_ALONE for ancestor in element.iterancestors()
    )


def _link(parent, before, matcher: Matcher, in_section: set[int], linked: set[int]) -> None:
    """Link the terms of one stretch of text: the parent's own, or the tail of a child of it."""
    text = parent.text if before is None else before.tail
    matches = []
    for match in matcher.find(text):
        if match.entry.page_id not in in_section:
            in_section.add(match.entry.page_id)
            linked.add(match.entry.page_id)
            matches.append(match)
    if not matches:
        return
    if before is None:
        parent.text = text[: matches[0].start]
        place = 0
    else:
        before.tail = text[: matches[0].start]
        place = parent.index(before) + 1
    ends = [match.start for match in matches[1:]] + [len(text)]
    for offset, (match, end) in enumerate(zip(matches, ends, strict=True)):
        parent.insert(place + offset, _anchor(text, match, end))


def _anchor(text: str, match: Match, until: int) -> lxml_html.HtmlElement:
    link = lxml_html.Element("a")
    link.set("class", "term")
    link.set("href", match.entry.address)
    link.set("data-definition", match.entry.definition)
    link.text = text[match.start : match.end]
    link.tail = text[match.end : until]
    return link
