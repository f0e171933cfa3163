"""Comments on a version: who is heard, who is told, and what a closed version keeps."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import sharing, talking
from editorial.models import Comment, Event, Notice
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.threads import talk_about


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def to(version, verb="change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


def told() -> set[str]:
    return set(Notice.objects.values_list("user__username", flat=True))


@pytest.fixture
def remark(submitted, editor, now) -> Comment:
    return talking.comment(submitted, by=editor, now=now, text="Which harms?")


# --- verbs --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["author", "second_author", "editor", "medic", "publisher"])
def test_whoever_may_view_a_version_may_comment_on_it(submitted, role, now, request):
    person = request.getfixturevalue(role)
    comment = talking.comment(submitted, by=person, now=now, text="A word.", quote="calms")
    assert (comment.author, comment.quote) == (person, "calms")


def test_a_stranger_is_refused(draft, stranger, now):
    with pytest.raises(NotAllowed, match="Only a member of the newsroom"):
        talking.comment(draft, by=stranger, now=now, text="Let me in.")


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_an_empty_comment_is_refused(draft, author, now, text):
    with pytest.raises(NotReady, match="is empty"):
        talking.comment(draft, by=author, now=now, text=text)


def test_a_closed_version_takes_no_comment(live_version, editor, now):
    with pytest.raises(WrongState, match="can be read, and no new ones written"):
        talking.comment(live_version, by=editor, now=now, text="Too late.")


def test_a_version_that_closed_meanwhile_takes_no_comment(draft, author, editor, now):
    type(draft).objects.get(pk=draft.pk).discard(by=author, now=now, reason="Begun twice.")
    with pytest.raises(WrongState):
        talking.comment(draft, by=editor, now=now, text="Too late.")


def test_an_answer_to_an_answer_stays_in_the_thread(remark, author, editor, now):
    answer = talking.answer(remark, by=author, now=now, text="Infertility.")
    second = talking.answer(answer, by=editor, now=now, text="Say so.")
    assert answer.answers == second.answers == remark


def test_a_comment_is_no_event_and_settling_it_is(remark, author, now):
    before = Event.objects.count()
    talking.answer(remark, by=author, now=now, text="Infertility.")
    assert Event.objects.count() == before
    talking.resolve(remark, by=author, now=now)
    talking.reopen(remark, by=author, now=now)
    assert list(Event.objects.order_by("number").values_list("verb", flat=True))[before:] == [
        "resolved comment",
        "reopened comment",
    ]
    assert Event.objects.first().comment == "editor: Which harms?"


def test_only_the_first_of_two_settles_a_comment(remark, author, editor, now):
    other = Comment.objects.get(pk=remark.pk)
    talking.resolve(remark, by=author, now=now)
    with pytest.raises(WrongState, match="has just resolved"):
        talking.resolve(other, by=editor, now=now)
    talking.reopen(remark, by=author, now=now)
    with pytest.raises(WrongState, match="has just reopened"):
        talking.reopen(other, by=editor, now=now)


def test_a_resolved_thread_takes_no_answer(remark, author, editor, now):
    talking.resolve(remark, by=author, now=now)
    with pytest.raises(WrongState, match="reopen it"):
        talking.answer(remark, by=editor, now=now, text="One more thing.")


# --- who is told --------------------------------------------------------------------------


def test_those_are_told_whom_it_concerns(
    at_the_medic, author, second_author, editor, second_editor, medic, publisher, now
):
    at_the_medic.page.backup_owner = second_author
    at_the_medic.page.save()
    at_the_medic.wrote.create(user=second_editor, first_at=now)
    type(at_the_medic).objects.filter(pk=at_the_medic.pk).update(assigned_to=medic)
    talking.comment(at_the_medic, by=publisher, now=now, text="When?")
    # Owner, backup, writer, signer, assigned; and not who wrote it.
    assert told() == {"author", "second_author", "second_editor", "editor", "medic"}


def test_who_is_in_the_thread_is_told_of_an_answer(remark, author, publisher, medic, now):
    talking.answer(remark, by=medic, now=now, text="Infertility.")
    Notice.objects.all().delete()
    talking.answer(remark, by=publisher, now=now, text="And costs.")
    assert told() == {"author", "editor", "medic"}


def test_who_made_the_link_is_told_what_a_guest_says(submitted, medic, now):
    link = sharing.share(submitted, by=medic, now=now)
    sharing.comment_by_link(link, name="Dr Example", now=now, text="Clear.")
    assert told() == {"author", "medic"}
    assert Notice.objects.first().text == (
        "Dr Example (guest) commented on “Resetting immunity”: Clear."
    )


# --- as they are read ---------------------------------------------------------------------


def test_a_passage_is_marked_when_it_left_the_text(draft, author, editor, now):
    talking.comment(
        draft, by=editor, now=now, text="?", quote="What it is\n\nDoctors give back a person’s own"
    )
    assert not talk_about(draft).open[0].is_passage_gone
    draft.rewrite(by=author, now=now, text={"body": "<p>Other words.</p>"})
    assert talk_about(draft).open[0].is_passage_gone
    assert "This passage is no longer in the text." in browser(editor).get(to(draft)).text


def test_open_threads_come_first_newest_first(draft, author, now):
    first, second, third = (
        talking.comment(draft, by=author, now=now + timedelta(minutes=n), text=f"{n}")
        for n in range(3)
    )
    talking.resolve(second, by=author, now=now)
    talk = talk_about(draft)
    assert [thread.first for thread in talk.open] == [third, first]
    assert [thread.first for thread in talk.resolved] == [second]


def test_two_hundred_comments_are_folded_and_take_no_more_queries(draft, editor, now):
    client = browser(editor)
    first = talking.comment(draft, by=editor, now=now, text="First", quote="stem cells")
    counts = []
    for rows in (1, 100):
        Comment.objects.bulk_create(
            Comment(version=draft, author=editor, text=f"{n}", written_at=now, answers=answered)
            for n in range(rows)
            for answered in (None, first)
        )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(to(draft))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    talk = page.context["talk"]
    assert (talk.count, len(talk.newest), len(talk.older)) == (203, 20, 82)
    [thread] = [thread for thread in talk.open if thread.first == first]
    assert (len(thread.earlier), len(thread.latest)) == (97, 4)


# --- in the admin -------------------------------------------------------------------------


def test_a_comment_is_left_below_the_form_and_the_form_is_led_back_to(draft, medic):
    answer = browser(medic).post(to(draft, "comment"), {"text": "Clear.", "quote": "stem cells"})
    assert answer["Location"] == f"{to(draft)}#talk"
    comment = Comment.objects.get()
    assert (comment.author, comment.quote, comment.version) == (medic, "stem cells", draft)


def test_a_script_gets_the_comments_and_nothing_of_the_form(draft, medic):
    answer = browser(medic).post(
        to(draft, "comment"), {"text": "<b>Clear.</b>"}, headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 200
    assert "&lt;b&gt;Clear.&lt;/b&gt;" in answer.text
    assert 'data-done="Your comment is there."' in answer.text
    assert "<main" not in answer.text


def test_a_script_is_told_why_it_was_refused(live_version, medic):
    answer = browser(medic).post(
        to(live_version, "comment"), {"text": "Late"}, headers={"X-Requested-With": "fetch"}
    )
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain")
    assert answer.text.startswith("This version is live")


def test_an_answer_resolving_and_reopening_by_post(remark, author):
    client, version = browser(author), remark.version
    client.post(to(version, "comment"), {"text": "Infertility.", "answers": remark.pk})
    assert remark.answered_by.get().text == "Infertility."
    client.post(to(version, "resolve"), {"comment": remark.pk})
    remark.refresh_from_db()
    assert remark.resolved_by == author
    client.post(to(version, "reopen"), {"comment": remark.pk})
    remark.refresh_from_db()
    assert (remark.resolved_by, remark.resolved_at) == (None, None)


@pytest.mark.parametrize("verb", ["resolve", "reopen", "comment"])
def test_a_comment_of_another_version_is_not_found(verb, remark, author, now):
    from tests.live_pages import begin

    other = begin("another-page")
    sent = {"comment": remark.pk, "answers": remark.pk, "text": "Hm."}
    assert browser(author).post(to(other, verb), sent).status_code == 404
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("verb", ["comment", "resolve", "reopen", "share", "unshare"])
def test_looking_changes_nothing_and_a_stranger_gets_nowhere(verb, remark, editor, stranger):
    address = to(remark.version, verb)
    assert browser(editor).get(address, {"text": "x", "comment": remark.pk}).status_code == 302
    assert browser(stranger).post(address, {"text": "x"}).status_code == 403
    assert Comment.objects.filter(resolved_at__isnull=True).count() == 1


def test_a_closed_version_shows_what_was_said_and_no_form(remark, author, editor, now):
    remark.version.discard(by=editor, now=now, reason="Begun twice.")
    page = browser(author).get(to(remark.version)).text
    assert "Which harms?" in page
    assert 'id="talk-new"' not in page
    assert "../resolve/" not in page
