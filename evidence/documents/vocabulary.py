"""Finding the words of a vocabulary in a text: tags by their synonyms, terms by their names."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

APOSTROPHES = re.compile("[’‘ʼ`´]")
HYPHENS = re.compile("[‐‑‒–—−]")
SOFT_HYPHEN = "\xad"

# A word may hold apostrophes ("Crohn's") and end in plus signs ("CD34+"). What stands between the
# words of one phrase is space or hyphens, a line break included; a blank line ends it.
WORD = re.compile(r"\w+(?:'\w+)*\+{0,2}")
GAP = re.compile(r"[ \t\n-]{0,6}\Z")

LONGEST_ABBREVIATION = 5


class Vocabulary:
    """Names under keys, ready to be found in many texts.

    Whole words, longest first: a name swallows a shorter one inside it. Case does not count,
    except in abbreviations ("MS", "HSCT", "SSc"). Curly and straight apostrophes are equal, and so
    are hyphen and space, singular and regular plural, accented and plain letters.
    """

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._phrases: defaultdict[str, set[str]] = defaultdict(set)
        self._abbreviations: defaultdict[str, set[str]] = defaultdict(set)
        self._longest: defaultdict[str, int] = defaultdict(int)
        for key, names in words.items():
            for name in names:
                self._add(key, _plain(name))

    def find(self, text: str) -> dict[str, int]:
        """How often each key's names stand in the text; keys that do not are left out."""
        found: Counter[str] = Counter()
        for run in _runs(_plain(text)):
            found.update(self._keys_in(run))
        return dict(found)

    def _add(self, key: str, name: str) -> None:
        words = WORD.findall(name)
        if len(words) == 1 and is_abbreviation(words[0]):
            for form in _forms_of_abbreviation(words[0]):
                self._abbreviations[form].add(key)
            return
        folded = [word.casefold() for word in words]
        for last in _forms(folded[-1]) if folded else ():
            phrase = [*folded[:-1], last]
            self._phrases[" ".join(phrase)].add(key)
            self._longest[phrase[0]] = max(self._longest[phrase[0]], len(phrase))

    def _keys_in(self, run: list[str]) -> Iterable[str]:
        folded = [word.casefold() for word in run]
        reached = 0
        for start in range(len(run)):
            end, keys = self._longest_at(run, folded, start)
            if end > reached:
                reached = end
                yield from keys

    def _longest_at(self, run: list[str], folded: list[str], start: int) -> tuple[int, set[str]]:
        """(where it ends, its keys) for the longest name that begins at this word, or (0, none)."""
        most = min(self._longest.get(folded[start], 0), len(run) - start)
        for length in range(most, 1, -1):
            if keys := self._phrases.get(" ".join(folded[start : start + length])):
                return start + length, keys
        keys = self._abbreviations.get(run[start], set()) | self._phrases.get(folded[start], set())
        return (start + 1, keys) if keys else (0, keys)


def find_words(text: str, words: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Counts by key, as `Vocabulary` finds them; for many texts, keep one Vocabulary."""
    return Vocabulary(words).find(text)


def is_abbreviation(word: str) -> bool:
    """Two capitals or more in at most five letters, a plural s aside: MS, HSCTs, SSc, T1DM."""
    core = word.removesuffix("s")
    letters = sum(1 for letter in core if letter.isalpha())
    capitals = sum(1 for letter in core if letter.isupper())
    return letters <= LONGEST_ABBREVIATION and (capitals >= 2 or _is_letter_and_number(core))


def _is_letter_and_number(word: str) -> bool:
    """ "T1D" has its two capitals; "B27" has one, and a number that makes it no word."""
    return word[:1].isupper() and word[1:].isdigit()


def _plain(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    text = HYPHENS.sub("-", APOSTROPHES.sub("'", text)).replace(SOFT_HYPHEN, "")
    parted = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _runs(text: str) -> Iterable[list[str]]:
    """The words of the text, split wherever a phrase cannot go on."""
    run: list[str] = []
    before = 0
    for word in WORD.finditer(text):
        gap = text[before : word.start()] if word.start() - before < 8 else "…"
        if run and (not GAP.match(gap) or gap.count("\n") > 1):
            yield run
            run = []
        run.append(word.group())
        before = word.end()
    if run:
        yield run


def _forms(word: str) -> set[str]:
    """A last word as itself, in the other number, and as an owner ("the disease's").

    "anti-inflammatories" does not yield "anti-inflammatory": that is another kind of word.
    """
    forms = {word}
    if word.endswith("s"):
        if len(word) > 4 and not word.endswith(("ss", "us", "is", "'s", "ies")):
            forms.add(word[:-1])
    elif len(word) > 2:
        forms.add(word + "s")
        if word.endswith("y") and word[-2] not in "aeiou":
            forms.add(word[:-1] + "ies")
    return forms | {form + "'s" for form in forms if not form.endswith("'s")}


def _forms_of_abbreviation(word: str) -> set[str]:
    core = word.removesuffix("s")
    return {core, core + "s", core + "'s"}
