"""Finds the glossary's terms in any text: whole words, the longest match first.

A dictionary of word sequences in plain Python: one big regular expression of 10,000 terms took
nearly two hundred times as long. `bench/glossary.py` measures it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\+?")
# Between the words of one term: a space, a line break or a hyphen, and nothing else.
JOINT = re.compile(r"[\s\u00a0]+|[-\u2010\u2011]")
HYPHENS = ("-", "\u2010", "\u2011")
# Diagnosis, analysis, metastasis, thrombosis, necrosis, fibrosis.
GREEK_PLURALS = ("gnoses", "lyses", "stases", "mboses", "croses", "broses")


# A text of a million different words must not fill the memory of whoever reads it.
MOST_REMEMBERED = 50_000


@dataclass(frozen=True)
class Entry:
    """A term as readers meet it in other texts. `names` are its title and also-called names.

    One without an address is kept whole and never linked. `tags` decide where the term is meant
    by a name that it shares; `meanings` are the terms that share one.
    """

    page_id: int
    address: str
    definition: str
    names: tuple[str, ...]
    tags: frozenset[int] = frozenset()
    meanings: tuple["Entry", ...] = ()

    def among(self, tags: frozenset[int]) -> "Entry":
        """What is meant on a page of these tags: one term, or an entry that is not linked."""
        meant = [entry for entry in self.meanings if entry.tags & tags]
        return meant[0] if len(meant) == 1 else self


@dataclass(frozen=True)
class Match:
    start: int
    end: int
    entry: Entry


class Matcher:
    """Built once from entries, asked many times.

    `starts` and `abbreviation_starts` tell of the words that begin a name how many words the
    longest such name has. Most words of a text begin none.
    """

    def __init__(self) -> None:
        self.words: dict[tuple[str, ...], Entry] = {}
        self.abbreviations: dict[tuple[str, ...], Entry] = {}
        self.starts: dict[str, int] = {}
        self.abbreviation_starts: dict[str, int] = {}
        self.is_ambiguous = False
        self._reaches = _Reaches(self)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Matcher":
        """A name that is one term's title means that term, whoever else is also called so."""
        matcher = cls()
        claimed: dict[tuple[bool, tuple[str, ...]], list[tuple[Entry, bool]]] = {}
        for entry in entries:
            for place, name in enumerate(entry.names):
                if words := tuple(WORD.findall(name)):
                    short = is_abbreviation(name)
                    key = words if short else tuple(map(normal, words))
                    claimed.setdefault((short, key), []).append((entry, place == 0))
        for (short, key), claims in claimed.items():
            matcher._add(key, one_of(claims), short=short)
        return matcher

    def _add(self, words: tuple[str, ...], entry: Entry, *, short: bool) -> None:
        (self.abbreviations if short else self.words)[words] = entry
        starts = self.abbreviation_starts if short else self.starts
        starts[words[0]] = max(starts.get(words[0], 0), len(words))
        self.is_ambiguous = self.is_ambiguous or bool(entry.meanings)

    def find(self, text: str, *, tags: frozenset[int] = frozenset()) -> Iterator[Match]:
        """Every match in a text of a page of these tags, left to right, none inside another."""
        found = list(WORD.finditer(text))
        reaches = [self._reaches[word.group()] for word in found]
        if not any(reaches):
            return
        position = 0
        while position < len(found):
            if not (reach := reaches[position]):
                position += 1
                continue
            length, entry = self._longest_at(text, found, position, reach)
            if entry:
                start, end = found[position].start(), found[position + length - 1].end()
                yield Match(start, end, entry.among(tags) if entry.meanings else entry)
            position += length

    def reach(self, word: str) -> int:
        """How many words the longest name has that may begin with this one."""
        return max(self.starts.get(normal(word), 0), self._abbreviation_at(word))

    def _longest_at(
        self, text: str, found: list[re.Match], position: int, furthest: int
    ) -> tuple[int, Entry | None]:
        reach = 1
        while (
            reach < furthest
            and position + reach < len(found)
            and JOINT.fullmatch(
                text, found[position + reach - 1].end(), found[position + reach].start()
            )
        ):
            reach += 1
        words = found[position : position + reach]
        normals = [normal(word.group()) for word in words]
        longest_abbreviation = self._abbreviation_at(words[0].group())
        for length in range(reach, 0, -1):
            entry = self.words.get(tuple(normals[:length]))
            if entry is None and length <= longest_abbreviation:
                entry = self._abbreviation(words[:length])
            if entry and not _is_inside_a_name(text, found, position, position + length):
                return length, entry
        return 1, None

    def _abbreviation_at(self, word: str) -> int:
        """The same of abbreviations."""
        if word.islower():
            return 0
        starts, bare = self.abbreviation_starts, _without_possessive(word)
        return starts.get(word) or starts.get(bare) or starts.get(bare.removesuffix("s")) or 0

    def _abbreviation(self, found: list[re.Match]) -> Entry | None:
        """MS is not Ms: abbreviations match letter by letter, with a plural or possessive s."""
        *words, last = (word.group() for word in found)
        last = _without_possessive(last)
        return self.abbreviations.get((*words, last)) or self.abbreviations.get(
            (*words, last.removesuffix("s"))
        )


class _Reaches(dict[str, int]):
    """What `reach` said of each word that was met, capitals and all."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__()
        self._matcher = matcher

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        reach = self[word] = self._matcher.reach(word)
        return reach


def one_of(claims: Sequence[tuple[Entry, bool]]) -> Entry:
    """What a name means that these entries claim: each with whether it is its title.

    Entries that are only kept whole leave a name to the terms. Where two terms are left, the
    tags of the page decide.
    """
    terms = [(entry, is_title) for entry, is_title in claims if entry.address]
    titled = [entry for entry, is_title in terms if is_title]
    meanings = list(
        {entry.page_id: entry for entry in titled or [entry for entry, _ in terms]}.values()
    )
    if len(meanings) > 1:
        return Entry(0, "", "", (), meanings=tuple(meanings))
    return meanings[0] if meanings else claims[0][0]


def _is_inside_a_name(text: str, found: list[re.Match], first: int, after: int) -> bool:
    """Whether a hyphen joins it to more capitals: the MS in RAM-MS is part of a trial's name."""
    if not is_abbreviation(found[first].group()):
        return False
    return (first > 0 and _are_one_name(text, found[first - 1], found[first])) or (
        after < len(found) and _are_one_name(text, found[after - 1], found[after])
    )


def _are_one_name(text: str, word: re.Match, following: re.Match) -> bool:
    return text[word.end() : following.start()] in HYPHENS and all(
        part.group().isupper() and len(part.group()) > 1 for part in (word, following)
    )


def is_abbreviation(name: str) -> bool:
    """Whether a name is written in capitals, or nearly: MS, T1D, iPSC, GvHD."""
    capitals = sum(letter.isupper() for letter in name)
    return " " not in name and capitals >= 2 and len(name) <= 10


def _without_possessive(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=65_536)
def normal(word: str) -> str:
    """A word without case, possessive and plural. Not always a word: “disease” is “diseas”."""
    word = word.lower().replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(GREEK_PLURALS):
        return word[:-2] + "is"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    # Viruses, reflexes, branches, rashes: and so the e of “disease”, to meet that of “diseases”.
    if word.endswith(("se", "xe", "che", "she")) and len(word) > 4:
        return word[:-1]
    return word
