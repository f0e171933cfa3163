"""Work of web processes and commands alike, counted in one file that outlives them all.

A round of the clock by cron is a process of a second, so that nobody could ask it for its counts:
they are added up in DATA_DIR/metrics/work.json, under a lock, and any web process tells them.
"""

import fcntl
import json
import logging
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.conf import settings
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric

logger = logging.getLogger(__name__)

# Seconds. The third is the budget of a publication.
BOUNDS = (0.02, 0.05, 0.15, 0.5, 1.0, 5.0, 30.0, 300.0)
NAMES = [*(str(bound) for bound in BOUNDS), "+Inf"]


def note(work: str, outcome: str, seconds: float, **kwargs: object) -> None:
    """Received for every piece of work. Never in its way: what can't be counted is in the log."""
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "work.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = read()
            kept = found.setdefault(f"{work} {outcome}", _nothing())
            place = next((i for i, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
            kept["times"][place] += 1
            kept["seconds"] += seconds
            kept["last_at"] = time.time()
            # Readers take no lock: they find the old file or the new one.
            new = folder / "work.json.new"
            new.write_text(json.dumps(found), "utf-8")
            new.replace(folder / "work.json")
    except OSError as error:
        logger.warning("Work could not be counted: %s", error.strerror)


def read() -> dict[str, dict[str, Any]]:
    """By work and outcome; nothing where there is no file, or none that can be read."""
    try:
        found = json.loads((_folder() / "work.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: it for name, it in found.items() if len(it["times"]) == len(NAMES)}


def families() -> Iterator[Metric]:
    seconds = HistogramMetricFamily(
        "site_work_seconds",
        "Work of staff, the clock and commands, by what it came to.",
        labels=["work", "outcome"],
    )
    last = GaugeMetricFamily(
        "site_work_last_timestamp_seconds",
        "When it last came to this.",
        labels=["work", "outcome"],
    )
    for name, kept in read().items():
        labels = name.split(" ")
        buckets = list(zip(NAMES, accumulate(kept["times"]), strict=True))
        seconds.add_metric(labels, buckets, kept["seconds"])
        last.add_metric(labels, kept["last_at"])
    yield from (seconds, last)


def _nothing() -> dict[str, Any]:
    return {"times": [0] * len(NAMES), "seconds": 0.0, "last_at": 0.0}


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "metrics"
