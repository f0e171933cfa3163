"""The claims that live pages checked: all of them, in one list."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from editorial.filtering import page_of
from editorial.models import Version
from editorial.same_for_everyone import same_for_everyone
from editorial.vocabulary import Vocabulary
from evidence.claim_filters import ClaimFilters
from evidence.claim_reviews import address_of, claim_review, who_said_it
from evidence.models import CheckedClaim
from evidence.models.claim import Verdict

CLAIMS_A_PAGE = 20


@same_for_everyone(set(ClaimFilters.base_filters) - {"q"}, "page")
def claim_list(request: HttpRequest) -> HttpResponse:
    vocabulary = Vocabulary()
    live = CheckedClaim.objects.filter(version__in=Version.objects.live())
    filters = ClaimFilters(request.GET, _as_shown(live), vocabulary=vocabulary)
    page = page_of(filters.qs, request.GET, size=CLAIMS_A_PAGE)
    for claim in page:
        claim.said_by, claim.address = who_said_it(claim.source), address_of(claim)
    return render(
        request,
        "evidence/claims.html",
        {
            "filter": filters,
            "page_obj": page,
            "total": page.paginator.count,
            "verdicts": _by_verdict(request.GET, live, vocabulary),
            "structured": [claim_review(claim) for claim in page],
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )


def _as_shown(claims: QuerySet[CheckedClaim]) -> QuerySet[CheckedClaim]:
    """Those checked last come first, those of one page together."""
    return (
        claims.select_related("source", "therapy", "disease", "version__page")
        .defer("version__body", "version__summary")
        .prefetch_related("citations__source")
        .order_by("-version__published_at", "version", "position", "pk")
    )


def _by_verdict(
    asked: QueryDict, live: QuerySet[CheckedClaim], vocabulary: Vocabulary
) -> list[dict]:
    """How many there are of each, under all filters but this one, and the address of those."""
    others = asked.copy()
    for name in ("verdict", "page"):
        others.pop(name, None)
    found = ClaimFilters(others, live.order_by(), vocabulary=vocabulary).qs
    counts = dict(found.values_list("verdict").annotate(Count("pk")))
    chosen = asked.getlist("verdict")
    told = []
    for verdict in Verdict:
        others["verdict"] = verdict.value
        told.append(
            {
                "name": verdict.value,
                "label": verdict.label,
                "count": counts.get(verdict.value, 0),
                "url": f"?{others.urlencode()}",
                "is_chosen": verdict.value in chosen,
            }
        )
    return told
