"""Made-up sites of so many pages, built once, and copied for each run.

They are kept under var/bench, one a number of pages; a run has a copy in a temporary folder, or of
a PostgreSQL database, which goes with it. No other site is touched. Remove var/bench after a change
of `make_corpus`.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "TEST_DATABASE_URL")


@contextmanager
def site(pages: int, database: str) -> Iterator[dict[str, str]]:
    """The environment of a scratch site: live, with its search index, and gone afterwards.

    One run at a time: two would measure each other.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    lock = (KEPT / "running.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("Another benchmark is running: wait until it has ended.")
    with lock, tempfile.TemporaryDirectory(prefix=f"bench-{pages}-") as folder:
        if database == "sqlite":
            kept = _built(pages)
            shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
            yield _environment(Path(folder))
        else:
            name = f"bench_run_{os.getpid()}"
            _copy_database(_built_on_postgresql(pages), name)
            environment = _environment(Path(folder), _address(name))
            try:
                _manage(environment, "rebuild_search")
                yield environment
            finally:
                _sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _environment(folder: Path, address: str = "") -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {
        "SECRET_KEY": "a key for benchmarks and for nothing else",
        "SITE_URL": "http://127.0.0.1:8000",
        "DEMO": "1",
        "DEBUG": "0",
        "CACHE_URL": "",
        "DATA_DIR": str(folder),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "stemcell_site.settings",
        "PYTHONPATH": str(ROOT),
    }


def _built(pages: int) -> Path:
    """The folder of a site of so many pages, up to date; built where there is none."""
    folder = KEPT / f"{pages}-sqlite"
    environment = _environment(folder)
    if folder.exists():
        _bring_up_to_date(environment)
    else:
        unfinished = KEPT / f"{pages}-sqlite.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _fill(_environment(unfinished), pages)
        unfinished.rename(folder)
    _manage(environment, "rebuild_search", "--if-needed")
    return folder


def _fill(environment: dict[str, str], pages: int) -> None:
    print(f"Building a site of {pages:,} pages, once.", file=sys.stderr)
    _manage(environment, "migrate", "--verbosity=0")
    _manage(environment, "load_starter")
    _manage(environment, "make_corpus", str(pages))


def _bring_up_to_date(environment: dict[str, str]) -> None:
    """What an operator does after an upgrade, where there is a new migration."""
    check = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(check, cwd=ROOT, env=environment, capture_output=True)  # noqa: S603
    if done.returncode:
        _manage(environment, "migrate", "--verbosity=0")
        _manage(environment, "render_pages")


def _manage(environment: dict[str, str], *command: str) -> None:
    subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


# --- PostgreSQL -----------------------------------------------------------------------------


def _built_on_postgresql(pages: int) -> str:
    name = f"bench_{pages}"
    if _sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608 - a number
        with tempfile.TemporaryDirectory() as folder:
            _bring_up_to_date(_environment(Path(folder), _address(name)))
        return name
    unfinished = f"{name}_unfinished"
    _sql(f'DROP DATABASE IF EXISTS "{unfinished}"')
    _sql(f'CREATE DATABASE "{unfinished}"')
    with tempfile.TemporaryDirectory() as folder:
        _fill(_environment(Path(folder), _address(unfinished)), pages)
    _sql(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def _copy_database(name: str, copy: str) -> None:
    _sql(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')


def _address(name: str) -> str:
    """The address of another database on the server of TEST_DATABASE_URL."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        sys.exit("Set TEST_DATABASE_URL to measure on PostgreSQL: its server is used.")
    return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))


def _sql(statement: str) -> list[tuple]:
    import psycopg

    with psycopg.connect(_address("postgres"), autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []
