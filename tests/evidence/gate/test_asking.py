"""Outside addresses are asked, and what they say is kept. The other sites are one of our own."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command

from evidence import asking
from evidence.models import OutboundLink
from evidence.outbound import is_covered, is_outside, written_host
from tests.live_pages import published


class Site(BaseHTTPRequestHandler):
    """/here answers, /gone does not, /no-head knows GET alone, /wall turns programs away."""

    asked: list[str] = []

    def do_HEAD(self):
        self.answer({"/here": 200, "/wall": 403, "/no-head": 405}.get(self.path, 404))

    def do_GET(self):
        self.answer({"/no-head": 200, "/wall": 403}.get(self.path, 404))

    def answer(self, code: int) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site():
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "works", "said"),
    [
        ("/here", True, "200 OK"),
        ("/gone", False, "404 Not Found"),
        ("/no-head", True, "200 OK"),
        ("/wall", True, "403 Forbidden"),
    ],
)
def test_an_address_is_asked_by_head_and_then_by_get(site, path, works, said):
    answer = asking.ask(f"{site}{path}")

    assert (answer.works, answer.said) == (works, said)
    assert Site.asked == [f"HEAD {path}"] + [f"GET {path}"] * (path != "/here")


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://[bad/", "https://exa mple/"])
def test_an_address_that_nobody_answers_at_is_broken_and_stops_nothing(address):
    answer = asking.ask(address)

    assert not answer.works
    assert answer.said.startswith("no answer")


@pytest.mark.django_db
def test_the_command_keeps_what_each_address_said(site, capsys):
    links = "".join(f'<p><a href="{site}{path}">a page</a></p>' for path in ("/here", "/gone"))
    published("a-page", body=f'{links}<p><a href="/glossary/">ours</a></p>')
    OutboundLink.objects.create(
        url="https://example.org/old", checked_at="2026-01-01T00:00Z", works=True, answer="200 OK"
    )

    with pytest.raises(SystemExit) as ended:
        call_command("check_links", pause=0)

    assert ended.value.code == 1
    kept = OutboundLink.objects.values_list("url", "works", "answer")
    assert set(kept) == {(f"{site}/here", True, "200 OK"), (f"{site}/gone", False, "404 Not Found")}
    told = capsys.readouterr()
    assert told.out.strip() == "2 outside addresses: 1 broken."
    assert told.err.strip() == f"{site}/gone: 404 Not Found"


@pytest.mark.django_db
def test_a_site_without_outside_links_asks_nobody(capsys):
    call_command("check_links")

    assert capsys.readouterr().out.strip() == "0 outside addresses: 0 broken."


def test_one_site_is_asked_one_after_another_and_every_site_once(site):
    addresses = [f"{site}/{number}" for number in range(3)]

    answers = [answer.url for answer in asking.ask_all(addresses, pause=0)]

    assert answers == addresses
    assert [line for line in Site.asked if line.startswith("HEAD")] == [
        f"HEAD /{number}" for number in range(3)
    ]


@pytest.mark.parametrize(
    ("host", "covered"),
    [
        ("nhs.uk", True),
        ("www.nhs.uk", True),
        ("a.b.nhs.uk", True),
        ("mynhs.uk", False),
        ("nhs.uk.example.com", False),
        ("uk", False),
        ("", False),
    ],
)
def test_a_trusted_site_covers_its_own_hosts_alone(host, covered):
    assert is_covered(host, {"nhs.uk"}) is covered


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("https://example.org/a", True),
        ("//example.org/a", True),
        ("/therapies/usual-care/", False),
        ("#harms", False),
        ("http://testserver/articles/", False),
        ("mailto:somebody@example.org", False),
    ],
)
def test_what_leads_outside(address, outside):
    assert is_outside(address) is outside


@pytest.mark.parametrize("typed", ["nhs.uk", " https://www.NHS.uk/conditions/ ", "www.nhs.uk/a"])
def test_a_host_is_kept_alone_whatever_was_pasted(typed):
    assert written_host(typed) == "nhs.uk"
