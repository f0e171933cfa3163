"""Whose voice a sentence has: a seller's or a careful writer's, by many small signs.

Sellers find new words faster than a list of phrases can follow. So each sentence is also weighed:
by the families its words belong to (`voice_families.toml`), by the words themselves, by pairs of
neighbours, and by how its selling and its careful words balance. The weights are those of a
logistic regression over labelled sentences; `scripts/weigh_words.py` finds them anew.
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

HERE = Path(__file__).parent
# Above this a sentence sells; below the other it is careful whatever single words it holds. Chosen
# by sentences that the weights had not seen, for few false alarms.
SELLS = 0.5
CAREFUL = -1.0
# One sign alone, however heavy, is no voice.
FEWEST_WORDS = 3

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[$€£!?]|#\w+|[\U0001F300-\U0001FAFF]")
BEGINNING = 6
OUT_OF = re.compile(r"\b(?:of|in) \d")
FIGURE = re.compile(r"\d")
WE = frozenset({"our", "we", "we're", "we've", "us", "we'll"})
YOU = frozenset({"you", "your", "yourself", "you'll", "you're"})
ME = frozenset({"i", "my", "me", "i'm", "i've"})


@cache
def _families() -> tuple[dict[str, list[str]], dict[str, list[str]], frozenset[str], frozenset[str]]:
    """Families by whole word, by beginning of a word, and the names of those that sell or care."""
    told = tomllib.loads((HERE / "voice_families.toml").read_text("utf-8"))
    whole: dict[str, list[str]] = {}
    begun: dict[str, list[str]] = {}
    for name, words in told["families"].items():
        for word in words.split():
            index, key = (begun, word[:-1]) if word.endswith("*") else (whole, word)
            index.setdefault(key, []).append(name)
    return whole, begun, frozenset(told["sells"]), frozenset(told["cares"])


@cache
def weights() -> dict[str, float]:
    return json.loads((HERE / "voice_weights.json").read_text("utf-8"))


@lru_cache(maxsize=4096)
def families_of(word: str) -> frozenset[str]:
    whole, begun, _, _ = _families()
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
    found |= {f"pair:{a} {b}": 1.0 for a, b in zip(starts, starts[1:], strict=False)}
    found |= {f"first:{start}": 1.0 for start in starts[:1]}
    found |= dict.fromkeys(_shape(sentence, words), 1.0)
    return found | dict.fromkeys(_balance(words), 1.0)


def _shape(sentence: str, words: list[str]) -> Iterator[str]:
    yield f"length:{min(4, len(words) // 8)}"
    if sentence.rstrip().endswith("?"):
        yield "question"
    if FIGURE.search(sentence):
        yield "figure"
    if OUT_OF.search(sentence):
        yield "out of"


def _balance(words: list[str]) -> Iterator[str]:
    """How the selling words stand against the careful ones, and who speaks to whom."""
    _, _, selling, caring = _families()
    sells = cares = 0
    kinds_sell: set[str] = set()
    kinds_care: set[str] = set()
    for word in words:
        names = families_of(word)
        sell, care = names & selling, names & caring
        kinds_sell |= sell
        kinds_care |= care
        sells += bool(sell and not care)
        cares += bool(care and not sell)
    yield f"kinds selling:{min(5, len(kinds_sell))}"
    yield f"kinds caring:{min(5, len(kinds_care))}"
    yield f"selling:{min(6, sells)}"
    yield f"caring:{min(6, cares)}"
    yield f"difference:{max(-4, min(4, sells - cares))}"
    yield f"both:{min(3, sells)} {min(3, cares)}"
    present = set(words)
    for name, speakers in (("we", WE), ("you", YOU), ("me", ME)):
        yield f"{name} {bool(present & speakers)}:{min(2, sells)} {min(2, cares)}"
    if len(words) <= 6:
        yield f"short:{min(1, cares)}"
