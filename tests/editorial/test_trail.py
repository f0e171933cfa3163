"""The audit trail in the admin: filtered, searched, and taken away as a file safe to open."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import ledger
from editorial.admin.trail import EXPORTED, cell
from editorial.models import Event, Page

LIST = "admin:editorial_event_changelist"
EXPORT = "admin:editorial_event_export"


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def exported(person, **query):
    answer = browser(person).get(reverse(EXPORT), query)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def listed(person, **query):
    answer = browser(person).get(reverse(LIST), query)
    assert answer.status_code == 200
    return [event.number for event in answer.context["cl"].result_list]


@pytest.fixture
def trail(author, editor, now):
    """Six events: three of one page, two of another, and one without a page, a month later."""
    one, other = (
        Page.objects.create(kind="article", slug=slug, created_at=now) for slug in ("one", "other")
    )
    ledger.record("began page", by=author, now=now, page=one)
    ledger.record("edited", by=author, now=now, page=one)
    ledger.record("sent back", by=editor, now=now, page=one, comment="=HYPERLINK(0)")
    ledger.record("began page", by=author, now=now, page=other)
    ledger.record("marked overdue", by=None, now=now, page=other)
    ledger.record("invited", by=editor, now=now + timedelta(days=30), comment="someone")
    return one, other


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"verb": "began page"}, [4, 1]),
        ({"actor": "editor"}, [6, 3]),
        ({"address": "/articles/other"}, [5, 4]),
        ({"address": "/articles/other", "verb": "began page"}, [4]),
        ({"actor": "-"}, [5]),
        ({"since": "2026-03-03"}, [6]),
        ({"until": "2026-03-02"}, [5, 4, 3, 2, 1]),
        ({"since": "2026-04-01", "until": "2026-04-01"}, [6]),
        ({"q": "someone"}, [6]),
        ({"q": "nothing of the kind"}, []),
    ],
)
def test_the_list_and_its_export_hold_what_is_filtered_and_searched(trail, author, query, numbers):
    assert listed(author, **query) == numbers
    assert [int(row["number"]) for row in exported(author, **query)] == numbers[::-1]


def test_the_events_of_one_page_have_an_address_of_their_own(trail, author):
    _, other = trail
    assert listed(author, page_id=other.pk) == [5, 4]


def test_the_address_filter_keeps_the_others(trail, author):
    page = (
        browser(author).get(reverse(LIST), {"verb": "edited", "address": "one", "q": "author"}).text
    )
    assert '<input type="hidden" name="verb" value="edited">' in page
    assert '<input type="hidden" name="q" value="author">' in page
    assert 'name="address" value="one"' in page


def test_the_export_tells_every_field_that_the_hash_covers_by_value(trail, author):
    row = exported(author, verb="sent back")[0]
    event = Event.objects.get(verb="sent back")
    assert list(row) == list(EXPORTED)
    assert row["at"] == event.at.isoformat()
    assert (row["actor"], row["address"], row["hash"]) == ("editor", "/articles/one/", event.hash)


def test_nothing_in_the_export_begins_a_formula(trail, author):
    assert exported(author, verb="sent back")[0]["comment"] == "'=HYPERLINK(0)"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(start):
    assert cell(f"{start}1") == f"'{start}1"
    assert cell(f"1{start}") == f"1{start}"


def test_the_export_is_streamed_in_one_reading_of_the_table(trail, author, now):
    def queries_and_lines():
        client = browser(author)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse(EXPORT))
            assert answer.streaming
            lines = sum(1 for _ in answer.streaming_content)
        return len(captured), lines

    few, lines = queries_and_lines()
    assert lines == 7
    for place in range(200):
        ledger.record(f"looked {place}", by=None, now=now)
    assert queries_and_lines() == (few, 207)


@pytest.mark.parametrize("address", [LIST, EXPORT])
def test_the_trail_is_for_those_who_may_see_it(address, trail, stranger, medic, client):
    assert browser(stranger).get(reverse(address)).status_code == 403
    assert browser(medic).get(reverse(address)).status_code == 200
    assert client.get(reverse(address)).headers["Location"].startswith(reverse("admin:login"))


def test_nobody_writes_in_the_trail(trail, admin):
    client = browser(admin)
    event = Event.objects.first()
    assert client.get(reverse("admin:editorial_event_add")).status_code == 403
    assert (
        client.post(
            reverse("admin:editorial_event_change", args=[event.pk]), {"verb": "x"}
        ).status_code
        == 403
    )
    assert (
        client.post(
            reverse("admin:editorial_event_delete", args=[event.pk]), {"post": "yes"}
        ).status_code
        == 403
    )
    assert Event.objects.get(pk=event.pk).verb == event.verb


def test_a_mistyped_filter_leads_back_to_the_list(trail, author):
    answer = browser(author).get(reverse(EXPORT), {"since": "yesterday"})
    assert answer.headers["Location"] == reverse(LIST)
