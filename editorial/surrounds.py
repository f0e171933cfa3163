"""What stands around a text on its page: head, frame and tail, made by the clock beforehand.

A page that has none, or one of another release, is put together when it is read: right, and slower.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string

from editorial import ledger
from editorial.models import Rendering, Surround, Version
from editorial.reading import page_template, shown
from editorial.release import release
from editorial.states import State
from editorial.translations import in_its_language

A_ROUND = 20.0
MOST_A_ROUND = 5000


def waiting():
    """Renderings of live versions around which nothing stands yet, or what an old release made."""
    live = Rendering.objects.filter(version__state=State.LIVE)
    return live.filter(Q(surround=None) | ~Q(surround__made_with=release())).order_by("pk")


def with_the_clock(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """A step of the clock: one deed, for what hinders one page mostly hinders all."""
    if not settings.DEBUG and waiting().exists():
        yield "Pages could not be put together beforehand", make_some


def make_some(seconds: float = A_ROUND) -> bool:
    """As many as there is time for. No news for anybody: the pages were right before."""
    deadline = time.monotonic() + seconds
    for pk in waiting().values_list("pk", flat=True)[:MOST_A_ROUND]:
        make(pk)
        if time.monotonic() > deadline:
            break
    return False


def make(pk: int) -> bool:
    """Whether it was done: not if anything public changed meanwhile. The next round tries again."""
    stamp = ledger.stamp()
    version = (
        Version.objects.live()
        .select_related("page", "rendering", "exemption")
        .defer("body")
        .filter(rendering=pk)
        .first()
    )
    if version is None:
        return False
    text = version.rendering.html
    with in_its_language(version.page):
        page = render_to_string(
            page_template(version.page.kind),
            shown(version, version.rendering),
            request=_of_a_reader(version.get_absolute_url()),
        )
    if text and page.count(text) != 1:
        return False
    place = page.index(text)
    made = {
        "before": page[:place],
        "after": page[place + len(text) :],
        "made_with": release(),
    }
    with transaction.atomic():
        # Who changes what stands here moves the stamp under the same lock, and lets this go.
        if ledger.take_head().stamp != stamp:
            return False
        Surround.objects.update_or_create(rendering_id=pk, defaults=made)
    return True


def _of_a_reader(address: str) -> HttpRequest:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address
    request._csp_nonce = None  # type: ignore[attr-defined]
    request.META["SERVER_NAME"] = settings.SITE_HOST
    request.META["SERVER_PORT"] = "443" if settings.IS_HTTPS else "80"
    return request
