"""Starter content: live without a clinician, saying so, and for its present text alone."""

import pytest
from django.db import IntegrityError, transaction

from editorial.actions import start_correction, start_version
from editorial.models import Event, Exemption, Version
from editorial.publishing import publish_exempt
from editorial.refusals import NotReady, WrongState
from editorial.states import State

REASON = "Starter content: not yet medically reviewed."


@pytest.fixture
def exempt(draft, now):
    publish_exempt(draft, now=now, reason=REASON)
    return Version.objects.get(pk=draft.pk)


def test_an_exempt_version_is_live_without_a_review_date(exempt):
    assert exempt.is_live
    assert exempt.exemption.content_hash == exempt.content_hash
    assert (exempt.reviewed_on, exempt.review_due_on) == (None, None)


def test_the_trail_tells_that_no_person_published_it(exempt):
    event = Event.objects.latest("number")
    assert (event.verb, event.actor) == ("went live", "")


def test_an_exempt_version_passes_the_checks_like_any_other(draft, now):
    draft.rewrite(by=None, now=now, parts={"key_messages": []})
    with pytest.raises(NotReady, match="three to five key messages"):
        publish_exempt(draft, now=now, reason=REASON)
    assert not Exemption.objects.exists()


def test_only_a_draft_is_exempted(approved, now):
    with pytest.raises(WrongState, match="Only a draft can be exempted; this is approved"):
        publish_exempt(approved, now=now, reason=REASON)


def test_a_new_version_of_an_exempt_page_needs_its_sign_offs(exempt, author, now):
    second = start_version(exempt.page, by=author, now=now)
    with pytest.raises(IntegrityError, match="needs both sign-offs"), transaction.atomic():
        Version.objects.filter(pk=second.pk).update(state=State.LIVE, published_at=now)


def test_an_exempt_page_has_no_review_that_a_correction_could_keep(exempt, editor, now):
    with pytest.raises(NotReady, match="No medical reviewer has signed this page yet"):
        start_correction(exempt.page, by=editor, now=now)


def record(version, now, **fields):
    defaults = {"content_hash": version.content_hash, "reason": REASON, "recorded_at": now}
    return Exemption.objects.create(version=version, **(defaults | fields))


def test_any_edit_ends_an_exemption(draft, author, now):
    record(draft, now)
    draft.rewrite(by=author, now=now, text={"title": "Edited"})
    assert not Exemption.objects.exists()


def test_any_edit_of_a_row_ends_an_exemption(draft, now):
    record(draft, now)
    draft.key_messages.update(text="Edited")
    assert not Exemption.objects.exists()


@pytest.mark.parametrize("other_hash", ["0" * 64, ""])
def test_the_database_refuses_an_exemption_on_another_text(draft, now, other_hash):
    with pytest.raises(IntegrityError, match="Only the present text of an open version"):
        record(draft, now, content_hash=other_hash)


def test_the_database_refuses_an_exemption_without_a_reason(draft, now):
    with pytest.raises(IntegrityError):
        record(draft, now, reason="")


def test_the_database_refuses_an_exemption_without_a_hash_on_a_version_without_one(draft, now):
    Version.objects.filter(pk=draft.pk).update(content_hash="")
    with pytest.raises(IntegrityError):
        record(draft, now, content_hash="")


def test_the_database_refuses_to_exempt_a_closed_text(live_version, now):
    with pytest.raises(IntegrityError, match="Only the present text of an open version"):
        record(live_version, now)


@pytest.mark.parametrize("change", [{"content_hash": "0" * 64}, {"reason": "Because."}])
def test_an_exemption_is_never_changed(draft, now, change):
    record(draft, now)
    with pytest.raises(IntegrityError, match="never changed"):
        Exemption.objects.update(**change)


def test_the_exemption_of_a_live_text_is_kept(exempt):
    with pytest.raises(IntegrityError, match="are kept"):
        exempt.exemption.delete()
