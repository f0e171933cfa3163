"""What operators ask: does the process live, and can it serve?"""

from collections import namedtuple

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from editorial import guards
from stemcell_site import health

pytestmark = pytest.mark.django_db

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def room(monkeypatch):
    """Enough of it on the disk, whatever the machine of the tests has."""
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100, 1, 10**12))


def test_healthz_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_readyz_is_200_when_all_is_there(client, room):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "search": "off"})


def test_readyz_says_the_same_in_plain_words(client, room):
    response = client.get("/readyz", headers={"Accept": "text/plain"})

    assert response["Content-Type"].startswith("text/plain")
    assert response.text == "Ready.\nsearch index: off\n"


def test_a_full_disk_and_a_cache_that_is_away_warn_and_take_no_machine_away(client, monkeypatch):
    def refuse(*args):
        raise ConnectionError("redis://:secret@cache.internal")

    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(100, 99, 1_000_000))
    monkeypatch.setattr(health.store, "set", refuse)

    response = client.get("/readyz")

    assert response.status_code == 200
    disk, cache = response.json()["warnings"]
    assert "nearly full: 0.00 GB free" in disk
    assert "cache does not answer" in cache
    assert "secret" not in response.text


def test_readyz_reads_the_migrations_from_the_disk_once(client, monkeypatch):
    client.get("/readyz")
    monkeypatch.setattr(health, "MigrationLoader", None)

    assert client.get("/readyz").status_code == 200


def test_a_missing_guard_is_503_and_named(client, monkeypatch):
    monkeypatch.setattr(guards, "missing", lambda connection: {"guard_of_the_trail"})

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "guards": ["guard_of_the_trail"]}


def test_a_guard_that_was_dropped_is_missed(client):
    guards.drop(connection)
    try:
        response = client.get("/readyz")
    finally:
        guards.install(connection)

    assert response.status_code == 503
    assert len(response.json()["guards"]) > 5
    assert client.get("/readyz").status_code == 200


def test_a_migration_that_did_not_run_is_503_and_named(client):
    MigrationRecorder.Migration.objects.filter(app="glossary").delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["migrations"] == ["glossary.0001_initial"]


def test_a_database_that_is_away_is_503_and_tells_no_secret(client, monkeypatch):
    def refuse(*args):
        raise DatabaseError("password=secret host=db.internal")

    monkeypatch.setattr(health, "MigrationRecorder", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": ["does not answer"]}
