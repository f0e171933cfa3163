"""One page of a list, found by the index: the rows come from the database, and are live there.

Whatever the index still holds or does not hold yet, a reader sees no page that has left, and no
snippet of a text that is no longer the live one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from articles.filters import PageFilters
from articles.finding import Listed
from editorial.filtering import page_number, page_of
from editorial.models import Version
from evidence.models.claim import Certainty
from search import log
from search.asking import Found, Hit
from search.filters import asked_by
from search.finding import find
from search.widening import wider_ways


def find_everywhere(filters: PageFilters, *, size: int) -> Listed:
    """A page of `/search/`."""
    return _by_index(filters, (), size)


def nothing_asked(filters: PageFilters) -> Listed:
    """`/search/` before anything is asked: no results, but how much each filter would find."""
    filters.counts = find(asked_by(filters, offset=0, size=1)).facets
    return Listed(page_of([], filters.data, size=1))


def find_in_list(filters: PageFilters, *, kind: str, size: int) -> Listed:
    """A page of a list of one kind: without words from the database, which has no need to rank."""
    if filters.words:
        return _by_index(filters, (kind,), size)
    counted = find(asked_by(filters, kinds=(kind,), offset=0, size=1))
    filters.counts = counted.facets
    return Listed(page_of(filters.qs, filters.data, size=size))


def _by_index(filters: PageFilters, kinds: tuple[str, ...], size: int) -> Listed:
    first = (page_number(filters.data) - 1) * size
    asked = asked_by(filters, kinds=kinds, offset=max(first, 0), size=size)
    found = find(asked)
    filters.counts = found.facets
    page = page_of(_OnePage(found.total, _rows(found, asked.offset)), filters.data, size=size)
    question = log.question_of(asked)
    # While the index is rebuilt, finding nothing says nothing of the words.
    if asked.words and page.number == 1 and found.engine == "index":
        log.searches.note(question, found=found.total)
    return Listed(
        page,
        corrected=found.corrected,
        wider=[] if found.total else wider_ways(filters, asked),
        question=question,
    )


class _OnePage(Sequence[Version]):
    """What a paginator asks of a list, of which only the page that was asked for was fetched."""

    def __init__(self, total: int, rows: list[Version]) -> None:
        self.total, self.rows = total, rows

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, place):
        return self.rows


@dataclass(frozen=True)
class Result:
    """What a search adds to a row. The snippet is safe HTML; `sureness` is that of its findings."""

    rank: int
    is_promoted: bool
    snippet: str = ""
    sureness: Certainty | None = None


def _rows(found: Found, offset: int) -> list[Version]:
    """The live versions of what was found, in its order, each with its `result`."""
    pages = [hit.page_id for hit in found.hits]
    live = {v.page_id: v for v in Version.objects.live().for_lists().filter(page__in=pages)}
    rows = []
    for rank, hit in enumerate(found.hits, offset + 1):
        if version := live.get(hit.page_id):
            version.result = _result(version, hit, rank)  # type: ignore[attr-defined]
            rows.append(version)
    return rows


def _result(version: Version, hit: Hit, rank: int) -> Result:
    if version.pk != hit.version_id:
        return Result(rank, hit.is_promoted)
    is_rated = hit.certainty not in ("", Certainty.NOT_RATED)
    return Result(
        rank,
        hit.is_promoted,
        snippet=mark_safe(hit.snippet),  # noqa: S308 - escaped by the engine room: see Hit
        sureness=Certainty(hit.certainty) if is_rated else None,
    )
