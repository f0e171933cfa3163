"""Counts of people in words that readers understand: natural frequencies.

“1 in 7 people”, not “14.3%”; numerals; one format on a page: the NHS service manual's style for
numbers. Two groups that are set beside each other stand on one base, so that they can be compared,
and the counts themselves stay in reach. Nothing here touches the database.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BASE = 100
# Our own rule: so few people are shown as counted. “63 in every 100” of 8 people would pretend
# to an exactness that nobody measured.
FEW = 20


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of a study: to how many of its people it happened. Raises ValueError."""

    events: int
    people: int

    def __post_init__(self) -> None:
        if self.people < 1:
            raise ValueError("A group has at least one person.")
        if not 0 <= self.events <= self.people:
            raise ValueError("It happened to between none and all of the people in the group.")

    @classmethod
    def of(cls, events: int | None, people: int | None) -> Self | None:
        """The group, or None where one of its counts was not given."""
        return None if events is None or people is None else cls(events, people)

    def __str__(self) -> str:
        """As it was counted: “3 of 55 people”."""
        return ngettext(
            "%(events)s of %(people)s person", "%(events)s of %(people)s people", self.people
        ) % {"events": f"{self.events:,}", "people": f"{self.people:,}"}


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often it happened in a group, on a base: its own number of people, or 100.

    Rounded half up, in whole numbers throughout, so at most half a person off on the base. What
    happened never becomes “0 in 100”, nor what spared somebody “100 in 100”.
    """

    arm: Arm
    base: int

    @property
    def is_as_counted(self) -> bool:
        return self.base == self.arm.people

    @property
    def is_exact(self) -> bool:
        return self.arm.events * self.base % self.arm.people == 0

    @property
    def count(self) -> int:
        return (2 * self.arm.events * self.base + self.arm.people) // (2 * self.arm.people)

    @property
    def is_under_one(self) -> bool:
        return self.count == 0 < self.arm.events

    @property
    def is_over_all_but_one(self) -> bool:
        return self.count == self.base and self.arm.events < self.arm.people

    @property
    def marks(self) -> tuple[int, int, int]:
        """Of as many marks as the base has: how many are filled, half filled and empty.

        One is half filled for “fewer than 1” and for “more than 99”.
        """
        if self.is_under_one:
            return 0, 1, self.base - 1
        if self.is_over_all_but_one:
            return self.base - 1, 1, 0
        return self.count, 0, self.base - self.count

    def __str__(self) -> str:
        events, people = self.arm.events, self.arm.people
        told = {"people": f"{people:,}", "count": f"{self.count:,}", "base": f"{self.base:,}"}
        if events == 0:
            words = ngettext("none of %(people)s person", "none of %(people)s people", people)
        elif events == people:
            words = ngettext("1 of 1 person", "all %(people)s people", people)
        elif self.is_as_counted:
            words = _("%(count)s in %(people)s people")
        elif self.is_under_one:
            words = _("fewer than 1 in every %(base)s people")
        elif self.is_over_all_but_one:
            words = _("more than %(count)s in every %(base)s people")
            told["count"] = f"{self.base - 1:,}"
        elif self.is_exact:
            words = _("%(count)s in every %(base)s people")
        else:
            words = _("about %(count)s in every %(base)s people")
        return words % told

    @property
    def counts(self) -> str:
        """The counts, where the words do not give them already."""
        says_them = self.is_as_counted or self.arm.events in (0, self.arm.people)
        return "" if says_them else str(self.arm)


@dataclass(frozen=True)
class Numbers:
    """What was counted with a treatment and with what it was compared to; either may be missing."""

    treated_arm: Arm | None
    compared_arm: Arm | None

    def __bool__(self) -> bool:
        return bool(self.treated_arm or self.compared_arm)

    @cached_property
    def as_counted(self) -> bool:
        """Whether the counts are shown as they are: so few people, or two groups of one size."""
        sizes = [arm.people for arm in (self.treated_arm, self.compared_arm) if arm]
        return min(sizes, default=0) < FEW or (len(set(sizes)) == 1 and sizes[0] <= BASE)

    @cached_property
    def treated(self) -> Frequency | None:
        return self._frequency(self.treated_arm)

    @cached_property
    def compared(self) -> Frequency | None:
        return self._frequency(self.compared_arm)

    def _frequency(self, arm: Arm | None) -> Frequency | None:
        if arm is None:
            return None
        return Frequency(arm, arm.people if self.as_counted else BASE)

    @property
    def are_two(self) -> bool:
        return self.treated is not None and self.compared is not None

    @property
    def stand_on_one_base(self) -> bool:
        """Whether the two groups can be pictured, and compared, side by side."""
        one, other = self.treated, self.compared
        return one is not None and other is not None and one.base == other.base

    @property
    def difference(self) -> str:
        """A sentence: how many more or fewer with the treatment; empty where one is missing.

        It is the difference of the two figures that stand beside it, so that a reader who
        subtracts gets the same: at most one person on the base away from the exact one.
        """
        one, other = self.treated, self.compared
        if one is None or other is None:
            return ""
        if one.arm.events * other.arm.people == other.arm.events * one.arm.people:
            return _("It happened as often in both groups.")
        if one.base != other.base:
            return _("There were too few people to set the two groups on one scale.")
        gap = one.count - other.count
        told = {"gap": f"{abs(gap):,}", "base": f"{one.base:,}"}
        if self.as_counted:
            return (
                _("With the treatment: %(gap)s more in %(base)s people.")
                if gap > 0
                else _("With the treatment: %(gap)s fewer in %(base)s people.")
            ) % told
        if gap == 0:
            return _("The groups are less than 1 apart in every %(base)s people.") % told
        if one.is_exact and other.is_exact:
            return (
                _("With the treatment: %(gap)s more in every %(base)s people.")
                if gap > 0
                else _("With the treatment: %(gap)s fewer in every %(base)s people.")
            ) % told
        return (
            _("With the treatment: about %(gap)s more in every %(base)s people.")
            if gap > 0
            else _("With the treatment: about %(gap)s fewer in every %(base)s people.")
        ) % told
