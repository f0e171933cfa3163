"""Searches are counted without knowing who searched, and nobody waits for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.clock import publish_due
from search import log, views
from search.asking import Asked
from search.log import Question, Searches, question, question_of
from search.models import SearchLog
from search.pace import Pace
from tests.live_pages import live_page


@pytest.fixture(autouse=True)
def searches(monkeypatch):
    """The counts of this test alone."""
    fresh = Searches()
    monkeypatch.setattr(log, "searches", fresh)
    return fresh


def rows():
    return list(
        SearchLog.objects.order_by("pk").values_list(
            "words", "filters", "times", "found", "opened", "ranks"
        )
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  MS\n and  HSCT ", "ms and hsct"),
        ("Crohn’s", "crohn's"),
        ("type 1 diabetes 2024", "type 1 diabetes 2024"),
        ("jo@example.org", ""),
        ("call me on 020 7946 0958", ""),
        ("born 1970-01-31 with lupus", ""),
        ("a" * 80, "a" * 80),
        ("a" * 81, ""),
    ],
)
def test_words_that_may_tell_of_a_person_are_not_kept(typed, kept):
    assert question(typed, "").words == kept


def test_filters_are_told_in_one_order_and_in_short():
    asked = Asked(words="MS", tags=("b",), kinds=("term", "article"))

    assert question_of(asked) == ("ms", "kind=term&kind=article&tag=b")


@pytest.mark.django_db
def test_a_search_is_counted_once_with_its_results_and_what_was_opened(client, searches, index):
    live_page("a-page", title="Zebra")
    for query in ("q=Zebra", "q=zebra+", "q=zebra&kind=term", "q=zebra&page=1", "tag=none"):
        client.get(f"/search/?{query}")
    told = {"words": "zebra", "filters": "", "rank": "3"}
    assert post(client, told).status_code == 204
    assert not SearchLog.objects.exists()

    searches.write()
    client.get("/articles/?q=gnu")
    client.get("/search/?q=zebra")
    searches.write()
    searches.write()

    assert rows() == [
        ("zebra", "", 4, 1, 1, 3),
        ("zebra", "kind=term", 1, 0, 0, 0),
        ("gnu", "kind=article", 1, 0, 0, 0),
    ]


@pytest.mark.django_db
def test_a_search_that_the_database_answered_is_no_word_that_finds_nothing(client, searches):
    client.get("/search/?q=zebra")
    searches.write()

    assert rows() == []


def post(client, told, **headers):
    site = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    return client.post("/search/clicked/", told, headers=site | headers)


@pytest.mark.django_db
def test_only_this_sites_own_pages_tell_what_was_opened(client, searches, monkeypatch):
    told = {"words": "zebra", "filters": "", "rank": "1"}

    assert client.get("/search/clicked/").status_code == 405
    assert post(client, told, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/search/clicked/", told).status_code == 403
    for wrong in ({"rank": "0"}, {"rank": "x"}, {"rank": "1001"}, {"words": "a" * 201}):
        assert post(client, told | wrong).status_code == 400
    monkeypatch.setattr(views, "clicks", Pace(a_second=0))
    assert post(client, told).status_code == 429
    searches.write()
    assert rows() == []


def test_a_pace_lets_through_so_many_a_second_and_gathers_no_more():
    now = 0.0
    pace = Pace(a_second=2, clock=lambda: now)

    assert [pace.has_room() for _ in range(3)] == [True, True, False]
    now = 0.5
    assert [pace.has_room() for _ in range(2)] == [True, False]
    now = 100.0
    assert [pace.has_room() for _ in range(3)] == [True, True, False]


@pytest.mark.django_db
def test_whoever_floods_the_log_fills_no_memory_and_no_disk(searches, monkeypatch):
    monkeypatch.setattr(log, "MOST_WAITING", 3)
    monkeypatch.setattr(log, "MOST_A_DAY", 4)
    for number in range(9):
        searches.note(Question(f"first {number}", ""), found=1)
    searches.write()
    for word in ("first 0", "second 1", "second 2"):
        searches.note(Question(word, ""), found=1)
    searches.write()

    assert [(words, times) for words, _, times, *_ in rows()] == [
        ("first 0", 2),
        ("first 1", 1),
        ("first 2", 1),
    ]


@pytest.mark.django_db
def test_what_waits_is_written_by_a_thread_that_ends(searches, settings, monkeypatch):
    settings.SEARCH_LOG_SECONDS = 0.01
    written = []
    monkeypatch.setattr(log.Searches, "write", lambda self: written.append(dict(self._waiting)))
    monkeypatch.setattr(log.atexit, "register", lambda deed: None)

    searches.note(Question("zebra", ""), found=1)
    searches._timer.join(5)

    assert [list(waiting) for waiting in written] == [[(timezone.localdate(), ("zebra", ""))]]
    assert not searches._timer.is_alive()


@pytest.mark.django_db
def test_searches_are_forgotten_after_ninety_days():
    now = timezone.now()
    for days in (0, 90, 91):
        day = now.date() - timedelta(days=days)
        SearchLog.objects.create(searched_on=day, words=f"{days}", times=1)

    publish_due(now=now)

    assert sorted(words for words, *_ in rows()) == ["0", "90"]


def test_the_log_has_no_room_for_a_person():
    assert {field.name for field in SearchLog._meta.get_fields()} == {
        *("id", "searched_on", "words", "filters", "times", "found", "opened", "ranks"),
    }
