"""One page of a list, found by the index: the rows come from the database, and are live there.

Whatever the index still holds or does not hold yet, a reader sees no page that has left, and no
snippet of a text that is no longer the live one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from articles.filters import PageFilters
from articles.finding import Listed
from editorial.filtering import page_number, page_of
from editorial.models import Version
from evidence.models.claim import Certainty
from search import following, log, places
from search.asking import Found, Hit
from search.filters import asked_by
from search.finding import DEEPEST, find
from search.widening import wider_ways

# What a row shows.
SHOWN = (
    *("state", "title", "summary", "reviewed_on"),
    *("page__kind", "page__slug"),
)


def find_everywhere(filters: PageFilters, *, size: int) -> Listed:
    """A page of `/search/`."""
    return _by_index(filters, (), size)


def nothing_asked(filters: PageFilters) -> Listed:
    """`/search/` before anything is asked: no results, but how much each filter would find."""
    is_level = following.is_level()
    found = find(asked_by(filters, offset=0, size=1))
    filters.counts = found.facets
    page = page_of([], filters.data, size=1)
    return Listed(page, may_be_kept=is_level and _is_whole(found))


def find_in_list(filters: PageFilters, *, kind: str, size: int) -> Listed:
    """A page of a list of one kind, the newest first where nothing else is asked for."""
    return _by_index(filters, (kind,), size, usually="newest")


def _by_index(
    filters: PageFilters, kinds: tuple[str, ...], size: int, *, usually: str = "title"
) -> Listed:
    # Asked before the index: what it holds now, it holds when it answers.
    is_level = following.is_level()
    first = (page_number(filters.data) - 1) * size
    asked = asked_by(filters, kinds=kinds, offset=max(first, 0), size=size, usually=usually)
    found = find(asked)
    filters.counts = found.facets
    is_list = bool(kinds) and not asked.words
    if is_list and (found.engine != "index" or first + size > DEEPEST):
        page = page_of(filters.qs, filters.data, size=size)
        _name_tags(page.object_list)
    else:
        rows = _rows(found, asked.offset, with_results=not is_list)
        page = page_of(_OnePage(found.total, rows), filters.data, size=size)
    question = log.question_of(asked)
    # While the index is rebuilt, finding nothing says nothing of the words.
    if asked.words and page.number == 1 and found.engine == "index":
        log.searches.note(question, found=found.total)
    return Listed(
        page,
        corrected=found.corrected,
        wider=[] if found.total else wider_ways(filters, asked),
        question=None if is_list else question,
        # What misspelt words are put right by is a minute old; words that tell of a person stay
        # in nobody's memory.
        may_be_kept=is_level
        and _is_whole(found)
        and not (asked.words and (found.corrected or not found.total or not question.words)),
    )


def _is_whole(found: Found) -> bool:
    """Not what the database says while there is an index that is being built."""
    return found.engine == "index" or not places.is_in_use()


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


def _rows(found: Found, offset: int, *, with_results: bool) -> list[Version]:
    """The live versions of what was found, in its order, each with its `result`."""
    live = _live(found.hits)
    rows = []
    for rank, hit in enumerate(found.hits, offset + 1):
        if version := live.get(hit.page_id):
            is_same = version.pk == hit.version_id
            version.topics = hit.tags if is_same else ()  # type: ignore[attr-defined]
            if with_results:
                version.result = _result(version, hit, rank)  # type: ignore[attr-defined]
            rows.append(version)
    return rows


def _live(hits: Sequence[Hit]) -> dict[int, Version]:
    """The live version of each page that was found and is still there.

    Asked for by their ids, and whether they are live is looked at here: a database that is asked
    for both goes through all that is live.
    """
    rows = Version.objects.select_related("page").only(*SHOWN)
    versions = rows.filter(pk__in=[hit.version_id for hit in hits])
    live = {version.page_id: version for version in versions if version.is_live}
    if elsewhere := [hit.page_id for hit in hits if hit.page_id not in live]:
        others = rows.filter(page__in=elsewhere)
        live |= {version.page_id: version for version in others if version.is_live}
    return live


def _name_tags(versions: Iterable[Version]) -> None:
    for version in versions:
        version.topics = [tag.name for tag in version.tags.all()]  # type: ignore[attr-defined]


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
