"""Counts what the database is asked, and names what took long: the statement, never its values."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings

from stemcell_site.watching import metrics, seen

logger = logging.getLogger(__name__)

LONGEST = 600


def watch(connection: Any, **kwargs: object) -> None:
    """Received for every new connection; Django keeps the wrappers when it connects again."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(
    execute: Callable, sql: str, params: object, many: bool, context: dict[str, Any]
) -> object:
    begun = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        if watched := seen.current():
            watched.queries += 1
        milliseconds = (perf_counter() - begun) * 1000
        if 0 < settings.SLOW_QUERY_MS < milliseconds:
            metrics.SLOW.inc()
            place = f" at {seen.place_of(watched.request)}" if watched else ""
            logger.warning("A query took %d ms%s: %s", milliseconds, place, str(sql)[:LONGEST])
