import time

import pytest

from evidence.documents.vocabulary import Vocabulary, find_words

WORDS = {
    "ms": ["Multiple sclerosis", "MS"],
    "crohns": ["Crohn’s disease", "Crohn's"],
    "hsct": ["HSCT", "stem cell transplantation", "stem cell transplant"],
    "auto": ["autologous stem-cell transplantation", "aHSCT"],
    "stem-cell": ["stem cell"],
    "ssc": ["SSc"],
    "als": ["ALS"],
    "cd34": ["CD34+ cells"],
    "sjogren": ["Sjögren’s disease"],
    "drugs": ["anti-inflammatories", "biologic therapy"],
    "t1d": ["Type 1 diabetes"],
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MULTIPLE SCLEROSIS, multiple sclerosis", {"ms": 2}),
        ("Ms Smith waited 5 ms for MS.", {"ms": 1}),
        ("He also fell; ALS, Als, als", {"als": 1}),
        ("systemic sclerosis (SSc), not ssc or SSC", {"ssc": 1}),
        ("HSCTs and stem cell transplants", {"hsct": 2}),
        ("Autologous stem cell transplantation", {"auto": 1}),
        ("autologous stem\u2011cell\ntransplantation", {"auto": 1}),
        ("stem cells. Transplantation", {"stem-cell": 1}),
        ("stem cell\n\ntransplantation", {"stem-cell": 1}),
        ("Crohn's, Crohn’s disease and Crohn’s disease’s course", {"crohns": 3}),
        ("CD34+ cells", {"cd34": 1}),
        ("Sjogren's disease", {"sjogren": 1}),
        ("an anti-inflammatory effect", {}),
        ("biologic therapies", {"drugs": 1}),
        ("type-1 diabetes", {"t1d": 1}),
        ("subMS MSx stemcell cells", {}),
        ("", {}),
    ],
)
def test_words_are_found_whole_longest_first_and_counted(text, found):
    assert find_words(text, WORDS) == found


def test_a_name_under_two_keys_counts_for_both():
    assert find_words("lupus", {"a": ["lupus"], "b": ["Lupus"]}) == {"a": 1, "b": 1}


def test_names_that_overlap_without_swallowing_both_count():
    words = {"a": ["blood stem cell"], "b": ["stem cell transplant"]}

    assert find_words("blood stem cell transplant", words) == {"a": 1, "b": 1}


def test_empty_names_find_nothing():
    assert find_words("anything - at all", {"a": ["", "-", "’"]}) == {}


def test_ten_thousand_names_are_found_in_a_long_text_quickly():
    words = {f"key{number}": [f"name number {number}", f"N{number}"] for number in range(10_000)}
    vocabulary = Vocabulary(words)
    text = "The name number 77 stands in a long text of many words. " * 1000
    start = time.perf_counter()

    assert vocabulary.find(text) == {"key77": 1000}
    assert time.perf_counter() - start < 1
