"""The audit trail, the numbered changes and the stamp."""

from datetime import UTC, timedelta, timezone

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from editorial import guards, ledger
from editorial.models import Event, Ledger, LiveChange
from editorial.models.version import Version


def test_each_event_carries_the_hash_of_the_one_before(draft):
    events = list(Event.objects.order_by("number"))
    assert len(events) == 2
    assert events[0].previous_hash == ""
    assert events[1].previous_hash == events[0].hash
    assert (Ledger.objects.get().event_number, Ledger.objects.get().event_hash) == (
        2,
        events[1].hash,
    )


def test_an_event_tells_who_what_where_and_in_which_text(draft, author, now):
    event = ledger.record("looked at", by=author, now=now, version=draft, comment="Why not.")
    stored = Event.objects.get(pk=event.pk)
    assert (stored.verb, stored.actor, stored.actor_id) == ("looked at", "author", author.pk)
    assert (stored.page_id, stored.address) == (draft.page_id, "/articles/resetting-immunity/")
    assert (stored.version_id, stored.version_number) == (draft.pk, 1)
    assert (stored.state, stored.content_hash) == ("draft", draft.content_hash)
    assert (stored.at, stored.comment) == (now, "Why not.")


def test_an_event_needs_neither_a_person_nor_a_page(db, now):
    event = ledger.record("woke up", by=None, now=now)
    assert (event.actor, event.actor_id, event.page_id, event.version_id) == ("", None, None, None)


def test_the_hash_of_an_event_is_the_same_when_it_is_read_back(db, now):
    summer = now.replace(microsecond=123456).astimezone(timezone(timedelta(hours=2)))
    event = ledger.record("woke up", by=None, now=summer, comment="“Naïve” – 細胞")
    stored = Event.objects.get(pk=event.pk)
    assert stored.at.tzinfo == UTC
    assert stored.compute_hash() == event.hash


@pytest.mark.parametrize(
    "field", [field.name for field in Event._meta.fields if field.name not in ("id", "hash")]
)
def test_the_hash_covers_every_field(field, now):
    event = Event(number=1, at=now, verb="x")
    before = event.compute_hash()
    setattr(event, field, now + timedelta(1) if field == "at" else 7)
    assert event.compute_hash() != before


def test_an_event_outlives_its_person(draft, second_author, now):
    ledger.record("looked at", by=second_author, now=now, version=draft)
    pk = second_author.pk
    get_user_model().objects.get(pk=pk).delete()
    assert Event.objects.filter(actor="second_author", actor_id=pk).exists()
    assert list(ledger.walk_chain())


def test_an_event_of_a_refused_move_is_not_left_behind(draft, author, now):
    @transaction.atomic
    def move():
        ledger.record("half done", by=author, now=now, version=draft)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        move()
    assert not Event.objects.filter(verb="half done").exists()
    assert ledger.record("done", by=author, now=now).number == Event.objects.count()


def test_there_is_one_ledger(db):
    with pytest.raises(IntegrityError):
        Ledger.objects.create(pk=2)


def test_the_stamp_moves(db):
    before = Ledger.objects.get().stamp
    ledger.move_stamp()
    assert Ledger.objects.get().stamp == before + 1


def test_changes_are_numbered_without_a_gap_and_move_the_stamp(page, now):
    before = Ledger.objects.get().stamp
    ledger.note_change(page, None, now=now)
    ledger.note_change(page, None, now=now)
    assert list(LiveChange.objects.values_list("number", flat=True)) == [1, 2]
    assert Ledger.objects.get().stamp == before + 2


def test_walking_reads_the_chain_from_the_beginning(live_version):
    numbers = [event.number for event in ledger.walk_chain()]
    assert numbers == list(range(1, Event.objects.count() + 1))


def test_replaying_tells_the_last_state_and_text(live_version, next_draft):
    told = ledger.replay(ledger.walk_chain())
    assert told == {
        version.pk: {"state": version.state, "content_hash": version.content_hash}
        for version in Version.objects.all()
    }


@pytest.fixture
def unguarded(draft):
    """Somebody with the keys to the database has taken the guards away."""
    guards.drop(connection)
    return draft


def test_a_changed_event_is_found(unguarded):
    Event.objects.filter(number=1).update(comment="Slipped in")
    with pytest.raises(ledger.BrokenChain, match="Event 1 is not what was written"):
        list(ledger.walk_chain())


def test_a_changed_event_with_a_hash_made_to_fit_is_found_at_the_next(unguarded):
    event = Event.objects.get(number=1)
    event.comment = "Slipped in"
    event.hash = event.compute_hash()
    event.save()
    with pytest.raises(ledger.BrokenChain, match="Event 2 does not follow"):
        list(ledger.walk_chain())


def test_an_event_taken_out_of_the_middle_is_found(unguarded, now):
    ledger.record("looked at", by=None, now=now)
    Event.objects.filter(number=2).delete()
    with pytest.raises(ledger.BrokenChain, match="Event 2 is missing"):
        list(ledger.walk_chain())


def test_a_cut_tail_is_found_by_the_head(unguarded):
    Event.objects.filter(number=2).delete()
    with pytest.raises(ledger.BrokenChain, match="ends at event 1, its head says 2"):
        list(ledger.walk_chain())


def test_a_trail_without_its_head_is_found(unguarded):
    Ledger.objects.all().delete()
    with pytest.raises(ledger.BrokenChain, match="its head says 0"):
        list(ledger.walk_chain())
