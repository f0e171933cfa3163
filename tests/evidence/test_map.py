"""How claims become the evidence map: what counts, what disagrees, what an empty cell may say."""

from dataclasses import replace
from datetime import date

import pytest

from evidence import map_words
from evidence.map import Asked, Cell, Heading
from evidence.map_downloads import harmless
from evidence.map_pictures import wrapped
from evidence.summing_up import Reading, Side, Study, without_repeats

HSCT = Heading(1, "hsct", "A transplant", "therapy", "/therapies/hsct/", date(2026, 1, 31))
MS = Heading(2, "ms", "Multiple sclerosis", "disease", "/diseases/ms/", date(2026, 2, 1))
EVERYTHING = Asked()
LUPUS = Heading(3, "lupus", "Lupus", "disease")


def study(key="a", *, design="randomised_trial", subjects="human", status="stands", **told):
    number = {"people": None, "year": None} | told
    return Study(ord(key), key, key.upper(), "", design, subjects, **number, status=status)


def claim(direction="benefit", *studies, certainty="not_rated", kind="disease", says=None, **told):
    says = says or f"{direction} {certainty} {[it.key for it in studies]}"
    return Reading([1], says, direction, certainty, kind, list(studies or [study()]), **told)


def cell(*readings, asked=EVERYTHING, therapy=HSCT, disease=MS, **told) -> Cell:
    return Cell(therapy, disease, readings, asked, **told)


# --- the direction ------------------------------------------------------------------------


def test_effects_that_agree_keep_their_direction():
    assert Side.of([claim("benefit"), claim("benefit")]).direction == "benefit"
    assert Side.of([claim("no_difference")]).direction == "no_difference"


def test_one_negative_trial_makes_any_number_of_benefits_mixed():
    many = [claim("benefit", study(people=900), certainty="high") for _ in range(20)]

    assert Side.of([*many, claim("no_difference", study("b", people=9))]).direction == "mixed"


def test_harm_is_a_side_of_its_own_and_no_benefit_outweighs_it():
    found = cell(claim("benefit", certainty="high"), claim("harm", study("b")))

    assert (found.effect.direction, found.harm.direction) == ("benefit", "harm")
    assert map_words.sentences(found)[:2] == [
        "Benefit, high certainty.",
        "Harm, certainty not rated.",
    ]
    assert found.negative == 1


def test_a_benefit_without_a_figure_for_harm_says_so():
    assert "which does not mean that there is none" in map_words.as_text(cell(claim("benefit")))


def test_how_many_studies_there_are_changes_nothing_but_the_count():
    few, many = cell(claim()), cell(*[claim(says=str(number)) for number in range(50)])

    assert (few.effect.direction, few.effect.certainty) == (
        many.effect.direction,
        many.effect.certainty,
    )
    assert (few.claims, many.claims) == (1, 50)


def test_a_benefit_seen_in_scans_alone_is_called_that():
    tests = claim("benefit", kind="test_result")

    assert map_words.direction_word(Side.of([tests])) == "Benefit in test results only"
    assert map_words.direction_word(Side.of([tests, claim("benefit")])) == "Benefit"


# --- what counts --------------------------------------------------------------------------


@pytest.mark.parametrize("fallen", ["retracted", "withdrawn", "superseded"])
def test_what_rests_on_a_fallen_source_counts_no_more(fallen):
    found = cell(claim("benefit", study(status=fallen)))

    assert not found.is_shown
    assert map_words.as_text(found) == "What this rested on no longer stands."


def test_a_corrected_source_still_counts():
    assert cell(claim("benefit", study(status="corrected"))).effect.direction == "benefit"


@pytest.mark.parametrize("subjects", ["animal", "lab"])
def test_nothing_from_animals_or_the_laboratory_counts(subjects):
    mice = study(subjects=subjects)
    found = cell(claim("benefit", mice), claim("harm", mice))

    assert not found.is_shown
    assert map_words.as_text(found) == (
        "No human studies found, searched on 1 Feb 2026. Tested in animals or the laboratory only."
    )


def test_a_benefit_needs_a_study_in_people_and_a_warning_does_not():
    notice = study(design="regulatory", subjects="not_applicable")

    assert not cell(claim("benefit", notice)).is_shown
    assert "No study in people stands behind" in map_words.as_text(cell(claim("benefit", notice)))
    for direction in ("harm", "no_difference"):
        assert cell(claim(direction, notice)).main.direction == direction


def test_the_same_sentence_on_two_pages_is_one_claim_with_the_lower_rating():
    first = claim("benefit", study("a"), certainty="high", says="It helps some.")
    again = claim("benefit", study("b"), certainty="low", says="it  helps some.", is_flagged=True)

    (one,) = without_repeats([first, again])

    assert (one.certainty, [it.key for it in one.studies], one.is_flagged) == (
        "low",
        ["a", "b"],
        True,
    )
    assert (first.certainty, first.pks) == ("high", [1]), "the first is left as it was"


# --- certainty and the best study -----------------------------------------------------------


def test_the_best_study_is_of_the_best_design_then_of_the_most_people_then_the_newest():
    weakest_first = [
        study("g", design="narrative", people=10_000),
        study("a", design="case_report", people=900),
        study("b", design="single_arm", people=800),
        study("c", design="comparative_cohort", people=700),
        study("d", people=10),
        study("e", people=60, year=2001),
        study("f", design="meta_analysis", people=60, year=2019),
    ]
    for number in range(2, len(weakest_first) + 1):
        known = weakest_first[:number]
        assert cell(claim("benefit", *reversed(known))).best == known[-1]


def test_the_certainty_is_that_of_the_best_study_and_of_its_lower_rating():
    best, weak = study("a", people=100), study("b", design="single_arm")

    assert Side.of([claim("benefit", best, certainty="moderate")]).certainty == "moderate"
    assert (
        Side.of(
            [
                claim("benefit", best, certainty="moderate"),
                claim("benefit", best, certainty="low"),
                claim("benefit", weak, certainty="very_low"),
            ]
        ).certainty
        == "low"
    )


def test_a_high_rating_of_a_weak_study_does_not_speak_for_the_best_one():
    weak = claim("benefit", study("b", design="single_arm"), certainty="high")

    assert Side.of([weak]).certainty == "high"
    assert Side.of([weak, claim("benefit", study("a"))]).certainty == "not_rated"


def test_where_effects_disagree_the_lowest_rating_of_all_holds():
    best, weak = study("a"), study("b", design="case_report")

    assert (
        Side.of(
            [
                claim("benefit", best, certainty="high"),
                claim("no_difference", weak, certainty="very_low"),
            ]
        ).certainty
        == "very_low"
    )


def test_the_best_study_is_told_with_design_people_and_year():
    assert map_words.best_words(study(people=1100, year=2019)) == (
        "Best study: randomised trial, 1,100 people (2019)."
    )
    assert map_words.best_words(study(people=1)) == "Best study: randomised trial, 1 person."


# --- empty cells --------------------------------------------------------------------------


def test_an_empty_cell_names_the_later_day_on_which_a_page_searched():
    assert map_words.as_text(cell()) == "No human studies found, searched on 1 Feb 2026."
    assert "31 Jan 2026" in map_words.as_text(cell(disease=LUPUS))


def test_nobody_says_searched_where_no_page_says_how_far():
    nowhere = Heading(4, "msc", "MSCs", "therapy")

    assert map_words.as_text(cell(therapy=nowhere, disease=LUPUS)) == "Not searched yet."


def test_nobody_says_that_usual_care_or_a_whole_group_of_diseases_was_never_studied():
    usual = replace(HSCT, is_comparator=True)
    group = replace(MS, narrower=(LUPUS,))

    for found in (cell(therapy=usual), cell(disease=group)):
        assert "No human studies" not in map_words.as_text(found)


def test_studies_that_nobody_summed_up_are_not_called_missing():
    assert "No human studies" not in map_words.as_text(cell(is_studied=True))


def test_a_cell_whose_source_changed_says_so():
    for found in (cell(claim(is_flagged=True)), cell(claim("harm", is_flagged=True))):
        assert map_words.sentences(found)[-1] == map_words.UNDER_REVIEW


# --- filters ------------------------------------------------------------------------------


def test_a_filter_never_takes_harm_from_a_benefit():
    mixed = [claim("benefit", kind="survival"), claim("harm", study("b"), kind="harm")]

    assert cell(*mixed, asked=Asked(outcomes=("survival",))).harm.direction == "harm"
    assert not cell(*mixed, asked=Asked(outcomes=("life",))).is_shown
    assert cell(*mixed, asked=Asked(outcomes=("harm",))).is_shown


def test_a_filter_hides_cells_and_never_changes_what_one_says():
    told = [claim("benefit", certainty="high"), claim("no_difference", study("b"), certainty="low")]

    assert not cell(*told, asked=Asked(certainties=("high",))).is_shown
    assert cell(*told, asked=Asked(certainties=("low",))).effect.direction == "mixed"
    assert not cell(*told, asked=Asked(designs=("case_report",))).is_shown
    assert cell(*told, asked=Asked(designs=("randomised_trial",))).is_shown


def test_what_a_filter_leaves_out_is_not_called_missing():
    left_out = cell(claim("benefit"), asked=Asked(outcomes=("life",)))
    empty = cell(asked=Asked(outcomes=("life",)))

    assert map_words.as_text(left_out) == "Nothing under these filters."
    assert map_words.as_text(empty) == "No human studies found, searched on 1 Feb 2026."


# --- downloads ----------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["=1+1", "+44", "-3", "@SUM", "\tx", "\rx"])
def test_a_spreadsheet_takes_no_value_for_a_formula(odd):
    assert harmless(odd) == f"'{odd}"


def test_plain_values_stay_as_they_are():
    assert [harmless(it) for it in ("a=b", "", 3, -3)] == ["a=b", "", 3, -3]


def test_words_are_wrapped_without_losing_any():
    words = "No human studies found, searched on 1 February 2026."

    assert " ".join(wrapped(words, 60, 6)) == words
    assert max(map(len, wrapped(words, 60, 6))) <= 10
    assert wrapped("", 60, 6) == [""]
