"""What a program can tell of a version when it is rendered: read once, then only looked at."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.template.loader import get_template
from django.utils import timezone

from editorial import readings
from editorial.checking.people import authors_of, has_patient_reading, medical_sign_off_of
from editorial.checking.publication import is_written
from editorial.models import Contributor, SignOff
from editorial.prose import PARTS
from editorial.states import Kind
from evidence.checking.form import what_the_first_words_lack
from evidence.checking.links import leads_to_support
from evidence.checking.reading import text_of, words_of
from evidence.checking.sections import NO_TREATMENT, tells_to_ask_before_stopping
from evidence.checking.sources import was_looked_at, what_hides, what_it_does_not_say
from evidence.models import Claim, Source
from evidence.models.claim import Direction

if TYPE_CHECKING:
    from editorial.models import Version
    from editorial.rendering import Document

# What the page on funding says as long as nobody has written who pays.
NOBODY_PAYS_YET = "names no funder"


@dataclass(frozen=True)
class People:
    """Who wrote and who signed. `is_starter`: nobody wrote in it under their own name."""

    authors: tuple[Contributor, ...] = ()
    is_starter: bool = False
    sign_off: SignOff | None = None
    was_read_by_a_patient: bool = False

    @property
    def all(self) -> tuple[Contributor, ...]:
        reviewers = (self.sign_off.contributor,) if self.sign_off else ()
        return (*self.authors, *reviewers)


@dataclass(frozen=True)
class Sources:
    """How many references there are, and of how many each thing is true."""

    count: int = 0
    hidden: int = 0
    fallen: int = 0
    undescribed: int = 0
    unchecked: int = 0


@dataclass(frozen=True)
class Claims:
    """How many claims there are; how many lack a source, or why we are so sure or unsure."""

    count: int = 0
    uncited: int = 0
    unexplained: int = 0
    effects: int = 0
    harms: int = 0


@dataclass(frozen=True)
class Text:
    """`parts` are the required sections that hold words; `first_words_lack` as check P35."""

    parts: frozenset[str] = frozenset()
    first_words_lack: tuple[str, ...] = ()
    leads_to_support: bool = False
    tells_of_no_treatment: bool = False
    says_not_to_stop: bool = False


@dataclass(frozen=True)
class Site:
    """What the site says of itself, whatever the page."""

    tells_its_process: bool = True
    tells_what_it_keeps: bool = True
    tells_of_adverts: bool = True
    names_who_pays: bool = False
    takes_reports: bool = False
    languages: int = 1


@dataclass(frozen=True)
class Facts:
    kind: str
    today: date
    searched_on: date | None = None
    people: People = People()
    sources: Sources = Sources()
    claims: Claims = Claims()
    text: Text = Text()
    site: Site = Site()


def read(document: "Document") -> Facts:
    """Of a document whose citations are numbered: its claims and sources are there already."""
    version, today = document.version, timezone.localdate()
    with readings.kept():
        return Facts(
            kind=version.page.kind,
            today=today,
            searched_on=version.evidence_searched_on,
            people=_people(version),
            sources=_sources(document.shown["cited"], today),
            claims=_claims(version.claims.all()),
            text=_text(version),
            site=_site(),
        )


def _people(version: "Version") -> People:
    authors = tuple(authors_of(version))
    return People(
        authors=authors,
        is_starter=not authors and not version.wrote.exists(),
        sign_off=medical_sign_off_of(version),
        was_read_by_a_patient=has_patient_reading(version),
    )


def _sources(cited: list[Source], today: date) -> Sources:
    prefetch_related_objects(cited, "registrations")
    checkers = {source.checked_by_id for source in cited} - {None}
    if checkers:
        played = Contributor.objects.filter(user__in=checkers, is_demonstration=True)
        checkers -= set(played.values_list("user", flat=True))
    return Sources(
        count=len(cited),
        hidden=sum(1 for source in cited if what_hides(source)),
        fallen=sum(1 for source in cited if not source.stands),
        undescribed=sum(1 for source in cited if what_it_does_not_say(source)),
        unchecked=sum(
            1
            for source in cited
            if source.checked_by_id not in checkers or not was_looked_at(source, today)
        ),
    )


def _claims(claims) -> Claims:
    listed: list[Claim] = list(claims)
    harms = sum(1 for claim in listed if claim.direction == Direction.HARM)
    return Claims(
        count=len(listed),
        uncited=sum(1 for claim in listed if not claim.citations.all()),
        unexplained=sum(1 for claim in listed if not claim.certainty_reason.strip()),
        effects=len(listed) - harms,
        harms=harms,
    )


def _text(version: "Version") -> Text:
    if version.page.kind == Kind.TERM:
        return Text()
    plain = text_of(version)
    return Text(
        parts=frozenset(part for part in PARTS if words_of(plain, part)),
        first_words_lack=tuple(what_the_first_words_lack(version.summary, plain.text)),
        leads_to_support=not list(leads_to_support(version)),
        tells_of_no_treatment=bool(NO_TREATMENT.search(words_of(plain, "alternatives"))),
        says_not_to_stop=tells_to_ask_before_stopping(plain),
    )


def _site() -> Site:
    return Site(
        tells_its_process=is_written("about/editorial_policy.html"),
        tells_what_it_keeps=is_written("about/privacy.html"),
        tells_of_adverts=is_written("about/funding.html"),
        names_who_pays=names_who_pays("about/funding.html"),
        takes_reports=is_written("about/contact.html"),
        languages=len(settings.LANGUAGES),
    )


@cache
def names_who_pays(template: str) -> bool:
    """Whether whoever runs the site has put a funder in the place of the sentence it came with."""
    if not is_written(template):
        return False
    return NOBODY_PAYS_YET not in get_template(template).template.source  # type: ignore[attr-defined]
