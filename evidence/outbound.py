"""Links that leave the site: which sites are trusted, and whether a host is one of them."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.conf import settings


def is_outside(address: str) -> bool:
    """Whether a link leads to another site. Our own pages are linked by path, or by our host."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") and not address.startswith("//"):
        return False
    return host_of(address) != settings.SITE_HOST


def host_of(address: str) -> str:
    """The host of an address, in small letters; empty where it has none that can be read."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def is_covered(host: str, trusted: Collection[str]) -> bool:
    """nhs.uk covers www.nhs.uk, and not mynhs.uk."""
    parts = host.split(".")
    return any(".".join(parts[first:]) in trusted for first in range(len(parts) - 1))


def written_host(typed: str) -> str:
    """A host as it is kept: of an address that somebody pasted, its host, without “www.”."""
    typed = typed.strip().lower()
    host = host_of(typed if "//" in typed else f"//{typed}")
    return host.removeprefix("www.")


def looks_like_a_host(host: str) -> bool:
    return bool(re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", host))


def by_host(addresses: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in addresses:
        found.setdefault(host_of(address), []).append(address)
    return found
