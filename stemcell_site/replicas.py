"""Copies of the database, for readers: which one answers, and what happens when one does not.

A copy is good while it shows what was public at most `REPLICA_LAG_SECONDS` ago. That is measured by
the stamp, which moves with everything public: once a second the primary is asked for its own, and
the copy for the one it has come to. See docs/adr/0010-copies-measured-by-the-stamp.md.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from functools import cache, partial
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from editorial import databases, ledger
from editorial.databases import PRIMARY, reading_from, rests
from editorial.same_for_everyone import is_signed_in
from stemcell_site.unsaved import cannot_save

logger = logging.getLogger(__name__)

LOOKS_EVERY = 1.0
# What a database that went away, or came away in the middle of an answer, is told by.
AWAY = (OperationalError, InterfaceError)
# For staff, for operators, and files, for which no database is asked.
FROM_THE_PRIMARY = (
    settings.ADMIN_ROOT,
    settings.STATIC_URL,
    *("/preview/", "/healthz", "/readyz", "/metrics"),
)


class Copies:
    """What this process knows of the copies. `stamp_at` asks a database, and may fail."""

    def __init__(self, aliases: list[str], *, most_lag: float, stamp_at: Callable[[str], int]):
        self.aliases = aliases
        # A look is good until the next.
        self.most_lag = most_lag - LOOKS_EVERY
        self._stamp_at = stamp_at
        self._samples: deque[tuple[float, int]] = deque(maxlen=60)
        self._looked_at = float("-inf")
        self._choice = PRIMARY
        self._lock = Lock()

    def choice(self, now: float) -> str:
        """Where a reader is answered from: looked up once a second, by one thread for all."""
        if now - self._looked_at >= LOOKS_EVERY and self._lock.acquire(blocking=False):
            try:
                self._looked_at, self._choice = now, self._look(now)
            finally:
                self._lock.release()
        return self._choice

    def other_than(self, alias: str, now: float) -> str | None:
        """Where to go on when `alias` did not answer; None if there is nowhere."""
        with self._lock:
            found = self._look(now, but=alias)
            if found != alias and rests.are_over(found):
                self._looked_at, self._choice = now, found
                return found
        return None

    def can_save(self, now: float) -> bool:
        """Whether the primary is there, as far as is known: one that went away is asked first."""
        if PRIMARY not in _away:
            return True
        with self._lock:
            return self._ask(PRIMARY, now) is not None

    def states(self, now: float) -> dict[str, str]:
        """For operators: each copy, and whether it is fit for readers."""
        with self._lock:
            newest = self._ask(PRIMARY, now)
            return {alias: self._state(alias, newest, now) for alias in self.aliases}

    def _state(self, alias: str, newest: int | None, now: float) -> str:
        stamp = self._ask(alias, now)
        if stamp is None:
            return "does not answer"
        is_late = newest is not None and self._lag(stamp, now) > self.most_lag
        return "lags" if is_late else "serves"

    def _look(self, now: float, *, but: str | None = None) -> str:
        newest = None if but == PRIMARY else self._ask(PRIMARY, now)
        latest: tuple[int, str] | None = None
        # Each process prefers one, so that its answers are of one stamp.
        first = os.getpid() % len(self.aliases)
        for alias in (*self.aliases[first:], *self.aliases[:first]):
            stamp = None if alias == but else self._ask(alias, now)
            if stamp is None:
                continue
            if newest is not None and self._lag(stamp, now) <= self.most_lag:
                return alias
            latest = max(latest or (-1, ""), (stamp, alias))
        # Without the primary nobody can say how old a copy is, and nothing becomes newer.
        return latest[1] if newest is None and latest else PRIMARY

    def _ask(self, alias: str, now: float) -> int | None:
        """Its stamp; None while it rests, or if it does not answer."""
        if not rests.are_over(alias):
            return None
        began = time.monotonic()
        try:
            stamp = self._stamp_at(alias)
        except AWAY as error:
            note_away(alias, after=time.monotonic() - began, error=error)
            return None
        note_there(alias)
        if alias == PRIMARY:
            if self._samples and stamp < self._samples[-1][1]:
                self._samples.clear()  # Another database was put in its place.
            self._samples.append((now, stamp))
        return stamp

    def _lag(self, stamp: int, now: float) -> float:
        """How many seconds ago the primary last was, at least, what a copy of this stamp is now."""
        seen = [at for at, sampled in self._samples if sampled <= stamp]
        return now - seen[-1] if seen else float("inf")


_away: set[str] = set()


def note_away(alias: str, *, after: float, error: Exception) -> None:
    rests.begin(alias, after=after)
    if alias not in _away:
        _away.add(alias)
        logger.warning("The database “%s” does not answer: %s", alias, str(error).strip())


def note_there(alias: str) -> None:
    rests.end(alias)
    if alias in _away:
        _away.discard(alias)
        logger.info("The database “%s” answers again.", alias)


# --- those of this process --------------------------------------------------------------------


@cache
def copies() -> Copies | None:
    aliases = [alias for alias in settings.DATABASES if alias != PRIMARY]
    if not aliases:
        return None
    return Copies(aliases, most_lag=settings.REPLICA_LAG_SECONDS, stamp_at=stamp_at)


def states() -> dict[str, str]:
    """For operators; nothing where there are no copies."""
    known = copies()
    return known.states(time.monotonic()) if known else {}


def stamp_at(alias: str) -> int:
    """A connection that broke may be an old one: it is asked for anew, once."""
    connection = _beside_the_pool() if alias == PRIMARY else connections[alias]
    was_open = connection.connection is not None
    try:
        return ledger.stamp(connection)
    except AWAY:
        connection.close()
        if not was_open:
            raise
    return ledger.stamp(connection)


@cache
def _beside_the_pool() -> BaseDatabaseWrapper:
    """Looks after the primary: whoever asks the pool for a connection waits, if it has none."""
    told = dict(connections.settings[PRIMARY])
    told["OPTIONS"] = {name: it for name, it in told["OPTIONS"].items() if name != "pool"}
    wrapper = load_backend(told["ENGINE"]).DatabaseWrapper(told, PRIMARY)
    wrapper.inc_thread_sharing()
    return wrapper


# --- answering --------------------------------------------------------------------------------


def steadily[T](question: Callable[[], T]) -> T:
    """Ask, and where the database goes away meanwhile, ask again: another one, if there is one.

    Only for what reads: it may be asked twice.
    """
    tried: set[str] = set()
    while True:
        alias = databases.alias_to_read()
        was_open = connections[alias].connection is not None
        began = time.monotonic()
        try:
            return question()
        except AWAY as error:
            if connections[alias].in_atomic_block:
                raise
            if is_gone(connections[alias]):
                note_away(alias, after=time.monotonic() - began, error=error)
            known, is_first = copies(), alias not in tried
            tried.add(alias)
            if known is None:
                # Started anew, perhaps: its old connections are of no use.
                if not (was_open and is_first):
                    raise
                continue
            elsewhere = known.other_than(alias, time.monotonic())
            if elsewhere is None or elsewhere in tried:
                raise
            databases.read_on_from(elsewhere)


def is_gone(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database went away, and did not just refuse a question."""
    if connection.connection is not None and connection.is_usable():
        return False
    connection.close()
    return True


class AnswerReadersFromCopies:
    """The middleware. It stands first: what it decides holds for everything behind it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        known = copies()
        if known is None:
            raise MiddlewareNotUsed
        self.copies = known

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_a_reader(request):
            return self.get_response(request)
        with reading_from(self.copies.choice(time.monotonic())):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple, kwargs: dict
    ) -> HttpResponseBase | None:
        """For readers whose answers are not kept: the others come by `answers.middleware`."""
        return (
            steadily(partial(in_full, view, request, *args, **kwargs))
            if is_a_reader(request)
            else None
        )


def in_full(view: Callable[..., Any], *args: Any, **kwargs: Any) -> HttpResponseBase:
    response = view(*args, **kwargs)
    return response.render() if hasattr(response, "render") else response


def refuse_at_once(get_response: Callable[[HttpRequest], HttpResponseBase]):
    """While it is known that the primary is away, nobody waits to hear that nothing can be saved,
    and keeps a process from readers meanwhile. This middleware stands behind those of headers."""
    known = copies()
    if known is None:
        raise MiddlewareNotUsed
    answered_anyway = tuple(it for it in FROM_THE_PRIMARY if it != settings.ADMIN_ROOT)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_answered = is_a_reader(request) or request.path_info.startswith(answered_anyway)
        if is_answered or known.can_save(time.monotonic()):
            return get_response(request)
        return cannot_save(
            request,
            _(
                "The database that keeps what is sent does not answer: nothing can be saved until "
                "it is back. What is published can still be read."
            ),
        )

    return middleware


def is_a_reader(request: HttpRequest) -> bool:
    """Whether somebody asks who is not signed in, and changes nothing."""
    return (
        request.method in ("GET", "HEAD")
        and not is_signed_in(request)
        and "HTTP_AUTHORIZATION" not in request.META
        and not request.path_info.startswith(FROM_THE_PRIMARY)
    )
