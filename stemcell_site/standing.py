"""Pages that stand when the site does not: an error of ours, and maintenance.

Both are made without a request and without the database. They lie as files beside the static ones,
for a web server in front to show when the site does not answer.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

PAGES = ("500.html", "maintenance.html")
FOLDER = "standing"
# What a search engine and a monitor are told: come back in ten minutes.
RETRY_AFTER = "600"


def write_pages() -> list[Path]:
    """The files, written anew: they name the stylesheet as it was last collected."""
    folder = Path(settings.STATIC_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (folder / name).write_text(render_to_string(name), "utf-8")
    return [folder / name for name in PAGES]


def maintenance(get_response: Callable[[HttpRequest], HttpResponse]):
    """While MAINTENANCE is set, everybody gets one page; operators see that the site lives."""
    if not settings.MAINTENANCE:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in ("/healthz", "/readyz", "/metrics"):
            return get_response(request)
        return HttpResponse(
            render_to_string("maintenance.html"), status=503, headers={"Retry-After": RETRY_AFTER}
        )

    return middleware
