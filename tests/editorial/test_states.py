"""The story of a version, from the first word to the last reader."""

from datetime import timedelta

import pytest

from editorial.actions import start_version
from editorial.models import Event, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.states import MOVES, OPEN_STATES, Role, State
from tests.conftest import sign_by


def test_a_version_goes_from_draft_to_withdrawn_through_every_hand(
    draft, author, editor, medic, publisher, now
):
    draft.submit(by=author, now=now)
    assert draft.state == State.EDITORIAL_REVIEW
    draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert draft.state == State.MEDICAL_REVIEW
    draft.sign_off(by=medic, role=Role.MEDICAL, now=now)
    assert draft.state == State.APPROVED
    draft.publish(by=publisher, now=now)
    assert draft.is_live

    later = now + timedelta(days=30)
    second = start_version(draft.page, by=author, now=later)
    second.rewrite(by=author, now=later, text={"title": "Resetting immunity, again"})
    second.submit(by=author, now=later)
    sign_by(second, editor=editor, medic=medic, now=later)
    second.publish(by=publisher, now=later)
    draft.refresh_from_db()
    assert (draft.state, draft.closed_at) == (State.SUPERSEDED, later)
    assert second.is_live

    second.withdraw(by=publisher, now=later, reason="The trial was retracted.")
    second.refresh_from_db()
    assert (second.state, second.reason) == (State.WITHDRAWN, "The trial was retracted.")

    told = Event.objects.filter(page_id=draft.page_id).order_by("number")
    assert list(told.values_list("version_number", "verb", "actor")) == [
        (1, "began page", "author"),
        (1, "edited", "author"),
        (1, "submitted", "author"),
        (1, "editorial sign-off", "editor"),
        (1, "medical sign-off", "medic"),
        (1, "went live", "publisher"),
        (2, "started", "author"),
        (2, "edited", "author"),
        (2, "submitted", "author"),
        (2, "editorial sign-off", "editor"),
        (2, "medical sign-off", "medic"),
        (1, "superseded", "publisher"),
        (2, "went live", "publisher"),
        (2, "withdrawn", "publisher"),
    ]


def test_every_state_has_its_moves_and_no_closed_state_leads_back():
    assert set(MOVES) == set(State)
    closed = set(State) - set(OPEN_STATES)
    for state in closed:
        assert not set(MOVES[state]) & set(OPEN_STATES)


def test_a_draft_without_a_summary_is_not_submitted(draft, author, now):
    draft.rewrite(by=author, now=now, text={"summary": ""})
    with pytest.raises(NotReady, match="The summary is empty"):
        draft.submit(by=author, now=now)


def test_what_is_submitted_is_not_submitted_again(submitted, author, now):
    with pytest.raises(WrongState, match="editorial review by now, not draft"):
        submitted.submit(by=author, now=now)


def test_a_stranger_submits_nothing(draft, stranger, now):
    with pytest.raises(NotAllowed, match="Only an author or an editor can submit"):
        draft.submit(by=stranger, now=now)


def test_an_author_does_not_submit_the_draft_of_another(draft, second_author, now):
    with pytest.raises(NotAllowed, match="drafts of their own"):
        draft.submit(by=second_author, now=now)


def test_an_editor_submits_the_draft_of_an_author(draft, editor, now):
    draft.submit(by=editor, now=now)
    assert draft.state == State.EDITORIAL_REVIEW


@pytest.mark.parametrize("reviewer", ["editor", "medic"])
def test_a_reviewer_sends_back_with_the_reason(at_the_medic, reviewer, request, now):
    by = request.getfixturevalue(reviewer)
    at_the_medic.send_back(by=by, now=now, comment="The harms are missing.")
    assert at_the_medic.state == State.DRAFT
    assert not at_the_medic.sign_offs.exists()
    last = Event.objects.latest("number")
    assert (last.verb, last.comment) == ("sent back", "The harms are missing.")


def test_an_approved_version_can_still_be_sent_back(approved, medic, now):
    approved.send_back(by=medic, now=now, comment="A trial has been retracted today.")
    assert approved.state == State.DRAFT
    assert not approved.sign_offs.exists()


def test_sending_back_takes_a_reason(submitted, editor, now):
    with pytest.raises(NotReady, match="Write what should be changed"):
        submitted.send_back(by=editor, now=now, comment="  ")


def test_a_draft_cannot_be_sent_back(draft, editor, now):
    with pytest.raises(WrongState, match="This version is draft, not under review"):
        draft.send_back(by=editor, now=now, comment="Too early.")


@pytest.mark.parametrize("person", ["author", "publisher", "stranger"])
def test_only_reviewers_send_back(submitted, person, request, now):
    with pytest.raises(NotAllowed, match="Only an editor or a medical reviewer can send"):
        submitted.send_back(by=request.getfixturevalue(person), now=now, comment="No.")


def test_a_draft_is_discarded_with_its_reason(draft, author, now):
    draft.discard(by=author, now=now, reason="A double of another page.")
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == (State.DISCARDED, "A double of another page.")
    assert draft.closed_at == now


def test_a_scheduled_version_is_discarded_with_its_time(scheduled, editor, now):
    scheduled.discard(by=editor, now=now, reason="Overtaken.")
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publish_at) == (State.DISCARDED, None)


def test_discarding_takes_a_reason(draft, author, now):
    with pytest.raises(NotReady, match="Say why it is discarded"):
        draft.discard(by=author, now=now, reason=" ")


def test_an_author_does_not_discard_what_is_under_review(submitted, author, now):
    with pytest.raises(NotAllowed, match="ask an editor"):
        submitted.discard(by=author, now=now, reason="Changed my mind.")


def test_what_is_live_is_not_discarded(live_version, editor, now):
    with pytest.raises(NotAllowed, match="can no longer be edited"):
        live_version.discard(by=editor, now=now, reason="No.")


def test_a_stale_object_cannot_move_what_has_moved(draft, author, editor, now):
    stale = Version.objects.get(pk=draft.pk)
    draft.discard(by=author, now=now, reason="A double.")
    with pytest.raises(WrongState, match="This version is discarded by now"):
        stale.submit(by=author, now=now)
    assert not Event.objects.filter(verb="submitted").exists()


def test_an_event_tells_the_text_that_moved_not_the_one_somebody_had_open(draft, author, now):
    stale = Version.objects.get(pk=draft.pk)
    draft.rewrite(by=author, now=now, text={"title": "A newer title"})
    stale.submit(by=author, now=now)
    assert Event.objects.latest("number").content_hash == draft.content_hash


def test_the_head_of_a_page_is_the_open_draft_and_then_the_live_version(
    live_version, next_draft, author, now
):
    def head():
        return Version.objects.heads().get(page=live_version.page)

    assert head() == next_draft
    next_draft.discard(by=author, now=now, reason="Not needed.")
    assert head() == live_version


def test_a_withdrawn_page_keeps_a_head(live_version, publisher, now):
    live_version.withdraw(by=publisher, now=now, reason="Retracted.")
    assert Version.objects.heads().get(page=live_version.page) == live_version
