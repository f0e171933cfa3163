"""Checks of this room: what rests on what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from editorial.checks import Finding, Level
from evidence.models import Source
from evidence.parts import citation_nodes

if TYPE_CHECKING:
    from editorial.models import Version


def cited_sources_are_known(version: "Version") -> Iterator[Finding]:
    named = {node["source"] for node in citation_nodes(version.body)}
    known = set(Source.objects.filter(key__in=named).values_list("key", flat=True))
    for key in sorted(named - known):
        yield Finding(
            "P11",
            Level.BLOCK,
            f"The body cites “{key}”, and there is no such source.",
            "HON 4",
            text=key,
        )


def claims_are_cited(version: "Version") -> Iterator[Finding]:
    for claim in version.claims.filter(citations__isnull=True):
        yield Finding(
            "P10",
            Level.BLOCK,
            f"The claim “{claim.statement}” has no citation.",
            "JAMA attribution; HON 4 and 5; DISCERN 4",
            text=claim.statement,
        )


def checked_claims_are_argued(version: "Version") -> Iterator[Finding]:
    for checked in version.checked_claims.prefetch_related("citations"):
        missing = [
            name
            for name, is_there in (
                ("a reason", checked.why.strip()),
                ("a citation", checked.citations.all()),
            )
            if not is_there
        ]
        if missing:
            yield Finding(
                "P10",
                Level.BLOCK,
                f"The checked claim “{checked.quote}” needs {' and '.join(missing)}.",
                "JAMA attribution; HON 4 and 5; DISCERN 4",
                text=checked.quote,
            )


def citations_still_stand(version: "Version") -> Iterator[Finding]:
    citations = version.citations.select_related("source__superseded_by").exclude(
        source__status__in=("stands", "corrected")
    )
    for citation in citations:
        yield Finding(
            "P12",
            Level.BLOCK,
            _why_it_fell(citation.source),
            "NHS content standard",
            text=str(citation.source),
        )


def _why_it_fell(source: Source) -> str:
    note = f": {source.status_note.rstrip('.')}" if source.status_note else ""
    successor = source.superseded_by
    instead = f" Cite “{successor}” instead." if successor and successor.stands else ""
    return f"It cites “{source}”, which is {source.get_status_display()}{note}.{instead}"
