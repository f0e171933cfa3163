"""What was put away comes back, the same in every row; what is not whole is refused untouched."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from editorial.refusals import NotReady
from stemcell_site.backups import contents, making, manifest, media, restoring

pytestmark = pytest.mark.django_db
SILENT = {"watched": lambda items, label: items}


def told_by(folder: Path) -> dict:
    return json.loads((folder / manifest.NAME).read_text())


def in_the_database(folder: Path) -> dict:
    """The hashes of what came out of the database, but for what a restore adds to it."""
    files = told_by(folder)["files"]
    changed = ("editorial_event.", "editorial_ledger.", "sequence", "db.sqlite3")
    return {name: file for name, file in files.items() if not any(it in name for it in changed)}


def rows_of(folder: Path) -> dict:
    return told_by(folder)["database"]["counts"]


def test_while_others_write_a_backup_is_of_one_moment_and_restores_into_a_new_place(
    site, databases, open_site
):
    writer = site.ask("keep_writing", beside=True)["pid"]
    made = [site.do("backup", f"busy-{number}") for number in range(2)]
    assert site.ask(stop=writer, kill=True)["killed"]
    assert made[0]["events"] < made[1]["events"], "Nobody wrote meanwhile."

    new = open_site("new", databases.copy("new"))
    folder = site.folder / "busy-1"
    # Its own look at counts, hashes and the chain is part of it: here they are compared again.
    assert new.do("restore", str(folder), False) == rows_of(folder)
    found = new.do("look")
    assert found["events"] == made[1]["events"] + 1
    assert (new.folder / "media" / "leaflet.txt").read_text() == "A leaflet."
    new.do("backup", "again")
    assert in_the_database(new.folder / "again") == in_the_database(folder)
    grown = {
        table: (count, rows_of(new.folder / "again")[table])
        for table, count in rows_of(folder).items()
        if rows_of(new.folder / "again")[table] != count
    }
    assert set(grown) == {"editorial_event"}
    # And the next to write gets numbers that nobody had.
    new.do("publish")
    assert new.do("look")["text"] == found["text"] + 1


@pytest.mark.faults
def test_a_database_without_tables_is_filled(site, databases, open_site):
    site.do("backup", "for-nothing")
    bare = open_site("bare", databases.empty("bare"))
    bare.do("restore", str(site.folder / "for-nothing"), False)
    assert bare.do("look")["text"] == site.do("look")["text"]


def test_a_full_disk_leaves_no_half_backup_and_says_so(site):
    # Enough to open the database, and too little to copy it.
    limit = {"sqlite": 150_000, "postgresql": 2_000}[connection.vendor]
    answer = site.ask("backup", "too-large", limit=limit, loud=False)
    assert answer["failed"]
    assert "could not be" in answer["said"]
    assert not (site.folder / "too-large").exists()
    assert not (site.folder / "too-large.unfinished").exists()
    site.do("look")


def test_a_full_disk_while_restoring_leaves_the_site_as_it_was(site):
    site.do("backup", "before-full")
    before = site.do("look")
    folder = str(site.folder / "before-full")
    answer = site.ask("restore", folder, True, limit=150_000, loud=False)
    if connection.vendor == "sqlite":  # PostgreSQL writes on a disk of its own.
        assert answer["failed"]
        assert "could not be" in answer["said"]
        assert site.do("look") == before


def test_a_site_with_pages_is_replaced_only_when_told_to(site):
    site.do("backup", "polite")
    answer = site.ask("restore", str(site.folder / "polite"), False, loud=False)
    assert answer["failed"]
    assert "give --replace" in answer["said"]


# --- what is no backup ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def whole(site) -> Path:
    site.do("backup", "whole")
    return site.folder / "whole"


@pytest.fixture
def copy(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def refusal(folder: Path) -> str:
    with pytest.raises(NotReady) as refused:
        restoring.check(folder, **SILENT)
    return str(refused.value)


def largest(folder: Path) -> Path:
    return max(
        (path for path in folder.rglob("*") if path.is_file()), key=lambda it: it.stat().st_size
    )


def test_a_whole_one_passes(copy):
    assert restoring.check(copy, **SILENT).engine == connection.vendor


def test_one_without_its_end_is_refused(copy):
    (copy / manifest.NAME).unlink()
    assert "cut before its end" in refusal(copy)


def test_a_cut_file_is_refused(copy):
    path = largest(copy)
    path.write_bytes(path.read_bytes()[:-100])
    assert path.name in refusal(copy)


def test_one_changed_byte_is_refused(copy):
    path = largest(copy)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert "damaged" in refusal(copy)


def test_a_missing_upload_is_refused(copy):
    (copy / "media" / "leaflet.txt").unlink()
    assert "leaflet.txt is missing" in refusal(copy)


def test_a_manifest_that_was_cut_or_changed_is_refused(copy):
    path = copy / manifest.NAME
    text = path.read_text()
    path.write_text(text[:-40])
    assert "damaged" in refusal(copy)
    path.write_text(text.replace('"events": ', '"events": 1'))
    assert "damaged" in refusal(copy)
    path.write_text("[]")
    assert "damaged" in refusal(copy)


def resealed(copy: Path, **changed) -> Path:
    """A manifest that somebody wrote with another content, seal and all."""
    told = {**told_by(copy), **changed}
    told.pop("seal")
    told["seal"] = manifest._seal(told)
    (copy / manifest.NAME).write_text(json.dumps(told))
    return copy


def test_a_backup_of_another_engine_or_release_is_refused(copy):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    applied = told_by(copy)["migrations"]
    assert "DATABASE_URL" in refusal(resealed(copy, engine=other))
    resealed(copy, engine=connection.vendor, migrations=[*applied, "editorial.9999_later"])
    assert "This release lacks editorial.9999_later" in refusal(copy)
    assert "It lacks" in refusal(resealed(copy, migrations=applied[1:]))


def test_a_manifest_cannot_name_files_outside_the_backup(copy):
    files = told_by(copy)["files"]
    resealed(copy, files={**files, "media/../../elsewhere": {"bytes": 1, "sha256": ""}})
    assert "outside itself" in refusal(copy)


def test_a_database_that_is_not_what_was_counted_is_refused(site, copy):
    database = told_by(copy)["database"]
    resealed(copy, database={**database, "counts": {**database["counts"], "auth_user": 99}})
    before = site.do("look")
    answer = site.ask("restore", str(copy), True, loud=False)
    assert answer["said"] == "The number of rows is not what was put away: auth_user."
    assert site.do("look") == before


# --- where it is put ------------------------------------------------------------------------


def test_a_backup_never_goes_over_anything_nor_where_readers_look(settings, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "letter.txt").write_text("Mine.")
    with pytest.raises(NotReady, match="is there already"):
        making.make(tmp_path / "there", now=timezone.now(), **SILENT)
    with pytest.raises(NotReady, match="are for readers"):
        making.make(Path(settings.STATIC_ROOT) / "backup", now=timezone.now(), **SILENT)
    assert (tmp_path / "there" / "letter.txt").read_text() == "Mine."


def test_two_backups_into_one_place_at_once_are_refused(tmp_path):
    with (
        making._unfinished(tmp_path / "one"),
        pytest.raises(NotReady, match="just being written"),
        making._unfinished(tmp_path / "one"),
    ):
        raise AssertionError
    with pytest.raises(RuntimeError), making._unfinished(tmp_path / "two") as folder:
        raise RuntimeError
    assert not folder.exists()


def test_a_backup_is_for_its_owners_eyes(whole):
    assert whole.stat().st_mode & 0o077 == 0


def test_what_was_wrong_with_the_trail_is_told_and_put_away(live_version):
    from editorial import guards
    from editorial.models import Event

    assert contents.describe(connection, {}).trail_fits == ""
    guards.drop(connection)
    Event.objects.filter(number=1).update(comment="Never happened.")
    found = contents.describe(connection, {})
    assert found.trail_fits == "Event 1 is not what was written."
    contents.compare(connection, found)
    Event.objects.filter(number=2).update(comment="Nor this.")
    Event.objects.filter(number=1).update(comment="")
    with pytest.raises(NotReady, match="Event 2 is not what was written"):
        contents.compare(connection, found)


def test_uploads_come_back_and_those_that_came_later_stay(settings, copy, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "later.txt").write_text("Later.")
    told = manifest.read(copy)
    assert media.load(copy, told, **SILENT) == 1
    assert media.load(copy, told, **SILENT) == 0
    found = {path.name: path.read_text() for path in settings.MEDIA_ROOT.iterdir()}
    assert found == {"later.txt": "Later.", "leaflet.txt": "A leaflet."}


def test_the_commands_say_what_is_wrong_in_one_line(tmp_path, whole, capsys):
    with pytest.raises(CommandError, match="it is no backup"):
        call_command("restore", str(tmp_path))
    call_command("restore", str(whole), dry_run=True)
    assert capsys.readouterr().out.startswith("Whole: ")
