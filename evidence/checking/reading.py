"""What the checks of this room read of a version: its text, claims and citations, each once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from editorial.readings import read_once, read_together
from evidence.language.html_text import Block, Plain, Span, plain_of
from evidence.models import CheckedClaim, Citation, Claim, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from editorial.models import Version


@read_once
def text_of(version: "Version") -> Plain:
    """The body as plain text that knows its blocks, links and citations."""
    return plain_of(version.body)


@read_once
def key_messages_of(version: "Version") -> list[str]:
    return [message.text for message in version.key_messages.all()]


@read_once
@read_together
def citations_of(versions: "Sequence[Version]") -> "Mapping[int, list[Citation]]":
    """Of the body, of claims and of checked claims, each with its source and registrations."""
    cited = Citation.objects.filter(version__in=versions).select_related("source")
    return _by_version(versions, cited.prefetch_related("source__registrations"))


def sources_of(version: "Version") -> list[Source]:
    """Every source it rests on, once, in the order of the citations."""
    return list(
        {citation.source_id: citation.source for citation in citations_of(version)}.values()
    )


@read_once
def claims_of(version: "Version") -> list[tuple[Claim, list[Source]]]:
    """Each claim with the sources it cites."""
    cited: dict[int, list[Source]] = {}
    for citation in citations_of(version):
        if citation.claim_id:
            cited.setdefault(citation.claim_id, []).append(citation.source)
    return [(claim, cited.get(claim.pk, [])) for claim in _claims(version)]


@read_together
def _claims(versions: "Sequence[Version]") -> "Mapping[int, list[Claim]]":
    claims = Claim.objects.filter(version__in=versions)
    return _by_version(versions, claims.select_related("therapy", "disease"))


@read_once
@read_together
def checked_claims_of(versions: "Sequence[Version]") -> "Mapping[int, list[CheckedClaim]]":
    checked = CheckedClaim.objects.filter(version__in=versions)
    return _by_version(versions, checked.select_related("therapy", "disease"))


def _by_version[T: (Citation, Claim, CheckedClaim)](
    versions: "Sequence[Version]", rows: "Iterable[T]"
) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {version.pk: [] for version in versions}
    for row in rows:
        found[row.version_id].append(row)
    return found


# --- sections -------------------------------------------------------------------------------


def section(plain: Plain, part: str) -> Span | None:
    """Where the words below the heading of a part stand; None without it, or without words.

    It ends with the next heading of the second level.
    """
    for position, block in enumerate(plain.blocks):
        if block.sort == "h2" and block.part == part:
            below = list(_until_next(plain, position))
            return Span(below[0].start, below[-1].end) if below else None
    return None


def _until_next(plain: Plain, position: int) -> Iterator[Block]:
    for block in plain.blocks[position + 1 :]:
        if block.sort == "h2":
            return
        yield block


def words_of(plain: Plain, part: str) -> str:
    """The words of a section; empty without it."""
    span = section(plain, part)
    return plain.text[span.start : span.end] if span else ""


def heading_of(plain: Plain, part: str) -> Block | None:
    return next((it for it in plain.blocks if it.sort == "h2" and it.part == part), None)
