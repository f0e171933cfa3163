"""This room's steps of rendering: terms are linked to their pages, and told from one another."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from lxml import html as lxml_html

from editorial.models import AlsoCalled, LiveChange, Page, Version
from editorial.readings import read_together
from editorial.sanitising import fit_for_markup
from editorial.states import Kind
from glossary.matcher import Entry, Match, Matcher
from glossary.models import Term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.rendering import Document

# A term is not linked in what is a link or a name already, nor in words that are quoted.
LEFT_ALONE = frozenset(
    {"a", "h1", "h2", "h3", "h4", "sup", "cite", "code", "blockquote", "caption"}
)


@dataclass(frozen=True)
class _Built:
    """A matcher, and the last change that was there when it was looked at: its number and page."""

    matcher: Matcher
    number: int
    page: int


_latest: _Built | None = None


def current_matcher() -> Matcher:
    """The matcher over every live name, built again when one has come, changed or gone.

    Only changes since the last look are looked at: there may be 100,000 before them.
    """
    global _latest
    changes = LiveChange.objects.values_list("number", "page", "page__kind")
    if _latest is None:
        new = list(changes.order_by("-number")[:1])
    else:
        new = list(changes.filter(number__gte=_latest.number).order_by("number"))
    first, *later = new or [(0, 0, "")]
    # What was seen last is another, or gone, where its transaction was taken back.
    if (
        _latest
        and first[:2] == (_latest.number, _latest.page)
        and all(kind == Kind.ARTICLE for _, _, kind in later)
    ):
        matcher = _latest.matcher
    else:
        matcher = Matcher.of(live_entries())
    number, page, _ = later[-1] if later else first
    _latest = _Built(matcher, number, page)
    return matcher


@read_together
def matcher_for(versions: "Sequence[Version]") -> "Mapping[int, Matcher]":
    return dict.fromkeys((version.pk for version in versions), current_matcher())


def live_entries() -> list[Entry]:
    """Every live term, and the names of disease and therapy pages, which are only kept whole:
    “sclerosis” is no term inside “multiple sclerosis”.
    """
    live = Version.objects.live().exclude(page__kind=Kind.ARTICLE)
    aliases: dict[int, list[str]] = {}
    for pk, name in (
        AlsoCalled.objects.filter(version__in=live)
        .order_by("position", "pk")
        .values_list("version", "name")
    ):
        aliases.setdefault(pk, []).append(name)
    named = live.order_by("title").values_list(
        "pk", "page", "page__kind", "page__slug", "title", "summary"
    )
    return [
        Entry(
            page_id=page_id,
            address=Page(kind=kind, slug=slug).get_absolute_url() if kind == Kind.TERM else "",
            definition=fit_for_markup(summary),
            names=(*names_in(title), *aliases.get(pk, ())),
        )
        for pk, page_id, kind, slug, title, summary in sorted(
            named, key=lambda row: row[2] != Kind.TERM
        )
    ]


def names_in(title: str) -> list[str]:
    """“Multiple sclerosis (MS)” names one thing twice."""
    return [name.strip() for name in re.split(r"[()]", title) if name.strip()]


def link_terms(document: "Document") -> None:
    """Link the first use of each term in a section.

    Leaves on the document: `terms`, the ids of the glossary pages that were linked.
    """
    if not document.version.body:
        return
    matcher = matcher_for(document.version)
    linked: set[int] = set()
    in_section: set[int] = {document.version.page_id}
    for parent, before in _stretches(document.tree):
        if before is None and parent.tag == "h2":
            in_section = {document.version.page_id}
        if not _is_left_alone(parent):
            _link(parent, before, matcher, in_section, linked)
    document.terms = sorted(linked)


def name_distinctions(document: "Document") -> None:
    """Leaves on each distinction `other_title`: how the other term's page is called."""
    version = document.version
    if version.page.kind != Kind.TERM:
        return
    titles = _other_titles(version)
    for distinction in version.distinctions.all():
        distinction.other_title = titles.get(distinction.other_id, "")


@read_together
def _other_titles(versions: "Sequence[Version]") -> "Mapping[int, dict[int, str]]":
    """Fetch what they are told from; returns the titles of those pages."""
    prefetch_related_objects(versions, "distinctions__other")
    told = {row.other_id for version in versions for row in version.distinctions.all()}
    others = Term.objects.filter(page__in=told)
    # A term that is not live yet goes by the title it is to have.
    titles = dict(others.heads().values_list("page", "title"))
    titles |= dict(others.live().values_list("page", "title"))
    return {version.pk: titles for version in versions}


def _stretches(tree: lxml_html.HtmlElement) -> list[tuple]:
    """Where text can stand, in reading order: (parent, None) for its own, (parent, child) for
    what follows a child. A list, since linking changes the tree."""
    found: list[tuple] = [(tree, None)]
    for child in tree:
        found += [*_stretches(child), (tree, child)]
    return found


def _is_left_alone(element: lxml_html.HtmlElement) -> bool:
    return element.tag in LEFT_ALONE or any(
        ancestor.tag in LEFT_ALONE for ancestor in element.iterancestors()
    )


def _link(parent, before, matcher: Matcher, in_section: set[int], linked: set[int]) -> None:
    """Link the terms of one stretch of text: the parent's own, or the tail of a child of it."""
    text = (parent.text if before is None else before.tail) or ""
    matches = []
    for match in matcher.find(text):
        if match.entry.address and match.entry.page_id not in in_section:
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
