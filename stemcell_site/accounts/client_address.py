"""From which address a request comes, where proxies stand between.

`X-Forwarded-For` is written by whoever likes to: only the entries that our own proxies added, at
its end, are believed. `TRUSTED_PROXIES` says how many there are.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - no address to listen on: a socket without one


def client_address(request: HttpRequest) -> str:
    """A valid address in its shortest form, or 0.0.0.0 where none can be told."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    if 0 < proxies <= len(told) and (found := _valid(told[-proxies])):
        return found
    return _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def _valid(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
