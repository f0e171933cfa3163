"""Pages before the public, made in one step: for tests of what readers meet."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from editorial.actions import begin_page
from editorial.models import Page, Tag, Version
from editorial.publishing import publish_exempt
from editorial.states import Kind
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


def live_page(slug: str, *, now: datetime = NOW, **told: Any) -> Version:
    """A live version of a new page. Takes what `begin` and `write` take."""
    begun = {name: told.pop(name) for name in ("kind", "title", "tag") if name in told}
    version = write(begin(slug, **begun), **told)
    # Numbers of changes begin again after each test: the matcher of the last one would seem fresh.
    glossary_rendering._latest = None
    publish_exempt(version, now=now, reason="Written for a test.")
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
