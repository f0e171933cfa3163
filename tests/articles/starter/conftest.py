"""The starter content, loaded once for the tests of this folder, and a walk over its site."""

import io
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.test import RequestFactory
from lxml import html as lxml_html

from articles.starter import load_starter
from editorial.progress import progress_bar
from glossary import rendering
from tests.live_pages import NOW

SILENCE = progress_bar(io.StringIO())


@pytest.fixture(scope="package")
def starter(django_db_setup, django_db_blocker):
    """How much was added. Everything is taken back when the tests of this folder are over."""
    rendering._latest = None
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_starter(now=NOW, progress=SILENCE)
        transaction.set_rollback(True)
    rendering._latest = None


@pytest.fixture
def load(starter, db):
    """Load the starter content again."""
    return lambda: load_starter(now=NOW, progress=SILENCE)


@dataclass(frozen=True)
class Seen:
    """One address that a reader came to. `tree` is empty for what is no page."""

    address: str
    status: int
    html: str
    linked_from: str
    headers: dict[str, str]

    @cached_property
    def tree(self):
        return lxml_html.document_fromstring(self.html if self.is_page else "<html></html>")

    @property
    def is_page(self) -> bool:
        return self.headers["Content-Type"].startswith("text/html")


@pytest.fixture(scope="package")
def site(starter) -> dict[str, Seen]:
    """Every address that a reader reaches from the home page by links, with what it answered."""
    # Without the test client, which copies the context of every template it sees.
    handler = BaseHandler()
    handler.load_middleware()
    seen: dict[str, Seen] = {}
    waiting = [("/", "")]
    while waiting:
        address, linked_from = waiting.pop()
        if address in seen:
            continue
        response = handler.get_response(RequestFactory().get(address))
        page = Seen(
            address, response.status_code, response.text, linked_from, dict(response.headers)
        )
        seen[address] = page
        for link in page.tree.iter("a"):
            target = urldefrag(urljoin(address, link.get("href", ""))).url
            parts = urlsplit(target)
            if not parts.scheme and not parts.netloc and target not in seen:
                waiting.append((target, address))
    return seen
