"""The glossary: every term on one page, and one term."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from editorial.filtering import TagFilters
from editorial.reading import Gone, live_version, provenance, reading_minutes
from editorial.states import Kind
from editorial.vocabulary import Vocabulary
from glossary.models import Term


def term_list(request: HttpRequest) -> HttpResponse:
    terms = (
        Term.objects.live()
        .select_related("page", "term_facts")
        .prefetch_related("also_called")
        .defer("body")
        .order_by("title")
    )
    filters = TagFilters(request.GET, terms, vocabulary=Vocabulary())
    found = sorted(filters.qs, key=lambda term: term.title.lower())
    return render(
        request,
        "glossary/term_list.html",
        {
            "filter": filters,
            "groups": [
                (letter, list(group))
                for letter, group in groupby(found, key=lambda term: term.title[:1].upper())
            ],
            "total": len(found),
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )


def term(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        version = live_version(Kind.TERM, slug)
    except Gone as gone:
        return render(request, "gone.html", {"version": gone.version}, status=410)
    return render(
        request,
        "glossary/term.html",
        {
            "version": version,
            "page": version.page,
            "rendering": version.rendering,
            "reading_minutes": reading_minutes(version.rendering.words),
            "provenance": provenance(version, today=timezone.localdate()),
            "tags": list(version.tags.all()),
        },
    )
