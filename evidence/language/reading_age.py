"""How many years of school a text asks for: counts of words, sentences and syllables.

What counts as a word is as in the papers: whatever stands between two spaces, so that
“graft-versus-host” is one. Where the papers say nothing, or were written for another use:

- a number in figures is one easy syllable. Flesch reads it aloud (“1918” has four), which would
  punish the figures that health writing asks for;
- an abbreviation is read letter by letter (MS has two syllables), as people read it;
- headings and the cells of tables are not sentences and are left out;
- a term of the glossary, linked and explained there, counts as one easy word.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from operator import attrgetter

from evidence.language.html_text import Block, Plain, plain_of_text
from evidence.language.phrases import Found, found_in, is_abbreviation
from evidence.language.syllables import syllables

WORD = re.compile(r"[^\W_]+(?:[-‐‑'’.,/][^\W_]+)*")
AN_EASY_WORD = "term"
# McLaughlin's “polysyllables”.
LONG_WORD = 3
# Pronounced as words, and not letter by letter: ASTIS, but HSCT.
LONGEST_SPELLED = 4


@dataclass(frozen=True)
class Reading:
    """The counts of a text, and what the formulas make of them."""

    sentences: int
    words: int
    syllables: int
    long_words: int

    @property
    def grade(self) -> float:
        """US school grade: Kincaid, Fishburne, Rogers and Chissom 1975 (Navy report 8-75)."""
        return max(0.0, 0.39 * self._per_sentence + 11.8 * self._per_word - 15.59)

    @property
    def ease(self) -> float:
        """Reading ease, 0 hard to 100 easy: Flesch 1948, J Appl Psychol 32:221."""
        return 206.835 - 1.015 * self._per_sentence - 84.6 * self._per_word if self.words else 100.0

    @property
    def smog(self) -> float:
        """SMOG grade: McLaughlin 1969, J Reading 12:639. Made for 30 sentences or more."""
        if not self.sentences:
            return 0.0
        return 1.043 * sqrt(self.long_words * 30 / self.sentences) + 3.1291

    @property
    def _per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def _per_word(self) -> float:
        return self.syllables / self.words if self.words else 0.0


def grade(text: str | Plain, *, known_terms: frozenset[str] = frozenset()) -> float:
    """The Flesch-Kincaid grade. `known_terms`: names the glossary explains, as they are written."""
    return measure(text, known_terms=known_terms).grade


def smog(text: str | Plain, *, known_terms: frozenset[str] = frozenset()) -> float:
    return measure(text, known_terms=known_terms).smog


def measure(text: str | Plain, *, known_terms: frozenset[str] = frozenset()) -> Reading:
    plain = text if isinstance(text, Plain) else plain_of_text(text)
    counts = [syllables_read(word) for word in words_read(plain, known_terms)]
    return Reading(
        sentences=sum(has_a_word(plain.text, *sentence) for sentence in plain.sentences()),
        words=len(counts),
        syllables=sum(counts),
        long_words=sum(count >= LONG_WORD for count in counts),
    )


def hardest_words(plain: Plain, *, known_terms: frozenset[str], most: int = 3) -> list[str]:
    """The long words that weigh most: by how often they stand there and how long they are."""
    weights: Counter[str] = Counter()
    for word in words_read(plain, known_terms):
        count = syllables_read(word)
        if count >= LONG_WORD:
            weights[word if is_abbreviation(word) else word.lower()] += count - 1
    return [word for word, _ in weights.most_common(most)]


def words_read(plain: Plain, known_terms: frozenset[str]) -> Iterator[str]:
    """The words of the sentences, with an easy one in place of each term that is explained."""
    terms = found_in(plain.text, known_terms)
    for block in plain.blocks:
        if block.is_prose:
            yield from words_of(_with_easy_terms(plain.text, block, terms))


def _with_easy_terms(text: str, block: Block, terms: tuple[Found, ...]) -> str:
    pieces, last = [], block.start
    for term in terms[bisect_left(terms, block.start, key=attrgetter("start")) :]:
        if term.start >= block.end:
            break
        pieces += [text[last : term.start], AN_EASY_WORD]
        last = term.end
    return "".join([*pieces, text[last : block.end]])


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def has_a_word(text: str, start: int, end: int) -> bool:
    return WORD.search(text, start, end) is not None


@lru_cache(maxsize=20_000)
def syllables_read(word: str) -> int:
    """The syllables of a word of a text, which may be a number or an abbreviation."""
    if is_abbreviation(word):
        letters = [letter for letter in word.removesuffix("s") if letter.isalpha()]
        figures = len(re.findall(r"\d+", word))
        if len(letters) <= LONGEST_SPELLED or not _is_sayable(word):
            return figures + sum(3 if letter in "Ww" else 1 for letter in letters)
    if word[0].isdigit():
        return 1
    return syllables(word)


def _is_sayable(word: str) -> bool:
    return bool(re.search(r"[AEIOU]", word)) and not re.search(r"[B-DF-HJ-NP-TV-Z]{4}", word)
