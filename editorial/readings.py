"""What several checks of one run need, read once.

    @read_once
    def claims_of(version): …

Inside `kept()` the second call for the same version answers what the first one read. Outside, each
call reads again: nothing is remembered beyond a run, so nothing can be out of date.

`kept({claims_of: []})` answers beforehand, for a version that is not stored.

    @read_together
    def flags_of(versions): …

What many versions need, read for all of them with one question: inside `together(versions)` the
first `flags_of(version)` reads for all, and the others are answered. Outside, for that one alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from editorial.models import Version

_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept_readings", default=None)


@contextmanager
def kept(known: Mapping[Callable[..., Any], Any] | None = None) -> Iterator[None]:
    token = _kept.set({(read, None): answer for read, answer in (known or {}).items()})
    try:
        yield
    finally:
        _kept.reset(token)


def read_once[T](read: Callable[["Version"], T]) -> Callable[["Version"], T]:
    @wraps(read)
    def reading(version: "Version") -> T:
        found = _kept.get()
        if found is None:
            return read(version)
        name = (reading, version.pk)
        if name not in found:
            found[name] = read(version)
        return found[name]

    return reading


# --- of many versions ---------------------------------------------------------------------

_many: ContextVar["_Many | None"] = ContextVar("read_together", default=None)


class _Many:
    def __init__(self, versions: "Sequence[Version]") -> None:
        self.versions = versions
        self.answers: dict[Callable[..., Any], Mapping[Any, Any]] = {}
        self._by_pk = {version.pk: version for version in versions}

    def has(self, version: "Version") -> bool:
        """These objects alone: another of the same version does not hold what was fetched."""
        return self._by_pk.get(version.pk) is version


@contextmanager
def together(versions: "Sequence[Version]") -> Iterator[None]:
    """Whatever is read inside must stay as it is until the end."""
    token = _many.set(_Many(versions))
    try:
        yield
    finally:
        _many.reset(token)


def read_together[T](
    read: Callable[[Sequence["Version"]], Mapping[Any, T]],
) -> Callable[["Version"], T]:
    """`read` answers for versions by their ids."""

    @wraps(read)
    def reading(version: "Version") -> T:
        many = _many.get()
        if many is None or not many.has(version):
            return read([version])[version.pk]
        if reading not in many.answers:
            many.answers[reading] = read(many.versions)
        return many.answers[reading][version.pk]

    return reading
