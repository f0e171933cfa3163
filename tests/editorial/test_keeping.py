"""Who has a form open, and what they typed: kept once for each, for as long as it counts."""

from datetime import timedelta

import pytest

from editorial import keeping
from editorial.models import Event, KeptForm, Presence, Version
from editorial.refusals import NotAllowed, NotReady
from tests.editorial.test_at_once import at_once

A_BEAT = timedelta(seconds=20)


def names(version, than, now):
    return [other.name for other in keeping.others(version, than=than, now=now)]


def keep(version, *, by, now, title="Mine"):
    data = {"title": [title]}
    return keeping.keep(version, by=by, now=now, lock_number=1, data=data)


# --- who is there -------------------------------------------------------------------------


def test_somebody_is_there_for_a_minute_after_the_last_beat(draft, author, editor, now):
    keeping.arrive(draft, by=editor, now=now)
    assert names(draft, author, now + timedelta(seconds=60)) == ["editor"]
    assert names(draft, author, now + timedelta(seconds=61)) == []


def test_beats_do_not_move_the_time_of_coming(draft, author, editor, now):
    keeping.arrive(draft, by=editor, now=now)
    keeping.arrive(draft, by=editor, now=now + A_BEAT)
    [other] = keeping.others(draft, than=author, now=now + A_BEAT)
    assert other.since == now


def test_whoever_comes_back_later_came_later(draft, author, editor, now, tomorrow):
    keeping.arrive(draft, by=editor, now=now)
    keeping.arrive(draft, by=editor, now=tomorrow)
    [other] = keeping.others(draft, than=author, now=tomorrow)
    assert other.since == tomorrow


def test_whoever_left_is_gone(draft, author, editor, now):
    keeping.arrive(draft, by=editor, now=now)
    keeping.leave(draft, by=editor)
    assert names(draft, author, now) == []


def test_writers_are_told_from_readers(draft, author, editor, medic, now):
    keeping.arrive(draft, by=editor, now=now)
    keeping.arrive(draft, by=medic, now=now + A_BEAT)
    there = keeping.others(draft, than=author, now=now + A_BEAT)
    assert [(other.name, other.writes) for other in there] == [("editor", True), ("medic", False)]


def test_each_version_has_its_own_people(draft, next_draft, editor, author, now):
    keeping.arrive(next_draft, by=editor, now=now)
    assert names(draft, author, now) == []


# --- what was typed -----------------------------------------------------------------------


def test_what_was_kept_last_is_what_is_kept(draft, author, now):
    keep(draft, by=author, now=now, title="First")
    keep(draft, by=author, now=now + A_BEAT, title="Second")
    kept = KeptForm.objects.get()
    assert (kept.data, kept.kept_at) == ({"title": ["Second"]}, now + A_BEAT)


def test_keeping_is_no_edit_and_voids_no_sign_off(approved, editor, now):
    events = Event.objects.count()
    keep(approved, by=editor, now=now)
    approved.refresh_from_db()
    assert approved.sign_offs.count() == 2
    assert Event.objects.count() == events


def test_what_is_too_large_is_refused_with_what_to_do(draft, author, now, monkeypatch):
    monkeypatch.setattr(keeping, "LARGEST", len("title") + 10)
    keep(draft, by=author, now=now, title="x" * 10)
    with pytest.raises(NotReady, match="save it, so that nothing is lost"):
        keep(draft, by=author, now=now, title="x" * 11)
    assert KeptForm.objects.get().data == {"title": ["x" * 10]}


def test_a_closed_version_keeps_nothing(live_version, editor, now):
    with pytest.raises(NotAllowed, match="can no longer be edited"):
        keep(live_version, by=editor, now=now)


def test_who_may_not_write_keeps_nothing(draft, medic, now):
    with pytest.raises(NotAllowed, match="Only an author or an editor"):
        keep(draft, by=medic, now=now)


def test_what_can_no_longer_be_saved_is_not_offered(draft, author, now):
    keep(draft, by=author, now=now)
    assert keeping.kept_for(draft, by=author)
    draft.submit(by=author, now=now)
    assert keeping.kept_for(draft, by=author) is None


@pytest.mark.django_db(transaction=True)
def test_many_windows_of_one_person_are_kept_and_present_once(draft, author, now):
    copies = [Version.objects.get(pk=draft.pk) for _ in range(6)]
    outcomes = at_once(
        *[lambda v=v: keep(v, by=author, now=now) for v in copies[:3]],
        *[lambda v=v: keeping.arrive(v, by=author, now=now) for v in copies[3:]],
    )
    assert outcomes == [None] * 6
    assert KeptForm.objects.count() == Presence.objects.count() == 1
