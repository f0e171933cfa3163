"""What is counted in several processes, and what Sentry is told."""

import json
import logging

import sentry_sdk
import sentry_sdk.utils
from django.test import RequestFactory
from sentry_sdk.transport import Transport

from stemcell_site.watching import seen, sentry, server
from tests.site.test_watching import ADDRESS, MAIL, SECRETS, TEXT, WORDS

# --- several processes ------------------------------------------------------------------------


def test_a_new_worker_takes_the_lowest_place_that_is_free():
    places = server.Places()
    assert [places.take(), places.take(), places.take()] == [0, 1, 2]
    places.leave(1)

    assert [places.take(), places.take()] == [1, 3]


def test_counts_of_servers_that_run_no_more_are_swept_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.setattr(server.socket, "gethostname", lambda: "here")
    for name in ("here-999999999", "here-1", "elsewhere-999999999"):
        (tmp_path / "metrics" / name).mkdir(parents=True)

    server.begin_counting(tmp_path)
    ours = tmp_path / "metrics" / f"here-{server.os.getpid()}"
    (ours / "counter_worker-0.db").touch()
    server.begin_counting(tmp_path)  # A server that reads its settings anew.

    assert {it.name for it in ours.parent.iterdir()} == {ours.name, "here-1", "elsewhere-999999999"}
    assert (ours / "counter_worker-0.db").exists()


# --- Sentry -----------------------------------------------------------------------------------


class Kept(Transport):
    """Where Sentry would be sent to."""

    def __init__(self, sent: list[dict]) -> None:
        super().__init__()
        self.sent = sent

    def capture_envelope(self, envelope) -> None:
        self.sent.append(envelope.get_event())


def test_sentry_is_told_the_kind_and_place_of_an_error_and_nothing_of_the_reader():
    sent: list[dict] = []
    options = sentry.options("http://key@127.0.0.1:9/1", url="https://site.example")
    client = sentry_sdk.Client(**{**options, "integrations": [], "transport": Kept(sent)})
    request = RequestFactory().post(f"/no/?q={WORDS}", {"text": TEXT}, REMOTE_ADDR=ADDRESS)
    watched = seen.begin(request)
    try:
        raise ValueError(f"{TEXT} {MAIL}")
    except ValueError as error:
        event, hint = sentry_sdk.utils.event_from_exception(
            error, client_options=client.options, mechanism={"type": "test"}
        )
    record = logging.makeLogRecord(
        {"name": "django.request", "msg": f"Failed: {WORDS}", "status_code": 500}
    )
    record.request = request
    event |= {
        "logentry": {"message": "%s", "params": [TEXT]},
        "request": {"data": TEXT, "query_string": WORDS, "cookies": MAIL, "env": ADDRESS},
        "user": {"email": MAIL, "ip_address": ADDRESS},
        "extra": {"request": repr(request), "text": TEXT},
        "breadcrumbs": {"values": [{"message": WORDS}]},
        "message": TEXT,
        "level": "error",
    }

    client.capture_event(event, {**hint, "log_record": record})

    told = sent[0]
    seen.forget()
    assert told["exception"]["values"][0]["type"] == "ValueError"
    assert told["exception"]["values"][0]["stacktrace"]["frames"][-1]["function"].startswith(
        "test_"
    )
    assert told["logentry"]["message"] == "500 Internal Server Error: no address of ours"
    assert told["tags"]["request"] == watched.id
    assert [it for it in SECRETS if it in json.dumps(told, default=str)] == []
