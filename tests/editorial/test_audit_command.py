"""`manage.py verify_audit`: one line when all fits, the first thing that does not otherwise."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial import guards
from editorial.models import Event, Ledger, Version


@pytest.fixture
def verify(capsys):
    def run(*arguments):
        call_command("verify_audit", *arguments)
        return capsys.readouterr().out

    return run


def cut_the_tail(to):
    """As somebody with the keys would: guards off, last events gone, the head made to fit."""
    guards.drop(connection)
    Event.objects.filter(number__gt=to).delete()
    last = Event.objects.get(number=to)
    Ledger.objects.update(event_number=to, event_hash=last.hash)


def test_a_whole_trail_is_told_in_one_line(live_version, verify):
    head = Ledger.objects.get().event_hash
    assert verify() == f"{Event.objects.count()} events, all fit; the head is {head}.\n"


def test_an_empty_trail_is_whole(db, verify):
    assert verify() == "0 events, all fit; the head is none.\n"


def test_every_way_a_version_can_go_leaves_a_trail_that_fits(
    live_version, next_draft, author, editor, publisher, now, verify
):
    next_draft.rewrite(by=author, now=now, text={"title": "Else"})
    next_draft.submit(by=author, now=now)
    next_draft.send_back(by=editor, now=now, comment="Not yet.")
    next_draft.discard(by=author, now=now, reason="Overtaken.")
    live_version.withdraw(by=publisher, now=now, reason="Retracted.")
    assert "all fit" in verify()


def test_a_head_noted_earlier_is_found(draft, author, now, verify):
    noted = Ledger.objects.get().event_hash
    draft.submit(by=author, now=now)
    assert "all fit" in verify("--expect", noted)


def test_a_cut_tail_is_found_by_a_head_noted_earlier(unchanging_draft, verify):
    noted = Ledger.objects.get().event_hash
    cut_the_tail(to=2)
    assert "2 events, all fit" in verify()
    with pytest.raises(CommandError, match=f"No event has the hash {noted}: the trail's end was"):
        verify("--expect", noted)


@pytest.fixture
def unchanging_draft(draft, author, now):
    """Whose last event moved neither state nor text: only the noted head can show its loss."""
    from editorial import ledger

    ledger.record("looked at", by=author, now=now, version=draft)
    return draft


def test_a_cut_tail_is_found_by_the_state_that_nothing_tells_any_more(submitted, verify):
    cut_the_tail(to=2)
    with pytest.raises(CommandError, match="not in the state or text that the trail tells"):
        verify()


def test_a_cut_tail_is_found_by_the_head_that_was_left(submitted, verify):
    guards.drop(connection)
    Event.objects.filter(number=3).delete()
    with pytest.raises(CommandError, match="ends at event 2, its head says 3"):
        verify()


def test_a_changed_event_is_found(live_version, verify):
    guards.drop(connection)
    Event.objects.filter(verb="medical sign-off").update(actor="somebody else")
    with pytest.raises(CommandError, match="is not what was written"):
        verify()


@pytest.mark.parametrize(
    "change", [{"state": "superseded"}, {"content_hash": "0" * 64}], ids=["state", "hash"]
)
def test_a_version_changed_behind_the_back_of_the_trail_is_found(live_version, change, verify):
    guards.drop(connection)
    Version.objects.filter(pk=live_version.pk).update(**change)
    with pytest.raises(CommandError, match=f"Version {live_version.pk} is not in the state or te"):
        verify()


def test_a_version_that_the_trail_has_never_heard_of_is_found(page, now, verify):
    Version.objects.create(
        page=page,
        number=9,
        lane="correction",
        corrects_id=page.versions.get().pk,
        is_head=False,
        created_at=now,
        edited_at=now,
    )
    with pytest.raises(CommandError, match="not in the state or text"):
        verify()


def test_a_trail_without_its_head_is_found(draft, verify):
    Ledger.objects.all().delete()
    with pytest.raises(CommandError, match="its head says 0"):
        verify()
