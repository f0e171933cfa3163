"""A demonstration site of one's own, served as `make run` serves it: compressed, DEBUG off.

For the tests of public pages, for the pictures in docs/screens and for Lighthouse.
"""

import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.public_pages import PageType

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_START = 60
WHY_WITHDRAWN = "It was written to show what readers of a withdrawn page are told."
FILL = "from tests.browser.demonstration import fill; fill()"


def chromium_here() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@dataclass(frozen=True)
class Site:
    address: str
    # The addresses in braces, and the session of somebody who is signed in.
    rare: dict[str, str]

    def of(self, page: PageType) -> str:
        return self.address + page.address.format(**self.rare)

    @property
    def cookie(self) -> dict[str, str]:
        """Signs a browser in as a demonstration author."""
        return {"name": "sessionid", "value": self.rare["session"], "url": self.address}


def set_up(data: Path) -> None:
    """Once for a folder: the starter content, and what it has none of."""
    environment = _environment(data, "http://127.0.0.1:8000")
    for command in (["set_up"], ["shell", "--verbosity", "0", "--command", FILL]):
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def served(data: Path) -> Iterator[Site]:
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    options = (
        "--config",
        "gunicorn.conf.py",
        "--log-level",
        "warning",
        "--bind",
        f"127.0.0.1:{port}",
    )
    server = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, "-m", "gunicorn", *options, "stemcell_site.wsgi"],
        cwd=ROOT,
        env=_environment(data, address),
    )
    try:
        _wait_for(address)
        yield Site(address, json.loads((data / "rare.json").read_text("utf-8")))
    finally:
        server.terminate()
        server.wait(timeout=30)


def _environment(data: Path, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "stemcell_site.settings",
        "SECRET_KEY": "a key for pictures and tests of pages, and for nothing else whatsoever",
        "SITE_URL": address,
        "DATA_DIR": str(data),
        "DEMO": "1",
        "DEBUG": "0",
        "DATABASE_URL": "",
        "CACHE_URL": "",
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(f"{address}/healthz"):  # noqa: S310 - http by construction
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


# --- within the site's own process ----------------------------------------------------------


def fill() -> None:
    """What starter content has none of: a withdrawn page, a preview link, somebody signed in."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.utils import timezone

    from editorial import publishing, sharing
    from editorial.actions import start_version
    from editorial.models import Page
    from tests.live_pages import live_page

    logging.disable(logging.INFO)
    now = timezone.now()
    staff = {user.username: user for user in get_user_model().objects.all()}
    withdrawn = live_page("a-withdrawn-page", title="A page that was withdrawn", now=now)
    publishing.withdraw(withdrawn, by=staff["publisher"], now=now, reason=WHY_WITHDRAWN)
    kept_up = Page.objects.get(slug="how-to-judge-a-clinics-offer")
    draft = start_version(kept_up, by=staff["author"], now=now)
    link = sharing.share(draft, by=staff["author"], now=now, made_for="A colleague")
    client = Client()
    client.force_login(staff["author"])
    rare = {
        "withdrawn": withdrawn.page.get_absolute_url(),
        "preview": sharing.address_of(link),
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    (settings.DATA_DIR / "rare.json").write_text(json.dumps(rare), "utf-8")
