"""The evidence map, and one therapy in one disease."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from editorial.addresses import destination_of
from editorial.models import Version
from editorial.rendering import PAGE_ADDRESS
from editorial.same_for_everyone import same_for_everyone
from editorial.vocabulary import Vocabulary
from evidence.map import Cell, Heading, family, read_map
from evidence.map_filters import MapFilters
from evidence.models import Claim, Source
from evidence.structured import cell_page
from evidence.summing_up import NEGATIVE

BY_DISEASE = "disease"
KEPT_FOR = (set(MapFilters.base_filters) - {"q"}, "by")


@same_for_everyone(*KEPT_FOR)
def evidence_map(request: HttpRequest) -> HttpResponse:
    """Therapies down and diseases across, or the other way round with `?by=disease`."""
    filters = asked_of(request)
    found = read_map(asked=filters.asked)
    by_disease = request.GET.get("by") == BY_DISEASE
    return render(
        request,
        "evidence/map.html",
        {
            "map": found,
            "lines": found.columns if by_disease else found.rows,
            "across": found.therapies if by_disease else found.diseases,
            "by_disease": by_disease,
            "turned": _query(request, by="" if by_disease else BY_DISEASE),
            "query": _query(request, by=""),
            "filter": filters,
            "ignored": filters.ignored,
            "chips": filters.chips,
        },
    )


def asked_of(request: HttpRequest) -> MapFilters:
    return MapFilters(request.GET, Claim.objects.none(), vocabulary=Vocabulary())


def _query(request: HttpRequest, *, by: str) -> str:
    """The filters in use, as they are; seen by disease, or not."""
    query = request.GET.copy()
    query.pop("by", None)
    if by:
        query["by"] = by
    return f"?{query.urlencode()}" if query else ""


@same_for_everyone()
def map_cell(request: HttpRequest, therapy: str, disease: str) -> HttpResponse:
    found = read_map()
    row = _at(found.therapies, therapy, f"/therapies/{therapy}/")
    column = _at(found.diseases, disease, f"/diseases/{disease}/")
    if row is None or column is None:
        raise Http404(_("The evidence map has no such place."))
    cell = found.cell(row, column)
    if request.path != cell.get_absolute_url():
        return HttpResponsePermanentRedirect(cell.get_absolute_url())
    told = {"cell": cell, "structured": cell_page(cell), **_shown(cell)}
    return render(request, "evidence/cell.html", told)


def _at(headings: list[Heading], slug: str, page: str) -> Heading | None:
    """Who stands here now, by the slug of its page, of its tag, or of the page before it moved."""
    for heading in headings:
        if heading.slug == slug:
            return heading
    tag = Vocabulary().by_slug.get(slug)
    moved = PAGE_ADDRESS.match(destination_of(page))
    for heading in headings:
        if (tag and heading.pk == tag.pk) or (moved and heading.slug == moved[2]):
            return heading
    return None


def _shown(cell: Cell) -> dict:
    """The claims of a cell in two sides, the studies that they cite, and the pages that say so."""
    known = {
        claim.pk: claim
        for claim in Claim.objects.filter(pk__in=cell.claim_pks)
        .select_related("therapy", "disease", "certainty_by", "version__page")
        .defer("version__body")
        .prefetch_related("citations__source")
    }
    cited = _number(known.values())
    claims = [known[it.pks[0]] for it in cell.readings if it.pks[0] in known]
    pages = {claim.version.page_id: claim.version for claim in known.values()}
    return {
        "promising": [it for it in claims if it.direction not in NEGATIVE],
        "against": [it for it in claims if it.direction in NEGATIVE],
        "about": cell.therapy.is_broader,
        "cited": cited,
        "pages": sorted(pages.values(), key=_by_title),
        "running": _running(cell),
    }


def _number(claims):
    """Number the sources as the claims cite them; returns them in the order of their numbers."""
    numbers: dict[Source, int] = {}
    for claim in claims:
        for citation in claim.citations.all():
            citation.number = numbers.setdefault(citation.source, len(numbers) + 1)
    return list(numbers)


def _by_title(version: Version) -> str:
    return version.title.lower()


def _running(cell: Cell):
    """Registered trials that carry both tags: known to run, or to have run."""
    trials = Source.objects.public().filter(kind=Source.Kind.REGISTRATION)
    about = trials.filter(tags__in=[it.pk for it in family(cell.therapy)])
    return about.filter(tags=cell.disease.pk).order_by("-year", "key").distinct()
