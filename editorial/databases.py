"""Which database is read from here: the one that is written to, or a copy that follows it.

Nothing reads a copy by itself. Whoever answers a reader says so with `reading_from`; staff, forms,
commands and the clock read where they write, and so see what they have just written.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

PRIMARY = DEFAULT_DB_ALIAS

_read_from: ContextVar[str] = ContextVar("read_from", default=PRIMARY)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Plain SQL asks for `connection_to_read`. A new thread begins at the primary."""
    token = _read_from.set(alias)
    try:
        yield
    finally:
        _read_from.reset(token)


def read_on_from(alias: str) -> None:
    """Until the end of the `reading_from` that this is said in."""
    _read_from.set(alias)


def alias_to_read() -> str:
    return _read_from.get()


def connection_to_read() -> BaseDatabaseWrapper:
    return connections[_read_from.get()]


class ReadFromCopies:
    """The router: every model is read from the database of this moment, and written to one."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return alias_to_read()

    def db_for_write(self, model: type, **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, *objects: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, *args: Any, **hints: Any) -> bool:
        return db == PRIMARY


class Rests:
    """Which databases are left alone for a while, as they did not answer."""

    # Asking one that is away takes a tenth of the time at most.
    LONGER = 10.0
    LEAST, MOST = 1.0, 30.0

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def begin(self, alias: str, *, after: float, now: float | None = None) -> None:
        """`after`: how many seconds it was waited for."""
        now = time.monotonic() if now is None else now
        self._until[alias] = now + min(max(self.LEAST, self.LONGER * after), self.MOST)

    def end(self, alias: str) -> None:
        self._until.pop(alias, None)

    def are_over(self, alias: str, now: float | None = None) -> bool:
        return (time.monotonic() if now is None else now) >= self._until.get(alias, 0.0)


# Of this process.
rests = Rests()
