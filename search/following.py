"""The index follows the change table, so that every machine comes to the same.

The process that publishes applies its change before it answers. Others on the machine read the
same files. Other machines look at the change table once a second, when a query comes, and with
every round of the clock.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Thread

from django.db import DatabaseError, OperationalError

from editorial.databases import PRIMARY, reading_from, rests
from editorial.models import Version
from search import changes, places, rebuilding
from search.engine import Damaged, Index, Snapshot
from search.schema import SCHEMA_VERSION

logger = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
# How long one who has published waits for another who writes.
PATIENCE = 5.0

_index: Index | None = None
_given_up: Path | None = None
_looked_at: float | None = None


def current() -> Snapshot | None:
    """The index with all that changed until a second ago, or None while it is being rebuilt."""
    global _looked_at
    snapshot = _snapshot()
    if snapshot is None:
        return None
    if _looked_at is not None and time.monotonic() - _looked_at < LOOKS_EVERY:
        return snapshot
    _looked_at = time.monotonic()
    if not rests.are_over(PRIMARY):
        return snapshot
    try:
        # The index may be ahead of the copy that this reader is answered from.
        with reading_from(PRIMARY):
            catch_up()
    except OperationalError:
        rests.begin(PRIMARY, after=time.monotonic() - _looked_at)
        logger.warning("The database does not answer: searches go on with the index as it is.")
        return snapshot
    return _snapshot()


def catch_up(*, patience: float = 0.0) -> int:
    """Apply what changed to this machine's index. Returns how many changes that were.

    None, if another process is at it and still is after this many seconds.
    """
    snapshot = _snapshot()
    try:
        if snapshot is None or not changes.after(snapshot.position):
            return 0
        return _apply(places.Hold(places.WRITING, patience=patience))
    except places.Busy:
        return 0
    except Damaged as damage:
        give_up(damage)
        return 0


def _apply(hold: places.Hold) -> int:
    try:
        count, tidy = changes.apply(_open())
    except BaseException:
        hold.release()
        raise
    # Small parts of the index are put together after the answer, under the same lock.
    Thread(target=_finish, args=(tidy, hold), name="search-tidy").start()
    return count


def _finish(tidy: Callable[[], None], hold: places.Hold) -> None:
    try:
        tidy()
    except Exception:
        logger.exception("The search index could not be tidied: the next change will.")
    finally:
        hold.release()


# --- the index of this machine ----------------------------------------------------------------


def _snapshot() -> Snapshot | None:
    """The index as it is. Where none can be read, a rebuild is begun."""
    if not places.is_in_use():
        return None
    try:
        snapshot = _open().snapshot()
        if snapshot.position.get("schema") != SCHEMA_VERSION:
            raise Damaged("It was built by another release.")
    except Damaged as damage:
        give_up(damage)
        return None
    return snapshot


def _open() -> Index:
    """The index that is in place. Raises Damaged."""
    global _index
    folder = places.current()
    if folder is None:
        raise Damaged("There is none yet.")
    if folder == _given_up:
        raise Damaged("It was given up.")
    index = _index
    if index is None or index.folder != folder:
        try:
            index = _index = Index(folder)
        except Damaged:
            if folder == places.current():
                raise
            return _open()  # Another was put in its place in this very moment.
    return index


def is_ready() -> bool:
    """Whether there is an index that can be read, of this database. Begins nothing."""
    folder = places.current()
    try:
        position = Index(folder).snapshot().position if folder else {}
        return position.get("schema") == SCHEMA_VERSION and changes.after(position) is not None
    except Damaged:
        return False


def is_level() -> bool:
    """Whether what is found from now on will be found again until something public changes: the
    index holds every change that this reader's database knows of, or the site has none.
    """
    if not places.is_in_use():
        return True
    snapshot = current()
    try:
        return snapshot is not None and not changes.after(snapshot.position)
    except Damaged:
        return False


def give_up(damage: Damaged) -> None:
    """Do without the index until another has been put in its place."""
    global _index, _given_up
    if _index is not None:
        _given_up, _index = _index.folder, None
    rebuilding.begin(str(damage))


def state() -> str:
    """For operators: off, ready or rebuilding."""
    if not places.is_in_use():
        return "off"
    if places.is_held(places.REBUILDING) or _snapshot() is None:
        return "rebuilding"
    return "ready"


# --- when something happens -------------------------------------------------------------------


def heard(versions: Sequence[Version]) -> None:
    """Pages came or left, and that is committed: nothing may fail any more."""
    try:
        catch_up(patience=PATIENCE)
    except (DatabaseError, OSError):
        logger.exception("The search index will follow with the next query.")


def with_the_clock(now: datetime) -> list[tuple[str, Callable[[], object]]]:
    """A step of the clock: a machine that nobody asks follows as well."""
    return [("The search index could not follow", lambda: bool(catch_up(patience=PATIENCE)))]
