"""When a fact changes: what leans on a source is found, flagged, told, and looked at again.

The case is real: ADMIRE-CD found that darvadstrocel (Alofisel) healed more fistulas than placebo;
the larger ADMIRE-CD II did not confirm it, and the product left the European Union’s market.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial.models import Event, Ledger, Notice, Page, Tag, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.states import Kind
from evidence.changing import how_it_stands, mark, still_holds
from evidence.leaning import cells_of, leaning_on
from evidence.models import RegulatoryStatus, ReviewFlag, Source
from tests.evidence.conftest import NOTE
from tests.live_pages import begin, live_page, live_term, write

pytestmark = pytest.mark.django_db

CHANGED = "A source behind this page has changed"


@pytest.fixture
def crohns(db):
    return Tag.objects.create(name="Crohn’s disease", slug="crohns-disease", kind=Tag.Kind.DISEASE)


@pytest.fixture
def cells(db):
    return Tag.objects.create(
        name="Mesenchymal stromal cells", slug="mesenchymal", kind=Tag.Kind.THERAPY
    )


def cite(key: str, place: str = "") -> str:
    return f'<p>x<cite data-source="{key}" data-place="{place}"></cite></p>'


def claim(cells, crohns, key: str) -> dict:
    return {
        "statement": "At 24 weeks, more people had healed fistulas.",
        "therapy_id": cells.pk,
        "disease_id": crohns.pk,
        "outcome": "Combined remission",
        "direction": "benefit",
        "citations": [{"source": key, "place": "Abstract"}],
    }


@pytest.fixture
def before(admire, admire_two, cells, crohns):
    """The moment before: ADMIRE-CD stands, and five pages and a draft lean on it."""
    key = admire.key
    live_page("by-text", body=cite(key, "Table 2") * 2, title="By its text")
    live_page(
        "crohns", kind=Kind.DISEASE, tag=crohns, parts={"claims": [claim(cells, crohns, key)]}
    )
    checked = {
        "quote": "stem cells heal bowels",
        "source_id": admire_two.pk,
        "verdict": "misleading",
        "why": "One trial of two found it.",
        "citations": [{"source": key, "place": ""}],
    }
    live_page("by-verdict", parts={"checked_claims": [checked]})
    live_term("darvadstrocel", body=cite(key))
    live_page("cells", kind=Kind.THERAPY, tag=cells)
    RegulatoryStatus.objects.create(
        therapy=cells,
        disease=crohns,
        jurisdiction="EU",
        product="Alofisel",
        status="approved",
        source=admire,
    )
    live_page("not-at-all", body=cite(admire_two.key))
    write(begin("a-draft", title="A draft"), body=cite(key))
    return admire


def address(version: Version) -> str:
    return version.get_absolute_url()


def live(slug: str) -> Version:
    return Version.objects.live().select_related("page").get(page__slug=slug)


LEANING = {
    "by-text": ["The text, Table 2"],
    "crohns": [
        "Claim “At 24 weeks, more people had healed fistulas.”, Abstract",
        "Status in the European Union (Alofisel): Mesenchymal stromal cells",
    ],
    "by-verdict": ["Our verdict on “stem cells heal bowels”"],
    "darvadstrocel": ["The text"],
    "cells": ["Status in the European Union (Alofisel): Mesenchymal stromal cells"],
}


# --- what leans on it ---------------------------------------------------------------------


def test_what_leans_on_a_source_is_listed_with_its_places_and_cells(before, admire_two):
    leaning = leaning_on(before)

    assert {it.version.page.slug: it.places for it in leaning if it.is_live} == LEANING
    assert [it.version.page.slug for it in leaning if not it.is_live] == ["a-draft"]
    assert cells_of(leaning) == [("Mesenchymal stromal cells", "Crohn’s disease")]
    quoted = {it.version.page.slug: it.places for it in leaning_on(admire_two)}["by-verdict"]
    assert quoted == ["Words of it that we checked: “stem cells heal bowels”"]


def test_finding_what_leans_costs_the_same_for_one_page_and_for_many(before):
    with CaptureQueriesContext(connection) as few:
        leaning_on(before)
    for number in range(5):
        live_page(f"more-{number}", body=cite(before.key))
    with CaptureQueriesContext(connection) as many:
        found = leaning_on(before)
    assert len(found) == len(LEANING) + 1 + 5
    assert len(many) == len(few) <= 4


# --- the story ----------------------------------------------------------------------------


def test_darvadstrocel(before, admire_two, editor, author, second_author, client, now, mailoutbox):
    """Marked, listed, flagged, told to owners and readers; looked at again; the notice gone."""
    Page.objects.filter(slug__in=["by-text", "crohns"]).update(owner=author)
    Page.objects.filter(slug="by-text").update(backup_owner=second_author)
    stamp = Ledger.objects.get().stamp

    flags = mark(before, "superseded", by=editor, now=now, note=NOTE, superseded_by=admire_two)

    assert {it.page.slug: it.leans.splitlines() for it in flags} == LEANING
    assert ReviewFlag.objects.standing().count() == len(LEANING)
    before.refresh_from_db()
    assert (before.status, before.status_note, before.superseded_by, before.status_changed_on) == (
        "superseded",
        NOTE,
        admire_two,
        now.date(),
    )
    told = f"“ADMIRE-CD” was superseded by “ADMIRE-CD II”. {NOTE}"
    events = Event.objects.filter(verb="source changed", actor="editor").order_by("number")
    assert sorted(event.address for event in events) == sorted(
        ["", *(address(live(slug)) for slug in LEANING)]
    )
    assert [event.comment for event in events if not event.address] == [f"{before.key}: {told}"]
    assert Ledger.objects.get().stamp > stamp
    notices = dict(Notice.objects.values_list("user__username", "text"))
    assert notices["author"].startswith("2 of your pages lean on a source that has changed")
    assert notices["second_author"].startswith("“By its text” leans on a source that has changed")

    for slug in LEANING:
        html = client.get(address(live(slug))).text
        assert html.count(CHANGED) == 1
        assert 'href="/sources/panes-2016-admire/"' in html
        assert 'href="/sources/admire-cd-ii/"' in html
    assert "Reference 1: superseded" in client.get(address(live("crohns"))).text
    by_text = client.get(address(live("by-text"))).text
    assert "no longer stands" in by_text
    assert 'class="fallen"' in by_text
    assert CHANGED not in client.get(address(live("not-at-all"))).text

    flag = next(it for it in flags if it.page.slug == "darvadstrocel")
    still_holds(flag, by=editor, now=now, reason="It names the trial as history.")

    assert CHANGED not in client.get(address(live("darvadstrocel"))).text
    assert CHANGED in client.get(address(live("by-text"))).text
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.address) == ("page still holds", "/glossary/darvadstrocel/")
    assert "It names the trial as history." in event.comment
    assert (flag.answered_by, flag.answer) == (editor, "It names the trial as history.")


def test_the_notice_costs_readers_no_query(cited, editor, client, now):
    page = address(live("by-text"))
    with CaptureQueriesContext(connection) as quiet:
        client.get(page)
    mark(cited, "retracted", by=editor, now=now, note=NOTE)
    with CaptureQueriesContext(connection) as flagged:
        client.get(page)
    assert len(flagged) == len(quiet) <= 6


def test_marking_again_widens_the_flags_that_stand(cited, editor, second_editor, now, tomorrow):
    mark(cited, "corrected", by=editor, now=now, note="A figure was corrected.")
    live_page("new", body=cite(cited.key))

    mark(cited, "retracted", by=second_editor, now=tomorrow, note="The journal retracted it.")

    flags = ReviewFlag.objects.standing()
    assert flags.count() == 2
    assert {flag.change for flag in flags} == {
        "“ADMIRE-CD” was retracted. The journal retracted it."
    }
    assert {flag.raised_at for flag in flags} == {tomorrow}


def test_a_source_that_stands_again_takes_its_notices_away(cited, editor, client, now, tomorrow):
    mark(cited, "retracted", by=editor, now=now, note="By mistake.")
    mark(cited, "stands", by=editor, now=tomorrow)
    assert not ReviewFlag.objects.standing().exists()
    assert CHANGED not in client.get(address(live("by-text"))).text


# --- who may, and what must be said -------------------------------------------------------


def test_only_an_editor_marks_a_source(admire, author, medic, publisher, now):
    for person in (author, medic, publisher):
        with pytest.raises(NotAllowed, match="Only an editor"):
            mark(admire, "retracted", by=person, now=now, note=NOTE)
    assert not ReviewFlag.objects.exists()


@pytest.mark.parametrize(
    ("status", "note", "other", "missing"),
    [
        ("retracted", " \n", None, "Say what happened and who says so"),
        ("retracted", "It was.", "admire_two", "Only a superseded source"),
        ("superseded", "It was.", "admire", "cannot take its own place"),
        ("superseded", "It was.", "fallen", "is withdrawn itself"),
        ("stands", "", None, "Nothing is new"),
    ],
)
def test_what_is_missing_is_said(admire, editor, now, status, note, other, missing, request):
    if other == "fallen":
        other = Source.objects.create(key="fallen", title="Fallen", status="withdrawn")
    elif other:
        other = request.getfixturevalue(other)
    with pytest.raises((NotReady, WrongState), match=missing):
        mark(admire, status, by=editor, now=now, note=note, superseded_by=other)


def test_two_editors_who_mark_at_once_do_not_overwrite_each_other(
    cited, editor, second_editor, now
):
    mine, theirs = Source.objects.get(pk=cited.pk), Source.objects.get(pk=cited.pk)
    seen = how_it_stands(cited)
    mark(mine, "retracted", by=editor, now=now, note="Retracted, the journal says.")
    with pytest.raises(WrongState, match="Somebody else has just changed"):
        mark(theirs, "corrected", by=second_editor, now=now, note="Corrected.")
    with pytest.raises(WrongState, match="Somebody else has just changed"):
        mark(mine, "corrected", by=second_editor, now=now, note="Corrected.", seen=seen)
    cited.refresh_from_db()
    assert cited.status == "retracted"


# --- in the admin -------------------------------------------------------------------------


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_editor_sees_what_it_touches_before_anything_happens(before, admire_two, editor, now):
    client = browser(editor)
    there = reverse("admin:evidence_source_changed", args=[before.pk])
    source_form = client.get(reverse("admin:evidence_source_change", args=[before.pk])).text
    assert reverse("admin:evidence_source_leaning", args=[before.pk]) in source_form
    told = {
        "status": "superseded",
        "note": NOTE,
        "superseded_by": admire_two.pk,
        "seen": how_it_stands(before),
    }

    asked = client.post(there, told).text

    assert "Mark it and flag 5 pages" in asked
    for words in ("By its text", "The text, Table 2", "Mesenchymal stromal cells in Crohn’s"):
        assert words in asked
    assert not ReviewFlag.objects.exists()
    done = client.post(there, told | {"confirmed": "1"}, follow=True).text
    assert "5 pages are flagged for review" in done
    assert ReviewFlag.objects.standing().count() == 5
    stale = client.post(there, told | {"confirmed": "1", "note": "Other."}).text
    assert "Somebody else has just changed" in stale
    missing = client.post(there, {"status": "retracted", "seen": "x"}).text
    assert "Say what happened and who says so" in missing
    assert "flag 5 pages" not in missing
