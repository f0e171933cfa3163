"""What ties a key message to the paragraph it rests on, and a summary to its readers."""

import pytest

from evidence.checking.form import what_the_first_words_lack
from evidence.checking.messages import is_tied, marks_of

GROUND = "In one trial, 8 of 79 people given a transplant died from the treatment: 8 deaths."


@pytest.mark.parametrize(
    "message",
    [
        "About one in ten people died from the treatment itself.",
        "About 10% of deaths were early.",
        "Eight people died.",
    ],
)
def test_a_message_may_say_a_number_of_its_ground_in_other_words(message):
    assert is_tied(marks_of(message), [marks_of(GROUND)])


@pytest.mark.parametrize(
    "message",
    [
        "About one in three people died from the treatment itself.",
        "One clinic counts no deaths.",
        "One in ten clinics charges a fee.",
    ],
)
def test_another_number_or_another_matter_is_no_ground(message):
    assert not is_tied(marks_of(message), [marks_of(GROUND)])


@pytest.mark.parametrize(
    "summary",
    [
        "This page is for adults with severe systemic sclerosis. It says what a transplant does.",
        "For children living with arthritis: what is known about cells.",
    ],
)
def test_a_summary_that_names_its_readers_says_for_whom_it_is(summary):
    assert what_the_first_words_lack(summary, "") == []


def test_a_notice_for_information_names_no_readers():
    assert what_the_first_words_lack("This page is for information only.", "") == [
        "for whom the page is"
    ]
