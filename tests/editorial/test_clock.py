"""`publish_due`: what time does to pages, once, whoever else does it in the same minute."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command

from editorial import clock, publishing
from editorial.actions import begin_page
from editorial.models import Event, Exemption, Ledger, Notice, Page, Version
from editorial.refusals import NotAllowed, NotReady
from editorial.reviews import how_late
from editorial.states import Kind, Overdue, Role, State
from tests.conftest import move, sign, sign_by
from tests.editorial.test_at_once import at_once

TITLE = "Resetting immunity"


def days_after(version, days):
    """So many days after the review of this live page was due. The database lets no date move."""
    return datetime.combine(version.review_due_on, time(9, 30), UTC) + timedelta(days=days)


def declare_conflicts(*people, on):
    for person in people:
        person.contributor.conflicts_declared_on = on
        person.contributor.save()


def mark_of(version):
    return Page.objects.get(pk=version.page_id).overdue


def verbs():
    return list(Event.objects.order_by("number").values_list("verb", flat=True))


# --- going live ---------------------------------------------------------------------------


def test_a_scheduled_version_goes_live_when_its_time_has_come(scheduled, tomorrow):
    done = clock.publish_due(now=tomorrow)
    scheduled.refresh_from_db()
    assert (done.published, done.failures) == (1, [])
    assert (scheduled.state, scheduled.published_at) == (State.LIVE, tomorrow)
    assert Event.objects.first().actor == ""


def test_a_scheduled_version_waits_for_its_time(scheduled, tomorrow):
    assert clock.publish_due(now=tomorrow - timedelta(seconds=1)).published == 0
    scheduled.refresh_from_db()
    assert scheduled.state == State.SCHEDULED


def test_a_second_round_finds_nothing_to_do(scheduled, tomorrow):
    clock.publish_due(now=tomorrow)
    told = verbs()
    assert clock.publish_due(now=tomorrow).is_nothing
    assert verbs() == told


def test_a_time_that_was_moved_in_the_last_moment_holds(scheduled, tomorrow):
    """The clock has found it due; a publisher moves it before the clock's turn comes."""
    found = Version.objects.get(pk=scheduled.pk)
    later = tomorrow + timedelta(days=7)
    Version.objects.filter(pk=scheduled.pk).update(publish_at=later)
    with pytest.raises(clock.Refused):
        found.publish(by=None, now=tomorrow)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publish_at) == (State.SCHEDULED, later)


@pytest.fixture
def two_scheduled(scheduled, author, editor, medic, publisher, now):
    """A second page, due an hour before the first: signed, but without its key messages."""
    other = begin_page(
        kind=Kind.ARTICLE, slug="another-page", title="Another page", by=author, now=now
    )
    other.rewrite(by=author, now=now, text={"summary": "In short."})
    other.submit(by=author, now=now)
    for person, role in ((editor, Role.EDITORIAL), (medic, Role.MEDICAL)):
        sign(other, by=person, role=role, now=now)
    move(
        other,
        State.SCHEDULED,
        verb="scheduled",
        by=publisher,
        now=now,
        publish_at=scheduled.publish_at - timedelta(hours=1),
    )
    return other, scheduled


def test_a_page_that_cannot_go_live_is_named_and_stops_no_other(two_scheduled, tomorrow):
    unfit, fit = two_scheduled
    done = clock.publish_due(now=tomorrow)
    fit.refresh_from_db()
    unfit.refresh_from_db()
    assert (fit.state, unfit.state) == (State.LIVE, State.SCHEDULED)
    [failure] = done.failures
    assert failure.startswith("/articles/another-page/ could not go live. It cannot go live yet.")


def test_a_page_that_breaks_is_named_and_stops_no_other(
    two_scheduled, tomorrow, monkeypatch, caplog
):
    broken, sound = two_scheduled
    prepare = publishing.prepare

    def break_on_one(version):
        if version.pk == broken.pk:
            raise ZeroDivisionError("by zero")
        return prepare(version)

    monkeypatch.setattr(publishing, "prepare", break_on_one)
    done = clock.publish_due(now=tomorrow)
    sound.refresh_from_db()
    assert sound.is_live
    assert done.failures == [
        "/articles/another-page/ could not go live: ZeroDivisionError: by zero"
    ]
    assert "Traceback" in caplog.text


def test_who_scheduled_a_page_and_who_owns_it_hear_once_that_it_could_not_go_live(
    scheduled, author, publisher, tomorrow, monkeypatch
):
    def refuse(version):
        raise NotReady("It cannot go live yet. A source was retracted.")

    monkeypatch.setattr(publishing, "prepare", refuse)
    for minute in range(3):
        clock.publish_due(now=tomorrow + timedelta(minutes=minute))
    notices = Notice.objects.filter(key__startswith="not-live:")
    assert {notice.user for notice in notices} == {author, publisher}
    assert len(notices) == 2
    assert "A source was retracted." in notices[0].text


# --- leaving ------------------------------------------------------------------------------


def test_a_page_past_its_expiry_is_withdrawn_and_says_why(live_version, now, client):
    Version.objects.filter(pk=live_version.pk).update(expires_at=now + timedelta(hours=1))
    assert clock.publish_due(now=now).withdrawn == 0
    assert clock.publish_due(now=now + timedelta(hours=1)).withdrawn == 1
    answer = client.get(live_version.get_absolute_url())
    assert answer.status_code == 410
    assert "The page has expired: it was to be read until 2 Mar 2026." in answer.text


@pytest.mark.parametrize("expires_in", [None, timedelta(minutes=1)], ids=["never", "later"])
def test_nothing_is_withdrawn_by_itself_before_its_time(live_version, now, expires_in):
    expires_at = expires_in and now + expires_in
    Version.objects.filter(pk=live_version.pk).update(expires_at=expires_at)
    with pytest.raises(NotAllowed, match="Only a page whose time has passed"):
        live_version.withdraw(by=None, now=now, reason="The page has expired.")
    live_version.refresh_from_db()
    assert live_version.is_live


# --- growing old --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "late"),
    [(-1, Overdue.NO), (0, Overdue.NO), (1, Overdue.OVERDUE), (185, Overdue.LONG)],
)
def test_a_page_is_marked_by_how_late_its_review_is(live_version, days, late):
    now = days_after(live_version, days)
    clock.publish_due(now=now)
    assert mark_of(live_version) == late == how_late(live_version.review_due_on, now.date())


def test_six_months_are_counted_by_the_calendar(now):
    assert how_late(date(2025, 9, 2), now.date()) == Overdue.OVERDUE
    assert how_late(date(2025, 9, 1), now.date()) == Overdue.LONG


def test_a_mark_moves_the_stamp_and_is_told_in_the_trail_once(live_version):
    now = days_after(live_version, 1)
    before = Ledger.objects.get().stamp
    assert [clock.publish_due(now=now).marked for _ in range(2)] == [1, 0]
    assert Ledger.objects.get().stamp > before
    assert verbs()[-1:] == ["marked overdue"]
    call_command("verify_audit")


def test_a_page_nobody_has_reviewed_yet_has_no_review_to_be_late_for(page_of, now):
    unreviewed = page_of("unreviewed", review_due_on=None)
    assert clock.publish_due(now=now + timedelta(days=9999)).marked == 0
    assert mark_of(unreviewed) == Overdue.NO


def test_a_new_review_takes_the_mark_away_as_it_goes_live(
    live_version, next_draft, author, editor, medic, publisher
):
    now = days_after(live_version, 1)
    declare_conflicts(editor, medic, on=now.date())
    clock.publish_due(now=now)
    next_draft.rewrite(by=author, now=now, text={"title": "Read again"})
    next_draft.submit(by=author, now=now)
    sign_by(next_draft, editor=editor, medic=medic, now=now)
    next_draft.publish(by=publisher, now=now)
    assert mark_of(live_version) == Overdue.NO
    assert verbs()[-1] == "marked as reviewed in time"


def test_a_page_that_has_left_is_marked_no_longer(live_version, publisher):
    now = days_after(live_version, 1)
    clock.publish_due(now=now)
    live_version.withdraw(by=publisher, now=now, reason="Retracted.")
    assert clock.publish_due(now=now).marked == 1
    assert mark_of(live_version) == Overdue.NO


@pytest.fixture
def page_of(author, now):
    """Makes live pages of the author's, put into the tables directly: by exemption."""

    def make(slug, *, review_due_on, owner=author):
        version = begin_page(kind=Kind.ARTICLE, slug=slug, title=slug, by=None, now=now)
        Page.objects.filter(pk=version.page_id).update(owner=owner)
        Exemption.objects.create(
            version=version, content_hash=version.content_hash, reason="A test.", recorded_at=now
        )
        reviewed_on = review_due_on and review_due_on - timedelta(days=365)
        dates = {"reviewed_on": reviewed_on, "review_due_on": review_due_on}
        return move(
            version, State.LIVE, verb="went live", by=None, now=now, published_at=now, **dates
        )

    return make


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def tick(capsys):
    def run(*arguments):
        call_command("publish_due", *arguments)
        return capsys.readouterr().out

    return run


def test_one_line_says_what_was_done(scheduled, tomorrow, tick, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    assert tick() == "1 published, 0 withdrawn, 0 marked for their review, 0 reminders.\n"
    assert tick("--quiet") == ""


def test_the_command_ends_with_an_error_when_something_could_not_be_done(
    two_scheduled, tomorrow, monkeypatch, capsys
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    with pytest.raises(CommandError, match="1 things that were due could not be done"):
        call_command("publish_due")
    told = capsys.readouterr()
    assert told.err.startswith("/articles/another-page/ could not go live.")
    assert told.out.startswith("1 published")


# --- at once, and in the middle -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_clocks_that_strike_at_once_each_thing_is_done_by_one(
    scheduled, page_of, now, tomorrow
):
    overdue = page_of("overdue", review_due_on=now.date())
    rounds = []
    outcomes = at_once(*[lambda: rounds.append(clock.publish_due(now=tomorrow))] * 4)
    assert outcomes == [None] * 4
    assert [failure for done in rounds for failure in done.failures] == []
    assert sum(done.published for done in rounds) == 1
    assert sum(done.marked for done in rounds) == 1
    assert sum(done.reminded for done in rounds) == 1
    assert Version.objects.get(pk=scheduled.pk).is_live
    assert mark_of(overdue) == Overdue.OVERDUE
    call_command("verify_audit")


class Killed(BaseException):
    """As kill does: nothing after it runs, and nobody catches it."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("struck_in", ["choose_head", "note_change", "mark"])
def test_a_clock_that_was_killed_in_the_middle_leaves_all_or_nothing(
    scheduled, tomorrow, monkeypatch, struck_in
):
    owner = {"choose_head": Page, "note_change": publishing.ledger, "mark": publishing.reviews}

    def kill(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(owner[struck_in], struck_in, kill)
        with pytest.raises(Killed):
            clock.publish_due(now=tomorrow)
    assert Version.objects.get(pk=scheduled.pk).state == State.SCHEDULED
    call_command("verify_audit")
    assert clock.publish_due(now=tomorrow).published == 1
    call_command("verify_audit")


# --- beside the server --------------------------------------------------------------------


PARENT = """
import os, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid())])
time.sleep(60)
"""
CLOCK = """
import sys
import django
from django.core.management import call_command
django.setup()
print("the clock runs", flush=True)
call_command("publish_due", every=600, beside=int(sys.argv[1]))
"""


def test_the_clock_beside_a_server_ends_with_it_however_that_ends():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", PARENT, CLOCK]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603
    assert server.stdout.readline() == "the clock runs\n"
    server.kill()
    # Both hold the pipe: it closes when the clock, too, has ended.
    server.communicate(timeout=20)
