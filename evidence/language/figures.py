"""Numbers as people understand them: “14 in 100 people”, and one way of counting at a time.

After the NHS digital service manual, “Numbers, measurements, dates and time”.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence.language.html_text import Plain

PERCENT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?(?:%|per ?cent\b)")
FREQUENCY = re.compile(
    r"\b(?P<count>\d[\d,]*) (?P<joint>in|of|out of)(?: every| the)? (?P<people>\d[\d,]*)\b"
)
SPELLED = re.compile(
    r"\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)"
    r" (?:in|out of)(?: every)? "
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a hundred|\d+)\b"
)
# Shares of something other than people, which nobody counts in people.
NOT_OF_PEOPLE = re.compile(
    r"\s*(?:confidence|credible|CI\b|probability|sure\b"
    r"|of (?:the )?(?:dose|cells?|skin|blood|cost|price|normal|predicted|body))",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    start: int
    end: int
    advice: str


def hard_figures(plain: Plain) -> Iterator[Figure]:
    for block, sentences in plain.sentences_by_block():
        if plain.is_quoted(block.start, block.end):
            continue
        for start, end in sentences:
            yield from _spelled(plain.text, start, end)
            yield from _shares(plain.text, start, end)
        yield from _mixed(plain.text, block.start, block.end)


def _spelled(text: str, start: int, end: int) -> Iterator[Figure]:
    for match in SPELLED.finditer(text, start, end):
        yield Figure(*match.span(), "Write the numbers in figures: “1 in 7”, not “one in seven”.")


def _shares(text: str, start: int, end: int) -> Iterator[Figure]:
    if FREQUENCY.search(text, start, end):
        return
    for match in PERCENT.finditer(text, start, end):
        if not NOT_OF_PEOPLE.match(text, match.end()):
            share = round(float(match[1]))
            instead = f"“{share} in 100 people”" if 1 <= share <= 99 else "how many of how many"
            yield Figure(*match.span(), f"Say it as people: {instead}, not “{match.group()}”.")
            return


def _mixed(text: str, start: int, end: int) -> Iterator[Figure]:
    """“1 in 7” beside “3 in 100” asks the reader to do sums; “3 of 55” counts real people."""
    rates = [match for match in FREQUENCY.finditer(text, start, end) if _is_a_rate(match)]
    denominators = {match["people"] for match in rates}
    if len(denominators) > 1:
        among = " and ".join(f"“in {people}”" for people in sorted(denominators, key=_size))
        advice = f"This paragraph counts {among}. Use one of them, so that readers can compare."
        yield Figure(*rates[-1].span(), advice)


def _is_a_rate(match: re.Match) -> bool:
    """“1 in 20”, and not “It stopped early, with 12 in 2016”."""
    return match["joint"] == "in" and not re.fullmatch(r"(?:19|20)\d\d", match["people"])


def _size(figures: str) -> int:
    return int(figures.replace(",", ""))
