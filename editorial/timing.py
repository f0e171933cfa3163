"""How long work took and what it came to, told to whoever watches the site.

Work is what staff and the clock wait for: a publication, a document read in, a round of the clock.
"""

from collections.abc import Callable
from functools import wraps
from time import perf_counter
from typing import Any, Protocol

from django.dispatch import Signal

from editorial.refusals import Refused

# Sent with `work`, a name; `outcome`: done, refused, failed, or the work's own; and `seconds`.
work_done = Signal()


class Decorator(Protocol):
    def __call__[**P, R](self, deed: Callable[P, R], /) -> Callable[P, R]: ...


def _done(result: object) -> str:
    return "done"


def timed(work: str, *, outcome: Callable[[Any], str] = _done) -> Decorator:
    """`outcome` says what the result means, where a result may be a failure."""

    def decorate[**P, R](deed: Callable[P, R]) -> Callable[P, R]:
        @wraps(deed)
        def watched(*args: P.args, **kwargs: P.kwargs) -> R:
            begun, came_to = perf_counter(), "failed"
            try:
                result = deed(*args, **kwargs)
                came_to = outcome(result)
                return result
            except Refused:
                came_to = "refused"
                raise
            finally:
                taken = perf_counter() - begun
                work_done.send_robust(None, work=work, outcome=came_to, seconds=taken)

        return watched

    return decorate
