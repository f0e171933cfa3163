"""Reports on the desk and in the admin: who sees them, and what can be done with them there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial.feedback import helpful, reports
from editorial.models import Event, Report

CHANGELIST = "/admin/editorial/report/"


@pytest.fixture
def report(live_version, now) -> Report:
    return reports.send(
        kind="error", text="I have lupus; line 2 is wrong.", address=str(live_version.page), now=now
    )


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(report, verb="change") -> str:
    return f"{CHANGELIST}{report.pk}/{verb}/"


def test_the_desk_shows_kind_page_age_and_owner_to_those_whom_it_concerns(
    report, editor, author, medic
):
    for person in (editor, author):
        desk = browser(person).get(reverse("admin:index")).text
        assert "An error on a page: Resetting immunity" in desk
        assert "owner: author" in desk
        assert "ago" in desk
        assert "lupus" not in desk
    assert "Reports from readers <span" not in browser(medic).get(reverse("admin:index")).text


def test_the_notice_leads_to_the_report(report, author):
    notice = author.notices.get()
    answer = browser(author).get(reverse("admin:editorial_notice_open", args=[notice.pk]))
    assert answer["Location"] == address(report)
    assert "I have lupus; line 2 is wrong." in browser(author).get(address(report)).text


def test_somebody_else_does_not_read_it(report, medic, stranger):
    assert browser(medic).get(address(report)).status_code == 404
    assert browser(stranger).get(address(report)).status_code == 403
    assert "Resetting immunity" not in browser(medic).get(CHANGELIST).text


def test_the_list_shows_what_waits_and_spam_only_when_asked(report, editor, now):
    reports.send(kind="question", text="Buy.", address="/caught/", is_suspect=True, now=now)
    client = browser(editor)
    assert "Resetting immunity" in client.get(CHANGELIST).text
    assert "/caught/" not in client.get(CHANGELIST).text
    assert "/caught/" in client.get(f"{CHANGELIST}?show=suspect").text
    reports.close(report, by=editor, now=now, outcome="spam")
    assert "Resetting immunity" in client.get(f"{CHANGELIST}?outcome__exact=spam").text


def test_an_editor_takes_and_closes_it(report, live_version, editor):
    client = browser(editor)
    client.post(address(report, "take"))
    report.refresh_from_db()
    assert report.taken_by == editor

    refused = client.post(address(report), {"outcome": "corrected", "reason": "She is right."})
    assert "Choose the version of this page that put it right." in refused.text
    assert "She is right." in refused.text
    closing = {"outcome": "corrected", "correction": live_version.pk, "for_readers": "It was 70."}
    assert client.post(address(report), closing)["Location"] == CHANGELIST
    assert "It was 70." in client.get("/about/corrections/").text


def test_an_author_can_do_nothing_with_it(report, author):
    client = browser(author)
    before = Event.objects.count()
    assert client.post(address(report, "take")).status_code == 403
    assert client.post(address(report), {"outcome": "spam"}).status_code == 403
    assert Event.objects.count() == before


def test_spam_is_let_through_by_hand(report, editor):
    Report.objects.update(is_suspect=True)
    client = browser(editor)
    assert "A person wrote this" in client.get(address(report)).text
    client.post(address(report, "keep"))
    assert Report.objects.waiting().exists()


def test_the_history_of_a_page_and_the_list_tell_whether_it_helped(live_version, editor, now):
    for _ in range(helpful.FEWEST_ANSWERS):
        helpful.count(str(live_version.page), helped=False, now=timezone.now())
    client = browser(editor)
    history = client.get(f"/admin/articles/article/{live_version.pk}/history/").text
    assert "What readers said" in history
    assert "Pages readers found unhelpful: 1" in client.get(reverse("admin:index")).text
    shown = client.get("/admin/editorial/helpfulcount/?show=unhelpful").text
    assert str(live_version.page) in shown
