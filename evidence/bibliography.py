"""Sources from references of other programs, and back: what is known of each, and what is new."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext

from editorial import ledger
from editorial.refusals import NotAllowed
from evidence.duplicates import Catalogue, Likeness
from evidence.models import Registration, Source
from evidence.ris import Reference

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

Design, Kind = Source.Design, Source.Kind
OTHERS = ("et al.", "et al", "others", "and others")
KIND_OF_DESIGN = {
    Design.META_ANALYSIS: Kind.REVIEW,
    Design.SYSTEMATIC_REVIEW: Kind.REVIEW,
    Design.NARRATIVE: Kind.REVIEW,
    Design.RANDOMISED_TRIAL: Kind.TRIAL,
    Design.SINGLE_ARM: Kind.TRIAL,
    Design.COMPARATIVE_COHORT: Kind.COHORT,
    Design.COHORT: Kind.COHORT,
    Design.CASE_REPORT: Kind.CASE_REPORT,
    Design.GUIDELINE: Kind.GUIDELINE,
    Design.REGISTRY_RECORD: Kind.REGISTRATION,
    Design.REGULATORY: Kind.REGULATORY,
    Design.INSTRUMENT: Kind.INSTRUMENT,
    Design.SURVEY: Kind.POLICY,
    Design.WEB_TEXT: Kind.WEB_TEXT,
}
LANGUAGES = {
    "eng": "en", "english": "en", "ger": "de", "deu": "de", "german": "de", "fre": "fr",
    "fra": "fr", "french": "fr", "spa": "es", "spanish": "es", "ita": "it", "italian": "it",
    "por": "pt", "portuguese": "pt", "chi": "zh", "zho": "zh", "chinese": "zh", "jpn": "ja",
    "japanese": "ja", "dut": "nl", "nld": "nl", "dutch": "nl", "pol": "pl", "polish": "pl",
}  # fmt: skip
VOLUME = re.compile(r"(\w+)(?:\(([^()]+)\))?(?::(\w+)(?:-(\w+))?)?")


@dataclass(frozen=True)
class Candidate:
    """A reference as the source it would become, and what may be the same already.

    `why_not` says why it cannot be brought in at all; empty where it can.
    """

    reference: Reference
    source: Source
    likenesses: Sequence[Likeness] = ()
    why_not: str = ""

    @property
    def is_there(self) -> bool:
        return any(likeness.is_same for likeness in self.likenesses)

    @property
    def is_doubtful(self) -> bool:
        return bool(self.likenesses) and not self.is_there and not self.why_not

    @property
    def is_new(self) -> bool:
        return not self.likenesses and not self.why_not


def candidates(references: Iterable[Reference], *, kind: str) -> list[Candidate]:
    """Each reference compared with what is there, and with those before it in the same file.

    `kind` is what a reference counts as whose design the file does not tell.
    """
    catalogue = Catalogue()
    keys = set(Source.objects.values_list("key", flat=True))
    found = []
    for reference in references:
        source = source_of(reference, kind=kind)
        likenesses = catalogue.like(source, reference.registrations)
        source.key = _free_key(reference, source, keys)
        why_not = _why_not(source)
        found.append(Candidate(reference, source, likenesses, why_not))
        if not why_not:
            keys.add(source.key)
            catalogue.add(source, reference.registrations)
    return found


@transaction.atomic
def bring_in(wanted: Iterable[Candidate], *, by: "Person", now: datetime) -> list[Source]:
    """Write these as sources that nobody has checked yet; one that is there by now is left out."""
    if not by.has_perm("evidence.add_source"):
        raise NotAllowed(gettext("Only an editor can add sources."))
    written = []
    for candidate in wanted:
        if candidate.why_not or candidate.is_there:
            continue
        try:
            with transaction.atomic():
                candidate.source.save(force_insert=True)
        except IntegrityError:
            continue  # Somebody else was faster with the same number.
        Registration.objects.bulk_create(
            Registration(source=candidate.source, number=number)
            for number in candidate.reference.registrations
        )
        written.append(candidate.source)
    if written:
        keys = ", ".join(source.key for source in written)
        ledger.move_stamp()
        ledger.record("brought in sources", by=by, now=now, comment=f"{len(written)}: {keys}")
    return written


# --- a reference as a source ----------------------------------------------------------------


def source_of(reference: Reference, *, kind: str = Kind.TRIAL) -> Source:
    """The source that a reference describes, not saved and without a key."""
    design = _design(reference.design)
    return Source(
        kind=KIND_OF_DESIGN.get(design, kind),
        title=reference.title,
        authors=_authors(reference.authors),
        publisher=reference.journal,
        year=reference.year,
        published_on=reference.published_on,
        citation=_citation(reference),
        language=_language(reference.language),
        doi=reference.doi,
        pmid=reference.pmid,
        pmcid=reference.pmcid,
        url=reference.url,
        design=design,
    )


def _design(text: str) -> Source.Design:
    """The design whose name the file tells in our words; otherwise a person must look."""
    names = {str(label).lower(): Design(value) for value, label in Design.choices}
    return names.get(text.lower(), Design.UNKNOWN)


def _authors(authors: Sequence[str]) -> str:
    """“Burt RK”, “Burt RK, Nash RA” or “Burt RK and others”."""
    named = [_author(author) for author in authors if author.lower() not in OTHERS]
    if len(named) > 2 or len(named) < len(authors):
        return f"{named[0]} and others" if named else ""
    return ", ".join(named)


def _author(name: str) -> str:
    """“Burt, Richard K.” → “Burt RK”; the name of a group stays as it is."""
    family, comma, given = name.partition(",")
    if not comma:
        return name
    given = given.strip().rstrip(",")
    if given.replace(".", "").isupper() and len(given.replace(".", "")) <= 4:
        return f"{family} {given.replace('.', '')}"
    return f"{family} {''.join(part[0] for part in re.split(r'[\s.-]+', given) if part)}".strip()


def _citation(reference: Reference) -> str:
    issue = f"({reference.issue})" if reference.issue else ""
    pages = "-".join(page for page in (reference.first_page, reference.last_page) if page)
    volume = f"{reference.volume}{issue}"
    return f"{volume}:{pages}" if volume and pages else volume or pages


def _language(text: str) -> str:
    plain = text.strip().lower()
    if re.fullmatch(r"[a-z]{2}([-_][a-z]{2})?", plain):
        return plain[:2]
    return LANGUAGES.get(plain, "en")


def _free_key(reference: Reference, source: Source, taken: set[str]) -> str:
    """The key that the file tells, or one of name, year and title; numbered where it is taken."""
    if reference.key and reference.key not in taken:
        return reference.key
    family = source.authors.replace(",", " ").split(" ")[0]
    words = slugify(source.title).split("-")[:4]
    parts = (slugify(family), str(source.year or ""), *words)
    wanted = "-".join(part for part in parts if part)[:90].strip("-") or "source"
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _why_not(source: Source) -> str:
    try:
        source.clean_fields()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        return f"{capfirst(name.replace('_', ' '))}: {messages[0]}"
    return ""


# --- a source as a reference ------------------------------------------------------------------


def reference_of(source: Source) -> Reference:
    """What a RIS file can hold of a source; its registrations are best fetched beforehand."""
    volume, issue, first_page, last_page = _parts_of(source.citation)
    return Reference(
        title=source.title,
        type=_type(source),
        design="" if source.design == Design.UNKNOWN else source.get_design_display(),
        authors=_author_lines(source.authors),
        journal=source.publisher,
        year=source.year,
        published_on=source.published_on,
        volume=volume,
        issue=issue,
        first_page=first_page,
        last_page=last_page,
        doi=source.doi,
        pmid=source.pmid,
        pmcid=source.pmcid,
        url=source.url,
        language=source.language,
        key=source.key,
        registrations=tuple(row.number for row in source.registrations.all()),
    )


def _type(source: Source) -> str:
    if source.kind in (Kind.REGULATORY, Kind.INSTRUMENT) and not source.doi:
        return "RPRT"
    return "JOUR" if source.doi or source.pmid or source.citation else "ELEC"


def _author_lines(authors: str) -> tuple[str, ...]:
    first, others, _ = authors.partition(" and others")
    named = tuple(name.strip() for name in first.split(",") if name.strip())
    return (*named, "et al.") if others else named


def _parts_of(citation: str) -> tuple[str, str, str, str]:
    """Volume, issue, first and last page; what is written otherwise stands as the volume."""
    if match := VOLUME.fullmatch(citation):
        volume, issue, first, last = (part or "" for part in match.groups())
        return volume, issue, first, last
    return citation, "", "", ""
