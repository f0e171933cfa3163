"""What can be asked of the search, and what it answers: the words that its modules share."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

# The facets that hold values of their own; `reviewed` is counted beside them.
FACETS = ("kind", "disease", "therapy", "tag", "certainty")
# What is asked under the name of each filter.
ASKED = {
    "kind": "kinds",
    "disease": "diseases",
    "therapy": "therapies",
    "tag": "tags",
    "certainty": "certainties",
    "reviewed": "reviewed_since",
}


@dataclass(frozen=True)
class Asked:
    """A reader's question. Values of one filter combine with OR, filters with AND.

    `diseases`, `therapies` and `tags` hold slugs of current tags; `sort` is relevance, newest or
    title.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    diseases: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    reviewed_since: date | None = None
    sort: str = "relevance"
    offset: int = 0
    size: int = 20
    # Just these words, also where they look misspelt.
    exact: bool = False
    # The facets whose values are to be counted.
    counted: tuple[str, ...] = (*FACETS, "reviewed")

    def without(self, *filters: str) -> Self:
        """The same question without these filters."""
        gone: dict[str, Any] = {ASKED[name]: () for name in filters if name in FACETS}
        if "reviewed" in filters:
            gone["reviewed_since"] = None
        return replace(self, **gone)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The values asked for, by facet; facets that nothing is asked of are left out."""
        values = (self.kinds, self.diseases, self.therapies, self.tags, self.certainties)
        return {facet: chosen for facet, chosen in zip(FACETS, values, strict=True) if chosen}


@dataclass(frozen=True)
class Hit:
    """One page found. `snippet` is safe HTML: escaped text, the words that were asked for in
    `<mark>`. `certainty` is the least sure of its rated claims, so that a badge never promises
    more than the page holds; empty where it makes no claim.
    """

    version_id: int
    page_id: int
    kind: str
    url: str
    title: str
    snippet: str
    certainty: str
    reviewed_on: date | None
    score: float
    is_promoted: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """`total` and `hits` of one page of results, and how many pages each value would find.

    `facets` maps kind, disease, therapy, tag, certainty and reviewed ("6", "12", "24" months) to
    counts by value, each under all filters but its own, where they were asked for. `corrected`
    holds the words that were searched for in place of misspelt ones. `engine` is "index" or, while
    there is none, "database".
    """

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    corrected: str | None = None
    engine: str = "index"


@dataclass(frozen=True)
class Suggestion:
    title: str
    kind: str
    url: str
