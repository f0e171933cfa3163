"""The counter of syllables against words that were counted by hand."""

from pathlib import Path

import pytest

from evidence.language.syllables import EXCEPTIONS, syllables

COUNTED = {
    word: int(count)
    for count, words in (
        line.split(":")
        for line in Path(__file__).with_name("syllables.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
    for word in words.split()
}


def wrong(words: dict[str, int]) -> dict[str, int]:
    return {word: syllables(word) for word, count in words.items() if syllables(word) != count}


def test_at_least_97_in_100_words_are_counted_as_by_hand():
    assert len(COUNTED) > 800
    assert len(wrong(COUNTED)) <= 0.03 * len(COUNTED), wrong(COUNTED)


def test_the_rules_do_most_of_it_and_not_the_table_of_exceptions():
    by_rule = {word: count for word, count in COUNTED.items() if word not in EXCEPTIONS}
    assert len(by_rule) > 0.95 * len(COUNTED)
    assert len(wrong(by_rule)) <= 0.03 * len(by_rule), wrong(by_rule)


@pytest.mark.parametrize(
    ("word", "count"),
    [("Haematopoietic", 6), ("graft-versus-host", 4), ("disease’s", 3), ("x", 1), ("'", 1)],
)
def test_capitals_hyphens_possessives_and_what_is_no_word_have_a_count(word, count):
    assert syllables(word) == count
