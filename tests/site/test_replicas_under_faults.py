"""Copies of the database, for real: a primary and two, under readers, and killed under them."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings

from tests.site import clusters

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(clusters.BIN is None, reason="PostgreSQL's programs are not installed"),
]

MOST_LAG = 3.0
PAGE = "/articles/a-page/"
# Kept answers, a list with facets, a search, a form that is shown, and one page after the other.
READ = [PAGE, "/articles/", "/search/?q=words", "/about/contact/", "/search/suggest/?q=pa"]
READ += [f"/articles/page-{number}/" for number in range(20)]


class Site:
    """The site on its own server, before a primary and two copies."""

    def __init__(self, cluster: clusters.Cluster, data_dir) -> None:
        self.cluster, self.port = cluster, clusters.free_port()
        self.environment = {
            **os.environ,
            "SECRET_KEY": "a key for this test, and for nothing else at all, and long enough",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "DATA_DIR": str(data_dir),
            "DEMO": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEBUG": "0",
            "DATABASE_URL": cluster.primary.url,
            "DATABASE_REPLICA_URLS": ",".join(copy.url for copy in cluster.copies),
            "REPLICA_LAG_SECONDS": str(MOST_LAG),
            "CACHE_URL": "",
            "EMAIL_URL": "",
            "WEB_CONCURRENCY": "2",
            "DJANGO_SETTINGS_MODULE": "tests.site.plain_settings",
        }
        told = self.run("-m", "tests.site.small_site")
        self.session = json.loads(told.splitlines()[-1])["session"]

    def run(self, *told: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own programs
            [sys.executable, *told],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def served(self):
        log = self.cluster.root.with_suffix(".web.log")
        told = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "stemcell_site.wsgi"]
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, *told, "--bind", f"127.0.0.1:{self.port}"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=out,
                stderr=out,
            )
            try:
                until(lambda: self.get("/healthz")[0] == 200)
                yield self
            finally:
                process.terminate()
                process.wait(20)
                self.log = log.read_text()
                log.unlink()

    def get(self, path: str, *, method="GET", body=None, cookie=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookie} if cookie else {}
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.environment["SITE_URL"],
                "Sec-Fetch-Site": "same-origin",
            }
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, "refused"
        finally:
            connection.close()

    def staff(self, path: str, **told):
        return self.get(path, cookie=f"sessionid={self.session}", **told)

    def ready(self) -> dict:
        status, told = self.get("/readyz")
        return {"status": status, **json.loads(told)}

    @contextmanager
    def readers(self, count: int = 4):
        """They read without a pause. Gives how often they were told what, and how long it took."""
        told: Counter = Counter()
        slowest = [0.0]
        done = threading.Event()

        def read(first: int) -> None:
            number = first
            while not done.is_set():
                began = time.monotonic()
                path = READ[number % len(READ)]
                status, _text = self.get(path)
                told[path if status != 200 else "", status] += 1
                slowest[0] = max(slowest[0], time.monotonic() - began)
                number += 1

        threads = [threading.Thread(target=read, args=(first * 7,)) for first in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield told, slowest
        finally:
            done.set()
            for thread in threads:
                thread.join(40)


def until(met, seconds: float = 30.0) -> float:
    began = time.monotonic()
    while not met():
        assert time.monotonic() - began < seconds, "It did not come to that."
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def cluster():
    cluster = clusters.Cluster()
    yield cluster
    cluster.end()


@pytest.fixture(scope="module")
def site(cluster, tmp_path_factory):
    site = Site(cluster, tmp_path_factory.mktemp("site"))
    cluster.copy()
    cluster.level()
    return site


def looks(server: clusters.Server) -> int:
    """How often pages were looked for there. PostgreSQL tells it a second later."""
    time.sleep(1.5)
    return server.sql(
        "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables "
        "WHERE relname = 'editorial_version'"
    )[0]


def test_readers_are_answered_from_copies_and_staff_from_the_primary(site):
    primary, copies = site.cluster.primary, site.cluster.copies
    with site.served():
        assert site.ready()["replicas"] == {"replica_1": "serves", "replica_2": "serves"}
        before = [looks(server) for server in (primary, *copies)]
        with site.readers():
            time.sleep(4)
        after = [looks(server) for server in (primary, *copies)]
        assert after[0] == before[0]
        assert sum(after[1:]) > sum(before[1:])
        assert site.staff("/admin/")[0] == 200


def test_no_reader_notices_that_a_copy_is_killed(site):
    with site.served(), site.readers() as (told, slowest):
        time.sleep(1)
        for copy in site.cluster.copies:
            copy.kill()
            time.sleep(2)
        until(lambda: set(site.ready()["replicas"].values()) == {"does not answer"})
        before = sum(told.values())
        time.sleep(1)
        assert sum(told.values()) > before
        for copy in site.cluster.copies:
            copy.start()
        until(lambda: set(site.ready()["replicas"].values()) == {"serves"})
    assert {status for _path, status in told} == {200}, told
    print(f"{sum(told.values())} answers while copies were killed: slowest {slowest[0]:.2f} s")


def test_without_the_primary_readers_read_on_and_everybody_else_is_told(site):
    message = urlencode(
        {"kind": "error", "text": "The second word is wrong here.", "about": PAGE, "opened": "x"}
    )
    with site.served():
        with site.readers() as (told, _slowest):
            time.sleep(1)
            site.cluster.primary.kill()
            until(lambda: site.ready().get("can_save") is False)
            time.sleep(3)
            status, page = site.get("/about/contact/", method="POST", body=message)
            assert status == 503
            assert "could not be saved" in page
            assert "does not answer" in page
            assert "The second word is wrong here." in page
            for path in ("/admin/", "/admin/editorial/tag/add/"):
                status, page = site.staff(path)
                assert (status, "nothing can be saved" in page) == (503, True), page
            assert "a-page" in site.get("/search/?q=first+words")[1]
            assert site.ready()["status"] == 200
        assert {status for _path, status in told} == {200}, told
        site.cluster.primary.start()
        until(lambda: site.ready().get("can_save") is not False)
        until(lambda: site.staff("/admin/")[0] == 200)
        site.cluster.level()


def test_the_site_starts_and_is_read_while_the_primary_is_away(site):
    site.cluster.primary.kill()
    try:
        with site.served():
            assert [site.get(path)[0] for path in READ] == [200] * len(READ)
    finally:
        site.cluster.primary.start()
        site.cluster.level()


def test_copies_that_lag_are_not_read(site):
    copies = site.cluster.copies
    with site.served():
        assert "The first words." in site.get(PAGE)[1]
        for copy in copies:
            copy.sql("SELECT pg_wal_replay_pause()")
        try:
            site.run("-m", "tests.site.small_site", "The second words.")
            began = time.monotonic()
            took = until(lambda: "The second words." in site.get(PAGE)[1])
            assert took <= MOST_LAG
            # And from here on nobody gets the old ones, though no copy has the new.
            while time.monotonic() < began + MOST_LAG + 1:
                assert "The second words." in site.get(PAGE)[1]
            assert set(site.ready()["replicas"].values()) == {"lags"}
        finally:
            for copy in copies:
                # A copy may take back a question while it makes good what it missed.
                with suppress(psycopg.errors.SerializationFailure):
                    copy.sql("SELECT pg_wal_replay_resume()")
        until(lambda: set(site.ready()["replicas"].values()) == {"serves"})
        assert "The second words." in site.get(PAGE)[1]
