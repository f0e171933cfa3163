"""From the first release's database to today's: a program of its own.

    DJANGO_SETTINGS_MODULE=tests.settings TEST_DATABASE_URL=… python -m tests.site.upgrading 200
    … python -m tests.site.upgrading 10000 --there-and-back

Makes the database as the first release did, fills it with so many live pages by the models of that
time, migrates it, and looks whether everything is there. If asked, takes every migration back and
puts it there again. Prints what it measured, as JSON; ends with 1 if something is lost.

Nothing has been released under a number yet. The first state that could be installed, and whose
migrations stand as they were written then, is that of the first migration of each room.
"""

import hashlib
import json
import sys
import time
from datetime import UTC, datetime

import django

django.setup()

from django.apps.registry import Apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.test import Client  # noqa: E402

from editorial import guards  # noqa: E402
from editorial.actions import start_version  # noqa: E402
from editorial.models import Page, Version  # noqa: E402
from editorial.publishing import publish_exempt  # noqa: E402
from editorial.renderings import render_again  # noqa: E402
from tests.live_pages import write  # noqa: E402

OURS = ("editorial", "evidence", "articles", "glossary", "search")
FIRST = [(app, "0001_initial") for app in ("editorial", "evidence", "articles", "glossary")]
# As they came with Django; what came with packages since then is part of the upgrade.
BESIDE = ("admin", "auth", "contenttypes", "redirects", "sessions", "sites", "taggit")
THEN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
AT_ONCE = 1000


def make_first(pages: int) -> None:
    executor = MigrationExecutor(connection)
    beside = [node for node in executor.loader.graph.leaf_nodes() if node[0] in BESIDE]
    state = executor.migrate([*FIRST, *beside])
    fill(state.apps, pages)


def fill(apps: Apps, pages: int) -> None:
    """Live pages with all that hung on one then, and the trail that tells of them."""

    def add(app: str, name: str, rows) -> list:
        return apps.get_model(app, name).objects.bulk_create(rows, batch_size=AT_ONCE)

    def of(app: str, name: str):
        return apps.get_model(app, name)

    (author,) = add("auth", "User", [of("auth", "User")(username="author", is_staff=True)])
    (tag,) = add("editorial", "Tag", [of("editorial", "Tag")(name="Lupus", slug="lupus")])
    (source,) = add(
        "evidence",
        "Source",
        [of("evidence", "Source")(key="a-study", kind="trial", title="A study", design="cohort")],
    )
    made = add(
        "editorial",
        "Page",
        [
            of("editorial", "Page")(kind="article", slug=f"page-{n}", created_at=THEN, owner=author)
            for n in range(pages)
        ],
    )
    versions = add(
        "editorial",
        "Version",
        [
            of("editorial", "Version")(
                page=page,
                number=1,
                state="live",
                title=f"Page {n}",
                summary="What was known then.",
                body=f"<h2>What it is</h2><p>The old words of page {n}.</p>",
                content_hash=hashlib.sha256(page.slug.encode()).hexdigest(),
                created_at=THEN,
                edited_at=THEN,
                published_at=THEN,
                created_by=author,
            )
            for n, page in enumerate(made)
        ],
    )
    parts = {
        ("editorial", "Exemption"): lambda version: {
            "version": version,
            "content_hash": version.content_hash,
            "reason": "Starter content.",
            "recorded_at": THEN,
        },
        ("editorial", "Rendering"): lambda version: {
            "version": version,
            "html": version.body,
            "rendered_at": THEN,
        },
        ("editorial", "KeyMessage"): lambda version: {"version": version, "text": "It can harm."},
        ("editorial", "VersionTag"): lambda version: {"content_object": version, "tag": tag},
        ("editorial", "Writer"): lambda version: {
            "version": version,
            "user": author,
            "first_at": THEN,
        },
        ("evidence", "Citation"): lambda version: {"version": version, "source": source},
    }
    for (app, name), row in parts.items():
        add(app, name, [of(app, name)(**row(version)) for version in versions])
    add(
        "editorial",
        "LiveChange",
        [
            of("editorial", "LiveChange")(number=n, page=v.page, version_id=v.pk, at=THEN)
            for n, v in enumerate(versions, 1)
        ],
    )
    events = trail(of("editorial", "Event"), versions)
    add("editorial", "Event", events)
    of("editorial", "Ledger").objects.create(
        pk=1,
        event_number=len(events),
        event_hash=events[-1].hash,
        change_number=len(events),
        stamp=1 + len(events),
    )


def trail(event_model, versions) -> list:
    """The chain, by the formula of the first release: today's must read it."""
    events, previous = [], ""
    for number, version in enumerate(versions, 1):
        event = event_model(
            number=number,
            at=THEN,
            verb="went live",
            actor="",
            page_id=version.page_id,
            address=f"/articles/{version.page.slug}/",
            version_id=version.pk,
            version_number=1,
            state="live",
            content_hash=version.content_hash,
            previous_hash=previous,
        )
        fields = [
            number,
            THEN.isoformat(timespec="microseconds"),
            *(event.verb, event.actor_id, event.actor, event.page_id, event.address),
            *(event.version_id, event.version_number, event.state, event.content_hash),
            *(event.comment, event.previous_hash),
        ]
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        previous = event.hash = hashlib.sha256(text.encode()).hexdigest()
        events.append(event)
    return events


def look(pages: int) -> None:
    """Guards and trail, an old page as it is read, rendered again, and written anew."""
    assert guards.missing(connection) == set(), guards.missing(connection)
    call_command("verify_audit")
    reader, last = Client(), f"/articles/page-{pages - 1}/"
    ready = reader.get("/readyz")
    assert ready.status_code == 200, ready.text
    assert Version.objects.live().count() == pages
    assert f"The old words of page {pages - 1}." in read(reader, last)
    page = Page.objects.get(slug=f"page-{pages - 1}")
    assert render_again(page.versions.get().pk, now=datetime.now(UTC))
    assert f"The old words of page {pages - 1}." in read(reader, last)
    admin = User.objects.create_superuser("admin")
    version = start_version(page, by=admin, now=datetime.now(UTC))
    write(version, body="<h2>What it is</h2><p>New words.</p>")
    publish_exempt(version, now=datetime.now(UTC), reason="Written for a test.")
    assert "New words." in read(reader, last)
    call_command("verify_audit")


def read(reader: Client, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.text


def there_and_back() -> tuple[list[str], list[str]]:
    """Every migration of ours taken back in turn, and put there again: as far as they can be."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = [it for it, _ in executor.migration_plan(leaves, clean_start=True)]
    ours = [it for it in plan if it.app_label in OURS]
    lasting = [n for n, it in enumerate(ours, 1) if not all(o.reversible for o in it.operations)]
    back = list(reversed(ours[max(lasting, default=0) :]))
    guards.drop(connection)
    executor.migrate(None, plan=[(it, True) for it in back])
    gone = MigrationExecutor(connection).migration_plan(leaves)
    assert {it for it, _ in gone} == set(back), gone
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == set()
    assert not MigrationExecutor(connection).migration_plan(leaves)
    return [str(it) for it in back], [str(it) for it in ours]


def main(pages: int, *, goes_back: bool) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    made, begun = {}, time.monotonic()

    def taken(what: str) -> None:
        nonlocal begun
        made[what], begun = round(time.monotonic() - begun, 2), time.monotonic()

    make_first(pages)
    taken("make_first")
    call_command("migrate", verbosity=0)
    taken("migrate")
    look(pages)
    taken("look")
    told = {"pages": pages, "engine": connection.vendor, "seconds": made}
    if goes_back:
        told["back"], told["ours"] = there_and_back()
        taken("there_and_back")
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), goes_back="--there-and-back" in sys.argv)
