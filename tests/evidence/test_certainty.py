"""How sure: the verbs of each rating, who gave it, and what a claim refuses."""

import tomllib
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.starter_files import FRONT_MATTER, STARTER
from evidence.admin.rows import as_read
from evidence.certainty import MEANING, VERBS, meaning, rater, verb_fits, verb_misfit
from evidence.models import Claim
from evidence.models.claim import Certainty

FITTING = {
    "A transplant results in fewer relapses.": "high",
    "A transplant lowers the number of relapses.": "high",
    "A transplant probably lowers the number of relapses.": "moderate",
    "A transplant is likely to lower the number of relapses.": "moderate",
    "A transplant may lower the number of relapses.": "low",
    "We are very uncertain whether a transplant lowers the number of relapses.": "very_low",
    "We do not know if a transplant lowers the number of relapses.": "very_low",
}
REPORT = "In this one trial, MS got worse in 3 of 55 people after a transplant."


@pytest.mark.parametrize(("statement", "certainty"), FITTING.items())
def test_a_verb_fits_its_own_rating_and_no_other(statement, certainty):
    rated = [rating for rating in Certainty.values if rating != "not_rated"]
    assert [rating for rating in rated if verb_fits(statement, rating)] == [certainty]


@pytest.mark.parametrize(
    ("statement", "fits"),
    [
        (REPORT, True),
        ("Across 15 studies of 764 people, about 2 in 100 people died.", True),
        ("A transplant may lower the number of relapses.", True),
        ("We are very uncertain whether it helps.", True),
        ("A transplant lowers the number of relapses.", False),
        ("A transplant probably lowers the number of relapses.", False),
        ("In this one trial, a transplant cures MS.", False),
    ],
)
def test_without_a_rating_a_claim_reports_or_leaves_it_open(statement, fits):
    assert verb_fits(statement, "not_rated") is fits


@pytest.mark.parametrize("certainty", Certainty.values)
def test_a_count_from_a_study_fits_every_rating(certainty):
    assert verb_fits(REPORT, certainty)


@pytest.mark.parametrize(
    ("statement", "certainty"),
    [
        # a month, and a comparison of chances, hedge nothing
        ("A transplant helped people who were asked in May 2020.", "low"),
        ("People are more likely to relapse on a transplant.", "moderate"),
    ],
)
def test_words_that_only_look_like_a_hedge(statement, certainty):
    assert not verb_fits(statement, certainty)


def test_a_misfit_says_which_verb_to_use():
    assert verb_misfit("It works.", "low") == "The certainty is low, so say “may”."
    assert "“In this one trial …”" in verb_misfit("It works.", "not_rated")
    assert verb_misfit("It may work.", "low") == ""


def test_every_claim_of_the_starter_content_fits_its_rating_and_is_of_a_known_kind():
    told = [
        tomllib.loads(FRONT_MATTER.match(file.read_text("utf-8"))[1])
        for file in STARTER.rglob("*.md")
    ]
    claims = [claim for page in told for claim in page.get("claims", [])]
    assert len(claims) > 100
    misfits = [c["statement"] for c in claims if verb_misfit(c["statement"], c["certainty"])]
    assert misfits == []
    assert {claim["outcome_kind"] for claim in claims} >= {"disease", "harm", "survival"}


def test_every_rating_has_its_meaning_and_its_verb():
    assert set(MEANING) == set(VERBS) == set(Certainty.values)
    assert meaning("low") == "The truth may be quite different."


@pytest.mark.parametrize(
    ("certainty", "by", "words"),
    [
        ("not_rated", None, "Nobody we know of has rated this yet."),
        ("low", None, "No named person here gave this rating; it rests on the sources cited."),
        ("low", SimpleNamespace(name="Ann", is_demonstration=False), "Rated by Ann."),
        (
            "low",
            SimpleNamespace(name="Ann", is_demonstration=True),
            "Demonstration: no real person gave this rating.",
        ),
    ],
)
def test_readers_are_told_who_rated_and_that_nobody_did(certainty, by, words):
    assert rater(SimpleNamespace(certainty=certainty, certainty_by=by)) == words


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"events_treated": 3}, "people_treated"),
        ({"events_treated": 0, "people_treated": 0}, "people_treated"),
        ({"events_treated": 9, "people_treated": 8}, "events_treated"),
        ({"events_compared": 1, "people_compared": 8}, "comparator"),
    ],
)
def test_a_claim_refuses_counts_that_cannot_be(told, field):
    with pytest.raises(ValidationError) as refusal:
        Claim(**told).clean()
    assert set(refusal.value.message_dict) == {field}


def test_a_claim_may_leave_its_counts_out():
    Claim().clean()
    Claim(people_treated=764).clean()
    Claim(events_treated=3, people_treated=55, follow_up="2 years").clean()


def test_an_editor_reads_back_what_readers_will_see():
    told = {"events_treated": 3, "people_treated": 55, "events_compared": 34, "people_compared": 60}
    claim = Claim(statement="It works.", certainty="low", comparator="usual care", **told)
    assert [line for (line,) in as_read(claim)] == [
        "With the treatment: about 5 in every 100 people (3 of 55 people).",
        "With usual care: about 57 in every 100 people (34 of 60 people).",
        "With the treatment: about 52 fewer in every 100 people.",
        "No named person here gave this rating; it rests on the sources cited.",
        "The certainty is low, so say “may”.",
    ]
