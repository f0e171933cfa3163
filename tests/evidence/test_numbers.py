"""Counts in the words of readers: what rounding may do, and what it must never do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers import BASE, FEW, Arm, Frequency, Numbers


@st.composite
def arms(draw, largest: int = 100_000) -> Arm:
    people = draw(st.integers(1, largest))
    return Arm(draw(st.integers(0, people)), people)


def rate(arm: Arm) -> Fraction:
    return Fraction(arm.events, arm.people)


def beside(treated: tuple[int, int] | None, compared: tuple[int, int] | None) -> Numbers:
    return Numbers(treated and Arm(*treated), compared and Arm(*compared))


# --- what is true of every pair of groups ---------------------------------------------------


@given(arms(), st.sampled_from([BASE, None]))
def test_rounding_is_off_by_half_a_person_on_its_base_at_most(arm, base):
    frequency = Frequency(arm, base or arm.people)
    assert abs(frequency.count - rate(arm) * frequency.base) <= Fraction(1, 2)
    assert frequency.is_exact == (frequency.count == rate(arm) * frequency.base)


@given(arms(10_000), arms(10_000))
def test_figures_on_one_base_keep_the_order_of_the_groups(one, other):
    numbers = Numbers(one, other)
    if numbers.stand_on_one_base and rate(one) <= rate(other):
        assert numbers.treated.count <= numbers.compared.count


@given(arms())
def test_nothing_that_happened_is_told_as_none_nor_what_spared_somebody_as_all(arm):
    words = str(Frequency(arm, BASE))
    assert words.startswith("none of ") == (arm.events == 0)
    assert words.startswith(("all ", "1 of 1 ")) == (arm.events == arm.people)
    assert not words.startswith(("0 in", "about 0 in", "100 in", "about 100 in")) or (
        arm.people == BASE
    )


@given(arms(), st.sampled_from([BASE, None]))
def test_the_marks_add_up_to_the_base(arm, base):
    frequency = Frequency(arm, base or arm.people)
    filled, half, empty = frequency.marks
    assert filled + half + empty == frequency.base
    assert min(filled, half, empty) >= 0
    assert (filled == half == 0) == (arm.events == 0)
    assert (half == empty == 0) == (arm.events == arm.people)


@given(st.none() | arms(300), st.none() | arms(300))
def test_any_groups_zero_or_missing_have_their_words(treated, compared):
    numbers = Numbers(treated, compared)
    assert bool(numbers) == (treated is not None or compared is not None)
    assert (numbers.treated is None) == (treated is None)
    assert (numbers.compared is None) == (compared is None)
    assert bool(numbers.difference) == numbers.are_two
    for frequency in filter(None, (numbers.treated, numbers.compared)):
        assert "people" in f"{frequency} {frequency.arm}" or frequency.arm.people == 1


@given(arms(10_000), arms(10_000))
def test_the_difference_is_that_of_the_figures_beside_it_and_within_one_person(one, other):
    numbers = Numbers(one, other)
    if not numbers.stand_on_one_base:
        return
    gap = numbers.treated.count - numbers.compared.count
    assert abs(gap - (rate(one) - rate(other)) * numbers.treated.base) <= 1
    if gap:
        assert f"{abs(gap)} {'more' if gap > 0 else 'fewer'} in " in numbers.difference


# --- what it says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("treated", "compared", "words"),
    [
        # as counted: two groups of one size, or so few people
        ((3, 55), (34, 55), ["3 in 55 people", "34 in 55 people", "31 fewer in 55 people."]),
        ((9, 12), (5, 6), ["9 in 12 people", "5 in 6 people", "too few people"]),
        ((0, 55), (55, 55), ["none of 55 people", "all 55 people", "55 fewer in 55 people."]),
        # on one base
        (
            (3, 55),
            (34, 54),
            ["about 5 in every 100 people", "about 63 in every 100 people", "about 58 fewer"],
        ),
        (
            (50, 200),
            (30, 300),
            ["25 in every 100 people", "10 in every 100 people", ": 15 more in every 100 people."],
        ),
        (
            (1, 1_000_000),
            (999_999, 1_000_000),
            ["fewer than 1 in every 100", "more than 99 in every 100", "about 100 fewer"],
        ),
        ((54, 1000), (46, 1000), ["about 5 in", "about 5 in", "less than 1 apart"]),
        ((10, 20), (50, 100), ["50 in every 100 people", "50 in 100 people", "as often in both"]),
        # one group, or none
        ((16, 764), None, ["about 2 in every 100 people"]),
        (None, (0, 7), ["none of 7 people"]),
        ((1, 1), None, ["1 of 1 person"]),
        (None, None, []),
    ],
)
def test_the_words(treated, compared, words):
    numbers = beside(treated, compared)
    told = [numbers.treated, numbers.compared, numbers.difference]
    told = [str(it) for it in told if it]
    assert len(told) == len(words)
    assert all(part in whole for part, whole in zip(words, told, strict=True)), told


def test_the_counts_stay_in_reach_where_the_words_leave_them_out():
    numbers = beside((1_234, 56_789), (3, 5_500))
    assert numbers.treated.counts == "1,234 of 56,789 people"
    assert beside((3, 55), None).treated.counts == ""
    assert beside((0, 764), None).treated.counts == ""


def test_so_few_people_are_never_put_on_a_scale_of_a_hundred():
    assert beside((1, FEW - 1), (300, 1000)).as_counted
    assert not beside((1, FEW), (300, 1000)).as_counted


@pytest.mark.parametrize("counts", [(0, 0), (1, 0), (2, 1), (-1, 5), (0, -1)])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match=r"at least one person|between none and all"):
        Arm.of(*counts)


@pytest.mark.parametrize("counts", [(None, None), (3, None), (None, 20)])
def test_a_group_that_lacks_a_count_is_missing(counts):
    assert Arm.of(*counts) is None
