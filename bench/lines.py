"""One figure, as a line of JSON and as a row of the table."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.table import Table

PACKAGES = ("django", "tantivy", "gunicorn", "psycopg")
COLUMNS = {
    "what": "what",
    "by": "by",
    "n": "n",
    "p50": "p50 ms",
    "p95": "p95 ms",
    "p99": "p99 ms",
    "busy": "cpu ms",
    "per_second": "per s",
    "ratio": "ratio",
    "to": "to",
    "note": "note",
}


Line = dict[str, Any]


def of_times(what: str, times: Sequence["Time"], **more: Any) -> Line:
    """How long something took, in milliseconds: by the clock, and of the processor."""
    busy = sum(time.busy for time in times) / len(times)
    told = quantiles(time.elapsed for time in times)
    return {"what": what, "n": len(times), **told, "busy": ms(busy), **more}


def quantiles(seconds: Iterable[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {f"p{share}": ms(at(ordered, share / 100)) for share in (50, 95, 99)}


class Time:
    """Seconds by the clock and seconds of this thread's processor time."""

    def __init__(self, elapsed: float, busy: float) -> None:
        self.elapsed, self.busy = elapsed, busy


def at(ordered: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def ms(seconds: float) -> float:
    return round(seconds * 1000, 2)


@cache
def _versions() -> dict[str, str]:
    told = {package: version(package) for package in PACKAGES}
    return told | {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}


def about_the_run(bench: str, database: str, pages: int) -> Line:
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
        capture_output=True,
        text=True,
    )
    return {
        "bench": bench,
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "commit": commit.stdout.strip(),
        "database": database,
        "pages": pages,
        "cores": os.cpu_count(),
        # Of other processes as well: what else the machine did while this was measured.
        "load": round(os.getloadavg()[0], 1),
        "versions": _versions(),
    }


def show(title: str, about: Line, found: Iterable[Line]) -> None:
    """The table, without what all rows have in common and without columns of nothing."""
    rows = [{key: value for key, value in row.items() if key not in about} for row in found]
    present = {key for row in rows for key in row}
    table = Table(title=title)
    keys = [*(key for key in COLUMNS if key in present), *sorted(present.difference(COLUMNS))]
    for key in keys:
        is_number = all(isinstance(row.get(key), int | float | None) for row in rows)
        table.add_column(COLUMNS.get(key, key), justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*(_cell(row.get(key)) for key in keys))
    Console(width=None if Console().is_terminal else 140).print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
