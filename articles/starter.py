"""The starter content in the database: adds what is missing, changes nothing that is there.

No clinician has read it, and the project invents none: each page goes live with a recorded
exemption, says so, and loses it with the first edit.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, groupby
from typing import Any, Self

from django.db import transaction

from articles.starter_files import STARTER, BadStarterFile, StarterPage, read_tables, starter_pages
from editorial.filling import Filling, NewPage, begin_pages, publish_begun
from editorial.models import Page, Tag, TagSynonym, Version
from editorial.rendering import hold_page_ids
from editorial.states import HowMade, Kind
from evidence.models import DocumentText, Registration, RegulatoryStatus, Source, TrustedSite

REASON = (
    "Starter content: written from published sources to show what the site can do. "
    "No clinician has read it yet."
)
# A batch is one transaction, and so the time for which others wait to write.
AT_A_TIME = 25
Progress = Callable[[Iterable[Any], str], Iterator[Any]]


def load_starter(*, now: datetime, progress: Progress) -> Counter:
    """Load everything; returns how much of each was added. A second run adds nothing."""
    added: Counter = Counter()
    pages = starter_pages(written_pages())
    added["tags"] = load_tags()
    sources = read_tables(STARTER / "sources", "source")
    added["sources"] = load_sources(sources, Known.read())
    added["statuses"] = load_statuses(Known.read())
    added["trusted sites"] = load_trusted_sites()
    begin(pages, Known.read(), now=now)
    known = Known.read()
    for batch in progress(in_batches(pages), "Pages"):
        publish(batch, known, now=now)
    added["pages"] = len(pages)
    return added


# --- vocabulary and sources -----------------------------------------------------------------


@transaction.atomic
def load_tags() -> int:
    """Known by their slug: what an editor changed in one stays as it is."""
    there = set(Tag.objects.values_list("slug", flat=True))
    told = [row for row in read_tables(STARTER / "tags.toml", "tag") if row["slug"] not in there]
    Tag.objects.bulk_create(
        Tag(slug=row["slug"], name=row["name"], kind=row["kind"]) for row in told
    )
    known = Known.read()
    TagSynonym.objects.bulk_create(
        TagSynonym(tag_id=known.tag(row["slug"]), name=name)
        for row in told
        for name in row.get("synonyms", [])
    )
    for row in told:
        if parent := row.get("parent"):
            Tag.objects.filter(slug=row["slug"]).update(parent=known.tag(parent))
    return len(told)


@transaction.atomic
def load_sources(rows: Iterable[dict[str, Any]], known: "Known") -> int:
    """Those whose keys are not there yet, with their tags, registrations and hashes."""
    told = [row for row in rows if row["key"] not in known.sources]
    sources = Source.objects.bulk_create(_source(row) for row in told)
    both = list(zip(sources, told, strict=True))
    carried = Source.tags.through
    carried.objects.bulk_create(
        carried(source=source, tag_id=known.tag(slug))
        for source, row in both
        for slug in dict.fromkeys(row.get("tags", []))
    )
    Registration.objects.bulk_create(
        Registration(source=source, number=number)
        for source, row in both
        for number in row.get("registrations", [])
    )
    DocumentText.objects.bulk_create(
        DocumentText(source=source, sha256=row["sha256"], file_name=row["file_name"])
        for source, row in both
        if row.get("sha256")
    )
    return len(told)


# In rows of their own, or under another name in the file than in the database.
APART = frozenset(
    {"tags", "registrations", "seen_at", "not_seen", "private", "sha256", "file_name"}
)


def _source(told: dict[str, Any]) -> Source:
    return Source(
        **{name: value for name, value in told.items() if name not in APART},
        where_seen="\n".join(told.get("seen_at", [])),
        not_seen=", ".join(told.get("not_seen", [])),
        is_private=told.get("private", False),
    )


@transaction.atomic
def load_statuses(known: "Known") -> int:
    """Known by what they are about: what an editor changed in one stays as it is."""
    about = ("therapy_id", "disease_id", "jurisdiction", "product")
    there = set(RegulatoryStatus.objects.values_list(*about))
    new: dict[tuple, RegulatoryStatus] = {}
    for told in read_tables(STARTER / "regulatory.toml", "status"):
        disease = told.get("disease")
        status = RegulatoryStatus(
            therapy_id=known.tag(told["therapy"]),
            disease_id=known.tag(disease) if disease else None,
            jurisdiction=told["jurisdiction"],
            product=told.get("product", ""),
            status=told["status"],
            note=told.get("note", ""),
            decided_on=told.get("decided_on"),
            source_id=known.source(told["source"]),
        )
        place = tuple(getattr(status, name) for name in about)
        if place not in there:
            new.setdefault(place, status)
    return len(RegulatoryStatus.objects.bulk_create(new.values()))


@transaction.atomic
def load_trusted_sites() -> int:
    """Known by their host: what an editor changed in one stays as it is."""
    there = set(TrustedSite.objects.values_list("host", flat=True))
    told = read_tables(STARTER / "trusted_sites.toml", "site")
    new = [TrustedSite(**row) for row in told if row["host"] not in there]
    return len(TrustedSite.objects.bulk_create(new))


def written_pages() -> set[tuple[str, str]]:
    """(kind, slug) of every page that has had a text, whosever it was."""
    untouched = Version.objects.untouched()
    written = Version.objects.filter(number=1).exclude(pk__in=untouched)
    return set(written.values_list("page__kind", "page__slug"))


# --- pages ------------------------------------------------------------------------------------


def begin(pages: Iterable[StarterPage], known: "Known", *, now: datetime) -> None:
    """The pages that are not there, with empty drafts: links between pages hold their ids."""
    there = set(Page.objects.values_list("kind", "slug"))
    new = [page for page in pages if (page.kind, page.slug) not in there]
    begin_pages([_new_page(page, known) for page in new], now=now)


def _new_page(page: StarterPage, known: "Known") -> NewPage:
    identity = {
        "specialty": page.told.get("specialty", "general"),
        "review_months": page.told.get("review_months", 36),
    }
    if page.kind in (Kind.DISEASE, Kind.THERAPY):
        identity["tag_id"] = known.tag(page.slug)
    return NewPage(page.kind, page.slug, page.told["title"], identity)


def in_batches(pages: Iterable[StarterPage]) -> list[tuple[StarterPage, ...]]:
    """Of one kind each: texts are linked to the terms of the batches before."""
    return [
        batch
        for _, of_one_kind in groupby(pages, key=lambda page: page.kind)
        for batch in batched(of_one_kind, AT_A_TIME)
    ]


@dataclass(frozen=True)
class Known:
    """The ids of what rows point to: read once, where each row would ask again."""

    tags: dict[str, int]
    sources: dict[str, int]
    terms: dict[str, int]

    @classmethod
    def read(cls) -> Self:
        terms = Page.objects.filter(kind=Kind.TERM)
        return cls(
            tags=dict(Tag.objects.values_list("slug", "pk")),
            sources=dict(Source.objects.values_list("key", "pk")),
            terms=dict(terms.values_list("slug", "pk")),
        )

    def tag(self, slug: str) -> int:
        return self._id(self.tags, slug, f"There is no tag {slug!r} in tags.toml.")

    def source(self, key: str) -> int:
        return self._id(self.sources, key, f"There is no source {key!r}, yet a page names it.")

    def term(self, slug: str) -> int:
        return self._id(self.terms, slug, f"There is no term {slug!r}, yet another one names it.")

    def _id(self, ids: dict[str, int], name: str, complaint: str) -> int:
        try:
            return ids[name]
        except KeyError:
            raise BadStarterFile(complaint) from None


def publish(pages: Iterable[StarterPage], known: Known, *, now: datetime) -> None:
    """Write the texts of pages that were begun, and go live, all of them or none."""
    begun = Version.objects.untouched().select_related("page")
    drafts = {(draft.page.kind, draft.page.slug): draft for draft in begun}
    publish_begun(
        {drafts[page.kind, page.slug]: _filling(page, known) for page in pages},
        now=now,
        reason=REASON,
    )


def _filling(page: StarterPage, known: Known) -> Filling:
    text = {
        "title": page.told["title"],
        "summary": page.told["summary"],
        "body": hold_page_ids(page.body),
        "how_made": HowMade.AI_ASSISTED,
        "evidence_searched_on": page.told.get("evidence_searched_on"),
    }
    return Filling(text, part_rows(page, known))


def part_rows(page: StarterPage, known: Known) -> dict[str, list[dict]]:
    """The rows that belong to the page's version, by the name of their part."""
    told = page.told
    facts = told.get("facts", {})
    parts = {
        "also_called": [{"name": name} for name in told.get("also_called", [])],
        "key_messages": [{"text": text} for text in told.get("key_messages", [])],
        "tags": [{"tag_id": known.tag(slug)} for slug in told.get("tags", [])],
        "claims": [_claim(row, known) for row in told.get("claims", [])],
        "checked_claims": [_checked_claim(row, known) for row in told.get("checked_claims", [])],
    }
    if page.kind == Kind.ARTICLE:
        document = facts.get("document")
        parts["article_facts"] = [
            {
                "question": facts.get("question", ""),
                "bottom_line": facts.get("bottom_line", ""),
                "document_id": known.source(document) if document else None,
            }
        ]
    elif page.kind == Kind.DISEASE:
        parts["disease_facts"] = [{"is_autoimmune": facts.get("is_autoimmune", True)}]
        parts["codes"] = facts.get("codes", [])
    elif page.kind == Kind.THERAPY:
        parts["therapy_facts"] = [
            {name: facts.get(name, "") for name in ("status", "status_note", "cells")}
        ]
    else:
        parts |= _term_parts(told, known)
    return parts


def _term_parts(told: dict[str, Any], known: Known) -> dict[str, list[dict]]:
    names = ("abbreviation", "say_it_like", "why_it_matters", "example", "often_misused")
    return {
        "term_facts": [{name: told.get(name, "") for name in names}],
        "distinctions": [
            {"other_id": known.term(row["term"]), "difference": row["difference"]}
            for row in told.get("not_same_as", [])
        ],
    }


CLAIM_DEFAULTS: dict[str, Any] = {
    "outcome": "",
    "outcome_kind": "disease",
    "certainty": "not_rated",
    "certainty_reason": "",
    "certainty_by_id": None,
    "comparator": "",
    "follow_up": "",
    "events_treated": None,
    "people_treated": None,
    "events_compared": None,
    "people_compared": None,
}


def _claim(told: dict[str, Any], known: Known) -> dict[str, Any]:
    row = CLAIM_DEFAULTS | told
    row["therapy_id"] = known.tag(row.pop("therapy"))
    row["disease_id"] = known.tag(row.pop("disease"))
    row["citations"] = _citations(told)
    return row


def _checked_claim(told: dict[str, Any], known: Known) -> dict[str, Any]:
    therapy, disease = told.get("therapy"), told.get("disease")
    return {
        "quote": told["quote"],
        "source_id": known.source(told["document"]),
        "verdict": told["verdict"],
        "why": told["why"],
        "therapy_id": known.tag(therapy) if therapy else None,
        "disease_id": known.tag(disease) if disease else None,
        "citations": _citations(told),
    }


def _citations(told: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"source": row["source"], "place": row.get("place", "")}
        for row in told.get("citations", [])
    ]
