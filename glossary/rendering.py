"""This room's steps of rendering: terms are linked to their pages, and told from one another."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.db.models.functions import Coalesce
from lxml import html as lxml_html

from editorial.models import AlsoCalled, LiveChange, Page, Version, VersionTag
from editorial.readings import read_together
from editorial.sanitising import fit_for_markup
from editorial.states import Kind
from glossary.matcher import Entry, Match, Matcher
from glossary.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from editorial.rendering import Document

# A term is not linked in what is a link or a name already, nor in words that are quoted.
LEFT_ALONE = frozenset(
    {"a", "h1", "h2", "h3", "h4", "sup", "cite", "code", "blockquote", "q", "caption"}
)
# (parent, None, text) for an element's own text, (parent, child, text) for what follows a child.
Stretch = tuple[lxml_html.HtmlElement, lxml_html.HtmlElement | None, str]


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


@read_together
def tags_of(versions: "Sequence[Version]") -> "Mapping[int, frozenset[int]]":
    """The tags of a page that decide what its words mean: those it carries, and its own."""
    carried = _tags_of_all(version.pk for version in versions)
    return {
        version.pk: frozenset({*carried.get(version.pk, ()), version.page.tag_id or 0})
        for version in versions
    }


def _tags_of_all(versions: "Iterable[int] | QuerySet[Version]") -> dict[int, set[int]]:
    """By the id of the version. One that was merged counts as the one it went into."""
    tags: dict[int, set[int]] = {}
    carried = VersionTag.objects.filter(content_object__in=versions)
    standing = Coalesce("tag__merged_into", "tag")
    for pk, tag in carried.values_list("content_object", standing):
        tags.setdefault(pk, set()).add(tag)
    return tags


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
    tags = _tags_of_all(live)
    named = live.order_by("title").values_list(
        "pk", "page", "page__kind", "page__slug", "title", "summary"
    )
    return [
        Entry(
            page_id=page_id,
            address=Page(kind=kind, slug=slug).get_absolute_url() if kind == Kind.TERM else "",
            definition=fit_for_markup(summary),
            names=(*names_in(title), *aliases.get(pk, ())),
            tags=frozenset(tags.get(pk, ())),
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
    # Without a name of two meanings nobody asks for the tags.
    tags = tags_of(document.version) if matcher.is_ambiguous else frozenset()
    page_id = document.version.page_id
    document.terms = sorted(link_in(document.tree, matcher, page_id=page_id, tags=tags))


def link_in(
    tree: lxml_html.HtmlElement,
    matcher: Matcher,
    *,
    page_id: int,
    tags: frozenset[int] = frozenset(),
) -> set[int]:
    """Link terms in the body of this page, but for the page itself. Returns the pages linked to."""
    linked: set[int] = set()
    for section in _sections(tree):
        in_section = {page_id}
        for stretch in section:
            linked |= _link(stretch, matcher, tags, in_section)
    return linked


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


def _sections(tree: lxml_html.HtmlElement) -> list[list[Stretch]]:
    """Where terms may stand, in reading order. Lists, since linking changes the tree."""
    sections: list[list[Stretch]] = [[]]
    _gather(tree, sections)
    return sections


def _gather(element: lxml_html.HtmlElement, sections: list[list[Stretch]]) -> None:
    if element.tag in LEFT_ALONE:
        sections += [[] for _ in element.iter("h2")]
        return
    if element.text:
        sections[-1].append((element, None, element.text))
    for child in element:
        _gather(child, sections)
        if child.tail:
            sections[-1].append((element, child, child.tail))


def _link(
    stretch: Stretch, matcher: Matcher, tags: frozenset[int], in_section: set[int]
) -> set[int]:
    """Link the terms of one stretch that the section has not met yet. Returns their pages."""
    parent, before, text = stretch
    matches = []
    for match in matcher.find(text, tags=tags):
        if match.entry.address and match.entry.page_id not in in_section:
            in_section.add(match.entry.page_id)
            matches.append(match)
    if not matches:
        return set()
    if before is None:
        parent.text = text[: matches[0].start]
        place = 0
    else:
        before.tail = text[: matches[0].start]
        place = parent.index(before) + 1
    ends = [match.start for match in matches[1:]] + [len(text)]
    for offset, (match, end) in enumerate(zip(matches, ends, strict=True)):
        parent.insert(place + offset, _anchor(parent, text, match, end))
    return {match.entry.page_id for match in matches}


def _anchor(
    parent: lxml_html.HtmlElement, text: str, match: Match, until: int
) -> lxml_html.HtmlElement:
    entry = match.entry
    told = {"class": "term", "href": entry.address, "data-definition": entry.definition}
    link = parent.makeelement("a", told)
    link.text = text[match.start : match.end]
    link.tail = text[match.end : until]
    return link
