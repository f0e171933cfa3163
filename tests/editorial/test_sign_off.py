"""Who may sign what, what a sign-off is bound to, and what voids it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from editorial.actions import begin_page
from editorial.models import AlsoCalled, Contributor, KeyMessage, SignOff, Version, VersionTag
from editorial.refusals import NotAllowed, NotReady, StaleEdit, WrongState
from editorial.states import Role, State
from tests.conftest import write_draft


def sign_raw(version, by, role=Role.EDITORIAL, **fields):
    """A sign-off past every verb."""
    contributor = Contributor.objects.filter(user=by).first() or Contributor.objects.create(
        user=by, slug=by.username, name=by.username, role="none"
    )
    defaults = {"content_hash": version.content_hash, "signed_at": version.created_at}
    return SignOff.objects.create(
        version=version, role=role, signed_by=by, contributor=contributor, **(defaults | fields)
    )


# --- who may ------------------------------------------------------------------------------


def test_a_sign_off_names_person_role_time_and_text(submitted, editor, now):
    sign_off = submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now, comment="Clear.")
    assert sign_off.contributor == editor.contributor
    assert sign_off.content_hash == submitted.content_hash
    assert (sign_off.signed_at, sign_off.comment) == (now, "Clear.")
    assert not sign_off.is_demonstration


def test_a_sign_off_by_demo_staff_says_so(submitted, editor, now):
    editor.contributor.is_demonstration = True
    assert submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now).is_demonstration


@pytest.mark.parametrize("person", ["author", "medic", "publisher", "stranger"])
def test_only_an_editor_gives_the_editorial_sign_off(submitted, person, request, now):
    with pytest.raises(NotAllowed, match="Only an editor can give the editorial"):
        submitted.sign_off(by=request.getfixturevalue(person), role=Role.EDITORIAL, now=now)


@pytest.mark.parametrize("person", ["author", "second_editor", "publisher", "stranger"])
def test_only_a_medical_reviewer_gives_the_medical_sign_off(at_the_medic, person, request, now):
    with pytest.raises(NotAllowed, match="Only a medical reviewer can give the medical"):
        at_the_medic.sign_off(by=request.getfixturevalue(person), role=Role.MEDICAL, now=now)


def test_who_wrote_a_version_cannot_sign_it(draft, editor, now):
    draft.rewrite(by=editor, now=now, text={"title": "A better title"})
    draft.submit(by=editor, now=now)
    with pytest.raises(NotAllowed, match="You wrote in this version, so somebody else must sign"):
        draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_who_began_a_page_wrote_its_title_and_cannot_sign_it(editor, author, now):
    version = begin_page(
        kind="article", slug="begun", title="Begun by an editor", by=editor, now=now
    )
    write_draft(version, by=None, now=now)
    version.submit(by=editor, now=now)
    with pytest.raises(NotAllowed, match="You wrote in this version"):
        version.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_who_changed_only_a_key_message_wrote_as_well(draft, editor, now):
    draft.rewrite(by=editor, now=now, parts={"key_messages": [{"text": "Ask your own doctor."}]})
    draft.submit(by=editor, now=now)
    with pytest.raises(NotAllowed, match="You wrote in this version"):
        draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_opening_and_saving_without_a_change_is_not_writing(draft, editor, now):
    draft.rewrite(by=editor, now=now, text={"title": draft.title})
    assert not draft.wrote.filter(user=editor).exists()


def test_nobody_gives_both_sign_offs(submitted, all_rounder, now):
    submitted.sign_off(by=all_rounder, role=Role.EDITORIAL, now=now)
    with pytest.raises(NotAllowed, match="You signed this version, so somebody else must sign"):
        submitted.sign_off(by=all_rounder, role=Role.MEDICAL, now=now)


def test_a_draft_is_not_signed_before_it_is_submitted(draft, editor, now):
    with pytest.raises(WrongState, match="draft by now, not editorial review"):
        draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert not draft.sign_offs.exists()


def test_the_medic_does_not_sign_before_the_editor(submitted, medic, now):
    with pytest.raises(WrongState, match="editorial review by now, not medical review"):
        submitted.sign_off(by=medic, role=Role.MEDICAL, now=now)
    assert not submitted.sign_offs.exists()


def test_who_has_no_contributor_page_cannot_sign(submitted, editor, now):
    Contributor.objects.all().delete()
    editor = type(editor).objects.get(pk=editor.pk)
    with pytest.raises(NotReady, match="no contributor page yet"):
        submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)


@pytest.mark.parametrize(
    "days_before", [366, -1], ids=["older than twelve months", "dated tomorrow"]
)
def test_a_conflict_statement_must_cover_the_day(submitted, editor, now, days_before):
    editor.contributor.conflicts_declared_on = (now - timedelta(days=days_before)).date()
    with pytest.raises(NotReady, match="conflict-of-interest statement is missing or older"):
        submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_a_conflict_statement_of_a_year_ago_still_covers(submitted, editor, now):
    editor.contributor.conflicts_declared_on = (now - timedelta(days=365)).date()
    submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert submitted.state == State.MEDICAL_REVIEW


def test_what_was_read_is_what_is_signed(submitted, editor, second_editor, now):
    opened = Version.objects.get(pk=submitted.pk)
    submitted.rewrite(by=second_editor, now=now, text={"title": "Changed meanwhile"})
    submitted.submit(by=second_editor, now=now)
    with pytest.raises(StaleEdit, match="changed while you were reading it"):
        opened.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_a_text_changed_behind_the_verbs_is_not_signed(submitted, editor, now):
    Version.objects.filter(pk=submitted.pk).update(title="Slipped in")
    with pytest.raises(StaleEdit, match="changed while you were reading it"):
        submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_a_key_message_changed_behind_the_verbs_is_not_signed(submitted, editor, now):
    submitted.key_messages.update(text="Slipped in")
    with pytest.raises(StaleEdit, match="changed while you were reading it"):
        submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)


# --- what voids ---------------------------------------------------------------------------


def test_an_edit_voids_both_sign_offs_and_returns_to_draft(approved, editor, now):
    approved.rewrite(by=editor, now=now, text={"summary": "Another summary."})
    assert approved.state == State.DRAFT
    assert not SignOff.objects.exists()


def test_whose_sign_off_was_voided_by_their_own_edit_is_a_writer_now(approved, editor, now):
    approved.rewrite(by=editor, now=now, text={"summary": "Another summary."})
    approved.submit(by=editor, now=now)
    with pytest.raises(NotAllowed, match="You wrote in this version"):
        approved.sign_off(by=editor, role=Role.EDITORIAL, now=now)


@pytest.mark.parametrize("name", ["title", "summary", "body", "how_made", "evidence_searched_on"])
def test_any_column_of_the_text_voids_in_the_database_itself(approved, name):
    value = {"how_made": "ai_assisted", "evidence_searched_on": None}.get(name, "<p>Else.</p>")
    Version.objects.filter(pk=approved.pk).update(**{name: value})
    assert not SignOff.objects.exists()


def test_a_row_of_a_part_voids_in_the_database_itself(approved, theme):
    def signed():
        with transaction.atomic():
            SignOff.objects.bulk_create(kept)
        return SignOff.objects.count() == 2

    kept = list(SignOff.objects.all())
    edits = [
        lambda: AlsoCalled.objects.create(version=approved, name="HSCT"),
        lambda: AlsoCalled.objects.update(name="AHSCT"),
        lambda: AlsoCalled.objects.all().delete(),
        lambda: KeyMessage.objects.create(version=approved, text="A fourth."),
        lambda: VersionTag.objects.create(content_object=approved, tag=theme),
        lambda: VersionTag.objects.all().delete(),
    ]
    for edit in edits:
        edit()
        assert not SignOff.objects.exists()
        assert signed()


def test_moving_a_row_away_voids_the_version_it_leaves(approved, author, now):
    """The text of both versions changes: of the one it leaves and of the one it joins."""
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    approved.key_messages.update(version=other)
    assert not approved.sign_offs.exists()


def test_moving_a_row_in_voids_the_version_it_joins(approved, author, now):
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    message = KeyMessage.objects.create(version=other, text="From elsewhere.")
    KeyMessage.objects.filter(pk=message.pk).update(version=approved)
    assert not approved.sign_offs.exists()


def test_the_lock_the_schedule_and_the_head_are_no_text(approved, tomorrow):
    Version.objects.filter(pk=approved.pk).update(lock_number=99, expires_at=tomorrow)
    assert approved.sign_offs.count() == 2


def test_an_edit_that_puts_back_what_it_took_leaves_no_version_approved_without_sign_offs(
    approved, editor, now
):
    """The guards void at the first touch; the state must not stay behind."""
    messages = list(approved.key_messages.values_list("text", flat=True))
    with approved.editing(by=editor, now=now):
        approved.key_messages.all().delete()
        for position, text in enumerate(messages):
            KeyMessage.objects.create(version=approved, position=position, text=text)
    approved.refresh_from_db()
    assert not approved.sign_offs.exists()
    assert approved.state == State.DRAFT


# --- what the database refuses ------------------------------------------------------------


def test_the_database_refuses_the_sign_off_of_a_writer(submitted, author):
    with pytest.raises(IntegrityError, match="Who wrote in a version cannot sign it"):
        sign_raw(submitted, author)


def test_the_database_refuses_a_writer_who_has_signed(at_the_medic, editor, now):
    with pytest.raises(IntegrityError, match="cannot write in it while the sign-off stands"):
        at_the_medic.wrote.create(user=editor, first_at=now)


def test_the_database_refuses_two_sign_offs_by_one_person(at_the_medic, editor):
    with pytest.raises(IntegrityError):
        sign_raw(at_the_medic, editor, role=Role.MEDICAL)


def test_the_database_refuses_two_sign_offs_in_one_role(at_the_medic, second_editor):
    with pytest.raises(IntegrityError):
        sign_raw(at_the_medic, second_editor, role=Role.EDITORIAL)


@pytest.mark.parametrize("other_hash", ["0" * 64, ""])
def test_the_database_refuses_a_sign_off_on_another_text(submitted, editor, other_hash):
    with pytest.raises(IntegrityError, match="Only the present text of an open version"):
        sign_raw(submitted, editor, content_hash=other_hash)


def test_the_database_refuses_a_sign_off_on_a_version_without_a_hash(submitted, editor):
    Version.objects.filter(pk=submitted.pk).update(content_hash="")
    with pytest.raises(IntegrityError):
        sign_raw(submitted, editor, content_hash="")


def test_the_database_refuses_a_sign_off_on_closed_text(live_version, second_editor):
    with pytest.raises(IntegrityError, match="Only the present text of an open version"):
        sign_raw(live_version, second_editor, role="third")


@pytest.mark.parametrize(
    "change", [{"content_hash": "0" * 64}, {"comment": "Fine by me."}, {"role": "medical"}]
)
def test_a_sign_off_is_never_changed(at_the_medic, change):
    with pytest.raises(IntegrityError, match="A sign-off is never changed"):
        SignOff.objects.update(**change)


def test_the_sign_offs_of_a_live_text_are_kept(live_version):
    with pytest.raises(IntegrityError, match="sign-offs of a text that went live are kept"):
        live_version.sign_offs.all().delete()


def test_the_sign_offs_of_a_withdrawn_text_are_kept(live_version, publisher, now):
    live_version.withdraw(by=publisher, now=now, reason="Retracted.")
    with pytest.raises(IntegrityError, match="sign-offs of a text that went live are kept"):
        live_version.sign_offs.all().delete()


def test_who_wrote_stays_on_record(draft, second_author):
    for change in (lambda: draft.wrote.update(user=second_author), draft.wrote.all().delete):
        with (
            pytest.raises(IntegrityError, match="Who wrote in a version stays on record"),
            transaction.atomic(),
        ):
            change()
