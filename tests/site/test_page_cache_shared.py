"""Answers in Redis: shared by machines, and done without when it is down."""

import socketserver
import threading

import pytest

from stemcell_site.answers.answer import Answer
from stemcell_site.answers.middleware import KeptAnswers
from stemcell_site.answers.shared import Shared


class Redis(socketserver.StreamRequestHandler):
    """As much of its protocol as is spoken here: SET with NX, GET, DEL, and OK to the rest."""

    def handle(self):
        while line := self.rfile.readline():
            words = [self._word() for _ in range(int(line[1:]))]
            self.wfile.write(self._answer(words[0].upper(), words[1:]))

    def _word(self):
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2]

    def _answer(self, verb, told):
        kept = self.server.kept
        if verb == b"SET":
            if b"NX" in told and told[0] in kept:
                return b"$-1\r\n"
            kept[told[0]] = told[1]
        if verb == b"GET":
            found = kept.get(told[0])
            return b"$-1\r\n" if found is None else b"$%d\r\n%b\r\n" % (len(found), found)
        if verb == b"DEL":
            return b":%d\r\n" % (kept.pop(told[0], None) is not None)
        return b"-ERR unknown\r\n" if verb == b"HELLO" else b"+OK\r\n"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def redis():
    with Server(("127.0.0.1", 0), Redis) as server:
        server.kept = {}
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        server.url = f"redis://127.0.0.1:{server.server_address[1]}/0?protocol=2"
        yield server
        server.shutdown()


def answer(body=b"Some words. " * 100):
    return Answer(200, {"Content-Type": "text/html", "ETag": 'W/"x"'}, body, 5.5)


def test_what_one_machine_made_another_gives(redis, settings):
    settings.PAGE_CACHE_BYTES, settings.CACHE_URL = 1_000_000, redis.url
    one, other = KeptAnswers(), KeptAnswers()
    one.put("a", "1", answer())

    assert other.get("a", "1") == answer()
    assert other.get("a", "2") is None
    redis.kept.clear()
    assert other.get("a", "1") == answer()


def test_one_of_several_machines_makes_an_answer(redis):
    one, other = Shared(redis.url), Shared(redis.url)
    assert one.claim("a", "1")
    assert not other.claim("a", "1")
    one.unclaim("a", "1")
    assert other.claim("a", "1")


def test_what_is_no_answer_is_left(redis):
    shared = Shared(redis.url)
    shared.put("a", "1", answer())
    for nonsense in (b"", b"\x80\x04.", b"[1, 2]\nx", b'[200, {}, 1, {"br": 3}]\nx'):
        redis.kept = dict.fromkeys(redis.kept, nonsense)
        assert shared.get("a", "1") is None


def test_without_redis_the_site_serves_on_and_says_so_once(caplog, monkeypatch):
    shared = Shared("redis://127.0.0.1:9/0")
    monkeypatch.setattr("stemcell_site.answers.shared.REST", 0)

    for _ in range(3):
        assert shared.get("a", "1") is None
        shared.put("a", "1", answer())
        assert shared.claim("a", "1")

    assert [it.message for it in caplog.records if "serves on" in it.message] == [
        caplog.records[0].message
    ]


def test_a_redis_that_is_down_is_left_alone_for_a_while(monkeypatch):
    shared = Shared("redis://127.0.0.1:9/0")
    shared.get("a", "1")
    monkeypatch.setattr(shared._redis, "get", lambda key: pytest.fail("It was asked again."))
    assert shared.get("a", "1") is None
