"""Upgrades: migrations that can be taken back, hold nobody up, and lose nothing."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from tests.site.migration_locks import OURS, later_migrations, risks_of

# Locks that are taken all the same, and why that is right. A migration written from now on has
# better ways: AddIndexConcurrently, NOT VALID and VALIDATE, a column in one release and what needs
# it in the next.
ACCEPTED = {
    "editorial.0002_newsroom": "Written before anything was released under a number; with 10,000 "
    "pages on PostgreSQL 15 none of its statements took half a second.",
    "editorial.0004_feedback": "An index of a column that is still empty.",
}


@pytest.fixture(scope="module")
def later() -> list[tuple[str, migrations.Migration, list[str]]]:
    return list(later_migrations())


# --- taken back -------------------------------------------------------------------------------


def test_every_migration_can_be_taken_back_or_says_why_not():
    for key, migration in MigrationLoader(None).disk_migrations.items():
        if key[0] in OURS:
            can = all(operation.reversible for operation in migration.operations)
            why = getattr(migration, "why_it_stays", "")
            assert bool(why) is not can, f"{migration}: reversible {can}, why_it_stays {why!r}"


# --- on a site that is in use -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ('CREATE INDEX "x" ON "editorial_version" ("title")', "locks out writers"),
        ('CREATE UNIQUE INDEX "x" ON "editorial_event" ("hash")', "locks out writers"),
        ('ALTER TABLE "editorial_page" ADD COLUMN "x" integer NOT NULL', "needs a default"),
        (
            'ALTER TABLE "editorial_page" ADD COLUMN "x" uuid DEFAULT gen_random_uuid() NOT NULL',
            "rewrites the table",
        ),
        ('ALTER TABLE "editorial_page" ADD COLUMN "x" text NULL UNIQUE', "builds an index"),
        ('ALTER TABLE "evidence_claim" ALTER COLUMN "x" TYPE bigint USING "x"::bigint', "rewrite"),
        ('ALTER TABLE "evidence_claim" ALTER COLUMN "x" SET NOT NULL', "reads the table"),
        ('ALTER TABLE "evidence_claim" ADD CONSTRAINT "x" CHECK ("n" > 0)', "reads the table"),
        ('ALTER TABLE "editorial_page" ADD CONSTRAINT "x" UNIQUE ("slug")', "builds an index"),
        ('ALTER TABLE "editorial_page" RENAME COLUMN "a" TO "b"', "the release that still runs"),
        ('ALTER TABLE "editorial_page" DROP COLUMN "a" CASCADE', "the release that still runs"),
        ('DROP TABLE "evidence_citation" CASCADE', "the release that still runs"),
        ('UPDATE "editorial_version" SET "priority" = 0', "changes rows"),
    ],
)
def test_what_would_hold_up_a_site_in_use_is_found(statement, why):
    assert [it for it in risks_of([statement]) if why in it]


@pytest.mark.parametrize(
    "statements",
    [
        ['CREATE TABLE "new" ("id" bigint)', 'CREATE INDEX "x" ON "new" ("id")'],
        ['CREATE INDEX CONCURRENTLY "x" ON "editorial_version" ("title")'],
        ['ALTER TABLE "editorial_page" ADD COLUMN "x" integer DEFAULT 0 NOT NULL'],
        ['ALTER TABLE "editorial_page" ADD COLUMN "x" integer NULL'],
        ['ALTER TABLE "editorial_page" ALTER COLUMN "x" DROP DEFAULT'],
        ['ALTER TABLE "evidence_claim" ADD CONSTRAINT "x" CHECK ("n" > 0) NOT VALID'],
        ['CREATE INDEX "x" ON "editorial_ledger" ("stamp")'],
    ],
)
def test_what_holds_nobody_up_is_let_through(statements):
    assert list(risks_of(statements)) == []


def test_no_migration_holds_up_a_site_in_use(later):
    found = {name: list(risks_of(statements)) for name, _, statements in later}

    assert {name: risks for name, risks in found.items() if risks and name not in ACCEPTED} == {}
    assert {name for name in ACCEPTED if not found[name]} == set(), "No longer needs its excuse."


def test_a_migration_that_walks_rows_is_no_part_of_one_that_changes_tables(later):
    """Rows are changed batch by batch, each its own transaction, or writers wait for them all."""
    for name, migration, _ in later:
        walks = [it for it in migration.operations if isinstance(it, migrations.RunPython)]
        if walks:
            assert not migration.atomic, name
            assert len(walks) == len(migration.operations), name


# --- from the first release -------------------------------------------------------------------


@pytest.fixture
def scratch(tmp_path) -> Iterator[str]:
    """The address of an empty database, on the engine of these tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'site.sqlite3'}"
        return
    server, name = os.environ["TEST_DATABASE_URL"], f"upgrade_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f'CREATE DATABASE "{name}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        own.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def upgrade(database: str, *arguments: str) -> dict:
    environment = {"TEST_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.site.upgrading", *arguments],
        cwd=Path(settings.BASE_DIR),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-1000:] + done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_database_of_the_first_release_comes_to_today_with_every_page(scratch):
    told = upgrade(scratch, "200")

    assert (told["pages"], told["engine"]) == (200, connection.vendor)


@pytest.mark.faults
def test_ten_thousand_pages_come_to_today_and_every_migration_goes_back_and_forth(
    scratch, record_property
):
    told = upgrade(scratch, "10000", "--there-and-back")

    assert (told["pages"], told["engine"]) == (10_000, connection.vendor)
    # Taken back in the reverse order of being put there: all of ours.
    assert sorted(told["back"]) == sorted(told["ours"])
    record_property("upgrade", f"{told['engine']}, 10,000 pages, seconds: {told['seconds']}")
