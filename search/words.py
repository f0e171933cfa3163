"""What a reader typed, taken apart: words, phrases in quotes, and words to leave out.

Words are cut as the index cuts them (`tokens.prepare`), so that both mean the same by a word.
Nothing here fails, whatever is typed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from search.spelling import british
from search.tokens import prepare

MOST_LETTERS = 300
MOST_WORDS = 16

# Words of questions, which say nothing of what is asked about.
_QUESTIONS = """
a about after am an and any anyone are as at be been before being but by can could did do does
during for from get give given got had has have having he her him his how i if in into is it its
just like long many may me mean means might more most much my need of on one or our people
please put she should so some tell than that the their them then there these they this those
through to us was we were what whats when where which who whose why will with without would you
your
"""
# Words that most pages of this site hold: a page is found for them, but need not hold them.
_COMMON = """
ad again ask asking bad becoming best better cause caused causes cure cured cures difference
different disease diseases early everything feel feeling find fix found free full go going good
happen happened happens help helped helps information instead know legal legit life lose loss
low new now option options patient patients people person possible question questions real
really right safe shown sign signs stop stopping success successful take taking test therapies
therapy trial trials tried true truth try type types use used using vs want wants way work
worked working works worth wrong
"""
QUESTION_WORDS = frozenset(_QUESTIONS.split())
COMMON_WORDS = frozenset(_COMMON.split())
# Plain English, and so never misspelt, whether or not a page of the site holds it.
PLAIN_WORDS = QUESTION_WORDS | COMMON_WORDS

_PART = re.compile(r'(?<!\S)(-?)"([^"]*)"|(?<!\S)-(?=\w)(\S+)|(\S+)')
_DOUBLE_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))


@dataclass(frozen=True)
class Reading:
    """A reader's question. `words` are those outside quotes, in their order."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that say what is asked about; all of them, if none does."""
        kept = tuple(word for word in self.words if word not in QUESTION_WORDS)
        return kept or (() if self.phrases else self.words)

    @property
    def key(self) -> str:
        """The whole question as one name: how promotions and whole titles are looked up."""
        return name_key(word for phrase in (*self.phrases, self.words) for word in phrase)


def read(typed: str) -> Reading:
    """Take apart what was typed. What is too long is cut off, what is no word is left out."""
    bare: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    for minus, quoted, left_out, word in _PART.findall(_plain(typed)):
        if word:
            bare.append(word)
        elif found := words_of(left_out or quoted):
            (without if minus or left_out else phrases).append(found)
    # Together, since "type 1" is one word.
    words = words_of(" ".join(bare))
    if not words and not phrases:
        # Nothing but words to leave out: whoever typed them meant to find something.
        words, without = tuple(word for words in without for word in words), []
    return Reading(words[:MOST_WORDS], tuple(phrases[:4]), tuple(without[:4]))


def _plain(typed: str) -> str:
    """Letters with their accents in one, no invisible marks, straight double quotes."""
    text = unicodedata.normalize("NFC", typed[:MOST_LETTERS]).translate(_DOUBLE_QUOTES)
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cs"))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, as the index holds them."""
    return tuple(prepare(text).split())


def singular(word: str) -> str:
    """Rough, and the same on both sides: it makes keys, and is never shown."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def name_key(words: Iterable[str]) -> str:
    """By what two spellings of one name are the same: T-cells and T cell, Crohns and Crohn’s,
    auto immune and autoimmune, hematopoietic and haematopoietic."""
    return "".join(british(singular(word)) for word in words)


def callings(title: str) -> list[str]:
    """What a title calls its page: all of it, without its brackets, and what they hold."""
    found = [title]
    if bracketed := re.fullmatch(r"(.*\S)\s*\(([^()]+)\)", title.strip()):
        found.extend(bracketed.groups())
    return found
