"""A real Chromium before the site, signed in as whom a test names.

Skipped where playwright or a Chromium is missing; run by `make test-browser`.
"""

import os
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.demonstration import FLAGS, chromium_here
from tests.browser.evidence_desk import evidence_desk  # noqa: F401
from tests.browser.newsroom import newsroom  # noqa: F401


@pytest.fixture(scope="session")
def playwright():
    api = pytest.importorskip("playwright.sync_api")
    # Playwright keeps an event loop in this thread, which Django would take for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with api.sync_playwright() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def launch(playwright):
    """Starts a browser of its own for whoever must end it the hard way."""
    found = chromium_here()
    if found is None:
        pytest.skip("No Chromium is installed.")
    return lambda: playwright.chromium.launch(executable_path=found, args=FLAGS)


@pytest.fixture(scope="session")
def chromium(launch):
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture
def sign_in(chromium, live_server):
    """`sign_in(person)` is a context of a browser in which this person has signed in."""

    @contextmanager
    def closing():
        opened = []

        def sign_in(person, *, browser=chromium, **options):
            client = Client()
            client.force_login(person)
            context = browser.new_context(base_url=live_server.url, **options)
            opened.append(context)
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                        "url": live_server.url,
                    }
                ]
            )
            return context

        yield sign_in
        for context in opened:
            if context.browser.is_connected():
                context.close()

    with closing() as ready:
        yield ready
