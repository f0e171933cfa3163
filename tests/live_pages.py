"""Pages before the public, made in one step: for tests of what readers meet."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from editorial.actions import begin_page
from editorial.ledger import note_change
from editorial.models import Exemption, Page, Tag, Version
from editorial.parts import content_hash, derive_parts, parts_of
from editorial.publishing import publish_exempt, store_rendering
from editorial.rendering import render
from editorial.sanitising import clean_html
from editorial.states import Kind, State
from glossary import rendering as glossary_rendering

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY_MESSAGES = ("It helps some people.", "It can harm.", "Much is not known.")


def begin(slug: str, *, kind: Kind = Kind.ARTICLE, title: str = "", tag: Tag | None = None):
    """A page with its empty draft."""
    return begin_page(
        kind=kind,
        slug=slug,
        title=title or slug.replace("-", " ").capitalize(),
        by=None,
        now=NOW,
        identity={"tag": tag} if tag else None,
    )


def write(
    version: Version,
    *,
    summary: str = "What is known, and what is not.",
    body: str = "<h2>What it is</h2><p>Some plain words.</p>",
    tags: Sequence[Tag] = (),
    parts: dict[str, list[dict]] | None = None,
) -> Version:
    version.rewrite(
        by=None,
        now=NOW,
        text={"summary": summary, "body": body, "evidence_searched_on": date(2026, 1, 31)},
        parts={
            "key_messages": [{"text": text} for text in KEY_MESSAGES],
            "tags": [{"tag_id": tag.pk} for tag in tags],
            **(parts or {}),
        },
    )
    return version


def published(slug: str, **told: Any) -> Version:
    """A page that went live by the verbs, and so passed its checks. Takes what `write` takes."""
    version = write(begin(slug), **told)
    publish_exempt(version, now=NOW, reason="Written for a test.")
    return version


def live_page(
    slug: str,
    *,
    now: datetime = NOW,
    kind: Kind = Kind.ARTICLE,
    title: str = "",
    tag: Tag | None = None,
    summary: str = "What is known, and what is not.",
    body: str = "<h2>What it is</h2><p>Some plain words.</p>",
    tags: Sequence[Tag] = (),
    parts: dict[str, list[dict]] | None = None,
) -> Version:
    """A live version of a new page, by exemption, as the guards want it.

    Put into the tables directly, a third of the queries of the verbs: lists need many pages, and
    the verbs have tests of their own.
    """
    page = Page.objects.create(kind=kind, slug=slug, tag=tag, created_at=NOW)
    version = Version.objects.create(
        page=page,
        number=1,
        title=title or slug.replace("-", " ").capitalize(),
        summary=summary,
        body=clean_html(body),
        evidence_searched_on=date(2026, 1, 31),
        created_at=NOW,
        edited_at=NOW,
    )
    rows = {
        "key_messages": [{"text": text} for text in KEY_MESSAGES],
        "tags": [{"tag_id": tag.pk} for tag in tags],
        **(parts or {}),
    }
    for part in parts_of(version):
        if rows.get(part.name):
            part.write(version, rows[part.name])
    derive_parts(version)
    version.content_hash = content_hash(version)
    version.save(update_fields=["content_hash"])
    Exemption.objects.create(
        version=version,
        content_hash=version.content_hash,
        reason="Written for a test.",
        recorded_at=now,
    )
    # Numbers of changes begin again after each test: the matcher of the last one would seem fresh.
    glossary_rendering._latest = None
    store_rendering(version, render(version), now=now)
    version.state, version.published_at = State.LIVE, now
    version.save(update_fields=["state", "published_at"])
    note_change(page, version.pk, now=now)
    return version


def live_term(slug: str, *, names: Sequence[str] = (), meaning: str = "A word.", **told: Any):
    """A live glossary term with its also-called names."""
    return live_page(
        slug,
        kind=Kind.TERM,
        summary=meaning,
        body=told.pop("body", ""),
        parts={
            "key_messages": [],
            "also_called": [{"name": name} for name in names],
            **told.pop("parts", {}),
        },
        **told,
    )


def move_to(page: Page, slug: str) -> None:
    Page.objects.filter(pk=page.pk).update(slug=slug)
