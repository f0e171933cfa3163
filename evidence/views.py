"""The bibliography, and one source with every page and claim that rests on it."""

from itertools import groupby
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from editorial.filtering import page_of
from editorial.models import Version
from editorial.same_for_everyone import same_for_everyone
from editorial.states import Kind
from editorial.vocabulary import Vocabulary
from evidence.filters import SourceFilters
from evidence.models import CheckedClaim, Claim, Source
from evidence.structured import source_page

SOURCES_A_PAGE = 25
# In this order on the page of a source.
KINDS_OF_PAGES = {
    Kind.ARTICLE: _("Articles"),
    Kind.DISEASE: _("Diseases"),
    Kind.THERAPY: _("Therapies"),
    Kind.TERM: _("Words explained"),
}


@same_for_everyone(set(SourceFilters.base_filters) - {"q"}, "page")
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


@same_for_everyone()
def source(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(
        Source.objects.public().select_related("checked_by__contributor", "superseded_by"), key=key
    )
    pages = _pages_on(found)
    return render(
        request,
        "evidence/source.html",
        {
            "source": found,
            "checker": getattr(found.checked_by, "contributor", None),
            "pages": [(KINDS_OF_PAGES[kind], list(rows)) for kind, rows in groupby(pages, _kind)],
            "total": len(pages),
            "structured": source_page(found),
            **_claims_on(found),
        },
    )


def _kind(version: Version) -> Kind:
    return Kind(version.page.kind)


def _pages_on(found: Source) -> list[Version]:
    """Every live page that cites the source or whose status rests on it, by kind and title."""
    resting = Version.objects.live().filter(
        Q(pk__in=found.citations.values("version"))
        | Q(page__tag__in=found.regulatory_statuses.values("therapy"), page__kind=Kind.THERAPY)
    )
    order = list(KINDS_OF_PAGES)
    return sorted(
        resting.select_related("page").defer("body"),
        key=lambda version: (order.index(_kind(version)), version.title.casefold()),
    )


def _claims_on(found: Source) -> dict[str, Any]:
    """What live pages say on the strength of the source, and the claims they checked by it."""
    live = Version.objects.live().values("pk")
    claims = Claim.objects.filter(version__in=live, pk__in=found.citations.values("claim"))
    checked = CheckedClaim.objects.filter(
        version__in=live, pk__in=found.citations.values("checked_claim")
    )
    claims = (
        claims.select_related("version__page", "therapy", "disease")
        .defer("version__body")
        .order_by("disease__name", "therapy__name", "direction", "statement", "version__title")
    )
    return {
        # Several pages say the same: it stands once, with all of them.
        "claims": [list(same) for _key, same in groupby(claims, _said)],
        "checked_claims": checked.select_related("version__page")
        .defer("version__body")
        .order_by("version__title", "position"),
    }


def _said(claim: Claim) -> tuple[int, int, str, str]:
    return claim.disease_id, claim.therapy_id, claim.direction, claim.statement
