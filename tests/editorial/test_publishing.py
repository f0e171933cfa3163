"""Going live, being scheduled and leaving."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from editorial import publishing
from editorial.actions import start_version
from editorial.models import Event, Ledger, LiveChange, Rendering, SignOff, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.signals import version_left, version_went_live
from editorial.states import Role, State
from tests.conftest import sign, sign_by


@pytest.fixture
def heard():
    """What higher rooms hear: (signal's name, version), in order."""
    heard = []

    def arrival(sender, page, version, **kwargs):
        heard.append(("went live", version))

    def departure(sender, page, version, **kwargs):
        heard.append(("left", version))

    version_went_live.connect(arrival)
    version_left.connect(departure)
    yield heard
    version_went_live.disconnect(arrival)
    version_left.disconnect(departure)


# --- publishing ---------------------------------------------------------------------------


def test_a_published_version_is_live_rendered_dated_and_told_of(
    approved, publisher, heard, now, django_capture_on_commit_callbacks
):
    stamp = Ledger.objects.get().stamp
    with django_capture_on_commit_callbacks(execute=True):
        approved.publish(by=publisher, now=now)
        assert heard == []
    assert heard == [("went live", approved)]
    stored = Version.objects.get(pk=approved.pk)
    assert stored.is_live
    assert stored.published_at == now
    assert stored.reviewed_on == now.date()
    assert stored.review_due_on == date(2029, 3, 2)
    assert Rendering.objects.get(version=stored).html == stored.body
    change = LiveChange.objects.get()
    assert (change.number, change.page, change.version_id) == (1, stored.page, stored.pk)
    assert Ledger.objects.get().stamp > stamp


def test_the_review_date_is_the_day_of_the_medical_sign_off(approved, publisher, now):
    approved.publish(by=publisher, now=now + timedelta(days=10))
    assert approved.reviewed_on == now.date()


@pytest.mark.parametrize("person", ["author", "editor", "medic", "stranger"])
def test_only_a_publisher_publishes(approved, person, request, now):
    with pytest.raises(NotAllowed, match="Only a publisher can schedule, publish or withdraw"):
        approved.publish(by=request.getfixturevalue(person), now=now)


def test_who_signed_does_not_publish(submitted, all_rounder, medic, now):
    sign_by(submitted, editor=all_rounder, medic=medic, now=now)
    with pytest.raises(NotAllowed, match="You signed this version, so somebody else must publish"):
        submitted.publish(by=all_rounder, now=now)


def test_who_wrote_does_not_publish(draft, all_rounder, editor, medic, now):
    draft.rewrite(by=all_rounder, now=now, text={"title": "Mine now"})
    draft.submit(by=all_rounder, now=now)
    sign_by(draft, editor=editor, medic=medic, now=now)
    with pytest.raises(
        NotAllowed, match="You wrote in this version, so somebody else must publish"
    ):
        draft.publish(by=all_rounder, now=now)


@pytest.mark.parametrize("fixture", ["draft", "submitted", "at_the_medic"])
def test_what_is_not_approved_is_not_published(request, fixture, publisher, now):
    version = request.getfixturevalue(fixture)
    with pytest.raises(WrongState, match="an editor and a medical reviewer must sign"):
        version.publish(by=publisher, now=now)


def test_what_is_live_is_not_published_again(live_version, publisher, now):
    with pytest.raises(WrongState, match="somebody else has just published it"):
        live_version.publish(by=publisher, now=now)


def test_the_second_of_two_publishers_hears_that_it_is_done(approved, publisher, now):
    opened_earlier = Version.objects.get(pk=approved.pk)
    approved.publish(by=publisher, now=now)
    with pytest.raises(WrongState, match="somebody else has just published it"):
        opened_earlier.publish(by=publisher, now=now)
    assert Version.objects.get(pk=approved.pk).is_live
    assert Event.objects.filter(verb="went live").count() == 1


def test_a_finding_that_blocks_keeps_a_version_from_the_public(
    draft, author, publisher, now, request
):
    draft.rewrite(by=author, now=now, parts={"key_messages": [{"text": "Only one."}]})
    draft.submit(by=author, now=now)
    # As it may have been signed before there was this check.
    for name, role in (("editor", Role.EDITORIAL), ("medic", Role.MEDICAL)):
        sign(draft, by=request.getfixturevalue(name), role=role, now=now)
    with pytest.raises(NotReady, match="three to five key messages; this one has 1"):
        draft.publish(by=publisher, now=now)


def test_a_text_that_changed_after_it_was_rendered_does_not_go_live(approved, editor, now):
    prepared = publishing.prepare(Version.objects.get(pk=approved.pk))
    approved.rewrite(by=editor, now=now, text={"title": "Changed meanwhile"})
    with pytest.raises(WrongState, match="The text changed while it was being published"):
        publishing.go_live(prepared, by=None, now=now)


def test_a_row_that_changed_after_rendering_keeps_the_text_from_going_live(approved, now):
    prepared = publishing.prepare(approved)
    approved.key_messages.update(text="Slipped in")
    with pytest.raises(WrongState, match="The text changed while it was being published"):
        publishing.go_live(prepared, by=None, now=now)


def test_words_that_were_never_saved_do_not_go_live(approved, publisher, now):
    """They would be rendered, and nobody has signed them."""
    approved.body = "<p>Only in this object.</p>"
    with pytest.raises(WrongState, match="The text changed while it was being published"):
        approved.publish(by=publisher, now=now)


def test_an_approval_without_its_sign_offs_publishes_nothing(approved, publisher, now):
    SignOff.objects.all().delete()
    with pytest.raises(IntegrityError, match="needs both sign-offs"):
        approved.publish(by=publisher, now=now)


def test_a_new_version_takes_the_place_of_the_old(
    live_version, next_draft, author, editor, medic, publisher, now
):
    next_draft.submit(by=author, now=now)
    sign_by(next_draft, editor=editor, medic=medic, now=now)
    assert Version.objects.live().get() == live_version
    next_draft.publish(by=publisher, now=now)
    live_version.refresh_from_db()
    assert live_version.state == State.SUPERSEDED
    assert Version.objects.live().get() == next_draft
    assert list(LiveChange.objects.values_list("number", "version_id")) == [
        (1, live_version.pk),
        (2, next_draft.pk),
    ]


# --- by the clock -------------------------------------------------------------------------


def test_a_scheduled_version_goes_live_when_its_time_has_come(scheduled, tomorrow):
    scheduled.publish(by=None, now=tomorrow)
    scheduled.refresh_from_db()
    assert scheduled.is_live
    assert scheduled.publish_at is None
    assert Event.objects.latest("number").actor == ""


def test_the_clock_publishes_nothing_early(scheduled, tomorrow):
    with pytest.raises(NotAllowed, match="Only a version whose time has come"):
        scheduled.publish(by=None, now=tomorrow - timedelta(seconds=1))


def test_the_clock_publishes_nothing_that_was_not_scheduled(approved, now):
    with pytest.raises(NotAllowed, match="Only a version whose time has come"):
        approved.publish(by=None, now=now)


def test_a_scheduled_version_can_be_published_at_once(scheduled, publisher, now):
    scheduled.publish(by=publisher, now=now)
    assert Version.objects.live().get() == scheduled


def test_scheduling_takes_a_time_to_come(approved, publisher, now):
    with pytest.raises(NotReady, match="must be in the future"):
        approved.schedule(by=publisher, now=now, publish_at=now)


def test_a_draft_is_not_scheduled(draft, publisher, now, tomorrow):
    with pytest.raises(WrongState, match="This version is draft by now, not approved"):
        draft.schedule(by=publisher, now=now, publish_at=tomorrow)


def test_an_editor_does_not_schedule(approved, second_editor, now, tomorrow):
    with pytest.raises(NotAllowed, match="Only a publisher"):
        approved.schedule(by=second_editor, now=now, publish_at=tomorrow)


def test_who_signed_does_not_schedule(submitted, all_rounder, medic, now, tomorrow):
    sign_by(submitted, editor=all_rounder, medic=medic, now=now)
    with pytest.raises(NotAllowed, match="somebody else must schedule"):
        submitted.schedule(by=all_rounder, now=now, publish_at=tomorrow)


def test_unscheduling_keeps_the_sign_offs(scheduled, publisher, now):
    scheduled.unschedule(by=publisher, now=now)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publish_at) == (State.APPROVED, None)
    assert scheduled.sign_offs.count() == 2


def test_only_a_publisher_unschedules(scheduled, editor, now):
    with pytest.raises(NotAllowed, match="Only a publisher"):
        scheduled.unschedule(by=editor, now=now)


def test_what_is_not_scheduled_is_not_unscheduled(approved, publisher, now):
    with pytest.raises(WrongState, match="approved by now, not scheduled"):
        approved.unschedule(by=publisher, now=now)


# --- leaving ------------------------------------------------------------------------------


def test_a_withdrawn_version_leaves_with_its_reason(
    live_version, publisher, heard, now, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        live_version.withdraw(by=publisher, now=now, reason="The trial was retracted.")
    live_version.refresh_from_db()
    assert (live_version.state, live_version.closed_at) == (State.WITHDRAWN, now)
    assert LiveChange.objects.order_by("number").last().version_id is None
    assert heard[-1] == ("left", live_version)
    assert not Version.objects.live().exists()


def test_withdrawing_takes_a_reason(live_version, publisher, now):
    with pytest.raises(NotReady, match="Say why it is withdrawn"):
        live_version.withdraw(by=publisher, now=now, reason="")


def test_only_a_publisher_withdraws(live_version, editor, now):
    with pytest.raises(NotAllowed, match="Only a publisher"):
        live_version.withdraw(by=editor, now=now, reason="No.")


def test_what_is_not_live_is_not_withdrawn(approved, publisher, now):
    with pytest.raises(WrongState, match="This version is approved by now, not live"):
        approved.withdraw(by=publisher, now=now, reason="No.")


def test_a_withdrawn_page_starts_again_from_its_last_public_text(
    live_version, author, editor, publisher, now
):
    second = start_version(live_version.page, by=author, now=now)
    second.rewrite(by=author, now=now, text={"title": "A wrong turn"})
    second.discard(by=author, now=now, reason="A wrong turn.")
    live_version.withdraw(by=publisher, now=now, reason="Retracted.")
    third = start_version(live_version.page, by=author, now=now)
    assert (third.number, third.title) == (3, live_version.title)
    assert third.based_on == live_version


# --- the last lock ------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["publish", "withdraw", "discard"])
def test_nothing_of_a_page_is_written_once_the_head_of_the_trail_is_held(
    request, verb, author, editor, medic, publisher, now, django_assert_max_num_queries
):
    """Whoever holds the head and waits for a version deadlocks with who writes in that version."""
    live = request.getfixturevalue("live_version")
    newer = start_version(live.page, by=author, now=now)
    move = {
        "publish": lambda: newer.publish(by=publisher, now=now),
        "withdraw": lambda: live.withdraw(by=publisher, now=now, reason="Retracted."),
        "discard": lambda: newer.discard(by=author, now=now, reason="Not needed."),
    }[verb]
    if verb == "publish":
        newer.submit(by=author, now=now)
        sign_by(newer, editor=editor, medic=medic, now=now)
    with django_assert_max_num_queries(120) as captured:
        move()
    statements = [query["sql"] for query in captured.captured_queries]
    head = next(i for i, sql in enumerate(statements) if 'FROM "editorial_ledger"' in sql)
    written = [
        i for i, sql in enumerate(statements) if sql.startswith('UPDATE "editorial_version"')
    ]
    assert max(written) < head
