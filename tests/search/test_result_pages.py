"""What readers see of what was found: counts, snippets, corrections, and ways on."""

import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial import ledger
from editorial.models import Tag, Version
from editorial.states import Kind
from evidence.models import Source
from search import following, lists, log
from search.asking import Found, Hit
from search.engine import Snapshot
from search.models import Promotion, SearchLog
from tests.live_pages import NOW, live_page, live_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def hsct():
    return Tag.objects.create(name="Transplant", slug="hsct", kind=Tag.Kind.THERAPY)


@pytest.fixture
def own_cells(hsct):
    return Tag.objects.create(
        name="Own cells", slug="own-cells", kind=Tag.Kind.THERAPY, parent=hsct
    )


def claims(disease, therapy, certainty):
    Source.objects.get_or_create(key="a-study", defaults={"kind": "trial", "title": "A study"})
    return [
        {
            "statement": "It does something.",
            "therapy_id": therapy.pk,
            "disease_id": disease.pk,
            "outcome": "Relapse",
            "direction": "benefit",
            "certainty": certainty,
            "citations": [{"source": "a-study", "place": ""}],
        }
    ]


@pytest.fixture
def site(index, disease, hsct, own_cells):
    """Four pages about zebras, one of them a disease, one below another therapy."""
    ms = live_page(
        "ms", kind=Kind.DISEASE, tag=disease, title="Zebra disease", tags=[disease, hsct]
    )
    live_page(
        "sure",
        title="Zebra care",
        tags=[own_cells],
        parts={"claims": claims(disease, hsct, "low")},
    )
    live_page("plain", title="Zebra <i>and</i> others", body="<p>A zebra & a <b>gnu</b>.</p>")
    live_term("a-zebra", title="Zebra")
    return ms


def counts(response, facet: str) -> dict[str, int]:
    found = next(it for it in response.context["filter"].facets if it.name == facet)
    return {choice.value: choice.count for choice in found.choices if choice.value}


def test_each_value_says_what_it_would_find_under_the_filters_of_the_others(client, site):
    response = client.get("/search/?q=zebra&kind=article")

    assert counts(response, "kind") == {"article": 2, "disease": 1, "term": 1}
    assert counts(response, "therapy") == {"hsct": 1, "own-cells": 1}
    assert counts(response, "certainty") == {"low": 1}
    assert response.text.count('<span class="choice-count">') >= 6


def test_a_chosen_value_stays_to_be_taken_away_where_it_finds_nothing(client, site):
    response = client.get("/search/?q=zebra&kind=therapy&certainty=low")

    assert counts(response, "kind") == {"article": 1, "therapy": 0}
    assert [chip["label"] for chip in response.context["chips"]] == [
        "“zebra”",
        "How sure: low",
        "Kind of page: therapy",
    ]


def test_the_start_page_and_the_list_of_articles_are_counted_too(client, site):
    assert counts(client.get("/search/"), "kind") == {"article": 2, "disease": 1, "term": 1}
    assert counts(client.get("/articles/"), "therapy") == {"hsct": 1, "own-cells": 1}


def test_what_was_searched_for_is_marked_and_all_else_escaped(client, site):
    text = client.get("/search/?q=gnu").text

    assert "<mark>gnu</mark>" in text
    assert "Zebra &lt;i&gt;and&lt;/i&gt; others" in text
    assert "<i>and" not in text


def test_a_result_says_how_sure_its_findings_are(client, site):
    text = client.get("/search/?q=zebra+care").text

    assert "Rated findings: low certainty or better" in text


def test_a_misspelt_word_is_corrected_and_can_be_searched_for_all_the_same(client, site):
    response = client.get("/search/?q=zebar&kind=term")

    assert [version.page.slug for version in response.context["page_obj"]] == ["a-zebra"]
    assert "Showing results for <strong>zebra</strong>" in response.text
    assert 'href="?kind=term&amp;q=zebar&amp;exact=1"' in response.text
    assert "No page fits" in client.get("/search/?q=zebar&exact=1").text


def test_a_promoted_page_comes_first_and_says_so(client, site, index, editor):
    plain = Version.objects.get(page__slug="plain")
    Promotion.promote("zebra", plain.page, by=editor, now=timezone.now())

    response = client.get("/search/?q=zebras")

    assert response.context["page_obj"][0] == plain
    assert response.text.count("Our editors suggest") == 1


def test_without_a_result_each_filter_says_what_there_is_without_it(client, site):
    response = client.get("/search/?q=zebra&kind=term&certainty=low&page=1")

    ways = {way.label: (way.url, way.total) for way in response.context["wider"]}
    assert ways == {
        "Kind of page": ("?certainty=low&q=zebra", 1),
        "How sure": ("?kind=term&q=zebra", 1),
        "": ("?q=zebra", 4),
    }
    assert response.context["wider"][0].total == 4
    assert "Leave out all filters" in response.text


def test_the_articles_are_searched_as_everything_is_and_lead_on_to_everything(client, site):
    found = client.get("/articles/?q=zebar")

    assert {version.page.slug for version in found.context["page_obj"]} == {"sure", "plain"}
    assert 'href="/search/?q=gnat"' in client.get("/articles/?q=gnat&disease=x").text


def test_a_page_past_the_end_is_not_there(client, site):
    assert client.get("/search/?q=zebra&page=2").status_code == 404
    assert client.get("/articles/?q=zebra&page=2").status_code == 404


def test_what_left_is_not_shown_even_by_an_index_that_lags_behind(
    client, site, monkeypatch, publisher
):
    client.get("/search/?q=zebra")
    monkeypatch.setattr("search.following.LOOKS_EVERY", 3600.0)
    plain = Version.objects.get(page__slug="plain")
    plain.withdraw(by=publisher, now=timezone.now(), reason="Wrong.")

    response = client.get("/search/?q=zebra")

    assert "/articles/plain/" not in response.text
    assert (response.context["total"], len(response.context["page_obj"])) == (4, 3)


def test_a_search_takes_the_same_queries_however_much_is_found(client, site, monkeypatch):
    def queries() -> int:
        client.get("/search/?q=zebra")
        monkeypatch.setattr("search.following.LOOKS_EVERY", 3600.0)
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/?q=zebra")
        monkeypatch.setattr("search.following.LOOKS_EVERY", 0.0)
        return len(captured)

    few = queries()
    for number in range(10):
        live_page(f"more-{number}", title="Zebra")

    assert queries() == few <= 6


def test_suggestions_are_a_list_that_any_cache_may_keep(client, site):
    response = client.get("/search/suggest/?q=zeb%00")

    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.headers.get("Vary", "")
    told = json.loads(response.content)
    assert {"title": "Zebra", "kind": "term", "url": "/glossary/a-zebra/"} in told
    assert all(set(it) == {"title", "kind", "url"} for it in told)
    assert json.loads(client.get("/search/suggest/").content) == []


def test_a_browser_learns_how_to_search_here(client, db):
    response = client.get("/opensearch.xml")

    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert 'template="http://testserver/search/?q={searchTerms}"' in response.text
    assert '<link rel="search" href="/opensearch.xml"' in client.get("/about/").text


def test_lists_carry_nothing_of_one_reader(client, site):
    """Whole pages, the same for a script that swaps parts: any cache may keep them."""
    asked = client.get("/search/?q=zebra", headers={"HX-Request": "true"})

    assert asked.content == client.get("/search/?q=zebra").content
    for private in ("csrfmiddlewaretoken", "nonce=", " style=", " onclick=", "hx-on"):
        assert private not in asked.text


# --- answers that are kept ------------------------------------------------------------------------


@pytest.fixture
def kept(site, settings, monkeypatch) -> Client:
    """A reader of a site that keeps its answers, whose searches are counted afresh."""
    settings.PAGE_CACHE_BYTES = 4_000_000
    monkeypatch.setattr(log, "searches", log.Searches())
    return Client()


def test_a_kept_search_asks_for_the_stamp_alone_and_is_counted_each_time(
    kept, django_assert_num_queries
):
    first = kept.get("/search/?q=zebra")
    with django_assert_num_queries(1):
        second = kept.get("/search/?q=zebra")
    log.searches.write()

    assert second.content == first.content
    assert SearchLog.objects.values_list("words", "times", "found").get() == ("zebra", 2, 4)


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("q=zebra", True),
        ("q=zebra&kind=term", True),
        ("q=zebar", False),
        ("q=qqqq", False),
        ("q=zebra+0171+555+0199", False),
    ],
    ids=["words", "words and a filter", "misspelt", "found nothing", "a telephone number"],
)
def test_what_may_change_by_itself_or_tell_of_a_person_is_not_kept(kept, query, is_kept):
    answer = kept.get(f"/search/?{query}")

    assert ("no-cache" not in answer["Cache-Control"]) is is_kept
    assert ("ETag" in answer) is is_kept


@pytest.mark.parametrize("address", ["/search/?q=zebra", "/articles/?disease=multiple-sclerosis"])
def test_an_answer_from_an_index_that_is_behind_is_not_kept(kept, page, monkeypatch, now, address):
    kept.get(address)
    monkeypatch.setattr(following, "_looked_at", time.monotonic())
    monkeypatch.setattr(following, "LOOKS_EVERY", 60.0)
    ledger.note_change(page, None, now=now)

    assert kept.get(address)["Cache-Control"] == "no-cache"


def test_a_page_that_is_live_in_another_version_than_the_index_holds_is_still_shown(client, site):
    version = Version.objects.live().get(page__slug="sure")
    hit = Hit(0, version.page_id, "article", "", "", "old words", "low", None, 1.0, tags=("Old",))

    (row,) = lists._rows(Found(total=1, hits=[hit]), 0, with_results=True)

    assert (row, row.topics, row.result.snippet) == (version, (), "")


def test_counts_without_words_are_kept_until_the_index_changes(client, site, monkeypatch):
    client.get("/articles/?disease=multiple-sclerosis")
    monkeypatch.setattr(Snapshot, "count", None)

    again = client.get("/articles/?disease=multiple-sclerosis&sort=title")
    monkeypatch.undo()
    live_page("another", title="Another zebra")

    assert counts(again, "disease") == counts(
        client.get("/articles/?disease=multiple-sclerosis"), "disease"
    )


def test_a_list_without_words_comes_from_the_index_newest_first_and_titles_settle_ties(
    client, site
):
    live_page("older", title="An old zebra", now=NOW - timedelta(days=1))

    newest = [version.page.slug for version in client.get("/articles/").context["page_obj"]]

    assert newest == ["sure", "plain", "older"]
