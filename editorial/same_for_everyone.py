"""Views whose answers are the same for every reader, and may be kept for the next one.

They depend on the address and on what is public in the database, on nothing else: no session, no
cookie, no header. Whoever keeps them looks at the stamp.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class StampedResponse(HttpResponse):
    """An answer that knows the stamp under which all that it shows was read."""

    def __init__(self, content: str, *, stamp: int) -> None:
        super().__init__(content)
        self.stamp = stamp


def same_for_everyone(
    *parameters: str | Iterable[str], given_again: Callable[..., None] | None = None
) -> Callable[[Callable], Callable]:
    """Mark a view; these parameters of the address change its answer. With others, none is kept.

    `given_again` is called whenever a kept answer is given, with what the view has written on it
    as `given_again_with`, plain data; not for answers on which it has written nothing.
    """
    names = [name for it in parameters for name in ([it] if isinstance(it, str) else it)]

    def mark(view: Callable) -> Callable:
        view.parameters_kept = tuple(sorted(set(names)))  # type: ignore[attr-defined]
        view.given_again = given_again  # type: ignore[attr-defined]
        return view

    return mark


def tell_given_again(view: Callable, told: Sequence[Any] | None) -> None:
    """Tell the view that its kept answer went to another reader, if it wants to be told."""
    given_again = getattr(view, "given_again", None)
    if given_again and told is not None:
        given_again(*told)


def parameters_of(view: Callable) -> tuple[str, ...] | None:
    """None for a view whose answers are nobody else's."""
    return getattr(view, "parameters_kept", None)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the reader may be: who has a session is answered in person."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES
