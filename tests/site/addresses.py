"""Every address of the site, from the URL configuration."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses(resolver=None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern): the route as it is written, with its parameters."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        else:
            yield route, pattern
