"""What counts as the use of a term, in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary import matcher as matching
from glossary.matcher import Entry, Matcher, normal


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


def meant(matcher: Matcher, text: str, *tags: int) -> list[str]:
    return [match.entry.address for match in matcher.find(text, tags=frozenset(tags))]


def test_a_name_of_two_terms_is_linked_only_where_a_tag_decides():
    scan = Entry(1, "/glossary/magnetic-scan/", "", ("Magnetic scan", "scan"), frozenset({7, 8}))
    sound = Entry(2, "/glossary/sound-scan/", "", ("Sound scan", "scan"), frozenset({8, 9}))
    matcher = Matcher.of([scan, sound])

    assert matcher.is_ambiguous
    assert meant(matcher, "a scan", 7) == [scan.address]
    assert meant(matcher, "two scans", 9, 70) == [sound.address]
    for undecided in ((), (70,), (8,), (7, 9)):
        assert meant(matcher, "a scan", *undecided) == [""]
    assert meant(matcher, "a sound scan") == [sound.address]


def test_two_terms_of_one_title_share_it():
    first, second = (
        Entry(pk, f"/glossary/{pk}/", "", ("Graft",), frozenset({pk})) for pk in (1, 2)
    )

    assert meant(Matcher.of([first, second]), "a graft", 2) == [second.address]


def test_a_page_that_is_only_kept_whole_leaves_its_name_to_the_term():
    therapy, term = Entry(1, "", "", ("Insulin",)), entry("Insulin")

    matcher = Matcher.of([therapy, term])

    assert meant(matcher, "insulin") == [term.address]
    assert not matcher.is_ambiguous


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("virus", "viruses"),
        ("disease", "diseases"),
        ("illness", "illnesses"),
        ("reflex", "reflexes"),
        ("rash", "rashes"),
        ("dose", "doses"),
        ("diagnosis", "diagnoses"),
        ("metastasis", "metastases"),
        ("therapy", "therapies"),
        ("sclerosis", "sclerosis"),
        ("Crohn's", "crohn’s"),
    ],
)
def test_a_word_and_its_plural_are_one(singular, plural):
    assert normal(singular) == normal(plural)


@pytest.mark.parametrize(
    ("one", "another"),
    [("sclerosis", "sclerose"), ("use", "us"), ("diagnosis", "diagnose"), ("dose", "do")],
)
def test_other_words_are_not(one, another):
    assert normal(one) != normal(another)


def test_what_is_remembered_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr(matching, "MOST_REMEMBERED", 10)
    matcher = Matcher.of([entry("Relapse")])

    text = " ".join([*(f"word{number}" for number in range(100)), "relapse"])

    assert [text[match.start : match.end] for match in matcher.find(text)] == ["relapse"]
    assert len(matcher._reaches) <= 10


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
