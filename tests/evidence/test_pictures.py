"""Pictures of numbers: they count right, weigh little, and say what they show."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from evidence.models import Claim
from evidence.numbers import BASE, Arm, Frequency
from evidence.pictures import ACROSS, BAR, picture


def drawn(events: int, people: int, base: int | None = None, *, with_marks: bool = True):
    frequency = Frequency(Arm(events, people), base or people)
    return etree.fromstring(picture(frequency, with_marks=with_marks))


def marks(svg, name: str) -> int:
    """How many marks the paths of this class draw: one a unit of each of their lines."""
    paths = [path.get("d") for path in svg.iter("path") if path.get("class") == name]
    return sum(
        int(float(length)) + 1 for path in paths for length in re.findall(r"h([\d.]+)", path)
    )


@given(st.integers(1, 100), st.data())
def test_there_is_a_mark_for_each_person_and_a_hole_in_each_that_was_spared(people, data):
    events = data.draw(st.integers(0, people))
    svg = drawn(events, people)
    assert marks(svg, "full") == people
    assert marks(svg, "hole") == people - events
    assert max(float(x) for x in re.findall(r"M([\d.]+) ", etree.tostring(svg).decode())) <= ACROSS


def test_fewer_than_one_is_one_mark_half_filled():
    svg = drawn(1, 1000, BASE)
    assert (marks(svg, "full"), marks(svg, "hole")) == (100, 100)
    assert len(svg.xpath("path[@class='part']")) == 2  # the bar's, and half a mark
    assert "one half filled, 99 empty" in svg.findtext("desc")


def test_the_bar_shows_what_happened_at_all_and_what_did_not_happen_to_all():
    def filled(events):
        (part,) = drawn(events, 10_000, BASE, with_marks=False).xpath("path[@class='part']")
        return float(re.match(r"M0 0h([\d.]+)", part.get("d"))[1])

    assert filled(0) == 0
    assert 0 < filled(1) < 1
    assert filled(5_000) == ACROSS / 2
    assert ACROSS - 1 < filled(9_999) < ACROSS
    assert filled(10_000) == ACROSS


def test_it_says_in_words_what_it_shows():
    svg = drawn(3, 55)
    assert svg.get("role") == "img"
    assert svg[0].tag == "title"
    assert svg.findtext("title") == "3 in 55 people"
    assert svg.findtext("desc") == (
        "A bar: it happened to 3 people and not to 52. Under it 55 marks: 3 filled, 52 empty."
    )
    assert svg.get("viewBox") == "0 0 20 4.2"
    bar = drawn(3, 55, with_marks=False)
    assert bar.findtext("desc") == "A bar: it happened to 3 people and not to 52."
    assert bar.get("viewBox") == f"0 0 20 {BAR}"


@pytest.mark.parametrize("counts", [(37, 100, None), (1, 1000, BASE), (999, 1000, BASE)])
def test_two_pictures_side_by_side_weigh_under_a_kilobyte_and_a_half(counts):
    events, people, base = counts
    markup = picture(Frequency(Arm(events, people), base or people), with_marks=True)
    assert 2 * len(markup.encode()) <= 1536
    assert "style" not in markup
    assert " id=" not in markup


# --- on the card ----------------------------------------------------------------------------


def card(treated=(None, None), compared=(None, None), **told):
    claim = Claim(
        outcome="Disease getting worse",
        **dict(zip(("events_treated", "people_treated"), treated, strict=True)),
        **dict(zip(("events_compared", "people_compared"), compared, strict=True)),
        **told,
    )
    markup = render_to_string(
        "_partials/content/claim_numbers.html", {"claim": claim, "numbers": claim.numbers}
    )
    tree = lxml_html.fromstring(f"<div>{markup}</div>")
    pictures = tree.xpath("//svg")
    for svg in pictures:
        svg.drop_tree()
    return " ".join(tree.text_content().split()), pictures


def test_two_groups_stand_beside_each_other_with_the_difference_and_the_key():
    words, pictures = card((16, 764), (42, 700), comparator="placebo", direction="harm")
    assert words == (
        "With the treatment about 2 in every 100 people counted: 16 of 764 people "
        "With placebo 6 in every 100 people counted: 42 of 700 people "
        "With the treatment: about 4 fewer in every 100 people. "
        "Each mark is one in every 100 people. Filled: Disease getting worse."
    )
    assert [marks(svg, "full") for svg in pictures] == [100, 100]


def test_a_difference_that_was_not_shown_is_not_told_as_one():
    words, pictures = card((9, 12), (5, 6), comparator="placebo", direction="no_difference")
    assert words.endswith(
        "There were too few people to set the two groups on one scale. "
        "The study did not show that this was more than chance."
    )
    assert [marks(svg, "full") for svg in pictures] == [0, 0]


def test_one_group_says_that_there_is_nothing_to_compare_it_with():
    words, (picture_,) = card((8, 79))
    assert words == (
        "With the treatment 8 in 79 people There is no figure from a group to compare this with."
    )
    assert marks(picture_, "full") == 0
    words, _ = card(compared=(0, 7), comparator="placebo")
    assert words.endswith("There is no single figure for the people who had the treatment.")


def test_a_claim_without_counts_shows_no_numbers():
    assert card((None, 764)) == ("", [])
