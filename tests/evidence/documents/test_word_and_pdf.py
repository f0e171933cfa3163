import io
import zipfile

import pytest

from evidence.documents import pdf as pdf_module
from evidence.documents import word
from evidence.documents.document import Unreadable
from evidence.documents.reading import read_document

PARAGRAPH = "Cells were given to 20 people and 5 of them felt better after it."


def reason_for(path) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_document(path)
    return refusal.value.reason


def test_a_word_document_keeps_its_title_and_headings(write, docx):
    content = docx(
        ("Heading1", "Stem cells in lupus"), ("", "First."), ("Heading2", "Harms"), ("", "Second.")
    )

    document = read_document(write("a.docx", content))

    assert document.title == "Stem cells in lupus"
    assert document.html == "<p>First.</p>\n<h2>Harms</h2>\n<p>Second.</p>"
    assert document.text == "Stem cells in lupus\n\nFirst.\n\nHarms\n\nSecond."


def test_the_properties_name_the_title_where_no_heading_does(write, docx):
    core = b"<x xmlns:dc='y'><dc:title>Cells &amp; lupus</dc:title></x>"
    content = docx(("", PARAGRAPH), parts={"docProps/core.xml": core})

    assert read_document(write("a.docx", content)).title == "Cells & lupus"


def test_a_broken_word_document_says_so(write, docx):
    whole = docx(("", PARAGRAPH))

    assert reason_for(write("cut.docx", whole[: len(whole) // 2])) == word.BROKEN
    assert reason_for(write("xml.docx", docx(parts={"word/document.xml": b"<w:p"}))) == word.BROKEN


def test_a_locked_word_document_says_so(write, docx):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
    member_locked = bytearray(docx(("", PARAGRAPH)))
    place = member_locked.rfind(b"PK\x01\x02")
    member_locked[place + 8] |= 1

    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert reason_for(write("a.docx", locked)) == word.LOCKED
    assert reason_for(write("b.docx", bytes(member_locked))) == word.LOCKED
    assert reason_for(write("c.docx", ole)) == word.OLD


@pytest.mark.parametrize(
    "parts",
    [
        {"word/media/a.bin": bytes(80_000_000)},
        {"word/styles.xml": b"<a>" + b" " * 26_000_000 + b"</a>"},
        {f"word/{number}.bin": b"" for number in range(word.MOST_MEMBERS + 1)},
    ],
    ids=["ratio", "xml", "members"],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(write, docx, parts, monkeypatch):
    path = write("a.docx", docx(("", PARAGRAPH), parts=parts))
    monkeypatch.setattr(word.mammoth, "convert_to_html", lambda *a, **k: pytest.fail("unpacked"))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *a, **k: pytest.fail("unpacked"))

    assert reason_for(path) == word.BOMB


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_word_document_are_refused(write, docx, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'.encode(encoding)

    path = write("a.docx", docx(("", PARAGRAPH), parts={"word/styles.xml": bomb}))

    assert reason_for(path) == word.ENTITIES


def test_a_declared_size_that_lies_breaks_the_file(write, docx):
    content = docx(("", PARAGRAPH), parts={"word/styles.xml": b"<a>" + b" " * 9000 + b"</a>"})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/styles.xml").file_size

    lying = content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert reason_for(write("a.docx", lying)) == word.BROKEN


def test_a_pdf_gives_its_title_and_whole_paragraphs(write, pdf):
    lines = ["Stem cells in lupus", "Cells were given to twenty people who had lup-",
             "us for many years, and after a year five of them", "felt better."]  # fmt: skip

    document = read_document(write("a.pdf", pdf(lines)))

    assert document.title == "Stem cells in lupus"
    assert (
        "who had lupus for many years, and after a year five of them felt better" in document.text
    )
    assert document.media_type == "application/pdf"


def test_the_title_a_pdf_names_wins_even_over_two_lines(write, pdf):
    content = pdf(["Stem Cells", "In Lupus", PARAGRAPH], title="Stem cells in lupus")

    document = read_document(write("a.pdf", content))

    assert document.title == "Stem cells in lupus"
    assert document.blocks[0].kind == "title"


def test_a_title_that_names_the_program_does_not_count(write, pdf):
    content = pdf(["Cells in lupus", PARAGRAPH], title="Microsoft Word - final.docx")

    assert read_document(write("a.pdf", content)).title == "Cells in lupus"


def test_running_heads_and_page_numbers_are_left_out(write, pdf):
    pages = [["The Journal", PARAGRAPH, f"Page {number}"] for number in range(1, 6)]

    text = read_document(write("a.pdf", pdf(*pages))).text

    assert "Journal" not in text
    assert "Page" not in text


def test_a_scanned_pdf_says_what_to_do(write, pdf):
    assert reason_for(write("a.pdf", pdf([], []))) == pdf_module.SCANNED


def test_a_page_without_text_is_only_a_warning(write, pdf):
    document = read_document(write("a.pdf", pdf([PARAGRAPH], [])))

    assert "Pages without text: 2." in document.warnings


def test_a_page_that_fails_is_only_a_warning(write, pdf, monkeypatch):
    real = pdf_module.PdfReader.pages.fget

    def pages(reader):
        found = list(real(reader))
        monkeypatch.setattr(found[1], "extract_text", lambda: 1 / 0)
        return found

    monkeypatch.setattr(pdf_module.PdfReader, "pages", property(pages))

    document = read_document(write("a.pdf", pdf([PARAGRAPH], ["Lost."])))

    assert "Pages that could not be read: 2." in document.warnings


def test_a_password_is_needed_only_where_there_is_one(write, pdf):
    assert reason_for(write("a.pdf", pdf([PARAGRAPH], password="secret"))) == pdf_module.LOCKED
    assert PARAGRAPH in read_document(write("b.pdf", pdf([PARAGRAPH], password=""))).text


def test_a_broken_pdf_says_so(write, pdf):
    assert reason_for(write("a.pdf", pdf([PARAGRAPH])[:60])) == pdf_module.BROKEN
    assert reason_for(write("b.pdf", b"%PDF-1.7\nnothing")) == pdf_module.BROKEN
