"""Where a therapy may be used: the box, the days of checking, and what time does to them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import clock
from editorial.models import Event, Ledger, Notice, Page
from editorial.refusals import NotAllowed, NotReady
from editorial.states import Kind
from evidence import statuses
from evidence.models import RegulatoryStatus, Source
from evidence.statuses import Check, by_place, check_of
from tests.editorial.forms_of_the_admin import as_sent
from tests.live_pages import live_page

TODAY = date(2026, 9, 1)
THEN = datetime(2026, 9, 1, 6, tzinfo=UTC)
ADDRESS = "/therapies/own-cells/"
UNCONFIRMED = "Not checked yet: nobody here has confirmed this."
LIST = "/admin/evidence/regulatorystatus/"


def row(jurisdiction="EU", status="procedure", checked_on=None, **fields) -> RegulatoryStatus:
    return RegulatoryStatus(
        jurisdiction=jurisdiction, status=status, checked_on=checked_on, **fields
    )


# --- without the database -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("checked_on", "check"),
    [
        (None, Check.NEVER),
        (TODAY, Check.LATELY),
        (date(2026, 3, 2), Check.LATELY),
        (date(2026, 3, 1), Check.OVERDUE),
    ],
)
def test_a_check_is_good_for_six_months(checked_on, check):
    assert check_of(row(checked_on=checked_on), TODAY) == check


def test_a_place_is_as_sure_as_its_weakest_row_and_an_empty_one_is_named():
    rows = [
        row("EU", "procedure", TODAY),
        row("EU", "not_approved", date(2026, 1, 5)),
        row("EU", "procedure", TODAY),
        row("UK", "approved", TODAY),
    ]
    for it in rows:
        it.how_checked = check_of(it, TODAY)

    eu, uk, us = by_place(rows)

    assert [len(same) for same in eu.statuses] == [2, 1]  # Procedures first.
    assert (eu.check, eu.checked_on) == (Check.OVERDUE, date(2026, 1, 5))
    assert uk.check == Check.LATELY
    assert (us.name, us.statuses, us.check) == ("United States", (), Check.NEVER)
    assert by_place([]) == []


# --- what readers see -----------------------------------------------------------------------


@pytest.fixture
def today(monkeypatch):
    """The first of September: with it move the checks of pages that are rendered."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None: value.date() if value else TODAY)


@pytest.fixture
def source(db):
    return Source.objects.create(key="a-regulator", kind="regulatory", title="A decision")


@pytest.fixture
def status(source, therapy):
    return RegulatoryStatus.objects.create(
        therapy=therapy, jurisdiction="EU", status="procedure", source=source
    )


@pytest.fixture
def live(status, therapy, editor):
    version = live_page(
        "own-cells",
        kind=Kind.THERAPY,
        tag=therapy,
        title="Own cells",
        parts={"therapy_facts": [{"status": "used_for_some", "status_note": "", "cells": ""}]},
    )
    Page.objects.update(owner=editor)
    return version


def words(client) -> str:
    return " ".join(client.get(ADDRESS).text.split())


def stamp() -> int:
    return Ledger.objects.get().stamp


def checked(status, on: date | None) -> None:
    RegulatoryStatus.objects.filter(pk=status.pk).update(checked_on=on)


def test_the_box_comes_first_and_says_what_holds_where(client, live):
    text = words(client)
    box = text.partition('class="status-box')[2].partition("</section>")[0]

    assert text.index('id="status"') < text.index('id="key-messages"')
    assert box.index("Used in care for some people") < box.index("European Union")
    assert "given as a hospital procedure" in box
    assert box.count("Nobody here has looked this up yet.") == 2
    assert 'href="#ref-1"' in box
    assert 'href="#countries"' in box
    assert text.count(UNCONFIRMED) == 2  # And in the table.


def test_a_check_is_told_to_readers_with_its_day(client, live, status, editor, today):
    before = stamp()

    assert statuses.mark_checked([status], by=editor, now=THEN) == 1

    assert words(client).count("Checked on 1 Sep 2026.") == 2
    assert UNCONFIRMED not in words(client)
    status.refresh_from_db()
    assert (status.checked_on, status.checked_by) == (TODAY, editor)
    assert Event.objects.first().verb == "checked regulatory status"
    assert stamp() > before


def test_only_an_editor_says_that_it_was_checked(status, author):
    for deed in (
        lambda: statuses.mark_checked([status], by=author, now=THEN),
        lambda: statuses.keep(status, by=author, now=THEN),
        lambda: statuses.remove(status, by=author, now=THEN),
    ):
        with pytest.raises(NotAllowed, match="Only an editor"):
            deed()


def test_a_changed_row_is_told_at_once_and_is_no_longer_checked(client, live, status, editor):
    checked(status, TODAY)
    status.refresh_from_db()
    status.status = "withdrawn"

    statuses.keep(status, by=editor, now=THEN)

    assert "withdrawn" in words(client)
    assert UNCONFIRMED in words(client)
    assert Event.objects.first().verb == "changed regulatory status"


def test_a_row_that_moves_to_another_therapy_leaves_the_page(client, live, status, editor, disease):
    status.therapy = disease

    statuses.keep(status, by=editor, now=THEN)

    assert "European Union" not in words(client)


def test_a_removed_row_leaves_the_page(client, live, status, editor):
    statuses.remove(status, by=editor, now=THEN)

    assert 'id="countries"' not in words(client)
    assert Event.objects.first().verb == "removed regulatory status"


def test_a_decision_of_the_future_is_refused(status, editor):
    status.decided_on = TODAY + timedelta(days=1)

    with pytest.raises(NotReady, match="in the future"):
        statuses.keep(status, by=editor, now=THEN)


# --- what time does -------------------------------------------------------------------------


def test_a_page_says_that_a_check_has_grown_old_and_its_owner_is_told_once(
    client, live, status, editor, today
):
    statuses.mark_checked([status], by=editor, now=datetime(2026, 2, 27, 9, tzinfo=UTC))
    RegulatoryStatus.objects.update(checked_on=date(2026, 3, 1))
    before = stamp()

    rounds = [clock.publish_due(now=THEN - timedelta(days=1)).brought_up]
    rounds += [clock.publish_due(now=THEN + timedelta(minutes=it)).brought_up for it in range(2)]

    assert rounds == [0, 1, 0]
    assert (
        words(client).count("This was last checked on 1 Mar 2026, more than six months ago.") == 2
    )
    (notice,) = Notice.objects.filter(user=editor, text__contains="where this may be used")
    assert notice.version == live
    assert stamp() > before


def test_a_later_check_that_grows_old_is_told_again(live, status, today):
    checked(status, date(2026, 2, 1))
    assert clock.publish_due(now=THEN).brought_up == 1
    checked(status, date(2026, 3, 1))

    assert clock.publish_due(now=THEN).brought_up == 1
    assert Notice.objects.filter(text__contains="where this may be used").count() == 2


def test_a_step_that_breaks_stops_nothing_else(live, status, monkeypatch, caplog):
    def broken(now):
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(clock, "further_steps", lambda: (broken, statuses.grown_old))
    checked(status, date(2026, 2, 1))

    done = clock.publish_due(now=THEN)

    assert done.brought_up == 1
    assert done.failures == ["broken could not be begun: ZeroDivisionError: "]


def test_the_clock_asks_once_while_nothing_is_old(live, status):
    checked(status, TODAY)
    with CaptureQueriesContext(connection) as captured:
        assert list(statuses.grown_old(THEN)) == []
    assert len(captured) == 1


# --- in the admin ---------------------------------------------------------------------------


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_the_list_says_and_filters_what_is_overdue(desk, status):
    found = {it: desk.get(f"{LIST}?checked={it}").context["cl"].result_count for it in Check}

    assert found == {"never": 1, "overdue": 0, "lately": 0}
    checked(status, date(2020, 1, 1))
    page = desk.get(f"{LIST}?checked=overdue")
    assert page.context["cl"].result_count == 1
    assert "1 Jan 2020: overdue" in page.text


def test_several_rows_are_checked_with_one_action(desk, live, status, editor):
    desk.post(LIST, {"action": "checked_today", "_selected_action": [status.pk]})

    status.refresh_from_db()
    assert status.checked_by == editor
    assert "Checked on" in words(desk)


def test_the_button_saves_and_checks_and_a_plain_save_unchecks_what_it_changed(desk, status):
    address = f"{LIST}{status.pk}/change/"
    sent = as_sent(desk.get(address))

    assert desk.post(address, sent | {"note": "Seen.", "_check": "x"}).status_code == 302
    status.refresh_from_db()
    assert (status.note, bool(status.checked_on)) == ("Seen.", True)

    assert desk.post(address, sent | {"note": "Seen."}).status_code == 302
    status.refresh_from_db()
    assert status.checked_on

    answer = desk.post(address, sent | {"note": "Other."}, follow=True)
    status.refresh_from_db()
    assert status.checked_on is None
    assert "has not been checked since it was changed" in answer.text


def test_a_status_without_a_source_or_from_the_future_is_not_saved(desk, status):
    address = f"{LIST}{status.pk}/change/"
    sent = as_sent(desk.get(address))

    answer = desk.post(address, sent | {"source": "", "decided_on": "2999-01-01"})

    assert "This field is required." in answer.text
    assert "A decision cannot have been made in the future." in answer.text
