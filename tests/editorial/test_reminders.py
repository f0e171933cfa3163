"""Owners are reminded of reviews: sixty, thirty and seven days before, and when one is overdue."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import clock
from editorial.actions import start_correction
from editorial.models import Notice, Page
from editorial.states import Role
from tests.editorial.test_clock import TITLE, days_after, declare_conflicts, page_of

__all__ = ["page_of"]


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (-60, "is due for its review in 60 days, on 2 Mar 2029."),
        (-31, "is due for its review in 31 days, on 2 Mar 2029."),
        (-30, "is due for its review in 30 days, on 2 Mar 2029."),
        (-7, "is due for its review in 7 days, on 2 Mar 2029."),
        (-1, "is due for its review tomorrow, on 2 Mar 2029."),
        (0, "is due for its review today, on 2 Mar 2029."),
        (1, "is overdue for its review: it was due on 2 Mar 2029."),
    ],
)
def test_the_owner_is_reminded_in_the_bell_and_by_mail(
    live_version, author, days, when, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert clock.publish_due(now=days_after(live_version, days)).reminded == 1
    notice = Notice.objects.get(user=author)
    assert (notice.text, notice.version) == (f"“{TITLE}” {when}", live_version)
    [message] = mail.outbox
    assert message.to == [author.email]
    assert when in message.body


def test_nobody_is_reminded_sooner_than_60_days_before(live_version):
    assert clock.publish_due(now=days_after(live_version, -61)).reminded == 0


def test_the_backup_owner_is_reminded_too_and_somebody_who_left_is_not(
    live_version, author, editor
):
    author.is_active = False
    author.save()
    Page.objects.update(backup_owner=editor)
    clock.publish_due(now=days_after(live_version, -7))
    assert [notice.user for notice in Notice.objects.all()] == [editor]


def test_each_of_the_four_steps_reminds_once_however_often_the_clock_runs(live_version):
    told = []
    for day in range(-70, 20):
        told += [day] * clock.publish_due(now=days_after(live_version, day)).reminded
    assert told == [-60, -30, -7, 1]


def test_a_clock_that_stood_still_sends_one_reminder_and_not_three(live_version):
    assert clock.publish_due(now=days_after(live_version, -5)).reminded == 1


def test_a_correction_reminds_nobody_again(live_version, editor, second_editor, publisher):
    now = days_after(live_version, -7)
    declare_conflicts(second_editor, on=now.date())
    clock.publish_due(now=now)
    correction = start_correction(live_version.page, by=editor, now=now)
    correction.rewrite(by=editor, now=now, text={"title": "Resetting the immunity"})
    correction.submit(by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    correction.publish(by=publisher, now=now)
    assert clock.publish_due(now=now).reminded == 0


def test_a_mail_that_fails_loses_no_notice_and_stops_nothing(
    live_version, editor, settings, caplog, django_capture_on_commit_callbacks
):
    settings.MAILERS = {"default": {"BACKEND": "tests.editorial.test_reminders.NoPostOffice"}}
    Page.objects.update(backup_owner=editor)
    with django_capture_on_commit_callbacks(execute=True):
        done = clock.publish_due(now=days_after(live_version, -7))
    assert (done.reminded, done.failures) == (2, [])
    assert Notice.objects.count() == 2
    assert "no post today" in caplog.text


class NoPostOffice:
    def __init__(self, *args, **kwargs) -> None:
        pass

    def send_messages(self, messages):
        raise OSError("no post today")


def test_the_queries_of_a_round_do_not_grow_with_what_was_done_before(page_of, now):
    def queries_with(pages):
        for place in range(pages):
            page_of(f"of-{pages}-{place}", review_due_on=now.date() - timedelta(days=place))
        clock.publish_due(now=now)
        with CaptureQueriesContext(connection) as captured:
            clock.publish_due(now=now)
        return len(captured)

    assert queries_with(2) == queries_with(9) <= 11
