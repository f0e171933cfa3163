"""The stretch of a page's text that shows why it was found, the words asked for marked."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from search.engine import stem
from search.tokens import fold, prepare

LENGTH = 200
# Before the first word that is marked.
LEAD = 60
MOST_PLACES = 60
# Words whose mark would say nothing.
SHORTEST = 2


def snippet(text: str, summary: str, words: Iterable[str]) -> str:
    """Safe HTML: escaped, with `<mark>`. From the summary if it holds every word, or no text does.

    `words` as the index holds them.
    """
    wanted = frozenset(stem(word) for word in words if len(word) >= SHORTEST)
    if not wanted:
        return _cut(summary or text, 0, [])
    in_summary = _places(summary, wanted)
    if {found for _, _, found in in_summary} >= wanted or not text:
        return _cut(summary, 0, in_summary)
    in_text = _places(text, wanted)
    if len({found for _, _, found in in_text}) <= len({found for _, _, found in in_summary}):
        return _cut(summary, 0, in_summary)
    return _cut(text, _best_start(text, in_text), in_text)


def _places(text: str, wanted: frozenset[str]) -> list[tuple[int, int, str]]:
    """Where words stand that were asked for: (start, end, which)."""
    places = []
    for match in _looking_for(wanted).finditer(fold(text)):
        if found := _stem_among(match.group(), wanted):
            places.append((match.start(), match.end(), found))
            if len(places) == MOST_PLACES:
                break
    return places


@lru_cache(maxsize=256)
def _looking_for(wanted: frozenset[str]) -> re.Pattern[str]:
    """Words that begin nearly as these stems do: "studi" is the stem of "study"."""
    starts = sorted({re.escape(_start(word)) for word in wanted})
    # Letters first, for they are looked for quickly, and then whether a word begins with them.
    beginnings = "|".join(rf"{start}(?<!\w{start})" for start in starts)
    return re.compile(rf"(?:{beginnings})[\w'+-]*")


def _start(word: str) -> str:
    """The letters that a text has in common with the index: "il6" stands there as "IL-6"."""
    letters = re.match(r"[^\W\d]+", word)
    first = letters.group() if letters and letters.end() < len(word) else word
    first = first.removeprefix("anti") and first if not first.startswith("anti") else "anti"
    return first[:-1] if len(first) > 3 and first[-1] in "iey" else first


@lru_cache(maxsize=20_000)
def _stem_among(found: str, wanted: frozenset[str]) -> str:
    for word in prepare(found).split():
        if (stemmed := stem(word)) in wanted:
            return stemmed
    return ""


def _best_start(text: str, places: list[tuple[int, int, str]]) -> int:
    """Where the stretch begins that holds most of the words, the first of several."""
    best, most = 0, 0
    for start, _, _ in places:
        inside = {found for at, _, found in places if start <= at < start + LENGTH - LEAD}
        if len(inside) > most:
            best, most = start, len(inside)
    if best <= LEAD:
        return 0
    return text.rfind(" ", 0, best - LEAD) + 1


def _cut(text: str, start: int, places: list[tuple[int, int, str]]) -> str:
    end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start + 1, start + LENGTH)
    end = end if end > start else start + LENGTH
    parts = ["… "] if start else []
    at = start
    for first, last, _ in places:
        if first >= at and last <= end:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    parts += [escape(text[at:end]), " …" if end < len(text) else ""]
    return "".join(parts)
