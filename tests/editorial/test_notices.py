"""What people are told, in the bell and by mail, and who is told it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import notices
from editorial.models import Notice
from editorial.states import Role

LIST = "admin:editorial_notice_changelist"


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(person) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(user=person)]


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """What is sent when the transaction of the test would end."""

    def sent(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return mail.outbox

    return sent


# --- giving -------------------------------------------------------------------------------


def test_a_notice_is_mailed_with_the_way_to_it(author, draft, mails, now):
    [letter] = mails(lambda: notices.give(author, "Look at this.", version=draft, now=now))
    notice = Notice.objects.get()
    assert letter.to == [author.email]
    assert f"http://testserver{reverse('admin:editorial_notice_open', args=[notice.pk])}" in (
        letter.body
    )


def test_with_a_key_it_is_given_and_mailed_once(author, now, mails):
    def twice():
        assert notices.give(author, "Due in 7 days.", key="due-7", now=now)
        assert not notices.give(author, "Due in 7 days.", key="due-7", now=now)

    assert len(mails(twice)) == 1
    assert told(author) == ["Due in 7 days."]


def test_a_key_is_one_persons_own(author, editor, now):
    assert notices.give(author, "Due.", key="due-7", now=now)
    assert notices.give(editor, "Due.", key="due-7", now=now)


def test_without_a_key_it_is_given_again(author, now):
    assert notices.give(author, "Once.", now=now)
    assert notices.give(author, "Once.", now=now)
    assert Notice.objects.count() == 2


def test_who_has_retired_is_told_nothing(author, now, mails):
    author.is_active = False
    assert mails(lambda: notices.give(author, "Anybody there?", now=now)) == []
    assert not Notice.objects.exists()


def test_no_mail_is_sent_where_none_is_asked_for(author, now, mails):
    assert mails(lambda: notices.give(author, "In the bell alone.", mail=False, now=now)) == []
    assert told(author) == ["In the bell alone."]


def test_a_mail_that_fails_is_logged_and_stops_nothing(author, now, mails, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("the post is closed")

    monkeypatch.setattr(notices, "send_mail", fail)
    mails(lambda: notices.give(author, "Look at this.", now=now))
    assert told(author) == ["Look at this."]
    assert "the post is closed" in caplog.text


def test_a_long_text_on_several_lines_is_one_short_line(author, now, mails):
    [letter] = mails(lambda: notices.give(author, "One\nline " * 200, now=now))
    [text] = told(author)
    assert len(text) == 300
    assert "\n" not in text + letter.subject


# --- moves --------------------------------------------------------------------------------


def test_only_who_sent_it_back_is_told_that_it_comes_again(
    draft, author, editor, second_editor, now
):
    draft.submit(by=author, now=now)
    assert not Notice.objects.exists()
    draft.send_back(by=editor, now=now, comment="Say what the harms are.")
    draft.submit(by=author, now=now)
    assert told(editor) == ["“Resetting immunity” was submitted again, after you sent it back"]
    assert told(second_editor) == []


def test_the_owner_and_the_writers_are_told_why_it_came_back(
    submitted, author, second_author, editor, now
):
    submitted.wrote.create(user=second_author, first_at=now)
    submitted.send_back(by=editor, now=now, comment="Say what the harms are.")
    expected = ["“Resetting immunity” was sent back: Say what the harms are."]
    assert told(author) == told(second_author) == expected
    assert told(editor) == []


def test_signing_scheduling_and_withdrawing_are_told(
    submitted, author, editor, medic, publisher, now, tomorrow
):
    submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    submitted.sign_off(by=medic, role=Role.MEDICAL, now=now)
    submitted.schedule(by=publisher, now=now, publish_at=tomorrow)
    submitted.publish(by=None, now=tomorrow)
    submitted.withdraw(by=publisher, now=tomorrow, reason="A source was retracted.")
    assert told(author) == [
        "“Resetting immunity” was withdrawn: A source was retracted.",
        "“Resetting immunity” went live",
        "“Resetting immunity” is scheduled to go live",
        "“Resetting immunity” has its medical sign-off",
        "“Resetting immunity” has its editorial sign-off",
    ]


def test_nobody_is_told_what_they_did(draft, author, now):
    draft.discard(by=author, now=now, reason="Begun twice.")
    assert not Notice.objects.exists()


def test_a_move_that_fails_tells_nobody(submitted, editor, author, medic, now):
    with pytest.raises(Exception, match="Only a medical reviewer"):
        submitted.sign_off(by=editor, role=Role.MEDICAL, now=now)
    assert told(author) == []


# --- the bell -----------------------------------------------------------------------------


def test_the_bell_counts_what_one_has_not_read(author, editor, now):
    notices.give(author, "One.", now=now)
    notices.give(author, "Two.", now=now)
    notices.give(editor, "Not yours.", now=now)
    page = browser(author).get(reverse("admin:index"))
    assert '<span class="bell-count">2 new</span>' in page.text


def test_the_bell_is_silent_when_all_is_read(author):
    page = browser(author).get(reverse("admin:index"))
    assert reverse(LIST) in page.text
    assert "bell-count" not in page.text


def test_the_list_shows_ones_own_newest_first(author, editor, now):
    notices.give(author, "Older.", now=now)
    notices.give(author, "Newer.", now=now + timedelta(hours=1))
    notices.give(editor, "Not yours.", now=now)
    page = browser(author).get(reverse(LIST))
    assert [notice.text for notice in page.context["page_obj"]] == ["Newer.", "Older."]


def test_an_empty_list_says_what_will_be_there(author):
    assert "You have no notices." in browser(author).get(reverse(LIST)).text


def test_a_long_list_is_paged_and_takes_no_more_queries(author, draft, now):
    client, counts = browser(author), []
    for rows in (2, 120):
        for number in range(rows):
            notices.give(author, f"{number}", version=draft, now=now, mail=False)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse(LIST))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(page.context["page_obj"]) == 50
    assert client.get(reverse(LIST), {"page": 4}).status_code == 404


def test_following_a_notice_reads_it_and_leads_to_the_version(author, draft, now):
    notices.give(author, "Look.", version=draft, now=now)
    notice = Notice.objects.get()
    answer = browser(author).get(reverse("admin:editorial_notice_open", args=[notice.pk]))
    assert answer["Location"] == reverse("admin:articles_article_change", args=[draft.pk])
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_is_its_persons_alone(author, editor, draft, now):
    notices.give(author, "Look.", version=draft, now=now)
    notice = Notice.objects.get()
    address = reverse("admin:editorial_notice_open", args=[notice.pk])
    assert browser(editor).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_marked_as_read_by_post_and_only_ones_own(author, editor, now):
    for person in (author, author, editor):
        notices.give(person, "Look.", now=now)
    client, address = browser(author), reverse("admin:editorial_notice_read")
    client.get(address)
    assert Notice.objects.of(author).unread().count() == 2
    client.post(address)
    assert Notice.objects.of(author).unread().count() == 0
    assert Notice.objects.of(editor).unread().count() == 1
