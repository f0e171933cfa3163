"""Where nothing was found: which filter stands in the way, and how much there is without it."""

from collections.abc import Sequence
from dataclasses import replace

from articles.filters import PageFilters
from articles.finding import Wider
from search.asking import ASKED, Asked
from search.finding import find


def wider_ways(filters: PageFilters, asked: Asked) -> list[Wider]:
    """What finds something after all, the most first: one search for each filter in use."""
    chosen = [name for name in ASKED if any(filters.data.getlist(name))]
    chosen = [name for name in chosen if name in filters.filters]
    ways = [_without(filters, asked, [name]) for name in chosen]
    if asked.words and len(chosen) > 1:
        ways.append(_without(filters, asked, chosen))
    return sorted((way for way in ways if way.total), key=lambda way: -way.total)


def _without(filters: PageFilters, asked: Asked, names: Sequence[str]) -> Wider:
    data = filters.data.copy()
    for name in (*names, "page"):
        data.pop(name, None)
    found = find(replace(asked.without(*names), offset=0, size=1, counted=()))
    label = str(filters.filters[names[0]].label) if len(names) == 1 else ""
    return Wider(label=label, url=f"?{data.urlencode()}", total=found.total)
