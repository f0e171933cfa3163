"""Moves of several pages at once: shown beforehand, and made for all of them or for none."""

import threading
from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial import ledger
from editorial.actions import add_tag, begin_page, set_owner
from editorial.admin import bulk
from editorial.models import Event, Tag, Version
from editorial.refusals import NotAllowed, NotReady
from editorial.several import do_to_all, try_on_all
from editorial.states import State
from tests.conftest import sign_by, write_draft

LIST = "admin:articles_article_changelist"
SOON = "2999-01-01T10:00"


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def send(by, action, versions, step="", **answers):
    """What the list sends first (no step), and the page after it (“try”, then “do”)."""
    sent = {"action": action, ACTION_CHECKBOX_NAME: [version.pk for version in versions]}
    if step:
        sent |= {"step": step, **answers}
    return browser(by).post(reverse(LIST), sent, follow=True)


def fresh(version):
    return Version.objects.get(pk=version.pk)


@pytest.fixture
def second(author, now):
    version = begin_page(kind="article", slug="second", title="Second", by=author, now=now)
    return write_draft(version, by=author, now=now)


def approve(version, *, author, editor, medic, now):
    version.submit(by=author, now=now)
    return sign_by(version, editor=editor, medic=medic, now=now)


# --- the steps ----------------------------------------------------------------------------


def test_the_first_page_asks_and_names_what_was_chosen(draft, second, publisher):
    answer = send(publisher, "assign_several", [draft, second])
    assert "2 pages are chosen" in answer.text
    assert "Resetting immunity" in answer.text
    assert "Second" in answer.text


def test_nothing_is_done_before_it_was_shown(draft, second, editor, publisher):
    events = Event.objects.count()
    answer = send(publisher, "assign_several", [draft, second], "try", person=editor.pk, priority=2)
    assert "2 pages will change" in answer.text
    assert "<dd>urgent</dd>" in answer.text
    assert fresh(draft).assigned_to is None
    assert Event.objects.count() == events


def test_what_was_shown_is_done_for_all(draft, second, editor, publisher):
    answer = send(publisher, "assign_several", [draft, second], "do", person=editor.pk, priority=2)
    assert "Assign: done for 2 pages." in answer.text
    assert {fresh(draft).assigned_to, fresh(second).assigned_to} == {editor}
    assert Event.objects.filter(verb="assigned").count() == 2
    assert list(ledger.walk_chain())


def test_one_refusal_stops_all_and_says_which_and_why(
    draft, live_version, second, editor, publisher
):
    for step in ("try", "do"):
        answer = send(
            publisher, "assign_several", [live_version, second], step, person=editor.pk, priority=0
        )
        assert "Nothing was done: it is refused for 1 page" in answer.text
        assert "This version is live: it has no next step to assign." in answer.text
        assert fresh(second).assigned_to is None
    # What can be done is offered, without the refused one.
    assert answer.context["chosen"] == [second]


def test_a_question_without_its_answer_is_asked_again(draft, publisher):
    answer = send(publisher, "assign_several", [draft], "try", person="", priority=0)
    assert "Nothing was done yet" in answer.text


def test_a_list_that_changed_between_the_steps_changes_nothing(
    live_version, next_draft, publisher, editor
):
    """The row of the page is its new draft by now, not the version that was shown."""
    answer = send(publisher, "set_owner", [live_version, next_draft], "do", owner=editor.pk)
    assert "Pages of this list changed meanwhile" in answer.text
    assert fresh(next_draft).page.owner != editor


def test_more_than_can_be_done_at_once_are_refused(draft, second, publisher, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    answer = send(publisher, "assign_several", [draft, second])
    assert "At most 1 pages at once" in answer.text


# --- who is offered what ------------------------------------------------------------------

ACTIONS = {
    "author": {"add_tag", "remove_tag"},
    "editor": {"assign_several", "add_tag", "remove_tag", "set_owner"},
    "medic": set(),
    "publisher": {"assign_several", "set_owner", "schedule_several"},
}


@pytest.mark.parametrize(("role", "actions"), ACTIONS.items(), ids=ACTIONS)
def test_a_list_offers_what_its_reader_may_do(draft, role, actions, request):
    answer = browser(request.getfixturevalue(role)).get(reverse(LIST))
    form = answer.context["action_form"]
    offered = {name for name, _ in form.fields["action"].choices if name} if form else set()
    assert offered == actions


def test_an_action_that_is_not_offered_is_not_done(draft, medic, editor):
    send(medic, "assign_several", [draft], "do", person=editor.pk, priority=0)
    assert fresh(draft).assigned_to is None


# --- tags ---------------------------------------------------------------------------------


def test_a_tag_is_added_to_all_and_removed_from_all(draft, second, theme, disease, editor):
    draft.tags.add(disease)
    send(editor, "add_tag", [draft, second], "do", tag=theme.pk)
    assert set(fresh(draft).tags.all()) == {disease, theme}
    assert set(fresh(second).tags.all()) == {theme}
    answer = send(editor, "add_tag", [draft], "try", tag=theme.pk)
    assert "It has this tag already." in answer.text
    send(editor, "remove_tag", [draft, second], "do", tag=theme.pk)
    assert set(fresh(draft).tags.all()) == {disease}
    assert not fresh(second).tags.exists()


def test_whose_sign_offs_a_tag_would_end_is_shown_beforehand(approved, theme, second_editor):
    answer = send(second_editor, "add_tag", [approved], "try", tag=theme.pk)
    assert "This ends the sign-offs of Editor and Medic." in answer.text
    assert fresh(approved).sign_offs.count() == 2
    send(second_editor, "add_tag", [approved], "do", tag=theme.pk)
    assert (fresh(approved).state, fresh(approved).sign_offs.count()) == (State.DRAFT, 0)


def test_a_live_page_gets_no_tag(live_version, theme, editor):
    answer = send(editor, "add_tag", [live_version], "do", tag=theme.pk)
    assert "This version is live and can no longer be edited" in answer.text
    assert not fresh(live_version).tags.exists()


def test_a_merged_tag_is_not_used(draft, theme, editor, now):
    gone = Tag.objects.create(name="Old word", slug="old", merged_into=theme)
    with pytest.raises(NotReady, match="was merged into another tag"):
        add_tag(draft, gone, by=editor, now=now)


# --- owners -------------------------------------------------------------------------------


def test_pages_get_an_owner(draft, second, editor, second_author):
    answer = send(editor, "set_owner", [draft, second], "try", owner=second_author.pk)
    assert "Owner now: author." in answer.text
    send(editor, "set_owner", [draft, second], "do", owner=second_author.pk)
    assert {fresh(draft).page.owner, fresh(second).page.owner} == {second_author}
    assert Event.objects.filter(verb="owner set", comment="to second_author").count() == 2


def test_nobody_outside_the_newsroom_owns_a_page(draft, editor, stranger, now):
    with pytest.raises(NotReady, match="stranger is not of the newsroom"):
        set_owner(draft.page, stranger, by=editor, now=now)


def test_only_editors_and_publishers_set_an_owner(draft, author, medic, now):
    for person in (author, medic):
        with pytest.raises(NotAllowed, match="Only an editor or a publisher"):
            set_owner(draft.page, author, by=person, now=now)


# --- the schedule -------------------------------------------------------------------------


def test_approved_pages_are_scheduled_together(
    approved, second, author, editor, medic, publisher, now
):
    approve(second, author=author, editor=editor, medic=medic, now=now)
    send(publisher, "schedule_several", [approved, second], "do", publish_at=SOON)
    assert {fresh(approved).state, fresh(second).state} == {State.SCHEDULED}


def test_what_is_not_approved_keeps_all_from_the_schedule(approved, second, publisher):
    answer = send(publisher, "schedule_several", [approved, second], "do", publish_at=SOON)
    assert "This version is draft by now, not approved" in answer.text
    assert fresh(approved).state == State.APPROVED


# --- at once and in number ----------------------------------------------------------------


def test_what_is_only_tried_sends_no_mail(
    draft, editor, publisher, now, mailoutbox, django_capture_on_commit_callbacks
):
    def deed(version):
        version.assign(to=editor, by=publisher, now=now)

    with django_capture_on_commit_callbacks(execute=True):
        assert try_on_all([draft.pk], deed) == []
    assert mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        assert do_to_all([draft.pk], deed) == []
    assert len(mailoutbox) == 1


def test_versions_and_pages_are_locked_before_the_ledger(draft, second, editor, publisher, now):
    """Whoever holds the ledger and waits for a version blocks who writes in that version."""
    with CaptureQueriesContext(connection) as asked:
        do_to_all(
            [draft.pk, second.pk], lambda version: version.assign(to=editor, by=publisher, now=now)
        )
    tables = [
        table
        for query in asked.captured_queries
        for table in ("editorial_page", "editorial_version", "editorial_ledger")
        if f'FROM "{table}"' in query["sql"] and "SELECT" in query["sql"]
    ]
    assert tables[:2] == ["editorial_page", "editorial_version"]


@pytest.mark.django_db(transaction=True)
def test_two_who_assign_and_one_who_writes_do_not_block_each_other(
    draft, second, author, editor, second_editor, publisher, now
):
    gate, errors = threading.Barrier(3), []

    def run(deed):
        try:
            gate.wait(timeout=30)
            for _ in range(3):
                deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    def give(person, *pks):
        return lambda: do_to_all(
            pks, lambda version: version.assign(to=person, by=publisher, now=now)
        )

    def write():
        version = Version.objects.get(pk=second.pk)
        version.rewrite(by=author, now=now, text={"title": f"{timezone.now()}"})

    deeds = [give(editor, draft.pk, second.pk), give(second_editor, second.pk, draft.pk), write]
    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert fresh(draft).assigned_to == fresh(second).assigned_to
    assert len(list(ledger.walk_chain())) == Event.objects.count()


def test_a_day_is_asked_for_and_shown_as_people_write_it(draft, editor, publisher):
    day = timezone.localdate() + timedelta(days=400)
    answer = send(
        publisher, "assign_several", [draft], "try", person=editor.pk, due_on=f"{day}", priority=0
    )
    assert f"<dd>{day.day} {day:%B %Y}</dd>" in answer.text
