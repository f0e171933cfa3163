"""Warnings that somebody answers: who may, what stays on record, and how long it counts."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from editorial import ledger
from editorial.actions import revert, start_correction, start_version
from editorial.checks import Level
from editorial.gate import judge
from editorial.models import Event, PassedWarning, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.warnings import pass_warning, take_back

WHY = "It quotes the trial’s own words."


@pytest.fixture
def passed(draft, warning, author, now):
    return pass_warning(draft, warning, by=author, now=now, reason=WHY)


def test_an_answer_is_kept_and_told_in_the_trail(passed, draft, author, now, warning):
    assert (passed.rule, passed.mark) == ("P32", warning.mark)
    assert (passed.reason, passed.passed_by, passed.passed_at) == (WHY, author, now)
    event = Event.objects.latest("number")
    assert (event.verb, event.actor, event.version_id) == ("warning passed", "author", draft.pk)
    assert event.comment == f"P32: A sentence has 40 words. Why it does not hold here: {WHY}"


def test_an_answered_warning_lets_the_version_through(
    approved, editor, publisher, now, finds, warning
):
    finds(warning)
    pass_warning(approved, warning, by=editor, now=now, reason=WHY)
    approved.publish(by=publisher, now=now)
    assert approved.is_live


def test_to_pass_a_warning_is_no_edit(approved, editor, now, warning):
    before = (approved.content_hash, approved.lock_number, approved.state)
    pass_warning(approved, warning, by=editor, now=now, reason=WHY)
    approved.refresh_from_db()
    assert (approved.content_hash, approved.lock_number, approved.state) == before
    assert approved.sign_offs.count() == 2
    assert not approved.wrote.filter(user=editor).exists()


def test_other_words_or_another_reason_are_another_warning(draft, passed, warning):
    changed = [replace(warning, text="Nurses give"), replace(warning, reason="It has 50 words.")]
    assert judge(draft, [warning]).warnings == []
    assert judge(draft, changed).warnings == changed


@pytest.mark.parametrize("name", ["second_author", "medic", "publisher", "stranger"])
def test_who_neither_writes_nor_reviews_it_passes_nothing(name, draft, warning, now, request):
    with pytest.raises(NotAllowed, match="Only its author, an editor, or the medical reviewer"):
        pass_warning(draft, warning, by=request.getfixturevalue(name), now=now, reason=WHY)
    assert not PassedWarning.objects.exists()


def test_the_medical_reviewer_passes_a_warning_while_it_is_with_them(
    at_the_medic, warning, medic, now
):
    assert pass_warning(at_the_medic, warning, by=medic, now=now, reason=WHY).passed_by == medic


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"level": Level.BLOCK}, "This must be mended: A sentence has 40 words."),
        ({"level": Level.ADVISE}, "it stops nothing"),
    ],
)
def test_only_a_warning_can_be_passed(change, sentence, draft, warning, editor, now):
    with pytest.raises(NotReady, match=sentence):
        pass_warning(draft, replace(warning, **change), by=editor, now=now, reason=WHY)


def test_a_warning_is_not_passed_without_a_reason(draft, warning, editor, now):
    with pytest.raises(NotReady, match="Write why the warning does not hold here"):
        pass_warning(draft, warning, by=editor, now=now, reason=" \n")


def test_a_warning_is_passed_once(passed, draft, warning, editor, now):
    with pytest.raises(WrongState, match="Somebody has passed this warning already"):
        pass_warning(draft, warning, by=editor, now=now, reason="Another reason.")
    assert PassedWarning.objects.get() == passed


def test_an_answer_is_taken_back_while_the_version_is_open(passed, draft, editor, now, warning):
    take_back(passed, by=editor, now=now)
    assert judge(draft, [warning]).warnings == [warning]
    assert Event.objects.latest("number").verb == "warning taken back"
    with pytest.raises(WrongState, match="already"):
        take_back(passed, by=editor, now=now)


def test_answers_to_a_closed_text_stand(live_version, warning, editor, now):
    with pytest.raises(WrongState, match="the answers to its warnings stand"):
        pass_warning(live_version, warning, by=editor, now=now, reason=WHY)


def test_the_trail_still_fits_after_an_answer_by_somebody_with_an_old_copy(
    submitted, warning, editor, now
):
    opened_earlier = Version.objects.get(pk=submitted.pk)
    submitted.rewrite(by=editor, now=now, text={"title": "Newer"})
    pass_warning(opened_earlier, warning, by=editor, now=now, reason=WHY)
    told = ledger.replay(ledger.walk_chain())[submitted.pk]
    assert told == {"state": "draft", "content_hash": submitted.content_hash}


@pytest.mark.parametrize(
    ("start", "name"), [(start_version, "author"), (start_correction, "editor")]
)
def test_a_new_version_begins_with_the_answers_of_the_old(
    start, name, live_version, author, editor, warning, now, request
):
    PassedWarning.objects.create(
        version=live_version,
        rule=warning.rule,
        mark=warning.mark,
        warned=warning.reason,
        reason=WHY,
        passed_by=editor,
        passed_at=now,
    )
    begun = start(live_version.page, by=request.getfixturevalue(name), now=now)
    [passed] = judge(begun, [warning]).passed
    assert (passed.answer.reason, passed.answer.passed_by) == (WHY, editor)


def test_a_text_that_is_taken_over_again_brings_its_answers(
    next_draft, live_version, author, warning, editor, now
):
    PassedWarning.objects.create(
        version=live_version, rule="P32", mark=warning.mark, reason=WHY, passed_at=now
    )
    revert(next_draft, to=live_version, by=author, now=now)
    revert(next_draft, to=live_version, by=author, now=now)
    assert next_draft.passed_warnings.get().reason == WHY


@pytest.mark.parametrize("fields", [{"reason": ""}, {"mark": ""}])
def test_the_database_refuses_an_answer_without_a_reason_or_a_mark(fields, draft, now):
    told = {"rule": "P32", "mark": "0" * 64, "reason": WHY, "passed_at": now} | fields
    with pytest.raises(IntegrityError), transaction.atomic():
        PassedWarning.objects.create(version=draft, **told)
