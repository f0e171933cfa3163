import time

import pytest

from evidence.documents.assertions import sentences_that_assert
from evidence.documents.sentences import sentence_spans


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Cells, e.g. MSCs, help. They do.", ["Cells, e.g. MSCs, help.", "They do."]),
        ("Dr. Smith saw 2.1% of them. He left.", ["Dr. Smith saw 2.1% of them.", "He left."]),
        ("By Mary J. Smith et al. in 2019. Next.", ["By Mary J. Smith et al. in 2019.", "Next."]),
        ("They took vitamin D. It helped.", ["They took vitamin D.", "It helped."]),
        ("Written at Acme Inc. At Acme we sell.", ["Written at Acme Inc.", "At Acme we sell."]),
        ("People with MS. It is rare.", ["People with MS.", "It is rare."]),
        ("See Fig. 3 and No. 4. No. Yes.", ["See Fig. 3 and No. 4.", "No.", "Yes."]),
        ("He said “It works.” She left.", ["He said “It works.”", "She left."]),
        ("It works.[1, 2] It lasts.", ["It works.[1, 2]", "It lasts."]),
        ("A heading\n\nA sentence.", ["A heading", "A sentence."]),
        ("- first item\n- second item", ["first item", "second item"]),
        ("A line that is wrapped somewhere\nin its middle. Next.",
         ["A line that is wrapped somewhere\nin its middle.", "Next."]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_says(text, parts):
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Stem cells can heal damaged tissue.", "an effect (“heal”)"),
        ("It may reset the immune system.", "an effect (“reset”)"),
        ("Half felt better, 34 of 55 in all.", "a number (“34 of 55”)"),
        ("Symptoms went away in 90% of them.", "a number (“90%”)"),
        ("It works better than drugs.", "a comparison (“better than”)"),
        ("The infusion is safe.", "safety (“safe”)"),
        ("The FDA looked at it.", "approval or rules (“FDA”)"),
        ("Studies have shown this.", "evidence (“Studies have shown”)"),
        ("It is a breakthrough.", "a power or a promise (“breakthrough”)"),
    ],
)
def test_a_sentence_that_claims_something_is_found_with_its_reason(sentence, why):
    (assertion,) = sentences_that_assert(sentence)

    assert why in assertion.why


@pytest.mark.parametrize(
    "text",
    [
        "Does it heal damaged tissue?",
        "How Stem Cells Heal",
        "Understanding Stem Cell Therapy\n\nIt is named after its inventor.",
        "Regulatory T cells are white blood cells.",
        "",
    ],
)
def test_questions_headings_and_plain_statements_claim_nothing(text):
    assert sentences_that_assert(text) == []


def test_a_headline_that_says_it_outright_counts():
    assert [found.sentence for found in sentences_that_assert("Stem cells cure lupus\n\nYes.")] == [
        "Stem cells cure lupus"
    ]


def test_places_are_those_of_the_text():
    text = "A title\n\nNothing here.\n\n- It cures lupus.\n- Nothing.\n"

    (found,) = sentences_that_assert(text)

    assert text[found.start : found.end] == found.sentence == "It cures lupus."


@pytest.mark.parametrize(
    "unit", ["a ", "e.g. ", "A. ", ". ", "“", "more ", "12,", "\n- x", "studies a "]
)
def test_a_row_of_anything_takes_no_more_than_its_length(unit):
    start = time.perf_counter()

    sentences_that_assert(unit * (100_000 // len(unit)))

    assert time.perf_counter() - start < 3
