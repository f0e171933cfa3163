"""Whatever is typed, the search answers: 150 questions on every run, as many as FUZZ_EXAMPLES says
in `make test-faults`.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import engine, names, ranking
from search.asking import Asked
from search.finding import find, suggest
from search.words import read
from tests.live_pages import live_page, live_term

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
NASTY = st.sampled_from(
    [
        *(
            '"',
            "'",
            '""',
            '"lupus',
            "-",
            "--",
            '-"',
            "*",
            "?",
            "~2",
            "^9",
            "\\",
            "/re.*/",
            "[a TO b]",
        ),
        *(
            "AND",
            "OR NOT",
            "title:",
            "lupus AND",
            "(",
            ")",
            "{",
            "+",
            "&&",
            "||",
            "!",
            "\x00",
            "\u202e",
        ),
        *("'; DROP TABLE editorial_page; --", "%", "_", "%00", "<script>", "{{ 7*7 }}", "\ud800"),
        *(
            "🙂",
            "🇬🇧",
            "مرض",
            "квант",
            "ﬁ",
            "İ",
            "ẞ",
            "½",
            "e\u0301",
            "\u200b",
            "IL-6",
            "CD34+",
            "type one",
        ),
        *("lupus", "stem cell", "lupsu", "haematopoietic", "hsct", "x" * 10_000, "a " * 5_000),
    ]
)
TYPED = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=8).map(" ".join)


@pytest.fixture
def site(index):
    live_page("lupus", title="Lupus (SLE)", summary="Stem cells in “lupus”.")
    live_term("hsct", title="Haematopoietic stem cell transplantation", names=["HSCT", "IL-6"])
    find(Asked("lupus"))


def test_no_question_makes_the_search_fail(site, django_assert_max_num_queries):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(TYPED, st.booleans())
    def ask(typed: str, exact: bool) -> None:
        found = find(Asked(typed, exact=exact, size=3))
        assert found.engine == "index"
        assert len(found.hits) == min(found.total, 3)
        assert len(suggest(typed)) <= 8

    ask()


@pytest.mark.parametrize("typed", ["-lupus hsct", '-"stem cell" hsct', 'hsct -"', "NOT hsct OR -x"])
def test_signs_of_other_search_engines_are_words_or_nothing(site, typed):
    assert engine.all_of([ranking.query_of(read(typed), names.names_now())]) is not None
    assert find(Asked(typed)).engine == "index"


def test_words_that_are_left_out_are_left_out(site):
    assert find(Asked("lupus")).total == 1
    assert find(Asked("lupus -sle")).total == 0
    assert find(Asked('lupus "stem cells in"')).total == 1
    assert find(Asked('lupus "cells stem"')).total == 0
