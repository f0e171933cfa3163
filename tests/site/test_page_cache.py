"""Whole answers, kept by address and stamp: what is given again, and what never is."""

import gzip
import threading
import time

import brotli
import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from editorial import ledger, surrounds
from editorial.models import Contributor, Surround
from editorial.same_for_everyone import parameters_of
from stemcell_site.answers import middleware
from stemcell_site.answers.addresses import asked_of, normal_query
from stemcell_site.answers.answer import Answer, takes
from stemcell_site.answers.memory import Memory

BODY = b"<p>" + b"Some plain words. " * 100
SINCE = 1_800_000_000.4


@pytest.fixture
def reader(db, settings) -> Client:
    """A reader of a site that keeps its answers, and has kept none yet."""
    settings.PAGE_CACHE_BYTES = 4_000_000
    return Client()


def answer(**told) -> Answer:
    headers = {"Content-Type": "text/html; charset=utf-8", "ETag": 'W/"tag"'}
    return Answer(**{"status": 200, "headers": headers, "body": BODY, "since": SINCE, **told})


def given(kept: Answer, *, now=SINCE + 10, accepts="", method="get", **conditions):
    request = getattr(RequestFactory(), method)("/", headers=conditions)
    return kept.to(request, accepts, now=now)


# --- through the site -----------------------------------------------------------------------------


def test_a_kept_page_costs_the_question_for_the_stamp(
    reader, live_version, django_assert_num_queries
):
    address = live_version.get_absolute_url()
    first = reader.get(address)

    with django_assert_num_queries(1):
        second = reader.get(address)

    assert second.content == first.content
    assert "Resetting immunity" in second.text


@pytest.mark.parametrize("address", ["/", "/articles/", "/evidence/", "/sources/", "/glossary/"])
def test_lists_are_kept_and_answer_304(reader, address, django_assert_num_queries):
    page = reader.get(address)
    assert page.status_code == 200
    assert {"public", "must-revalidate", "s-maxage=60"} <= set(page["Cache-Control"].split(", "))
    assert page["Vary"] == "Accept-Encoding"
    assert page["Last-Modified"]
    assert "default-src 'self'" in page["Content-Security-Policy"]

    with django_assert_num_queries(1):
        again = reader.get(address, headers={"If-None-Match": page["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == page["ETag"]


def test_a_change_is_there_at_once(reader, live_version, editor):
    address = f"/people/{editor.contributor.slug}/"
    assert "Dr Nobody" not in reader.get(address).text

    Contributor.objects.filter(pk=editor.contributor.pk).update(name="Dr Nobody")

    # On PostgreSQL the stamp moves with the commit, which a test never comes to.
    ledger.move_stamp()
    assert "Dr Nobody" in reader.get(address).text


def test_nothing_is_kept_that_changed_while_it_was_made(
    reader, live_version, monkeypatch, django_assert_num_queries
):
    address = live_version.get_absolute_url()
    stamps = iter([1, 2, 2, 2, 2])
    monkeypatch.setattr(ledger, "stamp", lambda: next(stamps))

    with CaptureQueriesContext(connection) as first:
        reader.get(address)
    with django_assert_num_queries(len(first)):
        reader.get(address)
    with django_assert_num_queries(0):
        reader.get(address)


def test_who_is_signed_in_gets_a_page_of_their_own(reader, live_version, editor):
    address = live_version.get_absolute_url()
    reader.get(address)
    reader.force_login(editor)

    page = reader.get(address)

    assert "ETag" not in page
    assert {"private", "no-cache"} <= set(page["Cache-Control"].split(", "))


def test_a_reader_gets_no_cookie_and_meets_no_session(reader, live_version):
    page = reader.get(live_version.get_absolute_url())
    assert not page.cookies
    assert not hasattr(page.wsgi_request, "session")
    assert not hasattr(page.wsgi_request, "user")


def test_pages_that_moved_or_never_were_take_no_place_of_pages(reader, db, monkeypatch):
    kept = []
    monkeypatch.setattr(Memory, "put", lambda self, *told: kept.append(self.most_bytes))
    assert reader.get("/articles/never-was/").status_code == 404
    assert kept == [4_000_000 // 16]


def test_a_failure_is_not_kept(reader, db, monkeypatch):
    reader.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("articles.views.ways_in.read_map", lambda: 1 / 0)
        patch.setattr("django.core.handlers.exception.log_response", lambda *_, **__: None)
        assert reader.get("/").status_code == 500
    assert reader.get("/").status_code == 200


def test_forms_and_the_admin_are_never_marked_as_the_same_for_everyone():
    def views(patterns, path=""):
        for it in patterns:
            if hasattr(it, "url_patterns"):
                yield from views(it.url_patterns, path + str(it.pattern))
            else:
                yield path + str(it.pattern), it.callback

    marked = {
        path for path, view in views(get_resolver().url_patterns) if parameters_of(view) is not None
    }
    assert {"articles/<slug:slug>/", "", "sources/", "claims/"} <= marked
    private = (
        "admin/",
        "preview/",
        "about/contact",
        "search/clicked",
        "healthz",
        "readyz",
        "metrics",
    )
    assert [path for path in marked if path.startswith(private)] == []


# --- the name of an answer ------------------------------------------------------------------------


def test_known_parameters_stand_in_order_and_empty_ones_fall():
    known = ("disease", "page", "therapy")
    assert (
        normal_query("therapy=b&disease=z&disease=a&page=", known)
        == "disease=a&disease=z&therapy=b"
    )
    assert normal_query("utm_source=mail&fbclid=x&page=2", known) == "page=2"
    assert normal_query("", known) == ""


def test_an_answer_to_an_unknown_parameter_is_not_kept():
    assert normal_query("page=2&x=1", ("page",)) is None
    assert normal_query(f"page={'1' * 600}", ("page",)) is None


def test_only_plain_questions_of_strangers_are_asked_for():
    def asked(method="get", path="/articles/", **told):
        return asked_of(getattr(RequestFactory(), method)(path, **told))

    assert asked().address == "http://testserver/articles/?"
    assert asked("head").address == asked().address
    assert asked("post") is None
    assert asked(headers={"Authorization": "Basic eA=="}) is None
    assert asked(headers={"Cookie": "sessionid=x"}) is None
    assert asked(headers={"Host": "evil.example"}) is None
    assert asked(path="/articles") is None
    assert asked(path="/articles/?q=words") is None


# --- one answer -----------------------------------------------------------------------------------


def test_a_body_is_compressed_once_for_each_encoding(monkeypatch):
    kept = answer()
    assert brotli.decompress(given(kept, accepts="gzip, br").content) == BODY
    assert gzip.decompress(given(kept, accepts="gzip, br;q=0").content) == BODY
    assert given(kept, accepts="identity")["Content-Length"] == str(len(BODY))
    monkeypatch.setattr("stemcell_site.answers.answer.COMPRESSORS", {"br": None, "gzip": None})
    assert given(kept, accepts="br")["Content-Encoding"] == "br"
    assert given(kept, accepts="gzip")["Content-Encoding"] == "gzip"


def test_what_is_small_or_no_text_stays_as_it_is():
    assert "Content-Encoding" not in given(answer(body=b"x"), accepts="br")
    picture = answer(headers={"Content-Type": "image/png", "ETag": ""})
    assert "Content-Encoding" not in given(picture, accepts="br")


def test_weights_of_encodings_are_understood():
    assert takes("gzip;q=0.5, BR", "br")
    assert not takes("br;q=0.000, gzip", "br")
    assert not takes("", "br")


def test_a_head_is_told_the_length_and_gets_no_body():
    head = given(answer(), method="head")
    assert (head["Content-Length"], head.content) == (str(len(BODY)), b"")


@pytest.mark.parametrize(
    ("held", "status"), [('W/"tag"', 304), ('"tag"', 304), ('"x", W/"tag"', 304), ('"x"', 200)]
)
def test_a_tag_is_compared_weakly(held, status):
    assert given(answer(), **{"If-None-Match": held}).status_code == status


def test_a_date_is_believed_only_if_nothing_can_have_changed_since():
    first = given(answer(), now=SINCE + 0.1)["Last-Modified"]
    later = given(answer(), now=SINCE + 1)["Last-Modified"]
    # Another text may have been written in the very second of the first.
    assert given(answer(), **{"If-Modified-Since": first}).status_code == 200
    assert given(answer(), **{"If-Modified-Since": later}).status_code == 304
    newer = answer(since=SINCE + 0.5)
    assert given(newer, **{"If-Modified-Since": first}).status_code == 200
    assert given(answer(since=SINCE + 1), **{"If-Modified-Since": later}).status_code == 200
    assert given(answer(), **{"If-Modified-Since": "no date"}).status_code == 200


def test_an_error_is_told_again_and_never_not_modified():
    gone = answer(status=404)
    assert given(gone, **{"If-None-Match": 'W/"tag"'}).status_code == 404


# --- the memory -----------------------------------------------------------------------------------


def test_memory_forgets_what_was_asked_for_longest_ago():
    size = answer().size() + len("a")
    memory = Memory(16 * size)
    for name in "abcdefghijklmnop":
        memory.put(name, "1", answer())
    assert memory.get("a", "1")
    memory.put("q", "1", answer())
    assert memory.get("a", "1")
    assert memory.get("b", "1") is None
    assert memory.bytes == 16 * size == sum(it[2] for it in memory._kept.values())


def test_memory_gives_nothing_of_another_stamp():
    memory = Memory(1_000_000)
    memory.put("a", "1", answer())
    assert memory.get("a", "2") is None
    memory.put("a", "2", answer(body=b"new"))
    assert memory.get("a", "1") is None
    assert len(memory) == 1


def test_memory_keeps_nothing_that_would_push_out_much():
    memory = Memory(16_000)
    memory.put("a", "1", answer(body=b"x" * 1001))
    assert (len(memory), memory.bytes) == (0, 0)


def test_many_threads_leave_the_memory_as_large_as_it_says():
    memory = Memory(60_000)

    def work(seed):
        for number in range(200):
            memory.put(f"{(seed * 7 + number) % 40}", "1", answer())
            memory.get(f"{number % 40}", "1")

    threads = [threading.Thread(target=work, args=[seed]) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.bytes == sum(it[2] for it in memory._kept.values()) <= 60_000


def test_one_makes_an_answer_and_the_others_wait_for_it(settings):
    settings.PAGE_CACHE_BYTES = 1_000_000
    kept = middleware.KeptAnswers()
    assert kept.await_other("a", "1") is None
    found = []
    other = threading.Thread(target=lambda: found.append(kept.await_other("a", "1")))
    other.start()
    time.sleep(0.05)
    whole = answer()
    kept.put("a", "1", whole)
    kept.end("a", "1")
    other.join()
    assert found == [whole]


def test_nobody_waits_for_ever(settings, monkeypatch):
    settings.PAGE_CACHE_BYTES = 1_000_000
    monkeypatch.setattr(middleware, "PATIENCE", 0.05)
    kept = middleware.KeptAnswers()
    assert kept.await_other("a", "1") is None
    assert kept.await_other("a", "1") is None


# --- pages put together beforehand ----------------------------------------------------------------


def test_a_page_put_together_beforehand_is_the_page(
    reader, live_version, django_assert_max_num_queries
):
    address = live_version.get_absolute_url()
    as_made = reader.get(address).content
    surrounds.make_some()
    ledger.move_stamp()

    with django_assert_max_num_queries(2):
        page = reader.get(address)

    assert page.content == as_made
    assert Surround.objects.count() == 1
    assert not surrounds.waiting().exists()


def test_a_page_is_not_put_together_from_what_changes_meanwhile(live_version, monkeypatch):
    stamps = iter([0])
    monkeypatch.setattr(ledger, "stamp", lambda: next(stamps))
    assert not surrounds.make(live_version.rendering.pk)
    assert surrounds.waiting().exists()


def test_another_release_puts_pages_together_anew(client, live_version, monkeypatch):
    surrounds.make(live_version.rendering.pk)
    Surround.objects.update(before="Of an old release. ")
    assert "Of an old release" in client.get(live_version.get_absolute_url()).text
    for module in ("editorial.reading", "editorial.surrounds"):
        monkeypatch.setattr(f"{module}.release", lambda: "another")

    assert "Of an old release" not in client.get(live_version.get_absolute_url()).text
    assert surrounds.waiting().exists()
