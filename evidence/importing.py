"""Reading documents in: a file becomes a private source and a draft article, or nothing at all.

The source keeps the text, which is somebody else's; the draft holds the headings, the tags found
and a skeleton of claims to check, and is to be written in our own words.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from editorial import faults, ledger
from editorial.actions import begin_page
from editorial.models import AlsoCalled, Page, Tag, Version
from editorial.states import Kind
from editorial.timing import timed
from evidence.documents.assertions import Assertion, sentences_that_assert
from evidence.documents.document import Document, Unreadable
from evidence.documents.reading import read_document
from evidence.documents.vocabulary import Vocabulary
from evidence.models import DocumentText, Source
from evidence.models.claim import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

WORDS_QUOTED = 12
CLAIMS_SKETCHED = 20


@dataclass(frozen=True)
class Imported:
    """What became of one file. `status` is created, exists or failed; `reason` says why."""

    path: str
    status: str
    reason: str = ""
    source: str = ""
    article: str = ""
    title: str = ""
    tags: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        return asdict(self)


class Words:
    """The site's tags and terms, read once for a whole import."""

    def __init__(self) -> None:
        tags = Tag.objects.current().filter(kind__in=[Tag.Kind.DISEASE, Tag.Kind.THERAPY])
        self.tags = Vocabulary(
            {
                tag.slug: [tag.name, *(synonym.name for synonym in tag.synonyms.all())]
                for tag in tags.prefetch_related("synonyms")
            }
        )
        terms = Version.objects.live().of_kind(Kind.TERM)
        names: dict[str, list[str]] = {}
        for slug, title in terms.values_list("page__slug", "title"):
            names[slug] = [title]
        called = AlsoCalled.objects.filter(version__in=terms)
        for slug, name in called.values_list("version__page__slug", "name"):
            names[slug].append(name)
        self.terms = Vocabulary(names)


@timed("import", outcome=lambda imported: imported.status)
def import_file(
    path: Path, *, by: "Person | None", now: datetime, words: Words, dry_run: bool = False
) -> Imported:
    """Read one file in, wholly or not at all. A file that cannot be read is told, not raised."""
    try:
        document = read_document(path)
    except Unreadable as unreadable:
        return Imported(str(path), "failed", reason=unreadable.reason)
    tags = sorted(words.tags.find(document.text))
    known = _known(document)
    if known and known.text:
        return _exists(path, known)
    if dry_run:
        return Imported(
            str(path),
            "created",
            reason="Would be read in: nothing was written.",
            title=document.title,
            tags=tags,
            warnings=list(document.warnings),
        )
    try:
        source, page = _write(document, tags, by=by, now=now, words=words)
    except IntegrityError:
        # Somebody else was faster: with the same bytes, or with another text of the same title,
        # whose address is taken by now.
        known = _known(document)
        if known and known.text:
            return _exists(path, known)
        source, page = _write(document, tags, by=by, now=now, words=words)
    return Imported(
        str(path),
        "created",
        source=source.key,
        article=page.slug,
        title=document.title,
        tags=tags,
        warnings=list(document.warnings),
    )


def _known(document: Document) -> DocumentText | None:
    found = DocumentText.objects.filter(sha256=document.sha256)
    return found.select_related("source", "article").first()


def _exists(path: Path, known: DocumentText) -> Imported:
    return Imported(
        str(path),
        "exists",
        reason=f"These bytes were read in before, as {known.file_name}.",
        source=known.source.key,
        article=known.article.slug if known.article else "",
        title=known.source.title,
    )


@transaction.atomic
def _write(
    document: Document, tags: list[str], *, by: "Person | None", now: datetime, words: Words
) -> tuple[Source, Page]:
    assertions = sentences_that_assert(document.text)
    faults.point("import.read")
    source = _source(document, tags)
    faults.point("import.source")
    page = _draft(document, source, tags, assertions, by=by, now=now)
    faults.point("import.draft")
    DocumentText.objects.update_or_create(
        source=source,
        defaults={
            "sha256": document.sha256,
            "file_name": document.file_name,
            "media_type": document.media_type,
            "text": document.text,
            "warnings": "\n".join(document.warnings),
            "assertions": [assertion._asdict() for assertion in assertions],
            "terms": sorted(words.terms.find(document.text)),
            "article": page,
            "read_at": now,
        },
    )
    faults.point("import.text")
    ledger.record("read document", by=by, now=now, page=page, comment=source.key)
    faults.point("import.recorded")
    transaction.on_commit(lambda: faults.point("import.committed"))
    return source, page


def _source(document: Document, tags: list[str]) -> Source:
    """The source of these bytes: one that waits for its text, or a new one."""
    waiting = Source.objects.filter(document__sha256=document.sha256).first()
    if waiting:
        return waiting
    source = Source.objects.create(
        key=_key(document),
        kind=Source.Kind.WEB_TEXT,
        title=document.title,
        publisher=document.publisher,
        commercial_interest=document.commercial_interest[:300],
        language=document.language or "en",
        design=Source.Design.WEB_TEXT,
        subjects=Source.Subjects.NOT_APPLICABLE,
        verification=Source.Verification.VERIFIED,
        is_private=True,
    )
    source.tags.set(Tag.objects.filter(slug__in=tags))
    return source


def _key(document: Document) -> str:
    """Title and hash: two texts may share a title, but not their bytes."""
    title = slugify(document.title)[:60].strip("-") or "untitled"
    return f"document-{title}-{document.sha256[:6]}"


def _draft(
    document: Document,
    source: Source,
    tags: list[str],
    assertions: list[Assertion],
    *,
    by: "Person | None",
    now: datetime,
) -> Page:
    version = begin_page(
        kind=Kind.ARTICLE,
        slug=_free_slug(document.title),
        title=document.title[:200],
        by=by,
        now=now,
    )
    tag_ids = Tag.objects.filter(slug__in=tags).order_by("pk").values_list("pk", flat=True)
    version.rewrite(
        by=by,
        now=now,
        text={"body": _headings(document)},
        parts={
            "tags": [{"tag_id": pk} for pk in tag_ids],
            "checked_claims": [_sketch(assertion, source) for assertion in _strongest(assertions)],
        },
    )
    return version.page


def _headings(document: Document) -> str:
    return "".join(
        f"<{block.kind}>{escape(block.text)}</{block.kind}>"
        for block in document.blocks
        if block.kind in ("h2", "h3")
    )


def _strongest(assertions: list[Assertion]) -> Iterable[Assertion]:
    """Those that claim most at once, in the order of the text."""
    ranked = sorted(assertions, key=lambda assertion: -assertion.why.count(";"))
    return sorted(ranked[:CLAIMS_SKETCHED], key=lambda assertion: assertion.start)


def _sketch(assertion: Assertion, source: Source) -> dict:
    """A claim to check: its first words, and neither verdict nor reason yet."""
    quote = " ".join(assertion.sentence.split()[:WORDS_QUOTED])
    return {
        "quote": quote[:200],
        "source_id": source.pk,
        "verdict": Verdict.UNPROVEN,
        "why": "",
        "therapy_id": None,
        "disease_id": None,
        "citations": [],
    }


def _free_slug(title: str) -> str:
    base = slugify(title)[:80].strip("-") or "untitled"
    taken = set(
        Page.objects.filter(kind=Kind.ARTICLE, slug__startswith=base).values_list("slug", flat=True)
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
