"""Sites of their own, in processes that may die: databases and folders beside the tests' own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections


def address_of(name: str) -> str:
    told = connection.settings_dict
    user, password = quote(told["USER"]), quote(told["PASSWORD"])
    return f"postgres://{user}:{password}@{told['HOST']}:{told['PORT'] or 5432}/{name}"


class Databases:
    """Copies of the tests' database as it is before the first test: tables and nothing in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []
        self._pristine = folder / "pristine.sqlite3"
        self._name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self._pristine)])
        else:
            # Nobody may be connected to what is copied.
            connections.close_all()
            self._create("pristine", self._name)

    def copy(self, name: str) -> str:
        """The address of a new one."""
        if connection.vendor == "sqlite":
            path = self.folder / f"{name}.sqlite3"
            shutil.copyfile(self._pristine, path)
            return f"sqlite:///{path}"
        return self._create(name, f"{self._name}_pristine")

    def empty(self, name: str) -> str:
        """The address of one without any tables; on SQLite without a file."""
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.folder / name / 'db.sqlite3'}"
        return self._create(name, "template1")

    def _create(self, name: str, template: str) -> str:
        copy = f"{self._name}_{name}"
        self.made.append(copy)
        self._run(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
        return address_of(copy)

    def _run(self, statement: str) -> None:
        with psycopg.connect(address_of("postgres"), autocommit=True) as server:
            server.execute(statement)

    def drop(self) -> None:
        for name in self.made:
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class Site:
    """A process of `one_that_dies` on a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.noise = (folder / "noise.txt").open("w+")
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-m", "tests.faults.one_that_dies", str(folder)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "TEST_DATABASE_URL": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.noise,
            text=True,
        )
        assert self.process.stdout.readline() == "ready\n", self.said_aside()

    def ask(self, deed: str = "", *arguments, **told) -> dict:
        self.process.stdin.write(json.dumps({"deed": deed, "with": arguments, **told}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.said_aside()
        return json.loads(line)

    def do(self, deed: str, *arguments):
        """Something that must succeed. Returns what it said."""
        answer = self.ask(deed, *arguments)
        assert not answer["failed"], f"{deed}: {self.said_aside()}"
        assert not answer["killed"], deed
        return answer["said"]

    def said_aside(self) -> str:
        return Path(self.noise.name).read_text()[-4000:]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.noise.close()


@pytest.fixture(scope="session")
def databases(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        found = Databases(tmp_path_factory.mktemp("databases"))
    yield found
    found.drop()


@pytest.fixture(scope="session")
def open_site(databases, tmp_path_factory):
    opened = []

    def open_site(name: str, database: str) -> Site:
        opened.append(Site(tmp_path_factory.mktemp(name), database))
        return opened[-1]

    yield open_site
    for site in opened:
        site.close()


@pytest.fixture(scope="session")
def site(databases, open_site) -> Site:
    """A small site: two live pages, an upload and an index."""
    site = open_site("site", databases.copy("faults"))
    site.ask("begin_site", here=True)
    site.do("index")
    return site
