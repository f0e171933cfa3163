"""`manage.py import_documents`: what it prints, how it ends, and what a power cut leaves."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial.models import Event, Page, Version
from evidence.models import DocumentText, Source

REPOSITORY = Path(__file__).resolve().parents[2]
KEYS = {"path", "status", "reason", "source", "article", "title", "tags", "warnings"}
MANY = 40
KILLED_AFTER = 5


@pytest.fixture
def folder(tmp_path):
    """Two good files, one of them deep down, a copy, two bad ones, and files of no concern."""
    files = {
        "a.txt": b"Stem cells cure lupus in every patient.",
        "deep/down/b.md": b"# On MS\n\nIt cures MS.",
        "deep/copy-of-a.txt": b"Stem cells cure lupus in every patient.",
        "broken.docx": b"PK\x03\x04 and no more",
        "empty.txt": b"",
        "notes.csv": b"a,b",
        ".hidden.txt": b"Hidden words.",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def run(*arguments) -> int:
    """The code that the command ends with."""
    try:
        call_command("import_documents", *map(str, arguments))
    except SystemExit as end:
        return end.code
    return 0


@pytest.mark.django_db
def test_a_folder_is_read_with_all_below_it_and_bad_files_are_skipped(folder, capsys):
    code = run(folder)

    out, err = capsys.readouterr()
    assert code == 1
    assert DocumentText.objects.count() == Version.objects.count() == 2
    assert out.endswith("2 created, 1 exists, 2 failed.\n")
    assert f"{folder / 'empty.txt'}: The file is empty.\n" in err
    assert str(folder / "broken.docx") in err
    assert "notes.csv" not in out + err
    assert ".hidden" not in out + err


@pytest.mark.django_db
def test_good_files_alone_end_with_0_and_again_they_exist(folder, capsys):
    files = [folder / "a.txt", folder / "deep"]
    assert run(*files) == 0
    capsys.readouterr()

    assert run(*files) == 0

    assert capsys.readouterr().out.endswith("0 created, 3 exists, 0 failed.\n")


@pytest.mark.django_db
def test_json_prints_one_object_for_each_file_and_nothing_else(folder, capsys):
    missing = folder / "missing.txt"

    code = run("--json", folder, missing)

    out, err = capsys.readouterr()
    told = {row["path"]: row for row in map(json.loads, out.splitlines())}
    assert code == 1
    assert err == ""
    assert len(told) == 6
    assert all(set(row) == KEYS for row in told.values())
    good = told[str(folder / "a.txt")]
    assert good["status"] == "created"
    assert Source.objects.get(key=good["source"]).title == good["title"]
    assert Page.objects.filter(slug=good["article"]).exists()
    assert isinstance(good["tags"], list)
    assert isinstance(good["warnings"], list)
    assert told[str(folder / "deep/copy-of-a.txt")]["status"] == "exists"
    assert told[str(folder / "broken.docx")]["status"] == "failed"
    assert told[str(missing)]["reason"] == "There is no file at this path."


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["--dry-run"], ["--dry-run", "--json"]])
def test_a_dry_run_writes_nothing(folder, capsys, arguments):
    code = run(*arguments, folder)

    assert code == 1
    assert not Source.objects.exists()
    assert not Page.objects.exists()
    assert not Event.objects.exists()
    assert "created" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_folder_without_documents_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="No documents were found"):
        call_command("import_documents", str(tmp_path))


@pytest.mark.django_db
def test_a_path_must_be_given():
    with pytest.raises(CommandError, match="PATH"):
        call_command("import_documents")


@pytest.mark.django_db
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(folder, capsys):
    (folder / "a.txt").chmod(0)

    assert run(folder / "a.txt") == 1
    assert "There is no permission to open this file." in capsys.readouterr().err


@pytest.mark.django_db
def test_warnings_are_told_and_the_file_is_read(tmp_path, capsys):
    path = tmp_path / "old.txt"
    path.write_bytes("Crohn’s disease and naïve cells: it cures them.".encode("cp1252"))

    assert run(path) == 0
    assert "warning: " in capsys.readouterr().err
    assert "Crohn’s disease and naïve" in DocumentText.objects.get().text


def start(folder: Path) -> subprocess.Popen:
    """The command in a process of its own, on the tests' database."""
    told = connection.settings_dict
    url = f"sqlite:///{told['NAME']}"
    if connection.vendor == "postgresql":
        place = f"{told['HOST']}:{told['PORT'] or 5432}"
        url = f"postgres://{told['USER']}:{told['PASSWORD']}@{place}/{told['NAME']}"
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "manage.py", "import_documents", "--json", str(folder)],
        cwd=REPOSITORY,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "stemcell_site.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole_documents() -> int:
    """How many documents are there, after a look that none is there by half."""
    documents = DocumentText.objects.exclude(text="").filter(article__isnull=False)
    counts = {
        DocumentText.objects.count(),
        documents.count(),
        Source.objects.count(),
        Page.objects.count(),
        Version.objects.exclude(content_hash="").count(),
        Event.objects.filter(verb="read document").count(),
    }
    assert len(counts) == 1, counts
    return counts.pop()


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_loses_no_finished_file_and_leaves_no_half_one(tmp_path):
    for number in range(MANY):
        (tmp_path / f"{number:03}.txt").write_text(f"Stem cells cure {number} of 1,000 patients.")
    process = start(tmp_path)
    while DocumentText.objects.count() < KILLED_AFTER and process.poll() is None:
        time.sleep(0.02)

    process.send_signal(signal.SIGKILL)
    process.communicate()

    finished = whole_documents()
    assert process.returncode == -signal.SIGKILL
    assert KILLED_AFTER <= finished < MANY
    call_command("verify_audit", verbosity=0)

    again = start(tmp_path)
    out, err = again.communicate()

    told = [json.loads(line)["status"] for line in out.splitlines()]
    assert again.returncode == 0, err
    assert told.count("exists") == finished
    assert told.count("created") == MANY - finished
    assert whole_documents() == MANY
