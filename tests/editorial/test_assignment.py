"""Whose the next step of a version is: given, taken, and nobody's once it is done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import ledger
from editorial.actions import start_correction
from editorial.models import Event, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.rights import able_to_take_next_step, may_take_next_step
from editorial.states import Priority, Role

PEOPLE = ("author", "second_author", "editor", "second_editor", "medic", "publisher", "stranger")


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(version: Version, verb: str = "change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


def fresh(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


@pytest.mark.parametrize(
    "fixture", ["draft", "submitted", "at_the_medic", "approved", "scheduled", "live_version"]
)
def test_those_who_can_be_assigned_are_those_who_may_do_the_next_step(request, fixture):
    version = request.getfixturevalue(fixture)
    people = {request.getfixturevalue(name) for name in PEOPLE}
    able = set(able_to_take_next_step(version))
    assert able == {person for person in people if may_take_next_step(person, version)}


def test_a_correction_is_assigned_to_editors_alone(live_version, author, editor, medic, now):
    correction = start_correction(live_version.page, by=editor, now=now)
    assert set(able_to_take_next_step(correction)) == {editor}


def test_the_next_step_is_given_with_a_day_and_a_priority(submitted, editor, publisher):
    day = timezone.localdate() + timedelta(days=3)
    sent = {"person": editor.pk, "due_on": day.isoformat(), "priority": Priority.URGENT}
    answer = browser(publisher).post(at(submitted, "assign"), sent)
    assert answer.status_code == 302
    version = fresh(submitted)
    assert (version.assigned_to, version.due_on) == (editor, day)
    assert version.priority == Priority.URGENT
    assert Event.objects.latest("number").comment == f"to editor, due {day}, urgent"
    page = browser(editor).get(at(submitted)).text
    assert "Next step" in page
    assert "urgent" in page


def test_the_form_to_assign_offers_those_who_can_and_shows_who_has_it(
    submitted, author, editor, second_editor, medic, publisher, now
):
    submitted.assign(to=editor, by=publisher, now=now)
    form = browser(publisher).get(at(submitted, "assign")).context["form"]
    assert set(form.fields["person"].queryset) == {editor, second_editor}
    assert form["person"].value() == editor.pk


def test_nobody_is_assigned_what_they_cannot_do(submitted, author, medic, publisher, now):
    with pytest.raises(NotAllowed, match="medic cannot give its editorial sign-off: choose an edi"):
        submitted.assign(to=medic, by=publisher, now=now)
    sent = {"person": medic.pk, "priority": 0}
    answer = browser(publisher).post(at(submitted, "assign"), sent)
    assert "Select a valid choice" in answer.text
    assert fresh(submitted).assigned_to is None


def test_a_step_can_be_taken_from_somebody_and_left_to_nobody(submitted, editor, publisher, now):
    submitted.assign(to=editor, by=publisher, now=now)
    submitted.assign(to=None, by=publisher, now=now)
    assert fresh(submitted).assigned_to is None
    assert Event.objects.latest("number").comment == "to nobody"


def test_a_day_that_has_passed_is_refused(submitted, editor, publisher, now):
    with pytest.raises(NotReady, match="has passed already"):
        submitted.assign(to=editor, by=publisher, now=now, due_on=now.date() - timedelta(days=1))


def test_what_is_closed_has_no_next_step(live_version, editor, publisher, now):
    with pytest.raises(WrongState, match="no next step to assign"):
        live_version.assign(to=editor, by=publisher, now=now)


@pytest.mark.parametrize("person", ["author", "medic", "stranger"])
def test_only_editors_and_publishers_assign(submitted, editor, person, request, now):
    with pytest.raises(NotAllowed, match="Only an editor or a publisher can assign"):
        submitted.assign(to=editor, by=request.getfixturevalue(person), now=now)


def test_what_somebody_has_taken_is_not_taken_by_another(submitted, editor, second_editor, now):
    submitted.take(by=editor, now=now)
    with pytest.raises(WrongState, match="editor has this version already"):
        Version.objects.get(pk=submitted.pk).take(by=second_editor, now=now)
    assert fresh(submitted).assigned_to == editor
    assert Event.objects.filter(verb="taken").count() == 1


def test_a_draft_is_not_taken_for_review(draft, editor, now):
    with pytest.raises(WrongState, match="no review waits"):
        draft.take(by=editor, now=now)


def test_who_wrote_does_not_take_it_for_review(draft, all_rounder, now):
    draft.rewrite(by=all_rounder, now=now, text={"title": "Mine now"})
    draft.submit(by=all_rounder, now=now)
    with pytest.raises(NotAllowed, match="somebody else must review"):
        draft.take(by=all_rounder, now=now)


def test_each_step_done_leaves_the_next_to_nobody(
    submitted, editor, medic, publisher, now, tomorrow
):
    due = now.date()
    submitted.assign(to=editor, by=publisher, now=now, due_on=due, priority=Priority.HIGH)
    submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    version = fresh(submitted)
    assert (version.assigned_to, version.due_on) == (None, None)
    assert version.priority == Priority.HIGH
    version.sign_off(by=medic, role=Role.MEDICAL, now=now)
    version.assign(to=publisher, by=publisher, now=now, due_on=due)
    version.publish(by=publisher, now=now)
    assert (fresh(version).assigned_to, fresh(version).due_on) == (None, None)


def test_moves_and_assignments_leave_a_whole_trail(submitted, editor, publisher, now):
    submitted.assign(to=editor, by=publisher, now=now)
    submitted.send_back(by=editor, now=now, comment="Shorter.")
    told = ledger.replay(ledger.walk_chain())[submitted.pk]
    assert told["state"] == fresh(submitted).state
