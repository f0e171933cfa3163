"""The search page, suggestions while one types, and what browsers are told of both."""

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from editorial.filtering import MOST_LETTERS
from editorial.models import Version
from editorial.same_for_everyone import same_for_everyone
from editorial.same_origin import is_same_origin
from editorial.vocabulary import vocabulary_now
from search import log
from search.filters import SearchFilters
from search.finding import suggest
from search.lists import find_everywhere, nothing_asked
from search.pace import Pace

RESULTS_A_PAGE = 20
SUGGESTIONS = 8
# Clicks that one process counts: far more than readers make, far less than a machine could send.
clicks = Pace(a_second=20)


@same_for_everyone(SearchFilters.base_filters, "page", "exact", given_again=log.note_again)
def search(request: HttpRequest) -> HttpResponse:
    filters = SearchFilters(request.GET, Version.objects.none(), vocabulary=vocabulary_now())
    is_asked = bool(filters.chips)
    found = find_everywhere(filters, size=RESULTS_A_PAGE) if is_asked else nothing_asked(filters)
    response = render(
        request,
        "search/search.html",
        {
            "q": filters.words,
            "is_asked": is_asked,
            "filter": filters,
            "ignored": filters.ignored,
            "chips": filters.chips,
            **found.context,
        },
    )
    if not found.may_be_kept:
        patch_cache_control(response, no_cache=True)
    elif filters.words and found.page_obj.number == 1:
        told = [*found.question, found.page_obj.paginator.count]
        response.given_again_with = told
    return response


@require_GET
@cache_control(public=True, max_age=300)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Pages that begin with what was typed, or sound like it: a JSON list, best first."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS]
    found = suggest(words, limit=SUGGESTIONS) if words else []
    told = [{"title": it.title, "kind": it.kind, "url": it.url} for it in found]
    return JsonResponse(told, safe=False)


class OpenedForm(forms.Form):
    """Which result was opened, of which question."""

    words = forms.CharField(required=False, max_length=MOST_LETTERS)
    filters = forms.CharField(required=False, max_length=1000)
    rank = forms.IntegerField(min_value=1, max_value=1000)


# No token, as public pages carry none: `is_same_origin` looks where the message came from.
@csrf_exempt
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Told by the page when a reader opens a result, so that links can stay plain links."""
    if not is_same_origin(request):
        return HttpResponse(status=403)
    if not clicks.has_room():
        return HttpResponse(status=429)
    form = OpenedForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    told = form.cleaned_data
    question = log.question(told["words"], told["filters"])
    log.searches.note_opened(question, rank=told["rank"])
    return HttpResponse(status=204)


@same_for_everyone()
@require_GET
@cache_control(public=True, max_age=24 * 60 * 60)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search this site from its address bar."""
    content_type = "application/opensearchdescription+xml"
    return render(request, "search/opensearch.xml", content_type=content_type)
