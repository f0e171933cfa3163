"""Pages as rows of a list: everything that a row shows, in words, before its template asks.

A list shows twenty. What a template looks up, translates and escapes for each took it longer than
the search that found them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from editorial.models import Version
from editorial.states import Kind

MOST_TOPICS = 4
MOST_WORDS = 48


@dataclass(frozen=True)
class Row:
    """`foot` holds the last line's items: when the page was reviewed, and some of its topics.

    What a search adds is empty elsewhere: `rank`, `snippet` (safe HTML), `sureness`.
    """

    url: str
    title: str
    kind: str
    summary: str
    foot: SafeString
    rank: int = 0
    is_promoted: bool = False
    snippet: str = ""
    sureness: Any = None


def rows_of(versions: Iterable[Version]) -> list[Row]:
    """Of versions with their `topics`; those that were searched for have a `result`, too."""
    return [_row(version) for version in versions]


def _row(version: Version) -> Row:
    page, result = version.page, getattr(version, "result", None)
    language = get_language()
    told = [] if page.kind == Kind.TERM else [_reviewed(version.reviewed_on, language)]
    told += version.topics[:MOST_TOPICS]  # type: ignore[attr-defined]
    snippet = result.snippet if result else ""
    return Row(
        url=version.get_absolute_url(),
        title=version.title,
        kind=_name_of(page.kind, language),
        summary="" if snippet else Truncator(version.summary).words(MOST_WORDS, truncate=" …"),
        foot=format_html_join("\n", "<li>{}</li>", ((each,) for each in told)),
        rank=result.rank if result else 0,
        is_promoted=bool(result and result.is_promoted),
        snippet=snippet,
        sureness=result.sureness if result else None,
    )


@lru_cache
def _name_of(kind: str, language: str | None) -> str:
    return str(Kind(kind).label)


@lru_cache(maxsize=500)
def _reviewed(day: date | None, language: str | None) -> str:
    """As `_partials/review_mark.html` says it."""
    if day is None:
        return gettext("Not yet medically reviewed")
    return gettext("Last reviewed %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
