"""The index built anew from the database, beside the one that answers.

A missing, outdated or damaged one is built again by itself: in a process of its own, so that web
processes stay small and quick. Searches go to the database until then.
"""

import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.conf import settings

from editorial import faults
from editorial.models import Version
from editorial.timing import timed
from search import changes, places
from search.documents import documents
from search.engine import Document, Index

logger = logging.getLogger(__name__)

BATCH = 500
# If it failed, or died: how long until somebody tries again.
BEGINS_EVERY = 60.0

_begun_at: float | None = None
_child: subprocess.Popen | None = None


def begin(why: str) -> None:
    """Have the index rebuilt in the background, unless that is going on."""
    global _begun_at
    if _begun_at is not None and time.monotonic() - _begun_at < BEGINS_EVERY:
        return
    _begun_at = time.monotonic()
    if places.is_held(places.REBUILDING):
        return
    logger.warning("The search index is being rebuilt; searches match titles meanwhile. %s", why)
    start()


def start() -> None:
    """The command, as a child: it ends with the server's group, and its locks with it."""
    global _child
    _child = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "rebuild_search", "--quiet"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        close_fds=True,
    )


@timed("rebuild_search")
def rebuild(
    *, watched: Callable[[Iterable[Any], str], Iterable[Any]] = lambda items, label: items
) -> int:
    """Build a fresh index and put it in place. Returns how many pages it holds.

    Raises Busy if another process is rebuilding.
    """
    with places.Hold(places.REBUILDING):
        places.clear_away(but=places.current())
        folder = places.make_fresh()
        try:
            faults.point("index.fresh")
            index = Index.create(folder)
            # Before a page is read: what changes from here on is applied afterwards.
            position = changes.position_at(changes.last())
            index.fill(_all_documents(watched), position)
            faults.point("index.filled")
            with places.Hold(places.WRITING, patience=60):
                _, tidy = changes.apply(index)
                tidy()
                faults.point("index.caught_up")
                places.put_in_place(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return index.snapshot().pages


def _all_documents(watched: Callable[[Iterable[Any], str], Iterable[Any]]) -> Iterator[Document]:
    live = Version.objects.live().order_by("pk")
    pks = list(live.values_list("pk", flat=True))
    batches = list(batched(pks, BATCH))
    for batch in watched(batches, "Building the search index"):
        yield from documents(live.filter(pk__range=(batch[0], batch[-1])))
