"""What comes in as a file and what goes out as one."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from editorial.admin.trail import cell
from evidence import ris
from evidence.documents.document import Unreadable
from evidence.documents.reading import read_document
from evidence.map_downloads import harmless
from evidence.models import Source
from evidence.uploading import import_uploads

SECRET = "the words of a file that nobody may read"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


# --- parsers ------------------------------------------------------------------------------


def entities(secret: Path) -> str:
    return (
        f'<!DOCTYPE html [<!ENTITY own SYSTEM "file://{secret}"><!ENTITY a "aaaaaaaaaa">'
        + "".join(
            f'<!ENTITY {name} "{f"&{before};" * 10}">'
            for before, name in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "]>"
    )


@pytest.fixture
def secret(tmp_path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    return file


WORDS = "<p>Twenty people were given cells and five of them felt better.</p>"


def test_no_web_page_reads_another_file_or_grows_by_entities(tmp_path, secret):
    document = tmp_path / "a.html"
    document.write_text(f"{entities(secret)}<html><body><p>&own;&i;</p>{WORDS * 5}</body></html>")

    read = read_document(document)

    assert SECRET not in read.html + read.text
    assert len(read.html + read.text) < 20 * document.stat().st_size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_no_word_document_reads_another_file(tmp_path, secret, encoding):
    body = (
        f"{entities(secret)}<w:document xmlns:w="
        '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>&own;&i; {WORDS}</w:t></w:r></w:p></w:body></w:document>"
    )
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", (head + body).encode(encoding))
    document = tmp_path / "a.docx"
    document.write_bytes(file.getvalue())

    with pytest.raises(Unreadable):
        read_document(document)


def test_a_reference_file_reads_no_other_file(secret):
    text = f"TY  - JOUR\nTI  - &own; of cells\nUR  - file://{secret}\nER  - \n"
    (reference,) = ris.read(text.encode()).references
    assert reference.title == "&own; of cells"
    assert reference.url == ""


# --- uploads ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("program.txt", b"\x7fELF" + bytes(200), "program"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        ("script.docx", b"<html><script>alert(1)</script></html>", ""),
        ("large.txt", b"word " * 2_200_000, "10 MB"),
        ("../../escape.txt", b"", "empty"),
    ],
)
def test_an_upload_is_judged_by_its_content_and_size_and_never_kept(
    editor, name, content, says, settings
):
    kept = [Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)]
    before = [sorted(folder.rglob("*")) for folder in kept]

    (read,) = import_uploads([SimpleUploadedFile(name, content)], by=editor, now=timezone.now())

    assert read.status == "failed"
    assert says in read.reason
    assert [sorted(folder.rglob("*")) for folder in kept] == before


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/media/a.html", "/static/../db.sqlite3", "/static/%2e%2e/.env"])
def test_nothing_is_served_from_where_files_lie(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["X-Content-Type-Options"] == "nosniff"


# --- exports ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_begins_a_formula(text):
    for value in (cell(text), harmless(text)):
        assert value == f"'{text}"


def test_every_module_that_writes_a_table_is_known_here():
    rooms = ("editorial", "evidence", "glossary", "articles", "search", "stemcell_site")
    writing = {
        str(file.relative_to(settings.BASE_DIR))
        for room in rooms
        for file in Path(settings.BASE_DIR, room).rglob("*.py")
        if any(word in file.read_text() for word in ("csv.writer", "csv.DictWriter", "Workbook("))
    }
    assert writing == {"editorial/admin/trail.py", "evidence/map_downloads.py"}


@pytest.mark.django_db
def test_a_tag_named_like_a_formula_stays_text_in_the_map(client, disease, therapy):
    disease.name, therapy.name = "=HYPERLINK(1)", "@therapy"
    disease.save()
    therapy.save()
    Source.objects.create(key="a-study", title="A study")

    rows = list(csv.reader(io.StringIO(client.get(reverse("evidence_map_csv")).text)))

    cells = [value for row in rows for value in row]
    assert not [value for value in cells if value.startswith(("=", "@", "+", "\t", "\r"))]
