"""What readers search for, counted without knowing who: words, filters, results, places opened.

No address, no cookie, no time of day. Words that may tell of a person (long ones, mail addresses,
long numbers) are counted, but not kept. Counts wait in the process for some seconds, so that no
answer waits for the database; a process that is killed loses them, and that is all it loses.
"""

import atexit
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock, Timer
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from search.asking import Asked
from search.models import SearchLog
from search.models.search_log import MOST_LETTERS
from search.tokens import fold

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=90)
# Questions that wait in a process, and rows of one day: whoever floods the log fills no disk.
MOST_WAITING = 500
MOST_A_DAY = 20_000
MOST_LETTERS_OF_FILTERS = 200

_TOO_TELLING = re.compile(r"@|\d(?:\W*\d){6}")


class Question(NamedTuple):
    """Words as the log keeps them, empty if it does not keep them, and the filters beside them."""

    words: str
    filters: str


@dataclass
class Tally:
    times: int = 0
    found: int | None = None
    opened: int = 0
    ranks: int = 0


def question_of(asked: Asked) -> Question:
    chosen = [f"{name}={value}" for name, values in asked.chosen.items() for value in values]
    if asked.reviewed_since:
        chosen.append("reviewed")
    return question(asked.words, "&".join(chosen))


def question(words: str, filters: str) -> Question:
    """The same for whoever types capitals, accents and spaces otherwise."""
    plain = " ".join(fold(words).split())
    is_kept = len(plain) <= MOST_LETTERS and not _TOO_TELLING.search(plain)
    return Question(plain if is_kept else "", filters[:MOST_LETTERS_OF_FILTERS])


class Searches:
    """The counts that wait in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[tuple[date, Question], Tally] = {}
        self._timer: Timer | None = None

    def note(self, question: Question, *, found: int) -> None:
        self._count(question, lambda tally: _asked(tally, found))

    def note_opened(self, question: Question, *, rank: int) -> None:
        """That a reader opened the result in this place."""
        self._count(question, lambda tally: _opened(tally, rank))

    def write(self) -> None:
        """Add what waits to the database."""
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        if waiting:
            _add(waiting)

    def _count(self, question: Question, change: Callable[[Tally], None]) -> None:
        key = (timezone.localdate(), question)
        with self._lock:
            tally = self._waiting.get(key)
            if tally is None:
                if len(self._waiting) >= MOST_WAITING:
                    return
                tally = self._waiting[key] = Tally()
            change(tally)
            # After a fork the timer of the parent is there, and not alive.
            if settings.SEARCH_LOG_SECONDS and not (self._timer and self._timer.is_alive()):
                self._wait(settings.SEARCH_LOG_SECONDS)

    def _wait(self, seconds: float) -> None:
        if self._timer is None:
            atexit.register(self._write_alone)
        self._timer = Timer(seconds, self._write_alone)
        self._timer.daemon = True
        self._timer.start()

    def _write_alone(self) -> None:
        """In a thread of its own, with a connection of its own. What cannot be written is lost."""
        try:
            self.write()
        except Exception:
            logger.warning("Searches could not be counted.", exc_info=True)
        finally:
            connections.close_all()


searches = Searches()


def note_again(words: str, filters: str, found: int) -> None:
    """Count a question whose answer was kept, and is given to another reader."""
    searches.note(Question(words, filters), found=found)


def _asked(tally: Tally, found: int) -> None:
    tally.times += 1
    tally.found = found


def _opened(tally: Tally, rank: int) -> None:
    tally.opened += 1
    tally.ranks += rank


@transaction.atomic
def _add(waiting: dict[tuple[date, Question], Tally]) -> None:
    """In one order, so that two processes do not wait for each other."""
    ordered = sorted(waiting.items())
    rows = [SearchLog(searched_on=day, words=q.words, filters=q.filters) for (day, q), _ in ordered]
    today = max(day for day, _ in waiting)
    if SearchLog.objects.filter(searched_on=today).count() + len(rows) <= MOST_A_DAY:
        SearchLog.objects.bulk_create(rows, ignore_conflicts=True)
    for (day, question), tally in ordered:
        changed: dict[str, Any] = {
            "times": F("times") + tally.times,
            "opened": F("opened") + tally.opened,
            "ranks": F("ranks") + tally.ranks,
        }
        if tally.found is not None:
            changed["found"] = tally.found
        row = SearchLog.objects.filter(searched_on=day, words=question.words)
        row.filter(filters=question.filters).update(**changed)


def old_days(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """For the clock: searches are forgotten after 90 days."""
    old = SearchLog.objects.filter(searched_on__lt=now.date() - KEPT_FOR)
    yield "Searches of long ago could not be forgotten", lambda: old.delete()[0] > 0
