"""Under which name an answer is kept: its address, with the parameters that matter, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.urls.resolvers import ResolverMatch

from editorial.same_for_everyone import is_signed_in, parameters_of

# What newsletters and other sites hang on an address to follow their readers: no view is told.
FOLLOWING = {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "dclid", "twclid", "igshid"}
LONGEST = 500


@dataclass(frozen=True)
class Asked:
    """A view whose answer is the same for everyone, what it is told, and the answer's name."""

    match: ResolverMatch
    address: str
    query: str

    @property
    def view(self) -> Callable[..., Any]:
        return self.match.func


def asked_of(request: HttpRequest) -> Asked | None:
    """None where the answer is not to be kept, nor one that was kept to be given."""
    if request.method not in ("GET", "HEAD") or is_signed_in(request):
        return None
    if "HTTP_AUTHORIZATION" in request.META:
        return None
    match = _match(request.path_info)
    if match is None:
        return None
    query = normal_query(request.META.get("QUERY_STRING", ""), parameters_of(match.func) or ())
    if query is None:
        return None
    try:
        host = request.get_host().lower()
    except DisallowedHost:
        return None
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    return Asked(match, f"{request.scheme}://{host}{request.path}?{query}", query)


def normal_query(query: str, known: tuple[str, ...]) -> str | None:
    """The known parameters in order, without the empty ones. None where others are asked for."""
    if not query:
        return ""
    if len(query) > LONGEST:
        return None
    found = []
    data = QueryDict(query)
    for name, values in data.lists():
        if name in FOLLOWING or name.startswith("utm_"):
            continue
        if name not in known:
            return None
        found += [(name, value) for value in values if value]
    return urlencode(sorted(set(found)))


@lru_cache(maxsize=4096)
def _match(path: str) -> ResolverMatch | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if parameters_of(match.func) is None else match
