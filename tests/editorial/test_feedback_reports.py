"""A report's life: it arrives, is taken, closed and erased, and the trail repeats none of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from editorial import corrections_log
from editorial.feedback import helpful, reports
from editorial.models import Event, HelpfulCount, Notice, Page, Report
from editorial.refusals import NotAllowed, NotReady, WrongState
from tests.conftest import hire
from tests.live_pages import live_page

WORDS = "I have lupus, and the number in the second line is wrong."


@pytest.fixture
def report(live_version, now) -> Report:
    return reports.send(
        kind="error", text=WORDS, email="anna@example.org", address=str(live_version.page), now=now
    )


@pytest.fixture
def told_nothing(db):
    """What stays for ever and what leaves the house holds no word of a reader."""
    yield
    kept = [*Event.objects.values_list("comment", flat=True)]
    kept += Notice.objects.values_list("text", flat=True)
    kept += [letter.subject + letter.body for letter in mail.outbox]
    assert kept
    assert not any("lupus" in text or "anna@" in text for text in kept)


@pytest.mark.usefixtures("told_nothing")
def test_the_owner_of_the_page_is_told_by_bell_and_mail(
    report, author, django_capture_on_commit_callbacks, now
):
    with django_capture_on_commit_callbacks(execute=True):
        reports.send(kind="missing", text=WORDS, address=report.address, now=now)

    assert {notice.user for notice in Notice.objects.all()} == {author}
    assert Notice.objects.first().report is not None
    assert [letter.to for letter in mail.outbox] == [[author.email]]


def test_a_question_about_no_page_goes_to_those_who_answer(author, editor, publisher, now):
    reports.send(kind="question", text="Who are you?", now=now)
    assert {notice.user for notice in Notice.objects.all()} == {editor, publisher}


def test_a_flood_fills_no_mailbox(live_version, author, django_capture_on_commit_callbacks, now):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(reports.MOST_MAILS + 3):
            reports.send(kind="error", text="Wrong.", address=str(live_version.page), now=now)
    assert author.notices.count() == reports.MOST_MAILS + 3
    assert len(mail.outbox) == reports.MOST_MAILS


def test_what_looks_like_spam_is_kept_and_tells_nobody_until_it_is_let_through(
    live_version, editor, author, now
):
    caught = reports.send(
        kind="error", text=WORDS, address=str(live_version.page), is_suspect=True, now=now
    )
    assert not Notice.objects.exists()
    assert not Report.objects.waiting().exists()

    reports.let_through(caught, by=editor, now=now)
    assert Report.objects.waiting().get() == caught
    assert author.notices.count() == 1


@pytest.mark.usefixtures("told_nothing")
def test_one_takes_it_and_the_next_is_told_who(report, editor, publisher, now):
    reports.take(report, by=editor, now=now)
    with pytest.raises(WrongState, match="editor has taken this report"):
        reports.take(report, by=publisher, now=now)
    assert Event.objects.first().verb == "took report"


def test_authors_see_reports_about_their_own_pages_and_close_none(report, author, medic, now):
    reports.send(kind="question", text="Who are you?", now=now)
    assert list(Report.objects.seen_by(author)) == [report]
    assert not Report.objects.seen_by(medic).exists()
    with pytest.raises(NotAllowed, match="Only an editor or a publisher"):
        reports.close(report, by=author, now=now, outcome="spam")


@pytest.mark.usefixtures("told_nothing")
def test_a_report_is_closed_once_with_its_reason(report, editor, publisher, now):
    with pytest.raises(NotReady, match="for your colleagues"):
        reports.close(report, by=editor, now=now, outcome="no_error")
    reports.close(report, by=editor, now=now, outcome="no_error", reason="lupus is not in line 2")
    with pytest.raises(WrongState, match="editor has closed this report by now: not an error"):
        reports.close(report, by=publisher, now=now, outcome="spam")


def test_a_report_that_was_right_names_what_put_it_right(report, live_version, editor, now):
    def close(**told) -> None:
        reports.close(report, by=editor, now=now, outcome="corrected", **told)

    with pytest.raises(NotReady, match="Choose the version of this page"):
        close()
    with pytest.raises(NotReady, match="Choose the version of this page"):
        close(correction=live_page("another-page"), for_readers="A line.")
    with pytest.raises(NotReady, match="Say in a line"):
        close(correction=live_version)
    close(correction=live_version, for_readers="It said 17 people; it was 70.")

    assert [entry.what for entry in corrections_log.entries()] == ["It said 17 people; it was 70."]
    assert report.correction == live_version


def test_a_text_from_before_the_report_did_not_put_it_right(live_version, editor, now):
    later = now + timedelta(days=1)
    report = reports.send(kind="error", text=WORDS, address=str(live_version.page), now=later)
    assert not reports.corrections_of(report).exists()
    with pytest.raises(NotReady, match="has not gone live since"):
        reports.close(report, by=editor, now=later, outcome="corrected", correction=live_version)


def test_what_is_about_no_page_cannot_be_corrected(editor, now):
    report = reports.send(kind="question", text="Who are you?", now=now)
    with pytest.raises(NotReady, match="about no page that can be corrected"):
        reports.close(report, by=editor, now=now, outcome="corrected")


# --- forgetting ---------------------------------------------------------------------------


def strike(now) -> list[bool]:
    return [deed() for _, deed in reports.old_words(now)]


@pytest.mark.usefixtures("told_nothing")
def test_words_and_address_go_after_ninety_days_and_the_outcome_stays(report, editor, now):
    reports.close(report, by=editor, now=now, outcome="answered", reason="Told her of lupus.")
    waiting = reports.send(kind="question", text="Who are you?", now=now)
    assert strike(now + timedelta(days=89)) == []

    late = now + timedelta(days=91)
    assert strike(late) == [True, True]
    assert strike(late) == []
    report.refresh_from_db()
    waiting.refresh_from_db()
    assert (report.text, report.email, report.reason) == ("", "", "")
    assert (report.outcome, waiting.outcome) == ("answered", "unanswered")
    assert report.page is not None


def test_spam_that_nobody_looked_at_goes_without_a_line_in_the_trail(db, now):
    reports.send(kind="error", text="Buy.", is_suspect=True, now=now)
    strike(now + timedelta(days=91))
    assert Report.objects.get().outcome == "spam"
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "spam"},
        {"text": ""},
        {"outcome": "corrected", "closed_at": "now"},
        {"erased_at": "now"},
    ],
)
def test_the_database_refuses_a_report_that_makes_no_sense(report, now, fields):
    told = {name: now if value == "now" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**told)


# --- whether pages help -------------------------------------------------------------------


def test_answers_are_counted_by_page_and_month_and_nothing_else(live_version, now):
    page = str(live_version.page)
    for address, helped in ((page, True), (page, False), (page, False), ("/sources/x/", True)):
        helpful.count(address, helped=helped, now=now)
    helpful.count(page, helped=True, now=now + timedelta(days=31))

    rows = HelpfulCount.objects.order_by("month_begins_on", "place")
    assert [(row.place, row.helped, row.did_not_help) for row in rows] == [
        (page, 1, 2),
        ("/sources/", 1, 0),
        (page, 1, 0),
    ]
    heard = helpful.heard_about(live_version.page, (now + timedelta(days=40)).date())
    assert (heard.helped, heard.did_not_help, heard.waiting) == (2, 2, 0)


def test_a_page_is_found_unhelpful_by_enough_readers_of_late(live_version, now):
    page = live_version.page

    def found(day) -> list[Page]:
        return list(helpful.unhelpful_pages(day.date()))

    for _ in range(helpful.FEWEST_ANSWERS - 1):
        helpful.count(str(page), helped=False, now=now)
    assert found(now) == []
    helpful.count(str(page), helped=True, now=now)
    assert found(now) == [page]
    assert found(now + timedelta(days=365)) == []


def test_a_backup_owner_is_told_as_well(live_version, now):
    backup = hire("backup")
    Page.objects.filter(pk=live_version.page_id).update(backup_owner=backup)
    reports.send(kind="error", text="Wrong.", address=str(live_version.page), now=now)
    assert backup.notices.count() == 1
