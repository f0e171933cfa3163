"""Checks of this room: what rests on what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from editorial.checks import Finding, Level

if TYPE_CHECKING:
    from editorial.models import Version


def claims_are_cited(version: "Version") -> Iterator[Finding]:
    for claim in version.claims.filter(citations__isnull=True):
        yield Finding(
            "P10",
            Level.BLOCK,
            f"The claim “{claim.statement}” has no citation.",
            "JAMA attribution; HON 4 and 5; DISCERN 4",
            text=claim.statement,
        )


def citations_still_stand(version: "Version") -> Iterator[Finding]:
    citations = version.citations.select_related("source").exclude(
        source__status__in=("stands", "corrected")
    )
    for citation in citations:
        yield Finding(
            "P12",
            Level.BLOCK,
            f"It cites “{citation.source}”, which is {citation.source.get_status_display()}.",
            "NHS content standard",
            text=str(citation.source),
        )
