"""The glossary: every term on one page, and one term."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.filtering import TagFilters
from editorial.reading import by_letter, show_page
from editorial.same_for_everyone import same_for_everyone
from editorial.states import Kind
from editorial.vocabulary import Vocabulary
from glossary.models import Term
from glossary.structured import glossary


@same_for_everyone(set(TagFilters.base_filters) - {"q"})
def term_list(request: HttpRequest) -> HttpResponse:
    terms = (
        Term.objects.live()
        .select_related("page", "term_facts")
        .prefetch_related("also_called")
        .defer("body")
        .order_by("title")
    )
    filters = TagFilters(request.GET, terms, vocabulary=Vocabulary())
    found = list(filters.qs)
    return render(
        request,
        "glossary/term_list.html",
        {
            "filter": filters,
            "groups": by_letter(found),
            "total": len(found),
            "structured": [glossary()],
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )


@same_for_everyone()
def term(request: HttpRequest, slug: str) -> HttpResponse:
    return show_page(request, Kind.TERM, slug)
