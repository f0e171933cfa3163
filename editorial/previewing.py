"""A version as its readers would see it, while it is not public: never kept, never indexed."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editorial import rendering
from editorial.models import Tag, Version
from editorial.reading import page_template, shown


def preview_response(request: HttpRequest, version: Version) -> HttpResponse:
    """The stored text of a version in any state, through the templates of the public."""
    return as_preview(request, version)


def as_preview(
    request: HttpRequest, version: Version, *, tags: Sequence[Tag] | None = None, left_out: int = 0
) -> HttpResponse:
    """The version as it is in hand. `left_out` tells how many unfinished rows it lacks."""
    context = shown(version, rendering.render(version))
    if tags is not None:
        context["tags"] = tags
    response = render(
        request,
        "editorial/admin/preview.html",
        context | {"page_template": page_template(version.page.kind), "left_out": left_out},
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
