"""What is counted, in Prometheus's words. Labels name views and outcomes, never people."""

import os
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, values

from stemcell_site.watching import server

if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    # Several web processes: each counts in files of its own, which any of them adds up.
    values.ValueClass = values.MultiProcessValue(server.name_of_process)

REGISTRY = CollectorRegistry()

# Its count is the number of answers: counting them apart would double what watching costs.
ANSWERS = Histogram(
    "site_answer_seconds",
    "From the first middleware to the whole answer, by view, class of status, and whether it was "
    "kept (hit), is kept from now on (made), or is nobody else's (passed).",
    ["view", "status", "kept"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
QUERIES = Counter(
    "site_answer_queries",
    "Questions to the database for answers: by the number of answers, those of each.",
    ["view", "kept"],
    registry=REGISTRY,
)
SLOW = Counter(
    "site_slow_queries",
    "Questions to the database that took longer than SLOW_QUERY_MS.",
    registry=REGISTRY,
)


def note_answer(view: str, status: int, *, seconds: float, queries: int, kept: str) -> None:
    answers, asked = _of(view, status // 100, kept)
    answers.observe(seconds)
    if queries:
        asked.inc(queries)


@cache
def _of(view: str, status: int, kept: str) -> tuple[Histogram, Counter]:
    """Looking a label up takes longer than counting."""
    return ANSWERS.labels(view, f"{status}xx", kept), QUERIES.labels(view, kept)
