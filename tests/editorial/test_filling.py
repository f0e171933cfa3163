"""Many pages at once: the same rows, hashes, public forms and events as one after the other."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial import signals
from editorial.actions import begin_page
from editorial.filling import (
    Filling,
    NewPage,
    begin_pages,
    publish_begun,
    publish_new,
    publish_written,
    write_new,
)
from editorial.models import Event, Exemption, LiveChange, Page, Rendering, Version
from editorial.parts import content, content_hash, version_parts
from editorial.publishing import publish_exempt
from editorial.refusals import NotReady, WrongState
from editorial.signals import once_for_all, send_all, version_went_live
from editorial.states import Kind
from evidence.models import Source
from glossary import rendering as glossary_rendering
from tests.conftest import KEY_MESSAGES, NOW

pytestmark = pytest.mark.django_db
REASON = "Written for a test."
TEXT = {
    "title": "Resetting immunity",
    "summary": "What is known, and what is not.",
    "body": "<h2>What it is</h2><p>Some plain words about a relapse.</p>",
    "evidence_searched_on": NOW.date(),
}
MESSAGES = [{"text": text} for text in KEY_MESSAGES]


@pytest.fixture(autouse=True)
def _no_matcher_of_an_earlier_test():
    glossary_rendering._latest = None


@pytest.fixture
def source():
    return Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")


def article(slug: str, **parts) -> tuple[NewPage, Filling]:
    filling = Filling(TEXT, {"key_messages": MESSAGES, **parts})
    return NewPage(Kind.ARTICLE, slug, "Resetting immunity"), filling


@pytest.fixture
def pages(disease, therapy, theme, source):
    """A page of each kind, with rows in every part."""
    other = begin_page(kind=Kind.TERM, slug="remission", title="Remission", by=None, now=NOW).page
    cited = [{"source": "a-study", "place": "Table 2"}, {"source": "a-study", "place": ""}]
    claim = {
        "statement": "It may help some people.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "direction": "benefit",
        "events_treated": 3,
        "people_treated": 55,
    }
    checked = {"quote": "a cure", "source_id": source.pk, "verdict": "wrong", "why": "It is none."}
    both = {
        "key_messages": MESSAGES,
        "claims": [claim | {"citations": cited}, claim | {"citations": cited[:1]}],
        "also_called": [{"name": "One"}, {"name": "Another"}],
    }
    text = TEXT | {
        "body": "<h2>What it is</h2><p>A relapse."
        '<cite data-source="a-study" data-place="Abstract"></cite>'
        f' See <a data-page="{other.pk}" href="/glossary/remission/">remission</a>.</p>'
    }
    term = {
        "term_facts": [{"abbreviation": "R", "example": "An example."}],
        "distinctions": [{"other_id": other.pk, "difference": "The opposite."}],
        "also_called": [{"name": "flare"}],
    }
    return [
        (NewPage(Kind.TERM, "relapse", "Relapse"), Filling(text | {"title": "Relapse"}, term)),
        (
            NewPage(Kind.THERAPY, "a-therapy", "A therapy", {"tag": therapy}),
            Filling(text, both | {"therapy_facts": [{"status": "trials_only", "cells": "Own."}]}),
        ),
        (
            NewPage(Kind.DISEASE, "a-disease", "A disease", {"tag": disease, "review_months": 12}),
            Filling(
                text,
                both
                | {
                    "disease_facts": [{"is_autoimmune": True}],
                    "codes": [{"system": "ICD-11", "code": "8A40"}],
                },
            ),
        ),
        (
            NewPage(Kind.ARTICLE, "an-article", "An article"),
            Filling(
                text,
                both
                | {
                    "article_facts": [{"question": "Does it?", "document_id": source.pk}],
                    "checked_claims": [checked | {"citations": cited}],
                    "tags": [{"tag_id": pk} for pk in (theme.pk, disease.pk, theme.pk)],
                },
            ),
        ),
    ]


def one_by_one(pages) -> None:
    for new, filling in pages:
        version = begin_page(
            kind=new.kind, slug=new.slug, title=new.title, by=None, now=NOW, identity=new.identity
        )
        version.rewrite(by=None, now=NOW, text=filling.text, parts=filling.parts)
        publish_exempt(version, now=NOW, reason=REASON)


def together(pages) -> None:
    for each in pages:
        publish_new([each], now=NOW, reason=REASON)


def without(row: dict, *names: str) -> dict:
    return {name: value for name, value in row.items() if name not in names}


def stored() -> dict[str, list]:
    """All that was written, but for ids, and for hashes that follow from ids."""
    ids = ("id", "page_id", "version_id")
    chained = ("hash", "previous_hash")
    renderings = [without(row, *ids) for row in Rendering.objects.order_by("pk").values()]
    for row in renderings:
        row["html"] = re.sub(r"checked-claim-\d+", "checked-claim", row["html"])
        row["terms"] = len(row["terms"])
    return {
        "pages": [without(row, *ids) for row in Page.objects.order_by("pk").values()],
        "versions": [without(row, *ids) for row in Version.objects.order_by("pk").values()],
        "contents": [content(version) for version in Version.objects.order_by("pk")],
        "renderings": renderings,
        "exemptions": [without(row, *ids) for row in Exemption.objects.order_by("pk").values()],
        "changes": [without(row, *ids) for row in LiveChange.objects.values()],
        "events": [without(row, *ids, *chained) for row in Event.objects.values()],
    }


def test_pages_filled_together_are_stored_as_if_published_one_by_one(pages):
    with transaction.atomic():
        one_by_one(pages)
        expected = stored()
        transaction.set_rollback(True)
    glossary_rendering._latest = None

    together(pages)

    found = stored()
    for name, rows in expected.items():
        assert found[name] == rows, name
    rows = [version for version in found["contents"] if version["title"] != "Remission"]
    told = {name for version in rows for name, value in version.items() if value}
    assert {part.name for part in version_parts()} <= told


def test_pages_written_first_and_published_later_are_stored_the_same(pages):
    new, filling = pages[-1]
    with transaction.atomic():
        publish_new([(new, filling)], now=NOW, reason=REASON, is_checked=False)
        expected = stored()
        transaction.set_rollback(True)
    glossary_rendering._latest = None

    publish_written(write_new([(new, filling)], now=NOW), now=NOW, reason=REASON)

    assert stored() == expected


def test_a_draft_that_is_edited_before_it_is_published_stays_a_draft():
    (draft,) = write_new([article("mine")], now=NOW)
    Version.objects.get(pk=draft.pk).rewrite(by=None, now=NOW, text={"title": "Mine"})

    with pytest.raises(IntegrityError, match="present text"), transaction.atomic():
        publish_written([draft], now=NOW, reason=REASON)

    assert not Version.objects.live().exists()


def test_the_hash_of_each_kind_covers_what_is_stored(pages):
    together(pages)

    live = Version.objects.live().select_related("page")
    assert {version.page.kind for version in live} == set(Kind)
    for version in live:
        assert version.content_hash == content_hash(version), version.page.kind


def test_a_batch_asks_as_many_questions_however_many_pages_it_holds(theme, source):
    def asked(letter: str, count: int) -> int:
        cited = TEXT | {"body": '<p>Words.<cite data-source="a-study"></cite></p>'}
        batch = [
            (new, Filling(cited, filling.parts))
            for new, filling in (
                article(f"{letter}-{number}", tags=[{"tag_id": theme.pk}])
                for number in range(count)
            )
        ]
        with CaptureQueriesContext(connection) as queries:
            publish_new(batch, now=NOW, reason=REASON, is_checked=False)
        return len(queries)

    asked("a", 1)
    assert asked("b", 2) == asked("c", 12)


def test_drafts_that_were_begun_are_filled(pages):
    begin_pages([new for new, _ in pages], now=NOW)
    begun = {draft.page.slug: draft for draft in Version.objects.untouched()}

    publish_begun({begun[new.slug]: filling for new, filling in pages}, now=NOW, reason=REASON)

    assert Version.objects.live().count() == len(pages)
    verbs = Event.objects.order_by("number").values_list("verb", flat=True)
    one_more = len(pages) + 1
    assert list(verbs) == ["began page"] * one_more + ["edited", "went live"] * len(pages)


def test_a_draft_in_which_somebody_wrote_is_theirs(author):
    new, filling = article("mine")
    begin_pages([new], now=NOW)
    draft = Version.objects.untouched().select_related("page").get()
    Version.objects.get(pk=draft.pk).rewrite(by=None, now=NOW, text={"title": "Mine"})

    with pytest.raises(WrongState, match="/articles/mine/ meanwhile"):
        publish_begun({draft: filling}, now=NOW, reason=REASON)

    assert Version.objects.get(pk=draft.pk).title == "Mine"


def test_one_page_that_the_checks_stop_stops_the_batch_and_says_which(pages):
    new, filling = article("too-short", key_messages=[])

    with pytest.raises(NotReady, match=r"/articles/too-short/: .* three to five key messages"):
        publish_new([article("good"), (new, filling)], now=NOW, reason=REASON)

    assert not Version.objects.live().exists()
    assert not Page.objects.filter(slug="good").exists()


def test_unchecked_pages_pass_no_check():
    publish_new([article("short", key_messages=[])], now=NOW, reason=REASON, is_checked=False)

    assert Version.objects.live().get().exemption.reason == REASON


def test_an_address_that_is_taken_is_told_in_words():
    publish_new([article("taken")], now=NOW, reason=REASON)

    with pytest.raises(ValidationError, match="already exists"):
        begin_pages([NewPage(Kind.ARTICLE, "taken", "Again")], now=NOW)


def test_each_page_is_told_of_after_the_commit(django_capture_on_commit_callbacks):
    told = []

    def hear(page, version, **kwargs):
        told.append((page.slug, version.state))

    version_went_live.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            publish_new([article("one"), article("two")], now=NOW, reason=REASON)
            assert not told
    finally:
        version_went_live.disconnect(hear)

    assert told == [("one", "live"), ("two", "live")]


def test_what_receivers_do_for_all_is_done_once(draft):
    """And at once, when one page goes live by itself."""
    done = []
    signal = signals.Signal()

    def receive(version, **kwargs):
        once_for_all(done.append, version)

    signal.connect(receive)
    send_all(signal, [draft, draft])
    assert done == [[draft, draft]]

    signal.send(sender=Version, page=draft.page, version=draft)
    assert done == [[draft, draft], [draft]]
