"""Which copy of the database answers a reader, without any database."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from editorial import databases, ledger
from editorial.databases import PRIMARY, ReadFromCopies, Rests, reading_from
from stemcell_site import environment, replicas
from stemcell_site.answers.answer import Answer
from stemcell_site.answers.middleware import KeepAnswers, name_of
from stemcell_site.replicas import Copies, is_a_reader


@pytest.fixture(autouse=True)
def rests(monkeypatch):
    """Nothing rests when a test begins, nor after it."""
    fresh = Rests()
    for module in (databases, replicas):
        monkeypatch.setattr(module, "rests", fresh)
    monkeypatch.setattr(replicas, "_away", set())
    monkeypatch.setattr(replicas.os, "getpid", lambda: 0)
    return fresh


@pytest.fixture
def stamps():
    """What each database would say; None: it does not answer."""
    return {PRIMARY: 7, "one": 7, "two": 7}


@pytest.fixture
def copies(stamps):
    def stamp_at(alias):
        if stamps[alias] is None:
            raise OperationalError("connection refused")
        return stamps[alias]

    return Copies(["one", "two"], most_lag=5.0, stamp_at=stamp_at)


def test_a_reader_is_answered_from_a_copy(copies):
    assert copies.choice(now=0.0) == "one"


def test_processes_share_the_copies_out(copies, monkeypatch):
    monkeypatch.setattr(replicas.os, "getpid", lambda: 1)
    assert copies.choice(now=0.0) == "two"


def test_it_is_looked_at_once_a_second(copies, stamps):
    assert copies.choice(now=0.0) == "one"
    stamps["one"] = None
    assert copies.choice(now=0.9) == "one"
    assert copies.choice(now=1.0) == "two"


def test_a_copy_that_follows_within_the_limit_is_read(copies, stamps):
    copies.choice(now=0.0)
    stamps[PRIMARY] = 8
    assert copies.choice(now=1.0) == "one"
    assert copies.choice(now=4.0) == "one"


def test_a_copy_older_than_the_limit_is_left_for_another_and_then_for_the_primary(copies, stamps):
    copies.choice(now=0.0)
    stamps |= {PRIMARY: 8, "two": 8}
    # Four seconds and the one until the next look are the five that are allowed.
    assert copies.choice(now=4.1) == "two"
    stamps |= {PRIMARY: 9}
    assert copies.choice(now=8.2) == PRIMARY
    stamps |= {"one": 9}
    assert copies.choice(now=9.3) == "one"


def test_a_copy_of_which_nobody_knows_how_old_it_is_is_not_read(copies, stamps):
    stamps |= {"one": 6, "two": 6}
    assert copies.choice(now=0.0) == PRIMARY


def test_after_a_restore_the_stamps_of_before_count_no_more(copies, stamps):
    copies.choice(now=0.0)
    stamps |= {PRIMARY: 3, "one": 2, "two": 3}
    assert copies.choice(now=1.0) == "two"


def test_without_the_primary_the_latest_copy_is_read_however_old(copies, stamps):
    copies.choice(now=0.0)
    stamps |= {PRIMARY: None, "one": 5, "two": 6}
    assert copies.choice(now=100.0) == "two"


def test_what_does_not_answer_is_left_alone_and_asked_again_later(copies, stamps, rests, caplog):
    caplog.set_level("INFO")
    stamps["one"] = None
    assert copies.choice(now=0.0) == "two"
    stamps["one"] = 7
    assert copies.choice(now=1.0) == "two"
    rests.end("one")
    assert copies.choice(now=2.0) == "one"
    told = [it.message for it in caplog.records]
    assert told == [
        "The database “one” does not answer: connection refused",
        "The database “one” answers again.",
    ]


def test_the_longer_one_waited_the_longer_it_rests():
    rests = Rests()
    for after, rest in ((0.0, 1.0), (2.0, 20.0), (60.0, 30.0)):
        rests.begin("one", after=after, now=100.0)
        assert not rests.are_over("one", now=100.0 + rest - 0.1)
        assert rests.are_over("one", now=100.0 + rest)


def test_operators_hear_how_each_copy_is(copies, stamps):
    copies.choice(now=0.0)
    stamps |= {PRIMARY: 8, "one": None}
    assert copies.states(now=10.0) == {"one": "does not answer", "two": "lags"}


# --- who is a reader ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "told", "expected"),
    [
        ("GET", "/articles/", {}, True),
        ("HEAD", "/search/?q=word", {}, True),
        ("POST", "/about/contact/", {}, False),
        ("GET", "/admin/", {}, False),
        ("GET", "/preview/token/", {}, False),
        ("GET", "/readyz", {}, False),
        ("GET", "/articles/", {"HTTP_COOKIE": "sessionid=x"}, False),
        ("GET", "/articles/", {"HTTP_AUTHORIZATION": "Basic x"}, False),
    ],
)
def test_who_is_signed_in_or_writes_reads_where_he_writes(method, path, told, expected):
    assert is_a_reader(RequestFactory().generic(method, path, **told)) is expected


def test_reading_goes_to_the_copy_and_writing_never():
    router = ReadFromCopies()
    with reading_from("one"):
        assert (router.db_for_read(User), router.db_for_write(User)) == ("one", PRIMARY)
    assert router.db_for_read(User) == PRIMARY
    assert router.allow_migrate(PRIMARY, "auth") is True
    assert router.allow_migrate("one", "auth") is False


# --- going on elsewhere -------------------------------------------------------------------


@pytest.fixture
def before_copies(copies, monkeypatch):
    """As a site with copies: their connections are made up, and broken when a question fails."""
    broken = SimpleNamespace(connection=None, in_atomic_block=False, close=lambda: None)
    monkeypatch.setattr(replicas, "connections", {PRIMARY: broken, "one": broken, "two": broken})
    monkeypatch.setattr(replicas, "copies", lambda: copies)
    return copies


def test_a_question_goes_on_at_another_database(before_copies):
    asked = []

    def question():
        asked.append(databases.alias_to_read())
        if len(asked) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return "answer"

    with reading_from("one"):
        assert replicas.steadily(question) == "answer"
    assert asked == ["one", "two", PRIMARY]
    assert databases.alias_to_read() == PRIMARY


def test_where_nothing_answers_it_ends(before_copies, stamps):
    stamps |= dict.fromkeys(stamps)

    def question():
        raise OperationalError("gone")

    with reading_from("one"), pytest.raises(OperationalError, match="gone"):
        replicas.steadily(question)


@pytest.mark.django_db
def test_a_question_that_the_database_refuses_is_not_repeated():
    asked = []

    def question():
        asked.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        replicas.steadily(question)
    assert len(asked) == 1
    assert connection.is_usable()


def test_a_reader_is_answered_in_full_within_the_middleware(before_copies):
    asked = []

    def view(request):
        asked.append(databases.alias_to_read())
        if asked == ["one"]:
            raise OperationalError("gone")
        return HttpResponse("answer")

    request = RequestFactory().get("/about/corrections/")
    middleware = replicas.AnswerReadersFromCopies(lambda it: None)
    middleware.get_response = lambda it: middleware.process_view(it, view, (), {})

    assert middleware(request).content == b"answer"
    assert asked == ["one", "two"]


def test_an_answer_begun_at_one_copy_and_ended_at_another_is_not_kept(before_copies, monkeypatch):
    monkeypatch.setattr(ledger, "stamp", lambda: 7)
    made = HttpResponse("text")
    kept = []
    keeper = KeepAnswers.__new__(KeepAnswers)
    keeper.kept = SimpleNamespace(misses=0, put=lambda *it: kept.append(it), end=lambda *_: None)

    def answer(request, asked, since):
        databases.read_on_from("two")
        return made, Answer.of(made, cache_control="", since=0.0)

    keeper._answer = answer
    with reading_from("one"):
        asked = SimpleNamespace(address="a")
        response = keeper._make(RequestFactory().get("/articles/"), asked, name_of(7), 0.0)
    assert (response.content, kept) == (b"text", [])


# --- what people are told -----------------------------------------------------------------


def test_while_the_primary_is_away_who_writes_is_told_at_once(before_copies, stamps, rests):
    asked = replicas.refuse_at_once(lambda request: HttpResponse("asked"))
    staff = RequestFactory().get("/admin/")
    assert asked(staff).content == b"asked"
    stamps[PRIMARY] = None
    before_copies.choice(now=0.0)

    response = asked(staff)
    assert (response.status_code, "Retry-After" in response) == (503, True)
    assert "nothing can be saved until it is back" in response.text
    for path in ("/articles/", "/healthz", "/readyz", "/static/site.css"):
        assert asked(RequestFactory().get(path)).content == b"asked"
    stamps[PRIMARY] = 7
    rests.end(PRIMARY)
    assert asked(staff).content == b"asked"


def test_who_sent_something_gets_it_back(before_copies, stamps):
    stamps[PRIMARY] = None
    before_copies.choice(now=0.0)
    told = {"text": "The dose <b>is</b> wrong.", "kind": "error"}
    request = RequestFactory().post("/about/contact/", told)

    page = replicas.refuse_at_once(lambda request: HttpResponse("asked"))(request)

    assert page.status_code == 503
    assert "nothing can be saved until it is back" in page.text
    assert "The dose &lt;b&gt;is&lt;/b&gt; wrong." in page.text


# --- settings -----------------------------------------------------------------------------


def test_copies_are_named_by_number_and_fail_soon(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@db/site")
    monkeypatch.setenv(
        "DATABASE_REPLICA_URLS", "postgres://me@one/site,postgres://me@two:5433/site"
    )

    found = environment.replicas()

    assert [(name, it["HOST"]) for name, it in found.items()] == [
        ("replica_1", "one"),
        ("replica_2", "two"),
    ]
    assert found["replica_2"]["PORT"] == 5433
    assert found["replica_1"]["OPTIONS"]["connect_timeout"] == 2
    assert "pool" not in found["replica_1"]["OPTIONS"]


@pytest.mark.parametrize(
    ("primary", "copy"),
    [("", "postgres://me@one/site"), ("postgres://me@db/site", "sqlite:///copy.sqlite3")],
)
def test_copies_of_anything_else_stop_the_start(monkeypatch, primary, copy):
    monkeypatch.setenv("DATABASE_URL", primary)
    monkeypatch.setenv("DATABASE_REPLICA_URLS", copy)

    with pytest.raises(SystemExit, match="SQLite has no copies"):
        environment.replicas()
