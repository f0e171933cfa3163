"""Two people press at once: one success, one clear message, one whole trail."""

import threading

import pytest
from django.db import connection

from editorial import ledger
from editorial.actions import start_correction, start_version
from editorial.models import Event, Ledger, LiveChange, Page, Version
from editorial.refusals import Refused, StaleEdit, WrongState
from editorial.states import State

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do these in threads that begin together. Returns what each raised, None for success."""
    gate = threading.Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def do(place, deed):
        try:
            gate.wait(timeout=30)
            deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def the_one_refusal(outcomes):
    refusals = [outcome for outcome in outcomes if outcome is not None]
    assert len(refusals) == 1, refusals
    assert isinstance(refusals[0], Refused), repr(refusals[0])
    return refusals[0]


def test_of_two_who_publish_one_succeeds(approved, publisher, now):
    copies = [Version.objects.get(pk=approved.pk) for _ in range(2)]
    outcomes = at_once(*[lambda v=v: v.publish(by=publisher, now=now) for v in copies])
    refusal = the_one_refusal(outcomes)
    assert isinstance(refusal, WrongState)
    assert "somebody else has just published it" in str(refusal)
    assert Version.objects.get(pk=approved.pk).is_live
    assert Event.objects.filter(verb="went live").count() == 1
    assert LiveChange.objects.count() == 1


def test_of_two_who_start_a_version_one_succeeds(live_version, author, editor, now):
    page = live_version.page
    outcomes = at_once(
        lambda: start_version(page, by=author, now=now),
        lambda: start_version(page, by=editor, now=now),
    )
    assert "open draft already" in str(the_one_refusal(outcomes))
    assert Version.objects.open().count() == 1


def test_of_two_who_start_a_correction_one_succeeds(live_version, editor, second_editor, now):
    page = live_version.page
    outcomes = at_once(
        lambda: start_correction(page, by=editor, now=now),
        lambda: start_correction(page, by=second_editor, now=now),
    )
    assert "open correction already" in str(the_one_refusal(outcomes))


def test_of_two_who_save_over_the_same_text_one_succeeds(draft, author, editor, now):
    opened_with = draft.lock_number
    copies = {name: Version.objects.get(pk=draft.pk) for name in ("author", "editor")}

    def save(name, by):
        copies[name].rewrite(by=by, now=now, text={"title": name}, lock_number=opened_with)

    outcomes = at_once(lambda: save("author", author), lambda: save("editor", editor))
    assert isinstance(the_one_refusal(outcomes), StaleEdit)
    winner = "author" if outcomes[0] is None else "editor"
    assert Version.objects.get(pk=draft.pk).title == winner


def test_an_edit_and_a_publication_leave_a_text_that_is_signed_or_not_live(
    approved, editor, publisher, now
):
    copies = [Version.objects.get(pk=approved.pk) for _ in range(2)]
    outcomes = at_once(
        lambda: copies[0].publish(by=publisher, now=now),
        lambda: copies[1].rewrite(by=editor, now=now, text={"title": "Changed"}),
    )
    the_one_refusal(outcomes)
    stored = Version.objects.get(pk=approved.pk)
    if stored.is_live:
        assert stored.title == "Resetting immunity"
        assert stored.sign_offs.filter(content_hash=stored.content_hash).count() == 2
    else:
        assert (stored.state, stored.title) == (State.DRAFT, "Changed")
        assert not stored.sign_offs.exists()


def test_the_trail_of_many_writers_is_whole(db, now):
    page = Page.objects.create(kind="article", slug="busy", created_at=now)

    def write(name):
        for place in range(5):
            ledger.record(f"{name} {place}", by=None, now=now, page=page)
            ledger.note_change(page, None, now=now)

    assert at_once(*[lambda n=n: write(f"writer {n}") for n in range(4)]) == [None] * 4
    events = list(ledger.walk_chain())
    assert [event.number for event in events] == list(range(1, 21))
    for writer in range(4):
        mine = [event.verb for event in events if event.verb.startswith(f"writer {writer}")]
        assert mine == [f"writer {writer} {place}" for place in range(5)]
    assert list(LiveChange.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert Ledger.objects.get().change_number == 20
