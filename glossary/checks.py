"""Checks of this room: how hard a text is to read beside the glossary, and what terms say."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from editorial.checks import Finding
from editorial.models import VersionTag
from editorial.readings import read_once, read_together
from editorial.rulebook import Rule, of_rule
from editorial.states import Kind
from evidence.checking.reading import key_messages_of, text_of
from evidence.checking.wording import red_flags_of
from evidence.language import measures
from glossary.matcher import Matcher
from glossary.models import TermFacts
from glossary.rendering import matcher_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version

_latest: tuple[Matcher, frozenset[str]] | None = None


@read_once
def known_terms(version: "Version") -> frozenset[str]:
    """Every name that the glossary explains: its first use in a section links itself (P33)."""
    global _latest
    matcher = matcher_for(version)
    if _latest is None or _latest[0] is not matcher:
        entries = (*matcher.words.values(), *matcher.abbreviations.values())
        names = (name for entry in entries if entry.address for name in entry.names)
        _latest = matcher, frozenset(names)
    return _latest[1]


@read_once
@read_together
def tag_names_of(versions: "Sequence[Version]") -> "Mapping[int, frozenset[str]]":
    carried = VersionTag.objects.filter(content_object__in=[it.pk for it in versions if it.pk])
    names: dict[int, set[str]] = {version.pk: set() for version in versions}
    for pk, name in carried.values_list("content_object", "tag__name"):
        names[pk].add(name)
    return {pk: frozenset(found) for pk, found in names.items()}


@of_rule("P31", "P32", "P33", "P37")
def reads_easily(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Of the summary, the key messages and the body; names of the glossary do not count."""
    # A reader of a page on type 1 diabetes knows its name.
    terms = known_terms(version) | tag_names_of(version) | {version.title}
    messages = "\n\n".join(key_messages_of(version))
    yield from _in_part(
        "summary", version.summary, terms=terms, summary=True, read_before=version.title
    )
    yield from _in_part(
        "key_messages", messages, terms=terms, read_before=f"{version.title}\n\n{version.summary}"
    )
    read_before = f"{version.title}\n\n{version.summary}\n\n{messages}"
    yield from measures.findings(text_of(version), known_terms=terms, read_before=read_before)


def _in_part(
    part: str, text: str, *, terms: frozenset[str], summary: bool = False, read_before: str = ""
) -> Iterator[Finding]:
    found = measures.findings(text, known_terms=terms, summary=summary, read_before=read_before)
    return (replace(finding, part=part) for finding in found)


@read_once
def term_facts_of(version: "Version") -> TermFacts | None:
    return TermFacts.objects.filter(version=version).first()


@of_rule("P30")
def term_facts_have_no_red_flags(version: "Version", rule: Rule) -> Iterator[Finding]:
    """“Often misused to mean” tells what adverts say, and so is left out."""
    facts = term_facts_of(version) if version.page.kind == Kind.TERM else None
    for name in ("why_it_matters", "example"):
        yield from red_flags_of(getattr(facts, name, ""), part="term_facts")
