"""What robots may read, and whom to tell of a hole."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from editorial.structured import at

# A demonstration copy answers this machine alone, so no robot has to be told of it. The address of
# the admin is not named: where it was moved, this would tell where to.
CLOSED = ("/admin/", "/preview/", "/search/suggest/", "/search/clicked/", "/search/?")
# RFC 9116: less than a year, so that nobody writes to a contact that has long gone.
HOLDS_FOR = timedelta(days=180)


@require_safe
@conditional_page
@cache_control(public=True, max_age=24 * 60 * 60)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    return _plain([*lines, "", f"Sitemap: {at('/sitemap.xml')}"])


@require_safe
@conditional_page
@cache_control(public=True, max_age=24 * 60 * 60)
def security(request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt`, https://www.rfc-editor.org/rfc/rfc9116."""
    expires_on = timezone.now().date() + HOLDS_FOR
    return _plain(
        [
            f"Contact: {at('/about/contact/')}",
            f"Expires: {expires_on.isoformat()}T00:00:00Z",
            "Preferred-Languages: en",
            f"Canonical: {at('/.well-known/security.txt')}",
        ]
    )


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
