"""What operators ask: does the process live, and can it serve?"""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from editorial import guards
from stemcell_site import health

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_readyz_is_200_when_all_is_there(client):
    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "search": "off"})


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

    monkeypatch.setattr(health, "MigrationExecutor", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": ["does not answer"]}
