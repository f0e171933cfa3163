"""Finds words and names of several words in a text: whole words, the longest first.

Made for lists that are longer than one regular expression should be.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\+?")
# Between the words of one name: a space, a line break or a hyphen, and nothing else.
JOINT = re.compile(r"[\s\u00a0]+|[-\u2010\u2011]")


class Found(NamedTuple):
    start: int
    end: int
    name: str


class Phrases:
    """Built once from names, asked many times. MS is not Ms: capitals are matched as they are."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names: dict[tuple[str, ...], str] = {}
        for name in names:
            words = tuple(normal(word) for word in WORD.findall(name))
            if words:
                self.names.setdefault(words, name)
        self.longest: Mapping[str, int] = _longest(self.names)

    def find(self, text: str) -> Iterator[Found]:
        """Every name in the text, left to right, none inside another."""
        found = list(WORD.finditer(text))
        words = [normal(word.group()) for word in found]
        after = 0
        for position, word in enumerate(words):
            if position < after or word not in self.longest:
                continue
            length = self._length_at(text, found, words, position)
            if length:
                after = position + length
                name = self.names[tuple(words[position:after])]
                yield Found(found[position].start(), found[after - 1].end(), name)

    def _length_at(self, text: str, found: list[re.Match], words: list[str], first: int) -> int:
        most = self.longest[words[first]]
        reach = 1
        while (
            reach < most
            and first + reach < len(found)
            and JOINT.fullmatch(text, found[first + reach - 1].end(), found[first + reach].start())
        ):
            reach += 1
        for length in range(min(reach, most), 0, -1):
            if tuple(words[first : first + length]) in self.names:
                return length
        return 0


@lru_cache(maxsize=8)
def phrases_of(names: frozenset[str]) -> Phrases:
    return Phrases(names)


@lru_cache(maxsize=8)
def found_in(text: str, names: frozenset[str]) -> tuple[Found, ...]:
    """Every one of these names in the text. Kept, since several measures of one text ask."""
    return tuple(phrases_of(names).find(text)) if names else ()


def _longest(names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """How many words the longest name has, by its first word."""
    longest: dict[str, int] = {}
    for words in names:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """A word without case, possessive and plural; an abbreviation keeps its capitals."""
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if is_abbreviation(word):
        return word.removesuffix("s")
    word = word.lower()
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def is_abbreviation(word: str) -> bool:
    """Whether a word is written in capitals, or nearly: MS, T1D, iPSC, GvHD, MSCs."""
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 and capitals > sum(letter.islower() for letter in word)
