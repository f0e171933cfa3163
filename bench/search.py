"""Search, in process and without a cache: the site's own beside plain statements of databases.

Every answer has the first twenty with snippets, the exact total and the counts of all facets.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from articles.corpus import REASON, Surroundings, article, last_number
from bench.lines import Line, Time, of_times
from bench.questions import beginnings, questions
from bench.yardsticks import Yardstick, yardsticks
from editorial.filling import publish_new
from editorial.models import Version
from search import following, places, rebuilding
from search.asking import Asked
from search.documents import documents
from search.finding import find, suggest

SEED = 7
OURS = "the site"
# A yardstick that takes long is asked fewer of the questions.
SECONDS_A_CLASS = 5.0
PUBLISHED = 20


def run() -> Iterator[Line]:
    dice = random.Random(SEED)  # noqa: S311 - no secret
    yield building()
    snapshot = following.current()
    if snapshot is None:
        raise SystemExit("There is no index.")
    asked = questions(snapshot, dice)
    for name, several in asked.items():
        if find(several[0]).engine != "index":
            raise SystemExit("The index did not answer.")
        yield of_times(name, timed(find, several), by=OURS)
    yield of_times("suggestions", timed(suggest, beginnings(snapshot, dice)), by=OURS)
    yield of_times("published until found", publishing(), by=OURS)
    for yardstick in yardsticks():
        yield from measured(yardstick, asked)


def building() -> Line:
    began, busy = time.perf_counter(), time.process_time()
    pages = rebuilding.rebuild()
    took, worked = time.perf_counter() - began, time.process_time() - busy
    size = sum(path.stat().st_size for path in places.root().rglob("*") if path.is_file())
    note = f"{size / 1e6:.0f} MB, {worked:.1f} s of processor time"
    return {**_built(OURS, pages, took), "note": note}


def _built(by: str, pages: int, took: float) -> Line:
    return {"what": "index built", "by": by, "n": pages, "per_second": round(pages / took)}


def measured(yardstick: Yardstick, asked: dict[str, list[Asked]]) -> Iterator[Line]:
    began = time.perf_counter()
    rows = yardstick.fill(documents(Version.objects.live().order_by("pk")))
    yield _built(yardstick.name, rows, time.perf_counter() - began)
    for name, several in asked.items():
        if name != "misspelt word":
            times = timed(yardstick.find, several, seconds=SECONDS_A_CLASS)
            yield of_times(name, times, by=yardstick.name)
    yardstick.close()


def publishing() -> list[Time]:
    """From the commit until a search finds the page, in this process: all that follows a page's
    going live, and the names that are read again.
    """
    times, around, first = [], Surroundings.make(), last_number() + 1
    for number in range(first, first + PUBLISHED):
        made = [article(number, SEED, around)]
        with transaction.atomic():
            publish_new(made, now=timezone.now(), reason=REASON, is_checked=False)
            began, busy = time.perf_counter(), time.thread_time()
        found = find(Asked(f'"made-up article {number}"'))
        times.append(Time(time.perf_counter() - began, time.thread_time() - busy))
        if not found.hits or f"corpus-{number}/" not in found.hits[0].url:
            raise SystemExit("A page that was published is not found.")
    return times


def timed[Question](
    ask: Callable[[Question], object], questions: Sequence[Question], *, seconds: float = 60.0
) -> list[Time]:
    """Each question once, until the seconds are over."""
    ask(questions[0])
    times, until = [], time.perf_counter() + seconds
    for question in questions:
        began, busy = time.perf_counter(), time.thread_time()
        ask(question)
        times.append(Time(time.perf_counter() - began, time.thread_time() - busy))
        if time.perf_counter() > until:
            break
    return times
