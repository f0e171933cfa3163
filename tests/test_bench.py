"""What the benchmarks reckon with: not how fast anything is."""

import random
import socketserver
import threading
from http.server import BaseHTTPRequestHandler

from bench import lines, load, questions
from tests.live_pages import live_page


def test_a_quantile_is_the_value_that_so_many_do_not_exceed():
    ordered = [float(number) for number in range(1, 101)]

    assert [lines.at(ordered, share) for share in (0.5, 0.95, 1.0)] == [51.0, 96.0, 100.0]
    assert lines.at([3.0], 0.99) == 3.0


def test_a_figure_is_told_by_the_clock_and_by_the_processor():
    times = [lines.Time(elapsed / 1000, 0.002) for elapsed in (1, 2, 3)]

    told = lines.of_times("phrase", times, by="the site")

    assert {key: told[key] for key in ("n", "by", "busy")} == {
        "n": 3,
        "by": "the site",
        "busy": 2.0,
    }
    assert [told[f"p{share}"] for share in (50, 95, 99)] == [2.0, 3.0, 3.0]


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(304 if self.headers["If-None-Match"] else 200)
        self.end_headers()
        self.wfile.write(b"" if self.headers["If-None-Match"] else b"Hello." * 10_000)

    def log_message(self, *what: object) -> None:
        pass


def test_the_load_generator_takes_requests_in_turn_and_counts_what_came_back():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        requests = [load.written("/", {}), load.written("/", {"If-None-Match": '"a"'})]

        told = load.ask(server.server_address[1], 0.0, 4, requests)

        server.shutdown()
    assert told["statuses"] == {"200": 2, "304": 2}
    assert len(told["times"]) == 4


def test_questions_are_of_the_words_that_the_site_holds(index):
    from search import following

    live_page("zebra", body="<p>The grevy zebra lives in Kenya.</p>")
    dice = random.Random(1)  # noqa: S311 - no secret

    words = questions._near({"zebra": 10, "okapi": 5, "lion": 1}, 6, different=2)
    misspelt = questions._misspelt(["zebras"], {"zebra", "zebras"}, dice)
    begun = questions.beginnings(following.current(), dice)

    assert {asked.words for asked in words} == {"okapi", "zebra"}
    assert len(words) == len(set(words)) == questions.MANY
    assert len(misspelt) > 50
    assert not {"zebra", "zebras"} & {*misspelt}
    assert {*begun} == {"z", "ze", "zeb", "zebr", "zebra"}
