"""Whose voice a sentence has: a seller's or a careful writer's, by many small signs.

Sellers find new words faster than a list of phrases can follow. So each sentence is also weighed:
by the families its words belong to (`voice_families.toml`), by the words themselves and by pairs
of neighbours. The weights are those of a
logistic regression over labelled sentences; `scripts/weigh_words.py` finds them anew.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
# Above SELLS a sentence is an advert though no rule names it; below the others it is careful, and
# single words in it count for nothing. Chosen on drafted sentences that the weights had not seen.
SELLS = 0.2
CAREFUL_FOR_A_WARNING = -0.5
CAREFUL_FOR_A_BLOCK = -1.0
# One word or two are no voice.
FEWEST_WORDS = 3

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[$€£!?]|#\w+|[\U0001F300-\U0001FAFF]")
BEGINNING = 6
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


def score(sentence: str) -> float:
    """Of a sentence in folded letters: above 0 it reads like an advert, below 0 like care."""
    known = weights()
    return known["always"] + sum(
        known.get(sign, 0.0) * amount for sign, amount in signs(sentence).items()
    )


def heaviest_words(sentence: str, most: int = 4) -> list[str]:
    """The words that weigh most towards selling, as they stand in the sentence."""
    known = weights()
    told = {
        word: known.get(f"word:{word[:BEGINNING]}", 0.0)
        + sum(known.get(f"family:{name}", 0.0) for name in families_of(word))
        for word in WORD.findall(sentence)
        if len(word) > 2
    }
    heavy = sorted((word for word in told if told[word] > 0), key=lambda word: -told[word])
    return heavy[:most]


def signs(sentence: str) -> dict[str, float]:
    """Each sign in a sentence and how strong it is."""
    words = WORD.findall(sentence)
    counts = Counter(name for word in words for name in families_of(word))
    found = {f"family:{name}": float(min(count, 3)) for name, count in counts.items()}
    starts = [word[:BEGINNING] for word in words]
    found |= {f"word:{start}": 1.0 for start in starts}
    found |= {f"pair:{a} {b}": 1.0 for a, b in pairwise(starts)}
    found |= {f"first:{start}": 1.0 for start in starts[:1]}
    return found | dict.fromkeys(_shape(sentence, words), 1.0)


def _shape(sentence: str, words: list[str]) -> Iterator[str]:
    yield f"length:{min(4, len(words) // 8)}"
    if sentence.rstrip().endswith("?"):
        yield "question"
    if FIGURE.search(sentence):
        yield "figure"
    if OUT_OF.search(sentence):
        yield "out of"
