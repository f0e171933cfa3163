"""What higher rooms hear of: sent after the transaction is committed."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from editorial.models import Version

# Both are sent with `page` and `version`, the live version that came or went.
version_went_live = Signal()
version_left = Signal()

Deed = Callable[[Sequence["Version"]], object]
_put_off: ContextVar["dict[Deed, list[Version]] | None"] = ContextVar("put_off", default=None)


def send_all(signal: Signal, versions: "Sequence[Version]") -> None:
    """Send the signal for each of many versions, then do what was put off until all were told."""
    put_off: dict[Deed, list[Version]] = {}
    token = _put_off.set(put_off)
    try:
        for version in versions:
            signal.send(sender=type(version), page=version.page, version=version)
    finally:
        _put_off.reset(token)
    for deed, told in put_off.items():
        deed(told)


def once_for_all(deed: Deed, version: "Version") -> None:
    """For receivers: do this once, for all the versions that come or go together."""
    put_off = _put_off.get()
    if put_off is None:
        deed([version])
    else:
        put_off.setdefault(deed, []).append(version)
