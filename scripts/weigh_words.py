"""Find the weights of `evidence/language/voice.py` anew, from labelled sentences.

    .venv/bin/python scripts/weigh_words.py

Learns from the tuning half and the drafted sentences of the tests, and from the starter pages as
careful prose; never from the halves that measure. A logistic regression with small weights
preferred, always in the same order: the same sentences give the same weights.
"""

import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evidence.documents.sentences import sentence_spans  # noqa: E402
from evidence.language.careful import Sentence  # noqa: E402
from evidence.language.flagging import hits_in  # noqa: E402
from evidence.language.red_flags.rule import Excuse, folded  # noqa: E402
from evidence.language.voice import signs  # noqa: E402

SENTENCES = ROOT / "tests/evidence/language/sentences"
STARTER = ROOT / "articles/starter"
TARGET = ROOT / "evidence/language/voice_weights.json"
LABELLED = (
    "tuning.jsonl",
    "drafted.jsonl",
    *(f"drafted_{letter}.jsonl" for letter in "bcdefg"),
)
ROUNDS = 15
HALVINGS = 25
# What an error costs beside the squares of the weights; chosen on styles left out.
PRICE = 0.1
STARTER_WEIGHT = 1.0
SMALLEST = 0.0215
FEWEST_TIMES = 3
FRONT_MATTER = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
MARKUP = re.compile(r"\[@[^\]]*\]|\]\([^)]*\)|[*\[]|\{#[a-z-]+\}")


class Row:
    """A labelled sentence: its signs, what an error in it costs, how hard it pulls so far."""

    def __init__(self, signs: dict[str, float], is_hype: bool, price: float) -> None:
        self.signs = {**signs, "always": 1.0}
        self.is_hype = is_hype
        self.price = price
        self.strength = price / 100

    @cached_property
    def square(self) -> float:
        return sum(strength * strength for strength in self.signs.values())

    def forget_rare(self, seen: Counter[str]) -> None:
        self.signs = {
            sign: strength
            for sign, strength in self.signs.items()
            if sign == "always" or seen[sign] >= FEWEST_TIMES
        }

    def pull_on(self, weights: dict[str, float], strength: float) -> None:
        step = strength if self.is_hype else -strength
        for sign, by in self.signs.items():
            weights[sign] += step * by


def signs_of(text: str) -> dict[str, float]:
    """Of a line that may hold two sentences: the rules see each alone, the words count as one."""
    letters = folded(text)
    rules: set[str] = set()
    excuses = Excuse(0)
    for start, end in sentence_spans(letters):
        sentence = Sentence(letters[start:end])
        rules.update(hit.rule.id for hit in hits_in(sentence))
        excuses |= sentence.frames
    return signs(letters, sorted(rules), excuses)


def labelled(name: str) -> list[Row]:
    lines = (SENTENCES / name).read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.strip()]
    return [Row(signs_of(row["text"]), row["label"] == "hype", PRICE) for row in told]


def careful_prose() -> list[Row]:
    found = {}
    for file in sorted(STARTER.glob("*/*.md")):
        text = MARKUP.sub("", FRONT_MATTER.sub("", file.read_text("utf-8")))
        for start, end in sentence_spans(text):
            if len(text[start:end].split()) > 3:
                found[text[start:end]] = None
    return [Row(signs_of(sentence), False, PRICE * STARTER_WEIGHT) for sentence in found]


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights that minimise half their squares plus each row's price times its logistic loss.

    Solved by dual coordinate descent (Yu, Huang and Lin 2011): each row pulls with a strength
    between 0 and its price, and the weights are the sum of all pulls.
    """
    weights: dict[str, float] = defaultdict(float)
    for row in rows:
        row.pull_on(weights, row.strength)
    order = random.Random(1)  # noqa: S311 - the same order each time, no secret
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for row in rows:
            side = 1 if row.is_hype else -1
            margin = side * sum(weights[sign] * by for sign, by in row.signs.items())
            strength = _best_strength(row, margin)
            row.pull_on(weights, strength - row.strength)
            row.strength = strength
    return weights


def _best_strength(row: Row, margin: float) -> float:
    """Where the slope of the dual is nought: it only rises, so halving finds it."""
    low, high = 0.0, row.price
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        slope = row.square * (middle - row.strength) + margin
        slope += math.log(middle / (row.price - middle))
        low, high = (low, middle) if slope > 0 else (middle, high)
    return (low + high) / 2


def main() -> None:
    rows = [row for name in LABELLED for row in labelled(name)]
    many = len(rows)
    seen = Counter(sign for row in rows for sign in row.signs)
    rows += careful_prose()
    for row in rows:
        row.forget_rare(seen)
    weights = fit(rows)
    kept = {
        sign: round(weight, 3)
        for sign, weight in sorted(weights.items())
        if sign == "always" or abs(weight) >= SMALLEST
    }
    lines = ",\n".join(f"{json.dumps(sign, ensure_ascii=False)}:{kept[sign]}" for sign in kept)
    TARGET.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    print(f"{len(kept)} weights from {many} labelled sentences.")


if __name__ == "__main__":
    main()
