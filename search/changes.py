"""The change table, and what the index keeps of it.

A change says that a page came, changed or left; to apply it is to put in its place what the
database holds of that page now, so that to apply one twice does no harm. Up to which change the
index has followed is written into it in the same step as the pages: a crash can come before that
step or after it, and nothing is lost or doubled.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from editorial import faults
from editorial.models import LiveChange, Version
from search.documents import documents
from search.engine import Damaged, Index
from search.schema import SCHEMA_VERSION

# Whoever is further behind is built anew, beside the answers: that is as quick.
MOST_AT_ONCE = 1000


class Change(NamedTuple):
    number: int
    page_id: int
    version_id: int | None
    at: datetime


def last() -> Change | None:
    newest = LiveChange.objects.order_by("-number").values_list(*_COLUMNS)
    row = newest.first()
    return Change(*row) if row else None


def position_at(change: Change | None) -> dict[str, Any]:
    """What the index keeps of the last change that it has followed. `mark` tells it from a change
    of the same number in another database.
    """
    number = change.number if change else 0
    mark = f"{change.page_id} {change.version_id} {change.at.isoformat()}" if change else ""
    return {"schema": SCHEMA_VERSION, "change": number, "mark": mark}


def after(position: dict[str, Any]) -> list[Change]:
    """What has happened since, in its order. One query.

    Raises Damaged for the position of another database, and for one that is far behind.
    """
    number = position["change"]
    since = LiveChange.objects.filter(number__gte=number).order_by("number")
    found = [Change(*row) for row in since.values_list(*_COLUMNS)[: MOST_AT_ONCE + 2]]
    if number:
        if not found or position_at(found[0]) != position:
            raise Damaged("It was built from another database.")
        found = found[1:]
    if len(found) > MOST_AT_ONCE:
        raise Damaged("It is far behind.")
    return found


def apply(index: Index) -> tuple[int, Callable[[], None]]:
    """Put what the database holds now in the place of what has changed. Hold the writing lock.

    Returns how many changes that were, and what is left to tidy up.
    """
    changes = after(index.snapshot().position)
    if not changes:
        return 0, lambda: None
    pages = {change.page_id for change in changes}
    live = Version.objects.live().filter(page__in=pages)
    faults.point("follow.read")
    tidy = index.replace(pages, documents(live), position_at(changes[-1]))
    faults.point("follow.written")
    return len(changes), tidy


_COLUMNS = ("number", "page", "version_id", "at")
