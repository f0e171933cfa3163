"""Full disks, held locks, clocks that jump: plain words, and nothing that was typed is lost."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, ProgrammingError, connection
from django.test import RequestFactory

from editorial import ledger
from editorial.auditing import audit
from editorial.models import Page
from evidence import uploading
from evidence.models import Source
from stemcell_site import unsaved
from tests.live_pages import published

pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL waits and writes on a server of its own"
)


def kept(answer: dict, *words: str) -> None:
    assert answer["status"] == 503, answer
    assert answer["is_kept"]
    assert not answer["was_stored"]
    assert (answer["sent_again"], answer["is_stored"]) == (302, True)
    assert int(answer["retry"]) > 0
    for word in (*words, "Nothing is lost", "Send again"):
        assert word in answer["text"]


@only_sqlite
def test_a_full_disk_is_told_and_what_was_typed_is_on_the_page(site):
    kept(site.do("save_in_the_admin", "full"), "The disk is full")
    site.do("look")


@only_sqlite
def test_a_lock_that_is_held_too_long_is_told_and_what_was_typed_is_on_the_page(site):
    kept(site.do("save_in_the_admin", "locked"), "Somebody else was saving")
    site.do("look")


def test_two_clocks_at_once_publish_once(site):
    site.do("schedule", 60)
    both = [site.ask("publish_due", 1, beside=True)["pid"] for _ in range(2)]
    said = [site.ask(stop=pid) for pid in both]
    assert not any(answer["failed"] for answer in said), site.said_aside()
    assert sorted(answer["said"][:11] for answer in said) == ["0 published", "1 published"]
    site.do("look")


def test_a_clock_that_jumps_a_year_and_back_breaks_nothing(site):
    """The trail is in the order of what happened, whatever the clock said."""
    site.do("publish_due", 24 * 365)
    site.do("publish")
    site.do("publish_due", -24 * 365)
    site.do("publish")
    site.do("look")


def test_times_that_run_backwards_leave_a_whole_trail(now):
    version = published("quagga")
    for days in (400, -400):
        ledger.record(
            "looked at", by=None, now=now.replace(year=now.year + days // 365), version=version
        )
    assert audit().events > 2


# --- the page that says so ------------------------------------------------------------------


def answered(request, error: Exception):
    try:
        raise error
    except Exception:
        return unsaved.server_error(request)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def test_what_was_typed_comes_back_ready_to_be_sent_again():
    request = RequestFactory().post(
        "/admin/x/?a=1", {"body": '<b>"mine"</b> ' * 9, "tags": ["1", "2"]}
    )
    response = answered(request, OSError(errno.ENOSPC, "No space left on device"))
    text = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "no-store" in response["Cache-Control"]
    assert 'action="/admin/x/?a=1"' in text
    assert "&lt;b&gt;&quot;mine&quot;&lt;/b&gt; " * 9 in text
    assert text.count('name="tags"') == 2
    assert "<b>" not in text


def test_a_password_is_never_written_onto_a_page():
    request = RequestFactory().post("/admin/login/", {"username": "u", "password": "secret words"})
    text = answered(request, OperationalError("database is locked")).content.decode()
    assert "secret words" not in text
    assert "Open the form again" in text


def test_a_reader_is_asked_to_try_again():
    text = answered(RequestFactory().get("/"), OperationalError("database is locked"))
    assert text.status_code == 503
    assert "This page cannot be shown just now" in text.content.decode()


def test_an_error_of_the_program_stays_one():
    import sqlite3

    missing = caused(OperationalError("no such table: x"), sqlite3.OperationalError())
    for error in (ValueError("x"), ProgrammingError("x"), OSError(errno.ENOENT, "x"), missing):
        assert unsaved.reason(error) is None
        assert answered(RequestFactory().get("/"), error).status_code == 500
    away = caused(OperationalError("connection refused"), ConnectionRefusedError())
    assert "does not answer" in unsaved.reason(away)


def test_an_upload_for_which_there_is_no_room_is_told_and_nothing_is_half_read(
    monkeypatch, editor, now
):
    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SimpleUploadedFile, "chunks", full)
    upload = SimpleUploadedFile("text.txt", b"Stem cells.")
    (told,) = uploading.import_uploads([upload], by=editor, now=now)
    assert (told.status, told.path) == ("failed", "text.txt")
    assert "No space left on device" in told.reason
    assert not Source.objects.exists()
    assert not Page.objects.exists()
