"""Documents made on the spot, so that no binary file lies in the repository."""

import io
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

WORD_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path: `write("a.txt", "words")` or bytes."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def docx():
    """Bytes of a Word document: `docx(("Heading1", "Title"), ("", "Text."))`, parts by name."""

    def make(*paragraphs: tuple[str, str], parts: dict[str, bytes] | None = None) -> bytes:
        body = "".join(
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
            for style, text in paragraphs
        )
        members = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD_SPACE}"><w:body>{body}</w:body>'
            "</w:document>",
        } | (parts or {})
        return zipped(members)

    return make


def zipped(members) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def zip_of():
    return zipped


@pytest.fixture
def pdf():
    """Bytes of a PDF with one page for each list of lines; none for a page without text."""

    def make(*pages: list[str], title: str = "", password: str | None = None) -> bytes:
        writer = PdfWriter()
        font = writer._add_object(
            DictionaryObject({
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            })
        )  # fmt: skip
        for lines in pages:
            page = writer.add_blank_page(595, 842)
            fonts = DictionaryObject({NameObject("/F1"): font})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            shown = " ".join(f"({line}) Tj T*" for line in lines)
            content = StreamObject()
            content.set_data(f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET".encode())
            page[NameObject("/Contents")] = writer._add_object(content)
        if title:
            writer.add_metadata({"/Title": title})
        if password is not None:
            writer.encrypt(password, owner_password="owner", algorithm="AES-256")
        buffer = io.BytesIO()
        writer.write(buffer)
        return buffer.getvalue()

    return make
