"""The request that is being answered: its id, its place, and what was counted meanwhile."""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from random import getrandbits

from django.conf import settings
from django.http import HttpRequest

from editorial.same_for_everyone import parameters_of

WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(slots=True)
class Seen:
    id: str
    request: HttpRequest
    queries: int = 0
    # Whether the whole answer was kept: "hit", "made", or "passed" where it is nobody else's.
    kept: str = "passed"


_seen: ContextVar[Seen | None] = ContextVar("seen", default=None)


def begin(request: HttpRequest) -> Seen:
    seen = Seen(id_of(request), request)
    _seen.set(seen)
    return seen


def current() -> Seen | None:
    """None for commands, and for threads beside the answer."""
    return _seen.get()


def forget(**kwargs) -> None:
    """After the answer was sent: Django writes its log line later than the last middleware."""
    _seen.set(None)


def note_kept(outcome: str) -> None:
    if seen := _seen.get():
        seen.kept = outcome


def id_of(request: HttpRequest) -> str:
    """The id that a proxy of ours gave, or one of our own: strangers could write anything."""
    given = request.META.get("HTTP_X_REQUEST_ID")
    if given and settings.TRUSTED_PROXIES and WELL_FORMED.fullmatch(given):
        return given
    return f"{getrandbits(64):016x}"


def place_of(request: HttpRequest) -> str:
    """Where it leads, without what only this reader knows.

    The address of a page that is the same for everyone; of others the pattern, as
    `/preview/<token>/`; nothing of an address that leads nowhere: anything may be typed into it.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "no address of ours"
    if parameters_of(match.func) is not None:
        return request.path_info
    return f"/{match.route}"
