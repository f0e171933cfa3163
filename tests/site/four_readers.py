"""Four processes that serve one site, and a fifth that changes it: a program of its own.

After each change, every process must give the new text at once. Ends with 1, and the failures, if
one does not. `test_page_cache_processes.py` starts it, with a database of its own.
"""

import inspect
import multiprocessing
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.redirects.models import Redirect  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from editorial import surrounds  # noqa: E402
from editorial.actions import start_version  # noqa: E402
from editorial.models import Contributor, Page, Tag, Version  # noqa: E402
from editorial.publishing import publish_exempt  # noqa: E402
from editorial.states import Overdue  # noqa: E402
from evidence.models import Source  # noqa: E402
from stemcell_site.answers.middleware import KeepAnswers  # noqa: E402
from tests.live_pages import write  # noqa: E402

READERS = 4
ADDRESS = "/articles/a-page/"


def serve(pipe) -> None:
    """What a web process does, for addresses that come by the pipe."""
    reader = Client()
    reader.get("/healthz")
    keeper = inspect.unwrap(reader.handler._middleware_chain)
    while not isinstance(keeper, KeepAnswers):
        keeper = inspect.unwrap(keeper.get_response)
    while address := pipe.recv():
        page = reader.get(address)
        pipe.send((page.status_code, page.text, keeper.kept.hits))


def live() -> Version:
    return Version.objects.live().select_related("page").get(page__slug="a-page")


def publish() -> None:
    admin = User.objects.create_superuser("admin")
    version = start_version(live().page, by=admin, now=timezone.now())
    write(version, body="<p>Newly published words.</p>")
    publish_exempt(version, now=timezone.now(), reason="Written for a test.")


def withdraw() -> None:
    version = live()
    Version.objects.filter(pk=version.pk).update(expires_at=timezone.now())
    version.withdraw(by=None, now=timezone.now(), reason="It was wrong.")


# What is done, what is looked at, and what every reader must find there.
CHANGES = [
    ("a tag is renamed", lambda: Tag.objects.update(name="Another tag"), ADDRESS, "Another tag"),
    ("a version is published", publish, ADDRESS, "Newly published words."),
    (
        "a page is overdue",
        lambda: Page.objects.update(overdue=Overdue.LONG),
        ADDRESS,
        "overdue for its review",
    ),
    (
        "a source is edited",
        lambda: Source.objects.update(title="Another study"),
        "/sources/a-study/",
        "Another study",
    ),
    (
        "a contributor is renamed",
        lambda: Contributor.objects.update(name="Another Name"),
        "/people/somebody/",
        "Another Name",
    ),
    (
        "a redirect comes",
        lambda: Redirect.objects.create(site_id=1, old_path="/articles/old/", new_path=ADDRESS),
        "/articles/old/",
        301,
    ),
    ("a page is withdrawn", withdraw, ADDRESS, "It was wrong."),
]


def main() -> int:
    settings.PAGE_CACHE_BYTES = 4_000_000
    settings.ALLOWED_HOSTS = ["testserver"]
    surrounds.make_some()
    connections.close_all()
    context = multiprocessing.get_context("fork")
    pipes = []
    for _ in range(READERS):
        ours, theirs = context.Pipe()
        context.Process(target=serve, args=[theirs], daemon=True).start()
        pipes.append(ours)

    failures = []
    for name, change, address, expected in CHANGES:
        for _ in range(2):
            before = ask(pipes, address)
        if any(holds(it, expected) for it in before):
            failures.append(f"{name}: it was there before")
        if not all(hits for _status, _text, hits in before):
            failures.append(f"{name}: it was not kept before")
        change()
        stale = [it for it in ask(pipes, address) if not holds(it, expected)]
        if stale:
            failures.append(f"{name}: {len(stale)} of {READERS} readers got the old text")
    for pipe in pipes:
        pipe.send("")
    print("\n".join(failures) or f"{len(CHANGES)} changes, {READERS} readers, nothing stale.")
    return 1 if failures else 0


def ask(pipes, address: str) -> list[tuple[int, str, int]]:
    for pipe in pipes:
        pipe.send(address)
    return [pipe.recv() for pipe in pipes]


def holds(answer: tuple[int, str, int], expected: str | int) -> bool:
    return expected == answer[0] if isinstance(expected, int) else expected in answer[1]


if __name__ == "__main__":
    sys.exit(main())
