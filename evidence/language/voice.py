"""Whose voice a sentence has: a seller's or a careful writer's, by many small signs.

Sellers find new words faster than a list of phrases can follow. So each sentence is also weighed
as a whole: by its words, the letter groups in them, the families they belong to
(`voice_families.toml`), pairs of neighbours, turns of phrase (`turns.py`), the rules that fired in
it and what excuses it. The weights are those of a logistic regression over labelled sentences (Fan
and others 2008, LIBLINEAR); `scripts/weigh_words.py` finds them anew. The score is a plain sum: a
finding can name what weighed most.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from evidence.language.red_flags.rule import Excuse
from evidence.language.turns import turns_in

NO_EXCUSE = Excuse(0)
HERE = Path(__file__).parent
# Above SELLS a sentence is an advert, whether a rule names it or not; below, single words in it
# count for nothing. Chosen on styles of text that the weights had not seen (docs/red-flags.md).
SELLS = 0.95
# A rule of proven precision counts in a calm voice, too.
CALM = -1.5
# No rules make up for words as careful as these: such a sentence is not searched.
CAREFUL = -4.5
# One word or two are no voice.
FEWEST_WORDS = 3

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[$€£!?]|#\w+|[\U0001F300-\U0001FAFF]")
BEGINNING = 6
LETTERS = (4, 5)
MOST = 3
OUT_OF = re.compile(r"\b(?:of|in) \d")
FIGURE = re.compile(r"\d")


@cache
def _families() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The names of the families of a whole word, and of the beginning of one."""
    told = tomllib.loads((HERE / "voice_families.toml").read_text("utf-8"))
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for name, words in told.items():
        for word in words.split():
            index, key = (begun, word[:-1]) if word.endswith("*") else (whole, word)
            index.setdefault(key, []).append(name)
    return whole, begun


@cache
def weights() -> dict[str, float]:
    return json.loads((HERE / "voice_weights.json").read_text("utf-8"))


@lru_cache(maxsize=4096)
def families_of(word: str) -> frozenset[str]:
    whole, begun = _families()
    found = set(whole.get(word, ()))
    for length in range(2, len(word) + 1):
        found.update(begun.get(word[:length], ()))
    return frozenset(found)


# --- the signs: how strong each is in a sentence -------------------------------------------------


def signs(
    sentence: str, rules: Iterable[str] = (), excuses: Excuse = NO_EXCUSE
) -> dict[str, float]:
    """Each sign in a sentence of folded letters, in which these rules fired, and its strength."""
    words = WORD.findall(sentence)
    found: dict[str, float] = {}
    for word in set(words):
        found[f"word:{word[:BEGINNING]}"] = 1.0
        for sign in _letters(word):
            found[sign] = found.get(sign, 0.0) + 1.0
    for word in words:
        for name in families_of(word):
            sign = f"family:{name}"
            found[sign] = min(MOST, found.get(sign, 0.0) + 1.0)
    found |= dict.fromkeys(_order(words), 1.0)
    found |= dict.fromkeys(_shape(sentence, words), 1.0)
    found |= dict.fromkeys(turns_in(sentence), 1.0)
    return found | signs_of_rules(rules, excuses)


def signs_of_rules(rules: Iterable[str], excuses: Excuse) -> dict[str, float]:
    names = [f"rule:{id}" for id in rules]
    found = dict.fromkeys((*names, *(f"excuse:{each.name}" for each in excuses)), 1.0)
    return found | {"rules": float(min(MOST + 1, len(names)))}


def _letters(word: str) -> Iterator[str]:
    marked = f"<{word}>"
    for length in LETTERS:
        for start in range(len(marked) - length + 1):
            yield f"in:{marked[start : start + length]}"


def _order(words: list[str]) -> Iterator[str]:
    starts = [word[:BEGINNING] for word in words]
    yield from (f"first:{start}" for start in starts[:1])
    yield from (f"pair:{a} {b}" for a, b in pairwise(starts))
    yield from (f"near:{a} {b}" for a, b in zip(starts, starts[2:], strict=False))


def _shape(sentence: str, words: list[str]) -> Iterator[str]:
    yield f"length:{min(4, len(words) // 8)}"
    if sentence.rstrip().endswith("?"):
        yield "question"
    if FIGURE.search(sentence):
        yield "figure"
    if OUT_OF.search(sentence):
        yield "out of"


# --- the scores ----------------------------------------------------------------------------------


def score(sentence: str) -> float:
    """By its words alone: above 0 it reads like an advert, below 0 like care."""
    known = weights()
    words = WORD.findall(sentence)
    total = known["always"] + sum(map(_weight_of_letters, set(words)))
    families: dict[str, int] = {}
    for word in words:
        for name in families_of(word):
            families[name] = families.get(name, 0) + 1
    for name, count in families.items():
        total += known.get(f"family:{name}", 0.0) * min(MOST, count)
    found = {f"word:{word[:BEGINNING]}" for word in words}
    found.update(_order(words), _shape(sentence, words), turns_in(sentence))
    return total + sum(known.get(sign, 0.0) for sign in found)


def score_of_rules(rules: Iterable[str], excuses: Excuse) -> float:
    """What the rules that fired, and what excuses the sentence, add to the score of its words."""
    known = weights()
    found = signs_of_rules(rules, excuses)
    return sum(known.get(sign, 0.0) * strength for sign, strength in found.items())


def heaviest_words(sentence: str, most: int = 4) -> list[str]:
    """The words that weigh most towards selling, as they stand in the sentence."""
    known = weights()
    told = {
        word: known.get(f"word:{word[:BEGINNING]}", 0.0)
        + _weight_of_letters(word)
        + sum(known.get(f"family:{name}", 0.0) for name in families_of(word))
        for word in WORD.findall(sentence)
        if len(word) > 2
    }
    heavy = sorted((word for word in told if told[word] > 0), key=lambda word: -told[word])
    return heavy[:most]


@lru_cache(maxsize=8192)
def _weight_of_letters(word: str) -> float:
    known = weights()
    return sum(known.get(sign, 0.0) for sign in _letters(word))
