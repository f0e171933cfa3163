"""Search over everything live, on the plain database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.filtering import page_of
from editorial.models import Version
from editorial.vocabulary import Vocabulary
from search.filters import SearchFilters, best_first

RESULTS_A_PAGE = 20


def search(request: HttpRequest) -> HttpResponse:
    versions = Version.objects.live().for_lists().order_by("title", "pk")
    filters = SearchFilters(request.GET, versions, vocabulary=Vocabulary())
    words = filters.form["q"].value() or ""
    found = filters.qs
    if words and not filters.data.get("sort"):
        found = best_first(found, words)
    is_asked = bool(filters.chips)
    page = page_of(found if is_asked else versions.none(), request.GET, size=RESULTS_A_PAGE)
    return render(
        request,
        "search/search.html",
        {
            "q": words,
            "is_asked": is_asked,
            "filter": filters,
            "page_obj": page,
            "total": page.paginator.count,
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )
