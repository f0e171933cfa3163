"""Suggestions: what may be meant by the beginning of a word, the best first, and quickly."""

import pytest

from editorial.states import Kind
from search.finding import suggest
from search.names import Names, Titled
from search.suggesting import Beginnings
from search.words import words_of
from tests.live_pages import live_page, live_term


class Frequencies:
    """In the place of an index: on how many pages a tag stands."""

    def __init__(self, **pages: int) -> None:
        self.pages = pages

    def frequency(self, field: str, value: str) -> int:
        return self.pages.get(value, 0)


def known(*pages: tuple[str, str, list[str]], **carried: int) -> Beginnings:
    names = Names()
    for number, (kind, title, others) in enumerate(pages, 1):
        own = tuple(words_of(name) for name in (title, *others))
        names.titles[number] = Titled(title, kind, f"page-{number}", title.lower(), own)
    return Beginnings(names, Frequencies(**carried))


def titles(known: Beginnings, typed: str) -> list[str]:
    words = words_of(typed)
    found = known.pages(words, 8) or known.pages(known.put_right(words), 8)
    return [known.names.titles[page].title for page in found]


SITE = known(
    (Kind.TERM, "Lupus nephritis", []),
    (Kind.DISEASE, "Lupus", ["SLE"]),
    (Kind.TERM, "Sclerosis", []),
    (Kind.DISEASE, "Multiple sclerosis", ["MS"]),
    (Kind.DISEASE, "Systemic sclerosis", []),
    (Kind.TERM, "Haematopoietic stem cell", []),
    (Kind.TERM, "Chronic inflammation", []),
    (Kind.DISEASE, "Crohn’s disease", []),
    **{"systemic sclerosis": 3, "multiple sclerosis": 9},
)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("lup", ["Lupus", "Lupus nephritis"]),
        ("Lupus n", ["Lupus nephritis"]),
        ("sl", ["Lupus"]),
        ("scler", ["Sclerosis", "Multiple sclerosis", "Systemic sclerosis"]),
        ("MS", ["Multiple sclerosis"]),
        ("hematopoietic st", ["Haematopoietic stem cell"]),
        ("luppu", ["Lupus", "Lupus nephritis"]),
        ("mulitple", ["Multiple sclerosis"]),
        ("chrons", ["Crohn’s disease"]),
        ("zebra", []),
    ],
)
def test_a_beginning_suggests_the_page_it_may_mean(typed, suggested):
    assert titles(SITE, typed) == suggested


@pytest.mark.django_db
def test_articles_are_suggested_after_what_names_something(index, disease):
    live_page("an-article", title="Living with multiple sclerosis")
    live_page("multiple-sclerosis", kind=Kind.DISEASE, tag=disease, title="Multiple sclerosis")
    live_term("multipotent", title="Multipotent cell", names=["Many-sided"])

    assert [each.kind for each in suggest("multi")] == ["disease", "term", "article"]
    assert suggest("many-s")[0].url == "/glossary/multipotent/"
    assert suggest("living")[0].url == "/articles/an-article/"
    assert suggest("") == suggest("\x00") == []
