"""Tells the CDN in front of the site to forget what it keeps, when something public has changed.

`PURGE_URL` is asked for by POST: once for everything, or, if `{address}` stands in it, once for
each page that came, changed or left, and for the front page. The ledger says how far it was told,
so that what failed, or what a command changed, is told by the clock.
"""

import logging
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.db.models import F

from editorial.models import Ledger, LiveChange

logger = logging.getLogger(__name__)

ADDRESS = "{address}"
PATIENCE = 3.0
# Beyond these, the CDN finds the others out by itself within CDN_SECONDS.
MOST_ADDRESSES = 200


def with_the_clock(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """A step of the clock."""
    if is_behind():
        yield "The CDN could not be told to forget what it keeps", purge


def is_behind() -> bool:
    """Whether something has changed of which the CDN does not know. One query, if there is one."""
    if not settings.PURGE_URL:
        return False
    return Ledger.objects.exclude(purged_stamp=F("stamp")).exists()


def after_commit() -> None:
    """As soon as the change stands. A CDN that does not answer is in the log, and asked again."""
    try:
        if is_behind():
            purge()
    except OSError as error:
        logger.warning("The CDN could not be told to forget; the clock tries again: %s", error)


def purge() -> bool:
    """Raises OSError if the CDN does not answer, or refuses. No news for anybody: False."""
    ledger = Ledger.objects.get(pk=1)
    for url in _urls(ledger):
        _ask(url)
    Ledger.objects.filter(pk=1, purged_stamp__lt=ledger.stamp).update(
        purged_stamp=ledger.stamp, purged_change=ledger.change_number
    )
    return False


def _urls(ledger: Ledger) -> list[str]:
    if ADDRESS not in settings.PURGE_URL:
        return [settings.PURGE_URL]
    changes = LiveChange.objects.filter(
        number__gt=ledger.purged_change, number__lte=ledger.change_number
    )
    pages = {change.page for change in changes.select_related("page").order_by("-number")[:1000]}
    addresses = sorted(page.get_absolute_url() for page in pages)[: MOST_ADDRESSES - 1]
    whole = [settings.SITE_URL + address for address in ("/", *addresses)]
    return [settings.PURGE_URL.replace(ADDRESS, quote(it, safe="")) for it in whole]


def _ask(url: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise OSError("PURGE_URL must be an http:// or https:// address.")
    request = urllib.request.Request(url, method="POST", data=b"")  # noqa: S310 - looked at above
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass
