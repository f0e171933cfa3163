"""A program: fills an empty database with a small site, and prints a session of its staff.

With words as an argument: publishes them as the new text of a page of that site.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.site.plain_settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from editorial.actions import start_version  # noqa: E402
from editorial.models import Page  # noqa: E402
from editorial.publishing import publish_exempt  # noqa: E402
from tests.live_pages import live_page, write  # noqa: E402


def fill() -> None:
    call_command("migrate", verbosity=0)
    live_page("a-page", body="<h2>What it is</h2><p>The first words.</p>")
    for number in range(20):
        live_page(f"page-{number}")
    call_command("rebuild_search", verbosity=0)
    person = get_user_model().objects.create_superuser("admin", "admin@example.org", "x" * 20)
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    print(json.dumps({"session": browser.cookies["sessionid"].value}))


def publish(words: str) -> None:
    page = Page.objects.get(slug="a-page")
    version = start_version(page, by=get_user_model().objects.get(), now=timezone.now())
    write(version, body=f"<h2>What it is</h2><p>{words}</p>")
    publish_exempt(version, now=timezone.now(), reason="Written for a test.")


if words := sys.argv[1:]:
    publish(" ".join(words))
else:
    fill()
