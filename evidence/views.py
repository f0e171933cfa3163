"""The bibliography, and one source with every page that rests on it."""

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from editorial.filtering import page_of
from editorial.models import Version
from editorial.states import Kind
from editorial.vocabulary import Vocabulary
from evidence.filters import SourceFilters
from evidence.models import Source

SOURCES_A_PAGE = 25


def source_list(request: HttpRequest) -> HttpResponse:
    # Databases differ in where they sort a year that is not known: said here, last.
    sources = Source.objects.public().order_by(F("year").desc(nulls_last=True), "key")
    filters = SourceFilters(request.GET, sources, vocabulary=Vocabulary())
    page = page_of(filters.qs, request.GET, size=SOURCES_A_PAGE)
    return render(
        request,
        "evidence/source_list.html",
        {
            "filter": filters,
            "page_obj": page,
            "total": page.paginator.count,
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )


def source(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(
        Source.objects.public().select_related("checked_by", "superseded_by"), key=key
    )
    citing = Version.objects.live().filter(
        Q(pk__in=found.citations.values("version"))
        | Q(page__tag__in=found.regulatory_statuses.values("therapy"), page__kind=Kind.THERAPY)
    )
    return render(
        request,
        "evidence/source.html",
        {
            "source": found,
            "citing": citing.select_related("page").defer("body").order_by("title"),
        },
    )
