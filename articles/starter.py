"""The starter content in the database: adds what is missing, changes nothing that is there.

No clinician has read it, and the project invents none: each page goes live with a recorded
exemption, says so, and loses it with the first edit.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import transaction

from articles.starter_files import STARTER, BadStarterFile, StarterPage, read_tables, starter_pages
from editorial.actions import begin_page
from editorial.models import Page, Tag, TagSynonym, Version
from editorial.publishing import publish_exempt
from editorial.rendering import hold_page_ids
from editorial.states import HowMade, Kind, State
from evidence.models import DocumentText, Registration, RegulatoryStatus, Source, TrustedSite

REASON = (
    "Starter content: written from published sources to show what the site can do. "
    "No clinician has read it yet."
)
Progress = Callable[[Iterable[Any], str], Iterator[Any]]


def load_starter(*, now: datetime, progress: Progress) -> Counter:
    """Load everything; returns how much of each was added. A second run adds nothing."""
    added: Counter = Counter()
    pages = starter_pages(written_pages())
    added["tags"] = load_tags()
    there = set(Source.objects.values_list("key", flat=True))
    told = [row for row in read_tables(STARTER / "sources", "source") if row["key"] not in there]
    for row in progress(told, "Sources"):
        load_source(row)
    added["sources"] = len(told)
    added["statuses"] = load_statuses()
    added["trusted sites"] = load_trusted_sites()
    with transaction.atomic():
        for page in pages:
            begin(page, now=now)
    known = Known.read()
    for page in progress(pages, "Pages"):
        fill_and_publish(page, known, now=now)
    added["pages"] = len(pages)
    return added


# --- vocabulary and sources -----------------------------------------------------------------


@transaction.atomic
def load_tags() -> int:
    added = 0
    told = read_tables(STARTER / "tags.toml", "tag")
    for row in told:
        tag, is_new = Tag.objects.get_or_create(
            slug=row["slug"], defaults={"name": row["name"], "kind": row["kind"]}
        )
        if is_new:
            added += 1
            if parent := row.get("parent"):
                tag.parent = Tag.objects.get(slug=parent)
                tag.save(update_fields=["parent"])
            TagSynonym.objects.bulk_create(
                TagSynonym(tag=tag, name=name) for name in row.get("synonyms", [])
            )
    return added


@transaction.atomic
def load_source(told: dict[str, Any]) -> None:
    plain = {
        name: value
        for name, value in told.items()
        if name
        not in ("tags", "registrations", "seen_at", "not_seen", "private", "sha256", "file_name")
    }
    source = Source.objects.create(
        **plain,
        where_seen="\n".join(told.get("seen_at", [])),
        not_seen=", ".join(told.get("not_seen", [])),
        is_private=told.get("private", False),
    )
    source.tags.set(_tags(told.get("tags", [])))
    Registration.objects.bulk_create(
        Registration(source=source, number=number) for number in told.get("registrations", [])
    )
    if sha256 := told.get("sha256"):
        DocumentText.objects.create(source=source, sha256=sha256, file_name=told["file_name"])


@transaction.atomic
def load_statuses() -> int:
    added = 0
    for told in read_tables(STARTER / "regulatory.toml", "status"):
        disease = told.get("disease")
        _, is_new = RegulatoryStatus.objects.get_or_create(
            therapy=_tag(told["therapy"]),
            disease=_tag(disease) if disease else None,
            jurisdiction=told["jurisdiction"],
            product=told.get("product", ""),
            defaults={
                "status": told["status"],
                "note": told.get("note", ""),
                "decided_on": told.get("decided_on"),
                "source": Source.objects.get(key=told["source"]),
            },
        )
        added += is_new
    return added


@transaction.atomic
def load_trusted_sites() -> int:
    """Known by their host: what an editor changed in one stays as it is."""
    told = read_tables(STARTER / "trusted_sites.toml", "site")
    made = [TrustedSite.objects.get_or_create(host=row["host"], defaults=row) for row in told]
    return sum(is_new for _, is_new in made)


def _tag(slug: str) -> Tag:
    try:
        return Tag.objects.get(slug=slug)
    except Tag.DoesNotExist:
        raise BadStarterFile(f"There is no tag {slug!r} in tags.toml.") from None


def _tags(slugs: Iterable[str]) -> list[Tag]:
    return [_tag(slug) for slug in slugs]


def written_pages() -> set[tuple[str, str]]:
    """(kind, slug) of every page that has had a text, whosever it was."""
    first = Version.objects.filter(number=1)
    unwritten = first.filter(state=State.DRAFT, summary="", page__owner__isnull=True)
    return set(first.exclude(pk__in=unwritten).values_list("page__kind", "page__slug"))


# --- pages ------------------------------------------------------------------------------------


def begin(page: StarterPage, *, now: datetime) -> None:
    """The page and its empty draft, so that links between pages can hold ids."""
    if Page.objects.filter(kind=page.kind, slug=page.slug).exists():
        return
    identity = {
        "specialty": page.told.get("specialty", "general"),
        "review_months": page.told.get("review_months", 36),
    }
    if page.kind in (Kind.DISEASE, Kind.THERAPY):
        identity["tag"] = _tag(page.slug)
    begin_page(
        kind=page.kind,
        slug=page.slug,
        title=page.told["title"],
        by=None,
        now=now,
        identity=identity,
    )


@dataclass(frozen=True)
class Known:
    """The ids of what a page's rows point to: read once, where each row would ask again."""

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


@transaction.atomic
def fill_and_publish(page: StarterPage, known: Known, *, now: datetime) -> None:
    """Write the text of a page that was begun, and go live, or neither."""
    version = Version.objects.select_related("page").get(
        page__kind=page.kind, page__slug=page.slug, number=1
    )
    version.rewrite(
        by=None,
        now=now,
        text={
            "title": page.told["title"],
            "summary": page.told["summary"],
            "body": hold_page_ids(page.body),
            "how_made": HowMade.AI_ASSISTED,
            "evidence_searched_on": page.told.get("evidence_searched_on"),
        },
        parts=part_rows(page, known),
    )
    publish_exempt(version, now=now, reason=REASON)


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
