"""How the claims of one cell of the evidence map become one summary, without flattering.

- Studies alone count, never how many there are. Nothing found in animals or the laboratory
  counts, nor what rests only on a source that was retracted, withdrawn or superseded.
- That something helps needs a study in people, of a design that can show it. That it harms, made
  no difference or is unclear counts from any standing source about people, a regulator's too.
- Harms are a side of their own, always shown beside the effects and never outweighed by them.
- Effects that do not all point the same way are mixed, however strong one of them is.
- The best study is the one of the best design (reviews and randomised trials, then comparative
  studies, then studies without a comparison group, then single cases), then of the most people,
  then the newest.
- The certainty is the one given to the claims that rest on the best study; where they differ, the
  lower; where the effects disagree, the lowest given to any of them. It is "not rated" where
  nobody rated any.
- The same sentence on several pages is one claim; where pages rate it differently, the lower
  rating holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self

from evidence.models import Source
from evidence.models.claim import Certainty, Direction, OutcomeKind

Design, Subjects, Status = Source.Design, Source.Subjects, Source.Status

RANKS: dict[str, int] = {
    Design.SYSTEMATIC_REVIEW: 4,
    Design.META_ANALYSIS: 4,
    Design.RANDOMISED_TRIAL: 4,
    Design.COMPARATIVE_COHORT: 3,
    Design.COHORT: 2,
    Design.SINGLE_ARM: 2,
    Design.CASE_REPORT: 1,
}
LOWEST_FIRST = (Certainty.VERY_LOW, Certainty.LOW, Certainty.MODERATE, Certainty.HIGH)
NEGATIVE = (Direction.NO_DIFFERENCE, Direction.HARM)


@dataclass(frozen=True, slots=True)
class Study:
    """What the map needs to know of a source. The names of a source's fields, in this order."""

    FIELDS: ClassVar = (
        *("pk", "key", "short_name", "title", "design", "subjects"),
        *("people", "year", "status"),
    )

    pk: int
    key: str
    short_name: str
    title: str
    design: str
    subjects: str
    people: int | None
    year: int | None
    status: str

    @property
    def name(self) -> str:
        return self.short_name or self.title

    @property
    def design_name(self) -> str:
        return str(Design(self.design).label)

    @property
    def is_of_people(self) -> bool:
        return self.subjects not in (Subjects.ANIMAL, Subjects.LAB)

    @property
    def stands(self) -> bool:
        return self.status in (Status.STANDS, Status.CORRECTED)

    @property
    def is_proof(self) -> bool:
        """A study in people, of a design that can show an effect, that still stands."""
        return self.stands and self.subjects == Subjects.HUMAN and self.design in RANKS

    @property
    def strength(self) -> tuple[int, int, int, str]:
        return RANKS.get(self.design, 0), self.people or 0, self.year or 0, self.key


@dataclass(slots=True)
class Reading:
    """A live claim, as the map reads it; `pks` are those of all the claims that say the same."""

    pks: list[int]
    statement: str
    direction: str
    certainty: str
    outcome_kind: str
    studies: list[Study] = field(default_factory=list)
    is_flagged: bool = False

    @property
    def is_harm(self) -> bool:
        return self.direction == Direction.HARM

    @property
    def is_negative(self) -> bool:
        return self.direction in NEGATIVE

    @property
    def counts(self) -> bool:
        if self.direction == Direction.BENEFIT:
            return any(study.is_proof for study in self.studies)
        return any(study.stands and study.is_of_people for study in self.studies)

    @property
    def proof(self) -> list[Study]:
        return [study for study in self.studies if study.is_proof]


@dataclass(frozen=True)
class Side:
    """The effects, or the harms, of a cell. `readings` is never empty."""

    readings: Sequence[Reading]

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Self | None:
        counting = [it for it in readings if it.counts]
        return cls(counting) if counting else None

    @property
    def direction(self) -> str:
        directions = {it.direction for it in self.readings}
        return directions.pop() if len(directions) == 1 else Direction.MIXED

    @property
    def disagrees(self) -> bool:
        return len({it.direction for it in self.readings}) > 1

    @property
    def certainty(self) -> str:
        best = None if self.disagrees else self.best
        resting = [it for it in self.readings if best is None or best in it.proof]
        return lower_of(it.certainty for it in resting)

    @property
    def best(self) -> Study | None:
        return best_of(self.readings)

    @property
    def is_of_tests_only(self) -> bool:
        """Nothing was found about how people fare: only about scans, blood and the like."""
        return all(it.outcome_kind == OutcomeKind.TEST_RESULT for it in self.readings)


def best_of(readings: Iterable[Reading]) -> Study | None:
    return max(
        (it for one in readings for it in one.proof), key=lambda it: it.strength, default=None
    )


def lower_of(certainties: Iterable[str]) -> str:
    """The lowest rating given, or that there is none."""
    rated = {it for it in certainties if it != Certainty.NOT_RATED}
    return next((it for it in LOWEST_FIRST if it in rated), Certainty.NOT_RATED)


def without_repeats(readings: Iterable[Reading]) -> list[Reading]:
    """The same sentence told on several pages is one claim, with the studies of all of them."""
    found: dict[tuple[str, str], Reading] = {}
    for one in readings:
        told = (" ".join(one.statement.split()).casefold(), one.direction)
        same = found.get(told)
        if same is None:
            found[told] = Reading(
                list(one.pks),
                one.statement,
                one.direction,
                one.certainty,
                one.outcome_kind,
                list(one.studies),
                one.is_flagged,
            )
        else:
            same.pks += one.pks
            same.certainty = lower_of([same.certainty, one.certainty])
            same.studies += [it for it in one.studies if it not in same.studies]
            same.is_flagged |= one.is_flagged
    return list(found.values())
