"""How much one sender may write within an hour, without knowing who it is.

What is counted is a keyed hash of the sender's network address and the hour: the same address has
another one in the next hour, and the row is deleted then. No address is stored anywhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from editorial.models import SenderCount
from editorial.refusals import Refused

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Limit:
    """Within an hour: of one sender, and of all together."""

    each: int
    all: int


# Many readers of one hospital share an address. All together: what a newsroom can still look
# through. What looks like spam has its own, so that a flood of it shuts nobody out.
REPORTS = Limit(each=10, all=200)
SUSPECTS = Limit(each=10, all=100)
ANSWERS = Limit(each=60, all=5000)


class TooMany(Refused):
    """More came within the hour than people write. `minutes` until there is room again."""

    def __init__(self, minutes: int) -> None:
        super().__init__(_("Too much was sent within the hour."))
        self.minutes = minutes


def require_room(what: str, limit: Limit, *, sender: str, now: datetime) -> None:
    """Count one more of this kind. Raises TooMany where there were enough."""
    ends_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    forget(now)
    for who, most in ((sender, limit.each), (EVERYBODY, limit.all)):
        mark = _mark(what, who, ends_at)
        if not SenderCount.take(mark, ends_at=ends_at, most=most):
            raise TooMany(minutes=max(1, round((ends_at - now).total_seconds() / 60)))


def forget(now: datetime) -> bool:
    """Delete the counts of the hours that are over; whether there were any."""
    return SenderCount.objects.filter(ends_at__lte=now).delete()[0] > 0


def past_hours(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """For the clock, where nobody writes for hours."""
    yield "Counts of senders could not be forgotten", lambda: forget(now)


def sender_of(request: HttpRequest) -> str:
    """The network that a request came from: counted, never kept. A household has one: one address,
    or with IPv6 the first 64 bits of several.
    """
    address = ip_address(_client_address()(request))
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> 64)
    return str(address)


@cache
def _client_address() -> Callable[[HttpRequest], str]:
    return import_string(settings.CLIENT_ADDRESS)


def _mark(what: str, who: str, ends_at: datetime) -> str:
    told = f"{what} {ends_at.isoformat()} {who}"
    return salted_hmac("editorial.feedback.senders", told, algorithm="sha256").hexdigest()
