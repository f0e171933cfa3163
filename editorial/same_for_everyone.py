"""Views whose answers are the same for every reader, and may be kept for the next one.

They depend on the address and on what is public in the database, on nothing else: no session, no
cookie, no header. Whoever keeps them looks at the stamp.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class StampedResponse(HttpResponse):
    """An answer that knows the stamp under which all that it shows was read."""

    def __init__(self, content: str, *, stamp: int) -> None:
        super().__init__(content)
        self.stamp = stamp


def same_for_everyone(*parameters: str | Iterable[str]) -> Callable[[Callable], Callable]:
    """Mark a view; these parameters of the address change its answer. With others, none is kept."""
    names = [name for it in parameters for name in ([it] if isinstance(it, str) else it)]

    def mark(view: Callable) -> Callable:
        view.parameters_kept = tuple(sorted(set(names)))  # type: ignore[attr-defined]
        return view

    return mark


def parameters_of(view: Callable) -> tuple[str, ...] | None:
    """None for a view whose answers are nobody else's."""
    return getattr(view, "parameters_kept", None)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the reader may be: who has a session is answered in person."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
