"""What operators see of the site, and that no reader can be found in it."""

import json
import logging
import sys
from io import StringIO

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client.parser import text_string_to_metric_families

from editorial.refusals import NotReady
from editorial.timing import timed
from stemcell_site.watching import logs, queries, seen, work
from stemcell_site.watching.middleware import HEADER, Watch
from tests.live_pages import live_page

MAIL = "jane.doe@patients.example"
ADDRESS = "203.0.113.77"
ADDRESS_6 = "2001:db8::77"
WORDS = "lupus-and-my-divorce"
TEXT = "My neighbour Gwendolyn has it too"
SECRETS = (MAIL, "jane.doe", ADDRESS, ADDRESS_6, WORDS, "divorce", "Gwendolyn")


@pytest.fixture
def written():
    """Everything that is logged, in both forms, as the site's own handlers would write it."""
    stream = StringIO()
    handlers = []
    for formatter in logs.FORMATTERS.values():
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter())
        handlers.append(handler)
        logging.getLogger().addHandler(handler)
    yield stream
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(autouse=True)
def nobody_asks():
    yield
    seen.forget()


def figures(client) -> dict[tuple, float]:
    """{(name, value of each label in the order of their names): number}"""
    text = client.get("/metrics").text
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


# --- no personal data -------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_reader_can_be_found_in_logs_or_metrics(
    client, written, settings, tmp_path, monkeypatch
):
    settings.SLOW_QUERY_MS = 0.000001
    settings.AXES_ENABLED = True
    settings.DATA_DIR = tmp_path
    client.raise_request_exception = False
    told = {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_X_FORWARDED_FOR": ADDRESS_6,
        "HTTP_REFERER": f"http://testserver/search/?q={WORDS}",
        "HTTP_USER_AGENT": MAIL,
        "HTTP_COOKIE": f"words={WORDS}",
    }
    form = {"email": MAIL, "text": TEXT, "username": MAIL, "password": TEXT, "login": MAIL}

    client.get("/search/", {"q": WORDS}, **told)
    client.get(f"/articles/{MAIL}/", {"q": WORDS}, **told)
    client.get("/articles/no-such-page/", {"email": MAIL}, **told)
    client.get(f"/articles/{WORDS}%20{ADDRESS}/", **told)
    client.get(f"/preview/{WORDS}/", **told)
    client.get("/articles/", {"q": WORDS}, HTTP_HOST=f"{WORDS}.example", **told)
    client.post("/admin/login/", form, **told)
    client.post(f"/about/contact/?q={WORDS}", form, **told)

    def fail(*args, **kwargs):
        raise ValueError(f"{TEXT}, says {MAIL} at {ADDRESS}")

    monkeypatch.setattr("stemcell_site.health.following.state", fail)
    assert client.get("/readyz", {"q": WORDS}, **told).status_code == 500

    seen.forget()
    logging.getLogger("mail").warning("%s at %s and [%s] refused it", MAIL, ADDRESS, ADDRESS_6)
    try:
        raise OSError(f"{MAIL} refused at {ADDRESS}")
    except OSError:
        logging.getLogger("mail").exception("A notice could not be sent")

    lines = written.getvalue()
    assert "ValueError" in lines
    assert "A query took" in lines
    assert "404 Not Found: no address of ours" in lines
    assert "OSError: [e-mail] refused at [address]" in lines
    monkeypatch.undo()
    counted = client.get("/metrics").text
    assert 'view="article"' in counted
    assert 'view="none"' in counted
    assert [it for it in SECRETS if it in lines + counted] == []


def test_a_line_for_machines_is_one_object_with_the_id_of_the_request():
    watched = seen.begin(RequestFactory().get("/"))
    record = logging.makeLogRecord({"name": "search", "levelname": "INFO", "msg": "Two\nlines"})

    line = logs.JsonFormatter().format(record)

    assert "\n" not in line
    told = json.loads(line)
    assert (told["logger"], told["message"], told["request"]) == (
        "search",
        "Two\nlines",
        watched.id,
    )


def test_an_error_in_an_answer_is_told_by_kind_and_place_with_what_led_to_it():
    seen.begin(RequestFactory().get("/"))
    try:
        try:
            int(TEXT)
        except ValueError as error:
            raise NotReady(TEXT) from error
    except NotReady:
        record = logging.makeLogRecord({"msg": "It failed", "exc_info": sys.exc_info()})

    told = logs.PlainFormatter().format(record)

    assert "test_watching.py" in told
    assert told.index("builtins.ValueError") < told.index("editorial.refusals.NotReady")
    assert "neighbour" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to jane@example.org: refused", "to [e-mail]: refused"),
        ("ip=203.0.113.7: bad request", "ip=[address]: bad request"),
        ("from [2001:db8::7]", "from [[address]]"),
        ("Listening at: http://127.0.0.1:8000 (7)", "Listening at: http://127.0.0.1:8000 (7)"),
        ("at 12:30:45, Django 6.1.3", "at 12:30:45, Django 6.1.3"),
    ],
)
def test_addresses_of_people_are_struck_out_and_nothing_else(text, told):
    assert logs.strike_out(text) == told


# --- the id of a request ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "a1b2c3d4-e5f6", True),
        (0, "a1b2c3d4-e5f6", False),
        (1, "short", False),
        (1, "a1b2c3d4\nforged: line", False),
        (1, "a" * 65, False),
    ],
)
def test_only_a_trusted_proxy_gives_the_id_and_only_a_well_formed_one(
    settings, proxies, given, is_taken
):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID=given)

    assert (seen.id_of(request) == given) is is_taken
    assert seen.WELL_FORMED.fullmatch(seen.id_of(request))


def test_every_answer_carries_its_id_and_the_line_of_its_failure_too(client, written):
    response = client.get("/no-such-page/")

    assert f"[{response[HEADER]}]" in written.getvalue()
    assert seen.current() is None


# --- the database -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_slow_query_is_told_without_its_values(settings, written):
    settings.SLOW_QUERY_MS = 0.000001
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [MAIL])

    assert "SELECT %s" in written.getvalue()
    assert MAIL not in written.getvalue()


@pytest.mark.django_db
def test_a_quick_query_is_not_told(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert "A query took" not in written.getvalue()


def test_a_query_that_fails_is_counted_and_fails_all_the_same():
    watched = seen.begin(RequestFactory().get("/"))

    def fail(*args):
        raise DatabaseError("gone")

    with pytest.raises(DatabaseError):
        queries.timed(fail, "SELECT 1", None, False, {})
    assert watched.queries == 1


@pytest.mark.django_db
def test_a_connection_is_watched_once_however_often_it_is_opened():
    queries.watch(connection)

    assert connection.execute_wrappers.count(queries.timed) == 1


# --- metrics ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_answers_are_counted_by_view_with_the_cache_and_the_database(client, settings):
    live_page("a-page")
    settings.PAGE_CACHE_BYTES = 1_000_000
    client.handler.load_middleware()
    before = figures(client)
    for _ in range(3):
        assert client.get("/articles/a-page/").status_code == 200
    after = figures(client)

    def grew(*key: str) -> float:
        return after.get(key, 0) - before.get(key, 0)

    assert grew("site_answer_seconds_count", "made", "2xx", "article") == 1
    assert grew("site_answer_seconds_count", "hit", "2xx", "article") == 2
    assert grew("site_answer_queries_total", "hit", "article") == 2


def test_metrics_are_not_there_for_strangers(client, settings):
    assert client.get("/metrics", REMOTE_ADDR=ADDRESS).status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR=ADDRESS).status_code == 404
    assert client.get("/metrics", HTTP_X_REAL_IP="127.0.0.1").status_code == 404
    # A setting that is empty is no password.
    assert (
        client.get("/metrics", REMOTE_ADDR=ADDRESS, HTTP_AUTHORIZATION="Bearer ").status_code == 404
    )

    settings.TRUSTED_PROXIES = 1
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR=f"127.0.0.1, {ADDRESS}").status_code == 404


def test_metrics_are_for_whoever_knows_the_token_and_for_named_networks(client, settings):
    settings.METRICS_TOKEN = "a long secret"
    settings.METRICS_NETWORKS = ["203.0.113.0/24"]
    elsewhere = {"REMOTE_ADDR": "198.51.100.1"}

    known = client.get("/metrics", HTTP_AUTHORIZATION="Bearer a long secret", **elsewhere)
    assert known.status_code == 200
    assert "no-store" in known["Cache-Control"]
    assert client.get("/metrics", REMOTE_ADDR=ADDRESS).status_code == 200
    assert client.get("/metrics", **elsewhere).status_code == 404
    wrong = client.get("/metrics", HTTP_AUTHORIZATION="Bearer another", REMOTE_ADDR=ADDRESS)
    assert wrong.status_code == 404


def test_operators_may_ask_by_any_name_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SITE_HOST = "testserver"
    client.handler.load_middleware()

    for address in ("/healthz", "/metrics"):
        assert client.get(address, HTTP_HOST="10.0.0.7:8000").status_code == 200
    assert client.get("/about/").status_code == 301


def test_work_of_every_process_is_added_up_in_one_file(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    @timed("import", outcome=lambda status: status)
    def read_in(status: str) -> str:
        return status

    @timed("publish")
    def publish(error: Exception | None = None) -> None:
        if error:
            raise error

    for status in ("created", "created", "failed"):
        read_in(status)
    publish()
    for error in (NotReady("No summary."), RuntimeError("Oh.")):
        with pytest.raises(type(error)):
            publish(error)

    found = figures(client)

    def count(work: str, outcome: str) -> float:
        return found["site_work_seconds_count", outcome, work]

    assert (count("import", "created"), count("import", "failed")) == (2, 1)
    assert [count("publish", it) for it in ("done", "refused", "failed")] == [1, 1, 1]


def test_a_file_of_work_that_was_cut_is_begun_anew(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    work.note("publish", "done", 0.1)
    (tmp_path / "metrics" / "work.json").write_text('{"publish do')

    assert work.read() == {}
    work.note("publish", "done", 0.1)

    assert sum(work.read()["publish done"]["times"]) == 1


def test_work_that_cannot_be_counted_is_done_all_the_same(settings, tmp_path, caplog):
    (tmp_path / "a-file").touch()
    settings.DATA_DIR = tmp_path / "a-file"

    work.note("publish", "done", 0.1)

    assert "Work could not be counted" in caplog.text


def test_the_first_middleware_leaves_an_answer_as_it_is():
    response = HttpResponse(b"as it is", status=418)

    answered = Watch(lambda request: response)(RequestFactory().get("/x/"))

    assert answered is response
    assert (answered.status_code, answered.content) == (418, b"as it is")
