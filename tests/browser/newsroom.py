"""A newsroom full of work: the screens of pages and versions, and how one comes to each.

Titles, addresses and comments are as long as they may be.
"""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial import sharing
from editorial.actions import begin_page
from editorial.models import Comment, Notice, Page, Tag, Version
from editorial.states import Role, State
from evidence.models import Source
from tests.conftest import KEY_MESSAGES, move, sign

WORDS = ("What a transplant can do in relapsing disease, and what it cannot; " * 3)[:200]
ONE_WORD = "Immunoablation" * 14 + "Long"
BODY = (
    "<h2>What it is</h2><p>Doctors give back a person’s own <strong>stem cells</strong>.</p>"
    f"<h3>Where</h3><ul><li>In a hospital</li><li>{ONE_WORD}</li></ul>"
    "<table><thead><tr><th>Trial</th><th>Country</th><th>People</th><th>Relapses</th>"
    "<th>Follow-up</th><th>Deaths</th></tr></thead><tbody><tr><td>MIST-and-its-extension</td>"
    "<td>United States of America</td><td>110</td><td>2 of 52 against 30 of 53</td>"
    "<td>24 months (median)</td><td>none of them</td></tr></tbody></table>"
    f'<p>See <a href="https://example.org/{"a" * 90}">https://example.org/{"a" * 90}</a>.</p>'
)


def written(slug, *, title, by, now) -> Version:
    version = begin_page(kind="article", slug=slug, title=title, by=by, now=now)
    version.rewrite(
        by=by,
        now=now,
        text={"summary": WORDS, "body": BODY, "evidence_searched_on": date(2026, 1, 31)},
        parts={"key_messages": [{"text": text} for text in KEY_MESSAGES]},
    )
    return version


def talked_about(version, *, by, guest, now) -> None:
    """Two hundred comments: threads, answers, quoted passages, guests, and some settled."""
    texts = ["Which harms?", ONE_WORD, WORDS]
    threads = Comment.objects.bulk_create(
        Comment(
            version=version,
            author=None if n % 5 == 0 else by,
            guest="Dr " + "Example" * 20 if n % 5 == 0 else "",
            preview_link=guest if n % 5 == 0 else None,
            text=texts[n % 3],
            quote=["", "stem cells", ONE_WORD + " no more"][n % 3],
            written_at=now + timedelta(minutes=n),
            resolved_at=now + timedelta(days=1) if n % 7 == 3 else None,
            resolved_by=by if n % 7 == 3 else None,
        )
        for n in range(50)
    )
    Comment.objects.bulk_create(
        Comment(
            version=version,
            author=by,
            answers=threads[49 if n < 90 else n % 50],
            text=texts[n % 3],
            written_at=now + timedelta(hours=2, minutes=n),
        )
        for n in range(150)
    )


@pytest.fixture
def newsroom(next_draft, author, editor, medic, publisher, disease, therapy, theme, now, tomorrow):
    """The addresses that are looked at, by the name of the screen, each with who looks."""

    def begin(slug, *, title=WORDS):
        return written(slug, title=title, by=author, now=now)

    def submitted(slug, **told):
        return move(
            begin(slug, **told), State.EDITORIAL_REVIEW, verb="submitted", by=author, now=now
        )

    def at_the_medic(slug, **told):
        return sign(submitted(slug, **told), by=editor, role=Role.EDITORIAL, now=now)

    def approved(slug, **told):
        return sign(at_the_medic(slug, **told), by=medic, role=Role.MEDICAL, now=now)

    draft = begin("a-draft", title=ONE_WORD)
    edited = begin("edited-by-two")
    begin("x" * 100, title=ONE_WORD)
    for n in range(6):
        submitted(f"to-review-{n}", title=[WORDS, ONE_WORD, "Short"][n % 3])
    ready = approved("ready", title=ONE_WORD)
    to_sign = submitted("to-sign", title=ONE_WORD)
    signed = at_the_medic("signed-once", title=WORDS)
    timed = move(
        approved("timed"),
        State.SCHEDULED,
        verb="scheduled",
        by=publisher,
        now=now,
        publish_at=tomorrow,
    )
    returned = submitted("returned", title=ONE_WORD)
    returned.send_back(by=editor, now=now, comment=ONE_WORD)
    Version.objects.filter(pk=draft.pk).update(assigned_to=author, due_on=now.date(), priority=2)
    Version.objects.filter(pk=to_sign.pk).update(assigned_to=editor, due_on=now.date(), priority=1)
    Page.objects.filter(slug__startswith="to-review").update(owner=None)
    next_draft.rewrite(by=author, now=now, text={"title": WORDS, "body": BODY, "summary": ONE_WORD})
    link = sharing.share(draft, by=author, now=timezone.now(), made_for="Dr " + "Example" * 20)
    talked_about(draft, by=editor, guest=link, now=now)
    for person in (author, editor):
        Notice.objects.bulk_create(
            Notice(
                user=person,
                version=draft,
                text=f"{n}: {[WORDS, ONE_WORD][n % 2]}",
                given_at=now,
                read_at=now if n > 20 else None,
            )
            for n in range(60)
        )
    Tag.objects.create(name=ONE_WORD[:100], slug="a-long-word")
    sources = [
        Source.objects.create(
            key=f"source-{n}", kind="trial", title=[WORDS, ONE_WORD][n % 2], design="randomised",
            url=f"https://example.org/{'a' * 90}", authors=ONE_WORD,
        )
        for n in range(3)
    ]  # fmt: skip

    def to(version, verb="change", query=""):
        return reverse(f"admin:articles_article_{verb}", args=[version.pk]) + query

    live = next_draft.page.versions.get(state=State.LIVE)
    against = f"?with={live.pk}"
    articles = reverse("admin:articles_article_changelist")
    return {
        "desk of the author": (author, reverse("admin:index")),
        "desk of the editor": (editor, reverse("admin:index")),
        "desk of the publisher": (publisher, reverse("admin:index")),
        "my work": (author, reverse("desk_section", args=["mine"])),
        "to review": (editor, reverse("desk_section", args=["review"])),
        "to publish": (publisher, reverse("desk_section", args=["publish"])),
        "articles": (editor, articles),
        "articles, filtered": (editor, f"{articles}?state__exact=draft&q=transplant"),
        "several at once": (publisher, articles),
        "form": (author, to(draft)),
        "form, read-only": (medic, to(draft)),
        "form, for signing": (medic, to(signed)),
        "save that came too late": (author, to(edited)),
        "assign": (editor, to(to_sign, "assign")),
        "send back": (editor, to(signed, "send_back")),
        "sign editorially": (editor, to(to_sign, "sign_editorial")),
        "sign medically": (medic, to(signed, "sign_medical")),
        "schedule": (publisher, to(ready, "schedule")),
        "unschedule": (publisher, to(timed, "unschedule")),
        "publish": (publisher, to(ready, "publish")),
        "withdraw": (publisher, to(live, "withdraw")),
        "revert": (author, to(next_draft, "revert")),
        "discard": (author, to(draft, "discard")),
        "compare": (editor, to(next_draft, "compare", against)),
        "compare side by side": (editor, to(next_draft, "compare", f"{against}&view=side")),
        "history": (editor, to(next_draft, "history")),
        "notices": (author, reverse("admin:editorial_notice_changelist")),
        "tags": (editor, reverse("admin:editorial_tag_changelist")),
        "tag": (editor, reverse("admin:editorial_tag_change", args=[theme.pk])),
        "merge a tag": (editor, reverse("admin:editorial_tag_merge", args=[theme.pk])),
        "pages": (editor, reverse("admin:editorial_page_changelist")),
        "page": (editor, reverse("admin:editorial_page_change", args=[draft.page_id])),
        "move a page": (editor, reverse("admin:editorial_page_move", args=[draft.page_id])),
        "trail": (
            editor,
            reverse("admin:editorial_event_changelist")
            + "?since=2026-01-01&address=articles&actor=author&verb=edited",
        ),
        "contributor": (
            publisher,
            reverse("admin:editorial_contributor_change", args=[medic.contributor.pk]),
        ),
        "sources": (editor, reverse("admin:evidence_source_changelist")),
        "source": (editor, reverse("admin:evidence_source_change", args=[sources[1].pk])),
        "preview": (None, sharing.address_of(link)),
    }  # fmt: skip


# --- how one comes to the screens that have no address --------------------------------------


def press_for_several(page) -> None:
    """What is asked before a move of several pages, and what it says will change."""
    for box in page.locator("input.action-select").all()[:4]:
        box.check()
    page.locator("[name=action]").select_option("assign_several")
    page.locator(".actions button").click()
    page.locator("main h2.several-heading").wait_for()


def show_what_changes(page) -> None:
    page.locator("[name=person]").select_option(index=1)
    page.get_by_role("button", name="Show what will change").click()
    page.locator(".several .why, .several .why-not").first.wait_for()


def save_too_late(page) -> None:
    """The editor saves while the author writes."""
    page.locator(".ProseMirror").wait_for()
    version = Version.objects.get(page__slug="edited-by-two")
    version.rewrite(
        by=version.page.owner,
        now=timezone.now(),
        text={"title": ONE_WORD, "body": BODY.replace("hospital", "clinic"), "summary": "Theirs."},
    )
    page.get_by_label("Title").fill("Mine")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".stale").wait_for()


def show_what_merging_does(page) -> None:
    page.locator("#id_into").select_option(label=ONE_WORD[:100])
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Merge them").wait_for()


def unfold(page) -> None:
    """Everything that is folded away, in a second look."""
    page.evaluate("document.querySelectorAll('details').forEach((it) => it.open = true)")


STEPS = {
    "several at once": [press_for_several, show_what_changes],
    "save that came too late": [save_too_late],
    "merge a tag": [show_what_merging_does],
    "form": [unfold],
    "form, read-only": [unfold],
    "compare": [unfold],
    "compare side by side": [unfold],
}
