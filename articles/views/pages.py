"""One article, disease page or therapy page."""

from django.http import HttpRequest, HttpResponse

from editorial.reading import show_page
from editorial.states import Kind


def article(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.ARTICLE, slug)


def disease(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.DISEASE, slug)


def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.THERAPY, slug)
