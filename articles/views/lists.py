"""The lists of articles, diseases and therapies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from articles import finding
from articles.filters import PageFilters
from articles.models import Article, Disease, Therapy
from editorial.reading import by_letter
from editorial.same_for_everyone import same_for_everyone
from editorial.states import Kind
from editorial.structured import listed
from editorial.vocabulary import vocabulary_now

ARTICLES_A_PAGE = 20
# Words are endless, and counted: no answer to them is kept.
KEPT_FOR = (set(PageFilters.base_filters) - {"q"}, "page")


@same_for_everyone(*KEPT_FOR)
def article_list(request: HttpRequest) -> HttpResponse:
    articles = (
        Article.objects.live()
        .for_lists()
        .select_related("page", "article_facts")
        .order_by("-published_at", "title", "pk")
    )
    filters = PageFilters(request.GET, articles, vocabulary=vocabulary_now())
    found = finding.find(filters, kind=Kind.ARTICLE, size=ARTICLES_A_PAGE)
    response = render(
        request,
        "articles/article_list.html",
        {
            "filter": filters,
            "ignored": filters.ignored,
            "chips": filters.chips,
            "structured": listed(found.page_obj),
            **found.context,
        },
    )
    if not found.may_be_kept:
        patch_cache_control(response, no_cache=True)
    return response


@same_for_everyone(*KEPT_FOR)
def disease_list(request: HttpRequest) -> HttpResponse:
    diseases = Disease.objects.live().for_lists().select_related("page", "disease_facts")
    return _a_to_z(request, diseases, "articles/disease_list.html")


@same_for_everyone(*KEPT_FOR)
def therapy_list(request: HttpRequest) -> HttpResponse:
    therapies = Therapy.objects.live().for_lists().select_related("page", "therapy_facts")
    return _a_to_z(request, therapies, "articles/therapy_list.html")


def _a_to_z(request: HttpRequest, versions, template: str) -> HttpResponse:
    filters = PageFilters(request.GET, versions.order_by("title"), vocabulary=vocabulary_now())
    found = list(filters.qs)
    return render(
        request,
        template,
        {
            "filter": filters,
            "groups": by_letter(found),
            "versions": found,
            "structured": listed(found),
            "total": len(found),
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )
