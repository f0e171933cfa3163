"""How often one address may send a form that anybody can open.

Counted in the cache, in fixed stretches of time: with `CACHE_URL` for all processes together,
without it in each process for itself.
"""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from math import ceil

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from stemcell_site.accounts.client_address import client_address

View = Callable[..., HttpResponseBase]


def seconds_to_wait(what: str, key: str, *, times: int, seconds: int) -> int:
    """Count one more of this by this key; 0, or how long to wait when that is one too many."""
    stretch, gone = divmod(int(time.time()), seconds)
    name = "limit:" + hashlib.sha256(f"{what}:{stretch}:{key}".encode()).hexdigest()
    cache.add(name, 0, timeout=seconds)
    try:
        count = cache.incr(name)
    except ValueError:  # a full cache may forget at any moment
        count = 1
    return seconds - gone if count > times else 0


def limited(what: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """Refuse with 429 what one address sends more often than this."""

    def decorate(view: View) -> View:
        @wraps(view)
        def limited_view(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
            if request.method == "POST":
                address = client_address(request)
                if wait := seconds_to_wait(what, address, times=times, seconds=seconds):
                    return too_often(request, wait)
            return view(request, *args, **kwargs)

        return limited_view

    return decorate


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "429.html", {"minutes": ceil(wait / 60)}, status=429)
    response["Retry-After"] = str(wait)
    return response
