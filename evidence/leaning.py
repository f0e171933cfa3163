"""What leans on a source: live pages and open drafts, where in each, and which cells of the map."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from editorial.models import Version
from editorial.states import OPEN_STATES, State
from editorial.wording import one_line
from evidence.models import CheckedClaim, Citation, RegulatoryStatus, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTE = 120


@dataclass
class Leaning:
    """A version that leans on the source: the places in words, the cells as (therapy, disease)."""

    version: Version
    places: list[str] = field(default_factory=list)
    cells: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        return self.version.is_live

    def add(self, place: str, cell: tuple[str, str] | None = None) -> None:
        if place not in self.places:
            self.places.append(place)
        if cell and cell not in self.cells:
            self.cells.append(cell)


def leaning_on(source: Source) -> list[Leaning]:
    """Live pages, then open drafts, by title; four queries however many there are."""
    found: dict[int, Leaning] = {}
    for version, place, cell in (*_cited(source), *_quoted(source), *_ruled(source)):
        found.setdefault(version.pk, Leaning(version)).add(place, cell)
    return sorted(found.values(), key=lambda it: (not it.is_live, it.version.title, it.version.pk))


def cells_of(leanings: "Iterable[Leaning]") -> list[tuple[str, str]]:
    """The cells of the map that live pages fill from the source."""
    return sorted({cell for it in leanings if it.is_live for cell in it.cells})


def sources_behind(version: Version) -> set[int]:
    """The ids of every source that this version leans on."""
    return {
        *version.citations.values_list("source_id", flat=True),
        *version.checked_claims.values_list("source_id", flat=True),
        *RegulatoryStatus.objects.filter(_about(version.page.tag_id)).values_list(
            "source_id", flat=True
        ),
    }


Found = Iterator[tuple[Version, str, tuple[str, str] | None]]
STANDING = [State.LIVE, *OPEN_STATES]
OWNERS = ("page__owner", "page__backup_owner")


def _cited(source: Source) -> Found:
    """In the text, for a claim, or for a verdict."""
    citations = Citation.objects.filter(source=source, version__state__in=STANDING)
    with_all = citations.select_related(
        *(f"version__{owner}" for owner in OWNERS),
        "claim__therapy",
        "claim__disease",
        "checked_claim",
    ).defer("version__body", "version__summary")
    for citation in with_all.order_by("version", "claim", "checked_claim", "position", "pk"):
        claim, checked, cell = citation.claim, citation.checked_claim, None
        if claim is not None:
            where = f"Claim “{_short(claim.statement)}”"
            cell = (claim.therapy.name, claim.disease.name)
        elif checked is not None:
            where = _("Our verdict on “%(_short)s”") % {"_short": _short(checked.quote)}
        else:
            where = _("The text")
        yield citation.version, f"{where}{f', {citation.place}' if citation.place else ''}", cell


def _quoted(source: Source) -> Found:
    """Words of this source that a page checks."""
    checked = CheckedClaim.objects.filter(source=source, version__state__in=STANDING)
    with_all = checked.select_related(*(f"version__{owner}" for owner in OWNERS))
    for row in with_all.defer("version__body", "version__summary").order_by("version", "position"):
        yield (
            row.version,
            _("Words of it that we checked: “%(_short)s”") % {"_short": _short(row.quote)},
            None,
        )


def _ruled(source: Source) -> Found:
    """The pages of the therapy and of the disease that a regulatory status is about."""
    statuses = list(source.regulatory_statuses.select_related("therapy", "disease"))
    tags = {tag for it in statuses for tag in (it.therapy_id, it.disease_id) if tag}
    if not tags:
        return
    pages = Version.objects.live().filter(page__tag__in=tags).select_related(*OWNERS)
    for version in pages.defer("body", "summary"):
        for status in statuses:
            if version.page.tag_id in (status.therapy_id, status.disease_id):
                where = status.get_jurisdiction_display()
                product = f" ({status.product})" if status.product else ""
                yield (
                    version,
                    _("Status in the %(where)s%(product)s: %(therapy)s")
                    % {"where": where, "product": product, "therapy": status.therapy},
                    None,
                )


def _about(tag_id: int | None) -> Q:
    return Q(therapy=tag_id) | Q(disease=tag_id) if tag_id else Q(pk__in=[])


def _short(text: str) -> str:
    return Truncator(one_line(text)).chars(LONGEST_QUOTE)
