"""Find the weights of `evidence/language/voice.py` anew, from labelled sentences.

    .venv/bin/python scripts/weigh_words.py

Learns from the tuning half and the drafted sentences of the tests, and from the starter pages as
careful prose (at a tenth of the weight); never from the held half. A logistic regression, by
gradient steps that shrink with use (AdaGrad), always in the same order: the same sentences give
the same weights.
"""

import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evidence.documents.sentences import sentence_spans  # noqa: E402
from evidence.language.red_flags.rule import folded  # noqa: E402
from evidence.language.voice import signs  # noqa: E402

SENTENCES = ROOT / "tests/evidence/language/sentences"
STARTER = ROOT / "articles/starter"
TARGET = ROOT / "evidence/language/voice_weights.json"
ROUNDS = 20
STEP = 0.3
SHRINK = 0.1
STARTER_WEIGHT = 0.1
SMALLEST = 0.02
FEWEST_TIMES = 2
FRONT_MATTER = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
MARKUP = re.compile(r"\[@[^\]]*\]|\]\([^)]*\)|[*\[]|\{#[a-z-]+\}")

Row = tuple[dict[str, float], float, float]


def labelled(name: str) -> list[Row]:
    lines = (SENTENCES / name).read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [(signs(folded(row["text"])), float(row["label"] == "hype"), 1.0) for row in told]


def careful_prose() -> list[Row]:
    found = {}
    for file in sorted(STARTER.glob("*/*.md")):
        text = MARKUP.sub("", FRONT_MATTER.sub("", file.read_text("utf-8")))
        for start, end in sentence_spans(text):
            if len(text[start:end].split()) > 3:
                found[text[start:end]] = None
    return [(signs(folded(sentence)), 0.0, STARTER_WEIGHT) for sentence in found]


def fit(rows: list[Row]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    used: dict[str, float] = defaultdict(lambda: 1e-6)
    order = random.Random(1)  # noqa: S311 - the same order each time, no secret
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for found, is_hype, weight in rows:
            total = weights["always"] + sum(weights[sign] * found[sign] for sign in found)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - is_hype) * weight
            for sign, amount in (*found.items(), ("always", 1.0)):
                slope = error * amount + SHRINK * weights[sign] * weight * (sign != "always")
                used[sign] += slope * slope
                weights[sign] -= STEP * slope / math.sqrt(used[sign])
    return weights


def main() -> None:
    rows = labelled("tuning.jsonl") + labelled("drafted.jsonl")
    seen = Counter(sign for found, _, _ in rows for sign in found)
    weights = fit(rows + careful_prose())
    kept = {
        sign: round(weight, 3)
        for sign, weight in sorted(weights.items())
        if sign == "always" or (seen[sign] >= FEWEST_TIMES and abs(weight) >= SMALLEST)
    }
    TARGET.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(kept)} weights from {len(rows)} labelled sentences.")


if __name__ == "__main__":
    main()
