"""Abbreviations that a reader meets before the words they stand for."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence.language.phrases import is_abbreviation

# What every reader knows: spelling these out would not help anybody.
KNOWN_BY_ALL = frozenset({
    *("AIDS", "AM", "BBC", "CD", "COVID", "CT", "DIY", "DNA", "DVD", "EU", "GP", "HIV", "ID", "IQ"),
    *("IT", "MP", "MRI", "NHS", "OK", "PDF", "PM", "QR", "RNA", "SMS", "TV", "UK", "UN", "US"),
    *("USA", "UV", "VAT", "VIP", "PhD", "MD", "MSc", "BSc"),
})  # fmt: skip
SHOUTED = frozenset({
    *("ALL", "AND", "ANY", "DO", "IF", "IN", "IS", "MUST", "NEVER", "NO", "NONE", "NOT", "ON"),
    *("ONLY", "OR", "STOP"),
})  # fmt: skip
ROMAN = re.compile(r"[IVX]+[ab]?")
# Hyphens keep a name together: ADMIRE-CD, BEAT-MS, IL-6.
TOKEN = re.compile(r"(?<![\w-])[a-z]{0,2}[A-Z][^\W_]*(?:[-‐‑/&][^\W_]+)*")
# Registers' numbers, markers on cells and the like are names, not words made short.
NAME_WITH_FIGURES = re.compile(
    r"[A-Z]{1,4}-\d+\w*|(?:NCT|ISRCTN|CD|IL|HLA|H|B|D|COVID)-?\d+[A-Za-z]?|\w*\d{3,}\w*"
)
# “The ASTIS trial”, “ASTIS, 156 people”, “a trial in lupus called ASTIC”.
A_TRIAL = re.compile(
    r"[\s-]+(?:\w+[\s-]+)?(?:trials?|study|studies)\b|,? \(?\d+ people\b"
    r"|\. This (?:\w+ )?(?:trial|study)\b"
)
OF_A_TRIAL = re.compile(
    r"(?:(?:trial|study)\b|(?:trials?|study|studies)\b[^.]{0,60}\b(?:called|named|known as)),?"
    r"\s+[(“\"]?"
    # “two trials, called ASTIS and SCOT”
    r"(?:[A-Z][\w-]{1,14}[”\"]?(?:, | and |, and | or )[“\"]?){0,4}\Z"
)
SAYS_WHAT_IT_IS = re.compile(
    r"[”\"’]?(?:\s*\((?=\w+[\s-]\w|\w{5})"
    r"|(?:\s*,)?\s+(?:(?:which\s+)?(?:stands|is short) for\b|means\s+))"
)
IN_BRACKETS = re.compile(r"(?:[^\W\d_][\w’'-]*[\s,]+){2}[“\"]?\((?:the )?[“\"]?\Z")
AS_ANOTHER_NAME = re.compile(r"(?:,|,? or)(?: [a-z]+)?\Z")
# How far back the words of an abbreviation can begin, in characters; and how long one can be.
REACH, LONGEST = 120, 10


class Unexpanded(NamedTuple):
    start: int
    end: int
    name: str


def unexpanded(text: str, *, read_before: str = "") -> Iterator[Unexpanded]:
    """The first use of each abbreviation that is not explained there or before.

    `read_before` is what the reader has read by then: the title, the summary.
    """
    told = {name for _, name, is_told in _uses(read_before) if is_told}
    told |= set(_names_of_trials(read_before)) | set(_names_of_trials(text))
    for match, name, is_told in _uses(text):
        if not is_told and name not in told:
            yield Unexpanded(match.start(), match.end(), match.group())
        told.add(name)


def _uses(text: str) -> Iterator[tuple[re.Match, str, bool]]:
    """(match, name without the plural s, whether its words stand beside it)."""
    for match in TOKEN.finditer(text):
        if is_abbreviation(match.group()) and _is_short_for_something(text, match):
            name = match.group().removesuffix("s")
            yield match, name, _stands_beside_its_words(text, match)


def _names_of_trials(text: str) -> Iterator[str]:
    """“The ASTIS trial” is called that, whatever it was short for; and so in the whole text."""
    for match in TOKEN.finditer(text):
        if is_abbreviation(match.group()):
            before = text[max(0, match.start() - REACH) : match.start()]
            if A_TRIAL.match(text, match.end()) or OF_A_TRIAL.search(before):
                yield match.group().removesuffix("s")


def _is_short_for_something(text: str, match: re.Match) -> bool:
    word = match.group()
    name = word.removesuffix("s")
    if word in SHOUTED or all(part in KNOWN_BY_ALL for part in re.split(r"[-‐‑/&]", name)):
        return False
    if word in KNOWN_BY_ALL or ROMAN.fullmatch(word) or NAME_WITH_FIGURES.fullmatch(word):
        return False
    return len(name) <= LONGEST and not _is_all_in_capitals(text, match)


def _is_all_in_capitals(text: str, match: re.Match) -> bool:
    """A heading in capitals is a habit of writing, not a row of abbreviations."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)]
    return len(line.split()) > 2 and line.isupper()


def _stands_beside_its_words(text: str, match: re.Match) -> bool:
    """“multiple sclerosis (MS)”, “the US medicines regulator (FDA)”, “MS (multiple sclerosis)”,
    “multiple sclerosis, or MS”.
    """
    if SAYS_WHAT_IT_IS.match(text, match.end()):
        return True
    before = text[max(0, match.start() - REACH) : match.start()]
    if text[match.end() : match.end() + 2].strip('”"’').startswith(")"):
        return bool(IN_BRACKETS.search(before)) or _spells(match.group(), before.rstrip('(“"‘ '))
    joint = AS_ANOTHER_NAME.search(before.rstrip(' “"‘'))
    return joint is not None and _spells(match.group(), before[: joint.start()])


def _spells(abbreviation: str, words: str) -> bool:
    """Whether the letters come in this order in the words before, the first at a word's start."""
    letters = [letter for letter in abbreviation.removesuffix("s").lower() if letter.isalnum()]
    nearby = words.lower().split()[-(len(letters) + 4) :]
    for first, word in enumerate(nearby):
        if word.lstrip('(“"‘').startswith(letters[0]):
            following = iter(" ".join(nearby[first:]))
            if all(letter in following for letter in letters):
                return True
    return False
