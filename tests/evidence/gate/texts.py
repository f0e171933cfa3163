"""Versions that are never stored, with what the checks would read of them, for the account."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from articles import checks as of_articles
from editorial import readings
from editorial.checking import people
from editorial.models import Contributor, Page, Tag, Version
from editorial.states import Kind
from evidence.checking import links, reading, regulation, wording
from evidence.models import CheckedClaim, Citation, Claim, OutboundLink, RegulatoryStatus, Source
from glossary import checks as of_terms

TODAY = timezone.localdate()
LONG_AGO = TODAY - timedelta(days=400)
DISEASE = Tag(pk=1, name="Lupus", slug="lupus", kind="disease")
THERAPY = Tag(pk=2, name="Own-cell transplant", slug="own-cell-transplant", kind="therapy")


def source(key: str = "a-trial", **told: Any) -> Source:
    """A trial with everything that is asked of a source, in memory alone."""
    registrations = [SimpleNamespace(number=it) for it in told.pop("registrations", [])]
    fields = {
        "pk": abs(hash(key)),
        "kind": "trial",
        "title": f"The trial {key}",
        "doi": "10.1001/jama.2018.18743",
        "design": "randomised_trial",
        "subjects": "human",
        "people": 110,
        "funder": "not stated",
        "checked_on": TODAY,
        "checked_by_id": 1,
    }
    made = Source(key=key, **fields | told)
    made._prefetched_objects_cache = {"registrations": Rows(registrations)}
    return made


class Rows(list):
    def all(self):
        return self


def registration(key: str = "a-register", **told: Any) -> Source:
    fields = {
        "kind": "registration",
        "design": "registry_record",
        "trial_status": "recruiting",
        "trial_status_on": TODAY,
        "registrations": ["NCT04047628"],
    }
    return source(key, **fields | told)


def claim(statement: str = "", **told: Any) -> Claim:
    fields = {
        "pk": abs(hash(statement)) + 1,
        "therapy": THERAPY,
        "disease": DISEASE,
        "outcome": "Lupus getting worse",
        "direction": "benefit",
        "certainty": "not_rated",
        "certainty_reason": "One trial; nobody has rated it.",
        "comparator": "usual care",
        "follow_up": "2 years",
        "events_treated": 3,
        "people_treated": 55,
        "events_compared": 34,
        "people_compared": 55,
    }
    said = statement or "In this one trial, lupus got worse in 3 of 55 and in 34 of 55 people."
    return Claim(statement=said, **fields | told)


HARM = claim(
    "In this one trial, 1 of 55 people died from the treatment.", direction="harm", outcome="Death"
)


def person(name: str = "Ada Example", **told: Any) -> Contributor:
    fields = {
        "pk": abs(hash(name)),
        "role": "Author",
        "credentials": "MSc",
        "specialty": "rheumatology",
        "conflicts": "None declared.",
        "conflicts_declared_on": TODAY,
    }
    return Contributor(name=name, **fields | told)


def status(jurisdiction: str = "US", **told: Any) -> RegulatoryStatus:
    fields = {
        "therapy": THERAPY,
        "status": "not_approved",
        "checked_on": TODAY,
        "checked_by_id": 1,
    }
    return RegulatoryStatus(jurisdiction=jurisdiction, **fields | told)


def found_by(check, **told: Any) -> list:
    """What a check finds in a version of this kind, text and evidence."""
    page = Page(
        kind=told.get("kind", Kind.THERAPY),
        slug="a-page",
        specialty=told.get("specialty", "general"),
        review_months=told.get("review_months", 12),
    )
    version = Version(
        page=page,
        title=told.get("title", "A transplant for lupus"),
        summary=told.get("summary", "For people with lupus: what a transplant can do."),
        body=told.get("body", ""),
        how_made=told.get("how_made", "human"),
        evidence_searched_on=told.get("searched_on", date(2026, 1, 31)),
    )
    with readings.kept(evidence_of(told)):
        return list(check(version))


def evidence_of(told: dict[str, Any]) -> dict:
    rows = [(it, told.get("sources", [])) for it in told.get("claims", [])]
    sources = [*told.get("sources", []), *told.get("more_sources", [])]
    signer = told.get("reviewer")
    document = [("a-post.md", wording.runs_of([it.text for it in wording.words_in(text)]))
                for text in told.get("documents", [])]  # fmt: skip
    return {
        reading.key_messages_of: told.get("key_messages", []),
        reading.citations_of: [
            Citation(pk=at, source=it, source_id=it.pk) for at, it in enumerate(sources)
        ],
        reading.claims_of: rows,
        reading.checked_claims_of: [
            CheckedClaim(quote=quote, why="It was not shown.") for quote in told.get("quotes", [])
        ],
        people.authors_of: told.get("authors", []),
        people.medical_sign_off_of: signer and SimpleNamespace(contributor=signer),
        people.has_patient_reading: told.get("was_read", False),
        links.trusted_hosts: {"nhs.uk": True, "fda.gov": False},
        links.answers_of: {it.url: it for it in told.get("asked", [])},
        regulation.statuses_of: told.get("statuses", []),
        regulation.approved_for_something_else: dict.fromkeys(told.get("products", []), None),
        wording.documents: document,
        of_articles.facts_of: told.get("facts"),
        of_terms.term_facts_of: told.get("term_facts"),
        of_terms.known_terms: frozenset(),
    }


def asked(url: str, *, days_ago: int = 0, works: bool = True) -> OutboundLink:
    at = timezone.now() - timedelta(days=days_ago)
    return OutboundLink(url=url, checked_at=at, works=works, answer="404 Not Found")
