"""Writing: who may, what an edit leaves behind, and that nobody's words are lost."""

import pytest
from django.core.exceptions import ValidationError

from editorial.actions import begin_page, revert, start_version
from editorial.models import Event, KeyMessage, Page, Version
from editorial.refusals import NotAllowed, StaleEdit, WrongState
from editorial.rights import may_edit
from editorial.states import State
from tests.conftest import KEY_MESSAGES

# --- beginning ----------------------------------------------------------------------------


def test_a_page_begins_with_one_empty_draft(author, now):
    version = begin_page(kind="article", slug="new", title="New", by=author, now=now)
    assert (version.number, version.state, version.is_head) == (1, State.DRAFT, True)
    assert (version.created_by, version.page.owner) == (author, author)
    assert len(version.content_hash) == 64


@pytest.mark.parametrize("person", ["medic", "publisher", "stranger"])
def test_only_writers_begin_pages(person, request, now):
    with pytest.raises(NotAllowed, match="Only an author or an editor can write"):
        begin_page(
            kind="article", slug="new", title="New", by=request.getfixturevalue(person), now=now
        )
    assert not Page.objects.exists()


def test_a_taken_address_is_refused_by_name(page, author, now):
    with pytest.raises(ValidationError, match="already exists"):
        begin_page(kind=page.kind, slug=page.slug, title="Again", by=author, now=now)


def test_a_new_version_takes_over_text_and_rows(live_version, next_draft):
    assert next_draft.number == 2
    assert next_draft.based_on == live_version
    assert next_draft.body == live_version.body
    assert tuple(next_draft.key_messages.values_list("text", flat=True)) == KEY_MESSAGES
    assert next_draft.content_hash == live_version.content_hash


def test_who_starts_a_version_has_not_written_in_it_yet(next_draft):
    assert not next_draft.wrote.exists()
    assert not next_draft.sign_offs.exists()


def test_a_page_with_an_open_draft_starts_no_second(next_draft, author, now):
    with pytest.raises(WrongState, match="has an open draft already"):
        start_version(next_draft.page, by=author, now=now)


def test_a_medic_starts_no_version(live_version, medic, now):
    with pytest.raises(NotAllowed, match="Only an author or an editor"):
        start_version(live_version.page, by=medic, now=now)


# --- who may edit -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "allowed"),
    [
        ("author", True),
        ("editor", True),
        ("admin", True),
        ("second_author", False),
        ("medic", False),
        ("publisher", False),
        ("stranger", False),
    ],
)
def test_who_may_edit_a_draft(draft, person, allowed, request):
    assert may_edit(request.getfixturevalue(person), draft) is allowed


def test_the_owner_of_a_page_edits_drafts_that_others_began(draft, second_author):
    draft.page.owner = second_author
    assert may_edit(second_author, draft)


def test_under_review_only_an_editor_edits(submitted, author, editor):
    assert may_edit(editor, submitted)
    assert not may_edit(author, submitted)


def test_nobody_edits_what_is_live(live_version, admin):
    assert not may_edit(admin, live_version)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("second_author", "An author writes in drafts of their own"),
        ("medic", "Only an author or an editor can write"),
        ("stranger", "Only an author or an editor can write"),
    ],
)
def test_who_may_not_edit_is_told_why_and_changes_nothing(draft, person, sentence, request, now):
    with pytest.raises(NotAllowed, match=sentence):
        draft.rewrite(by=request.getfixturevalue(person), now=now, text={"title": "Mine"})
    assert Version.objects.get(pk=draft.pk).title == "Resetting immunity"


def test_a_draft_that_was_submitted_meanwhile_is_no_longer_its_authors(draft, author, now):
    opened_earlier = Version.objects.get(pk=draft.pk)
    draft.submit(by=author, now=now)
    with pytest.raises(NotAllowed, match="An author writes in drafts of their own"):
        opened_earlier.rewrite(by=author, now=now, text={"title": "Too late"})
    draft.refresh_from_db()
    assert (draft.state, draft.title) == (State.EDITORIAL_REVIEW, "Resetting immunity")


def test_a_version_that_went_live_meanwhile_is_no_longer_edited(approved, editor, publisher, now):
    opened_earlier = Version.objects.get(pk=approved.pk)
    approved.publish(by=publisher, now=now)
    with pytest.raises(WrongState, match="live and can no longer be edited: start a new version"):
        opened_earlier.rewrite(by=editor, now=now, text={"title": "Too late"})


# --- what an edit leaves ------------------------------------------------------------------


def test_an_edit_moves_the_hash_the_time_and_the_lock(draft, author, tomorrow):
    before = Version.objects.get(pk=draft.pk)
    draft.rewrite(by=author, now=tomorrow, text={"title": "Another title"})
    after = Version.objects.get(pk=draft.pk)
    assert after.content_hash != before.content_hash
    assert (after.edited_at, after.lock_number) == (tomorrow, before.lock_number + 1)
    assert Event.objects.latest("number").content_hash == after.content_hash


def test_an_edit_of_rows_moves_the_hash(draft, author, theme, now):
    hashes = {draft.content_hash}
    for parts in (
        {"key_messages": [{"text": "One."}]},
        {"also_called": [{"name": "HSCT"}]},
        {"tags": [{"tag_id": theme.pk}]},
    ):
        draft.rewrite(by=author, now=now, parts=parts)
        hashes.add(draft.content_hash)
    assert len(hashes) == 4


def test_saving_without_a_change_leaves_no_trace(approved, editor, now):
    events = Event.objects.count()
    approved.rewrite(
        by=editor,
        now=now,
        text={"title": approved.title},
        parts={"key_messages": [{"text": text} for text in KEY_MESSAGES]},
    )
    approved.refresh_from_db()
    assert approved.state == State.APPROVED
    assert approved.sign_offs.count() == 2
    assert Event.objects.count() == events


def test_an_edit_of_a_scheduled_version_takes_it_off_the_schedule(scheduled, editor, now):
    scheduled.rewrite(by=editor, now=now, text={"title": "Another title"})
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publish_at) == (State.DRAFT, None)


def test_the_body_is_cleaned_on_its_way_in(draft, author, now):
    draft.rewrite(by=author, now=now, text={"body": "<p onclick='x()'>Hi<script>x()</script></p>"})
    assert Version.objects.get(pk=draft.pk).body == "<p>Hi</p>"


def test_a_text_that_is_no_good_is_refused_whole(draft, author, now):
    with pytest.raises(ValidationError):
        draft.rewrite(
            by=author,
            now=now,
            text={"title": "x" * 201},
            parts={"key_messages": [{"text": "Lost?"}]},
        )
    stored = Version.objects.get(pk=draft.pk)
    assert stored.title == "Resetting immunity"
    assert KeyMessage.objects.filter(version=stored).count() == 3


def test_several_saves_inside_one_edit_are_one_event(draft, author, now):
    events = Event.objects.count()
    with draft.editing(by=author, now=now):
        draft.title = "Another title"
        draft.save(update_fields=["title"])
        KeyMessage.objects.create(version=draft, position=3, text="A fourth.")
    assert Event.objects.count() == events + 1


def test_an_error_inside_an_edit_undoes_all_of_it(draft, author, now):
    def edit_half():
        with draft.editing(by=author, now=now):
            KeyMessage.objects.create(version=draft, text="Half an edit.")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        edit_half()
    assert draft.key_messages.count() == 3


# --- the lock number ----------------------------------------------------------------------


def test_a_stale_save_is_refused_and_loses_neither_text(draft, author, editor, now):
    opened_with = draft.lock_number
    draft.rewrite(by=editor, now=now, text={"title": "The editor’s"}, lock_number=opened_with)
    mine = Version.objects.get(pk=draft.pk)
    with pytest.raises(StaleEdit, match="Nothing of yours was lost"):
        mine.rewrite(by=author, now=now, text={"title": "The author’s"}, lock_number=opened_with)
    assert Version.objects.get(pk=draft.pk).title == "The editor’s"


def test_the_same_person_saves_twice_in_a_row(draft, author, now):
    for title in ("First", "Second"):
        draft.rewrite(by=author, now=now, text={"title": title}, lock_number=draft.lock_number)
    assert Version.objects.get(pk=draft.pk).title == "Second"


# --- going back ---------------------------------------------------------------------------


def test_reverting_copies_an_earlier_text_into_the_open_version(
    live_version, next_draft, author, now
):
    next_draft.rewrite(
        by=author, now=now, text={"title": "A wrong turn"}, parts={"key_messages": []}
    )
    revert(next_draft, to=live_version, by=author, now=now)
    next_draft.refresh_from_db()
    assert next_draft.content_hash == live_version.content_hash
    assert next_draft.key_messages.count() == 3
    last = Event.objects.latest("number")
    assert (last.verb, last.comment) == ("reverted", "to version 1")


def test_who_reverts_wrote(live_version, next_draft, author, editor, now):
    next_draft.rewrite(by=author, now=now, text={"title": "A wrong turn"})
    revert(next_draft, to=live_version, by=editor, now=now)
    assert next_draft.wrote.filter(user=editor).exists()


def test_no_text_comes_from_another_page(draft, author, now):
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    with pytest.raises(WrongState, match="a version of another page"):
        revert(draft, to=other, by=author, now=now)


def test_what_is_live_is_not_reverted(live_version, editor, now):
    with pytest.raises(NotAllowed, match="can no longer be edited"):
        revert(live_version, to=live_version, by=editor, now=now)
