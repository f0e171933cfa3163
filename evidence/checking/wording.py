"""Checks of words: red flags, prices and booking, words copied from other people’s texts."""

import re
from array import array
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext

from editorial.checks import LEVELS_IN_ORDER, Finding, Level
from editorial.readings import read_once
from editorial.rulebook import Rule, of_rule
from editorial.states import Kind
from evidence.checking.reading import (
    checked_claims_of,
    claims_of,
    key_messages_of,
    text_of,
)
from evidence.language.flagging import red_flags_in, red_flags_in_plain
from evidence.language.html_text import Plain
from evidence.models import DocumentText

if TYPE_CHECKING:
    from editorial.models import Version

# --- P30: red flags ----------------------------------------------------------------------------


@of_rule("P30")
def has_no_red_flags(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Each by its own number, RF01 to RF26, with its own level and standard.

    A term explains words of adverts too: its title names them, and its summary defines them.
    """
    yield from red_flags_in_plain(text_of(version))
    if version.page.kind == Kind.TERM:
        yield from red_flags_of(version.summary, part="summary", at_most=Level.WARN)
    else:
        yield from red_flags_of(version.title, part="title")
        yield from red_flags_of(version.summary, part="summary")
    for message in key_messages_of(version):
        yield from red_flags_of(message, part="key_messages")
    for claim, _ in claims_of(version):
        yield from red_flags_of(claim.statement, part="claims")


def red_flags_of(text: str, *, part: str, at_most: Level = Level.BLOCK) -> Iterator[Finding]:
    for flag in red_flags_in(text):
        level = max(flag.level, at_most, key=LEVELS_IN_ORDER.index)
        yield replace(flag, part=part, level=level)


# --- P28: selling ------------------------------------------------------------------------------

BOOKING = re.compile(
    r"\b(?:book (?:now|online|today|your|an? (?:consultation|appointment|treatment|call|place))"
    r"|free consultation|(?:get|request|ask for) a (?:free )?quote|price list|special offer"
    r"|contact us (?:now|today)|call (?:us )?now|our (?:packages|prices|clinics?)"
    r"|limited places|early[- ]bird|discounts?)\b",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"(?:[$€£¥]|\b(?:USD|EUR|GBP) ?)\d[\d.,]*|\b\d[\d.,]* ?(?:dollars|euros?|pounds)\b", re.I
)


@of_rule("P28")
def sells_nothing(version: "Version", rule: Rule) -> Iterator[Finding]:
    """A sum of money may be told where a source is cited for it, and in a quotation."""
    plain = text_of(version)
    for match in BOOKING.finditer(plain.text):
        if not is_quoted(plain, match) and not warns_of_it(plain, match):
            yield rule.found(
                gettext(
                    "“%(group)s” sells something. This site books nothing and "
                    "advertises nothing: take it out."
                )
                % {"group": match.group()},
                **_place(match),
            )
    for match in PRICE.finditer(plain.text):
        block = plain.block_at(match.start())
        is_cited = block is not None and plain.citations_in(block.start, block.end)
        if not is_cited and not is_quoted(plain, match):
            yield rule.found(
                gettext(
                    "“%(group)s” is a price without a source. Prices are not given "
                    "here; a sum that a study or a court told of needs its citation."
                )
                % {"group": match.group()},
                **_place(match),
            )


def is_quoted(plain: Plain, match: re.Match[str]) -> bool:
    """By the markup, or by marks of quotation right around the words."""
    if plain.is_quoted(match.start(), match.end()):
        return True
    before = plain.text[max(0, match.start() - 80) : match.start()]
    after = plain.text[match.end() : match.end() + 80]
    return before.rfind("“") > before.rfind("”") and "”" in after


WARNING = re.compile(
    r"\b(?:beware|be wary|be careful|careful of|warning|avoid|do not|never|pressure|push|sellers?"
    r"|clinics?)\b",
    re.IGNORECASE,
)


def warns_of_it(plain: Plain, match: re.Match[str]) -> bool:
    block = plain.block_at(match.start())
    return block is not None and bool(WARNING.search(plain.text, block.start, match.start()))


# --- P39: other people's words -----------------------------------------------------------------

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Our own threshold: a run of eight words is seldom chance.
RUN = 8


class Word(NamedTuple):
    text: str
    start: int
    end: int


@of_rule("P39")
def copies_nobody(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    words = words_in(plain.text)
    runs = runs_of([word.text for word in words])
    quotes = [phrase(checked.quote) for checked in checked_claims_of(version)]
    for document, theirs in documents(version):
        for first, last in shared(runs, theirs):
            start, end = words[first].start, words[last].end
            text = plain.text[start:end]
            if plain.is_quoted(start, end) or is_quote_of_a_claim(text, quotes):
                continue
            yield rule.found(
                gettext(
                    "“%(text)s” stands word for word in “%(document)s”, which is "
                    "somebody else’s text. Say it in your own words, or check the "
                    "claim and quote a few words of it."
                )
                % {"text": text, "document": document},
                text=text,
                start=start,
                end=end,
            )


def words_in(text: str) -> list[Word]:
    return [
        Word(match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in WORD.finditer(text)
    ]


def phrase(text: str) -> str:
    return " ".join(word.text for word in words_in(text))


def is_quote_of_a_claim(text: str, quotes: Collection[str]) -> bool:
    return any(phrase(text) in quote for quote in quotes if quote)


def runs_of(words: list[str]) -> list[int]:
    """A number for each run of eight words, by the place of its first."""
    return [hash(tuple(words[at : at + RUN])) for at in range(len(words) - RUN + 1)]


def shared(ours: list[int], theirs: array) -> Iterator[tuple[int, int]]:
    """(first word, last word) of each stretch of ours that stands in theirs."""
    common = set(ours).intersection(theirs)
    if not common:
        return
    places = [at for at, run in enumerate(ours) if run in common]
    first = places[0]
    for at, following in pairwise([*places, len(ours) + RUN]):
        if following > at + 1:
            yield first, at + RUN - 1
            first = following


_runs_by_hash: dict[str, array] = {}


@read_once
def documents(version: "Version") -> list[tuple[str, array]]:
    """The name and the runs of every text that was read in.

    Each is taken apart once in a process, at eight bytes a word: its hash names it for good.
    """
    stored = DocumentText.objects.exclude(text="").order_by("pk")
    names = dict(stored.values_list("sha256", "file_name"))
    if new := names.keys() - _runs_by_hash.keys():
        for sha256, text in stored.filter(sha256__in=new).values_list("sha256", "text"):
            runs = runs_of([word.text for word in words_in(text)])
            _runs_by_hash[sha256] = array("q", runs)
    return [(name, _runs_by_hash[sha256]) for sha256, name in names.items()]


def _place(match: re.Match[str]) -> dict:
    return {"text": match.group(), "start": match.start(), "end": match.end()}
