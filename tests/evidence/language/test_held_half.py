"""How well the red flags tell adverts from careful prose, on sentences they were not made from.

The figures stand at the end of every test run. The aim is a recall of 0.90 at a precision of 0.95
on the held half; the floors below are what the rules reach today, so that no change loses it.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from editorial.checks import Level
from evidence.language import red_flags_in

SENTENCES = Path(__file__).parent / "sentences"
FLOORS = {"tuning": (0.95, 0.98), "held": (0.80, 0.90)}


class Score(NamedTuple):
    found: int
    missed: int
    false: int
    quiet: int

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false)

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.3f} ({self.found} of {self.found + self.missed} adverts), "
            f"precision {self.precision:.3f} ({self.false} of {self.false + self.quiet} careful "
            "sentences flagged)"
        )


def is_flagged(text: str) -> bool:
    return any(finding.level != Level.ADVISE for finding in red_flags_in(text))


def score(half: str) -> Score:
    lines = (SENTENCES / f"{half}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    adverts = [is_flagged(row["text"]) for row in rows if row["label"] == "hype"]
    careful = [is_flagged(row["text"]) for row in rows if row["label"] == "careful"]
    return Score(
        sum(adverts), len(adverts) - sum(adverts), sum(careful), len(careful) - sum(careful)
    )


@pytest.mark.parametrize("half", ["tuning", "held"])
def test_adverts_are_told_from_careful_prose(half, record_property):
    reached = score(half)
    record_property("red flags", f"{half}: {reached}")
    least_recall, least_precision = FLOORS[half]
    assert reached.recall >= least_recall, str(reached)
    assert reached.precision >= least_precision, str(reached)


def test_nothing_drafted_stands_in_the_held_half():
    texts = {
        half: {
            json.loads(line)["text"].casefold()
            for line in (SENTENCES / f"{half}.jsonl").read_text("utf-8").splitlines()
        }
        for half in ("drafted", "held")
    }
    assert texts["drafted"].isdisjoint(texts["held"])
