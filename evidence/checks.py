"""Checks of this room: what rests on what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from editorial.checks import Finding, Level
from editorial.readings import read_together
from evidence.checking.reading import checked_claims_of, citations_of, claims_of
from evidence.models import Source
from evidence.parts import citation_nodes, known_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version


def cited_sources_are_known(version: "Version") -> Iterator[Finding]:
    named = {node["source"] for node in citation_nodes(version.body)}
    for key in sorted(named - _known_keys(version)):
        yield Finding(
            "P11",
            Level.BLOCK,
            _("The body cites “%(key)s”, and there is no such source.") % {"key": key},
            "HON 4",
            text=key,
        )


@read_together
def _known_keys(versions: "Sequence[Version]") -> "Mapping[int, set[str]]":
    """Of the sources that these bodies name, those that are there."""
    known = known_keys(node for version in versions for node in citation_nodes(version.body))
    return {version.pk: known for version in versions}


def claims_are_cited(version: "Version") -> Iterator[Finding]:
    for claim, sources in claims_of(version):
        if sources:
            continue
        yield Finding(
            "P10",
            Level.BLOCK,
            _("The claim “%(statement)s” has no citation.") % {"statement": claim.statement},
            "JAMA attribution; HON 4 and 5; DISCERN 4",
            text=claim.statement,
            part="claims",
        )


def checked_claims_are_argued(version: "Version") -> Iterator[Finding]:
    cited = {citation.checked_claim_id for citation in citations_of(version)}
    for checked in checked_claims_of(version):
        missing = [
            name
            for name, is_there in (
                (_("a reason"), checked.why.strip()),
                (_("a citation"), checked.pk in cited),
            )
            if not is_there
        ]
        if missing:
            yield Finding(
                "P10",
                Level.BLOCK,
                _("The checked claim “%(quote)s” needs %(missing)s.")
                % {"quote": checked.quote, "missing": get_text_list(missing, _("and"))},
                "JAMA attribution; HON 4 and 5; DISCERN 4",
                text=checked.quote,
                part="checked_claims",
            )


def citations_still_stand(version: "Version") -> Iterator[Finding]:
    for citation in citations_of(version):
        if citation.source.stands:
            continue
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
    why = _("It cites “%(source)s”, which is %(status)s%(note)s.") % {
        "source": source,
        "status": source.get_status_display(),
        "note": note,
    }
    if successor and successor.stands:
        return f"{why} {_('Cite “%(source)s” instead.') % {'source': successor}}"
    return why
