"""One article, disease page or therapy page."""

from django.http import HttpRequest, HttpResponse

from editorial.reading import show_page
from editorial.same_for_everyone import same_for_everyone
from editorial.states import Kind


@same_for_everyone()
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.ARTICLE, slug)


@same_for_everyone()
def disease(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.DISEASE, slug)


@same_for_everyone()
def therapy(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.THERAPY, slug)
