"""One article, disease page or therapy page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from editorial.reading import Gone, live_version, provenance, reading_minutes
from editorial.states import Kind


def article(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.ARTICLE, slug, "articles/article.html")


def disease(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.DISEASE, slug, "articles/disease.html")


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.THERAPY, slug, "articles/therapy.html")


def show_page(request: HttpRequest, kind: Kind, slug: str, template: str) -> HttpResponse:
    """The stored rendering of the live version in its template; 410 for a withdrawn page."""
    try:
        version = live_version(kind, slug)
    except Gone as gone:
        return render(request, "gone.html", {"version": gone.version}, status=410)
    return render(
        request,
        template,
        {
            "version": version,
            "page": version.page,
            "rendering": version.rendering,
            "reading_minutes": reading_minutes(version.rendering.words),
            "provenance": provenance(version, today=timezone.localdate()),
            "tags": list(version.tags.all()),
        },
    )
