"""What counts as the use of a term, in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.matcher import Entry, Matcher


def entry(*names: str) -> Entry:
    slug = names[0].lower().replace(" ", "-")
    return Entry(page_id=hash(slug), address=f"/glossary/{slug}/", definition="…", names=names)


NAMES = [
    ("Stem cell",),
    ("Haematopoietic stem cell", "HSC", "blood-forming stem cell"),
    ("Stem cell transplant",),
    ("Multiple sclerosis", "MS"),
    ("Rheumatoid arthritis", "RA"),
    ("Amyotrophic lateral sclerosis", "ALS"),
    ("CAR-T cell", "CAR-T"),
    ("CD34+ cell", "CD34+"),
    ("Biopsy",),
    ("Remission",),
]
MATCHER = Matcher.of(entry(*names) for names in NAMES)


def found(text: str) -> list[str]:
    return [text[match.start : match.end] for match in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a stem cell here", ["stem cell"]),
        ("Stem-cell research", ["Stem-cell"]),
        ("stem\u00a0cells", ["stem\u00a0cells"]),
        ("the stem cell’s wall", ["stem cell’s"]),
        ("the stem cell's wall", ["stem cell's"]),
        ("two biopsies", ["biopsies"]),
        ("in remission.", ["remission"]),
        ("REMISSION", ["REMISSION"]),
        ("stem, cell", []),
        ("stem (cell)", []),
        ("systemcell", []),
        ("remissions42", []),
        ("no terms at all", []),
        ("", []),
    ],
)
def test_a_term_is_found_as_whole_words_in_singular_plural_and_possessive(text, expected):
    assert found(text) == expected


def test_the_longest_name_wins():
    text = "A stem cell transplant uses a blood-forming stem cell and another stem cell."

    assert found(text) == ["stem cell transplant", "blood-forming stem cell", "stem cell"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MS is a disease", ["MS"]),
        ("Ms Jones", []),
        ("ms", []),
        ("people with MS’s tremor", ["MS’s"]),
        ("ALS", ["ALS"]),
        ("als ob", []),
        ("HSCs and an HSC", ["HSCs", "HSC"]),
        ("HSCT", []),
        ("anti-CAR-T rules", ["CAR-T"]),
        ("CD34+ selection", ["CD34+"]),
        ("CD34 selection", []),
        ("MS-specific advice", ["MS"]),
        ("non-MS disease", ["MS"]),
    ],
)
def test_an_abbreviation_is_matched_letter_by_letter(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["RAM-MS", "BEAT-MS", "RAM\u2011MS", "MS-STAT", "RA-BEAM"])
def test_an_abbreviation_inside_the_name_of_a_trial_is_no_term(text):
    assert found(text) == []


def test_the_first_entry_with_a_name_keeps_it():
    first, second = entry("Flare"), entry("Relapse", "flare")

    (match,) = Matcher.of([first, second]).find("a flare")

    assert match.entry is first


def test_a_name_without_words_matches_nothing():
    assert list(Matcher.of([entry("…", "—")]).find("… — …")) == []


words = st.sampled_from(
    [name for names in NAMES for name in names]
    + [
        "stem",
        "cell",
        "cells",
        "MS",
        "Ms",
        "RAM-MS",
        "the",
        ",",
        "<b>",
        "ß",
        "İ",
        "’s",
        "\x0b",
        "-",
    ]
)


@given(st.lists(words, max_size=30).map(" ".join) | st.text(max_size=80))
def test_matches_follow_one_another_and_never_overlap(text):
    reached = 0
    for match in MATCHER.find(text):
        assert reached <= match.start < match.end <= len(text)
        reached = match.end
