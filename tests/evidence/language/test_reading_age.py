"""Grades against texts whose words, sentences and syllables were counted by hand."""

import pytest

from evidence.language.html_text import plain_of
from evidence.language.reading_age import Reading, grade, measure, smog, syllables_read


def test_words_sentences_and_syllables_are_those_counted_by_hand():
    text = "The doctor gives the cells back. They go to the bone marrow. It takes weeks."
    assert measure(text) == Reading(sentences=3, words=15, syllables=17, long_words=0)


def test_the_grade_is_that_of_kincaid():
    # A trans-plant can cause an in-fec-tion: 9; it is treat-ed in the hos-pi-tal at once: 11.
    text = "A transplant can cause an infection. It is treated in the hospital at once."
    assert measure(text) == Reading(sentences=2, words=14, syllables=20, long_words=2)
    assert grade(text) == pytest.approx(0.39 * 7 + 11.8 * 20 / 14 - 15.59)


def test_the_ease_is_that_of_flesch_and_smog_that_of_mclaughlin():
    reading = Reading(sentences=30, words=600, syllables=900, long_words=49)
    assert reading.ease == pytest.approx(206.835 - 1.015 * 20 - 84.6 * 1.5)
    assert reading.smog == pytest.approx(3.1291 + 1.043 * 7)
    assert reading.grade == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)


def test_a_text_of_nothing_has_the_lowest_grade():
    assert grade("") == smog("") == 0.0
    assert grade("Go.") == 0.0


def test_headings_and_tables_do_not_count():
    prose = "<p>The cells go back into the blood.</p>"
    around = "<h2>Immunosuppression</h2><table><tr><td>Leukapheresis</td></tr></table>"
    assert measure(plain_of(around + prose)) == measure(plain_of(prose))


def test_a_term_of_the_glossary_counts_as_one_easy_word():
    text = "Haematopoietic stem-cell transplantation is hard."
    known = frozenset({"Haematopoietic stem cell transplantation"})
    assert measure(text).words == 5
    assert measure(text, known_terms=known) == Reading(
        sentences=1, words=3, syllables=3, long_words=0
    )
    assert grade(text, known_terms=known) < 1 < grade(text)


def test_a_term_is_known_in_the_plural_and_an_abbreviation_by_its_capitals():
    known = frozenset({"Fistula", "MS"})
    assert measure("Two fistulas.", known_terms=known).syllables == 2
    assert measure("MS.", known_terms=known).syllables == 1
    assert measure("Ms Smith’s drug.", known_terms=known).words == 3


@pytest.mark.parametrize(
    ("word", "count"),
    [("MS", 2), ("HSCT", 4), ("MSCs", 3), ("ASTIS", 2), ("WHO", 5), ("1,918", 1), ("T1D", 3)],
)
def test_abbreviations_are_read_letter_by_letter_and_figures_are_easy(word, count):
    assert syllables_read(word) == count
