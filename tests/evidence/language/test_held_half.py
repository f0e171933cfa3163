"""How well the red flags tell adverts from careful prose, on sentences they were not made from.

The figures stand at the end of every test run. The aim is a recall of 0.90 at a precision of 0.95
on the two halves that nothing was learnt from; docs/red-flags.md says how near they come.
"""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from editorial.checks import Level
from evidence.language import red_flags_in

SENTENCES = Path(__file__).parent / "sentences"
LEARNT_FROM = ("tuning", "drafted", *(f"drafted_{letter}" for letter in "bcdefg"))
# (recall, precision): what the rules reach today, so that no change loses it. Half of the aim is
# reached on each half, and the floors say so.
FLOORS = {"tuning": (0.97, 0.99), "held": (0.895, 0.935), "unseen": (0.85, 0.95)}


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


@pytest.mark.parametrize("half", FLOORS)
def test_adverts_are_told_from_careful_prose(half, record_property):
    reached = score(half)
    record_property("red flags", f"{half}: {reached}")
    least_recall, least_precision = FLOORS[half]
    assert reached.recall >= least_recall, str(reached)
    assert reached.precision >= least_precision, str(reached)


@pytest.mark.parametrize("measured", ["held", "unseen"])
def test_nothing_that_is_learnt_from_stands_where_it_is_measured(measured):
    for name in LEARNT_FROM:
        # Counted first, so that a failure does not print sentences that are not to be read.
        shared = len(texts(measured) & texts(name))
        assert shared == 0, name


def texts(name: str) -> set[str]:
    lines = (SENTENCES / f"{name}.jsonl").read_text("utf-8").splitlines()
    return {json.loads(line)["text"].casefold() for line in lines if line.strip()}
