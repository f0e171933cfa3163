"""A SQLite database, copied while it is written to, and put back beneath those who read it.

Both ways by SQLite's online backup (https://www.sqlite.org/backup.html): the copy is of one moment,
whoever writes meanwhile; and what comes back is one transaction of the database in place, so that a
crash leaves the old or the new one, and nobody meets a log that belongs to another file.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from editorial import faults, guards
from editorial.refusals import NotReady
from stemcell_site.backups import contents
from stemcell_site.backups.manifest import Database, Watched

FILE = "db.sqlite3"
COPY = "backup"
PATIENCE = 30.0


def save(folder: Path, *, watched: Watched) -> Database:
    target = folder / FILE
    try:
        with (
            closing(sqlite3.connect(_in_place(), timeout=PATIENCE)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            # One file by itself, without a log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise NotReady(f"The database could not be copied: {error}.") from error
    faults.point("backup.copied")
    with opened(target) as copied:
        _require_sound(copied)
        return contents.describe(copied, {})


def load(folder: Path, told: Database, *, before: Callable[[], object], watched: Watched) -> None:
    """Put it in place, or leave everything as it is. `before` is done when all was checked, and
    stops it if it fails. Raises NotReady.
    """
    place = Path(_in_place())
    place.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    handle, name = tempfile.mkstemp(prefix="restoring-", suffix=".sqlite3", dir=place.parent)
    os.close(handle)
    beside = Path(name)
    try:
        shutil.copyfile(folder / FILE, beside)
        with opened(beside) as copied:
            _require_sound(copied)
            contents.compare(copied, told)
            _make_ready(copied, stamp=_stamp(place))
        faults.point("restore.checked")
        before()
        _put_in(beside, place)
    finally:
        for path in place.parent.glob(f"{beside.name}*"):
            path.unlink()


@contextmanager
def opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """Another file as one more database of Django's."""
    connections.databases[COPY] = {**connections.databases["default"], "NAME": str(path)} | {
        "OPTIONS": {},
        "CONN_MAX_AGE": 0,
    }
    try:
        yield connections[COPY]
    finally:
        connections[COPY].close()
        del connections[COPY]
        del connections.databases[COPY]


def _in_place() -> str:
    return str(connection.settings_dict["NAME"])


def _require_sound(copied: BaseDatabaseWrapper) -> None:
    with copied.cursor() as cursor:
        found = cursor.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise NotReady(f"The database is damaged, and a copy of it is no backup: {found}.")


def _make_ready(copied: BaseDatabaseWrapper, *, stamp: int) -> None:
    """Guards as this release has them, and a stamp under which no answer was ever kept."""
    guards.install(copied)
    with copied.cursor() as cursor:
        cursor.execute("UPDATE editorial_ledger SET stamp = MAX(stamp, %s) + 1", [stamp])


def _stamp(place: Path) -> int:
    """Of what is replaced; 0 where there is nothing yet."""
    if not place.exists():
        return 0
    try:
        with closing(sqlite3.connect(place, timeout=PATIENCE)) as there:
            row = there.execute("SELECT stamp FROM editorial_ledger WHERE id = 1").fetchone()
            return row[0] if row else 0
    except sqlite3.OperationalError:
        return 0


def _put_in(beside: Path, place: Path) -> None:
    deadline = time.monotonic() + PATIENCE

    def give_up(status: int, remaining: int, total: int) -> None:
        if remaining and time.monotonic() > deadline:
            raise NotReady(
                "The database is in use: stop the web processes and the clock, and try again."
            )

    try:
        with (
            closing(sqlite3.connect(beside)) as source,
            closing(sqlite3.connect(place, timeout=1.0)) as target,
        ):
            source.backup(target, progress=give_up, sleep=0.1)
    except sqlite3.Error as error:
        raise NotReady(
            f"The database in {place} could not be replaced: {error}. If it is damaged, move it "
            f"away together with the files that begin with its name, and restore again."
        ) from error
