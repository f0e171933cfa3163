"""The way in: one file becomes one Document, or one reason why not."""

import hashlib
import os
import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import is_zipfile

from django.utils.translation import gettext as _

from evidence.documents import (
    interests,
    languages,
    markdown,
    outline,
    plain_text,
    web_page,
)
from evidence.documents.document import Document, Parsed, Piece, Unreadable
from evidence.documents.opening import bytes_of
from evidence.documents.sniffing import kind_of

__all__ = ["FORMATS", "Document", "Unreadable", "read_document"]


class Format(NamedTuple):
    """How files of one kind are read; `kinds` is what `kind_of` may say of their content."""

    media_type: str
    read: Callable[[bytes], Parsed]
    kinds: tuple[str, ...]


# The libraries behind these two are large: a web process that reads no document never loads them.
def _read_word(data: bytes) -> Parsed:
    from evidence.documents import word

    return word.read(data)


def _read_pdf(data: bytes) -> Parsed:
    from evidence.documents import pdf

    return pdf.read(data)


PLAIN = Format("text/plain", plain_text.read, ("",))
MARKDOWN = Format("text/markdown", markdown.read, ("",))
WEB_PAGE = Format("text/html", web_page.read, ("", "a web page"))
WORD = Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    _read_word,
    ("a Word document", "an old or password-protected Office file"),
)
PDF = Format("application/pdf", _read_pdf, ("a PDF",))

FORMATS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": WEB_PAGE,
    ".htm": WEB_PAGE,
    ".xhtml": WEB_PAGE,
    ".docx": WORD,
    ".pdf": PDF,
}

READABLE_KINDS = ("a PDF", "a Word document", "a web page", "plain text")
SAVE_AS_DOCX = (".doc", ".docm", ".rtf", ".odt", ".pages", ".wpd")
HREF = re.compile(r'<a href="([^"]+)"')
LONGEST_NAME = 200


def read_document(path: Path) -> Document:
    """Read a txt, md, html, docx or pdf file.

    Raises Unreadable, and nothing else, with a reason in one plain sentence.
    """
    path = Path(path)
    file_format = _format_of(path)
    data = bytes_of(path)
    _refuse_wrong_names(path, data, file_format)
    try:
        parsed = file_format.read(data)
        return _document(path, data, file_format.media_type, parsed)
    except (RecursionError, MemoryError) as error:
        raise Unreadable(_("The file is too deeply nested or too large to read.")) from error


def _format_of(path: Path) -> Format:
    ending = path.suffix.lower()
    if file_format := FORMATS.get(ending):
        return file_format
    if os.path.isdir(path) or not os.path.lexists(path):
        bytes_of(path)
    if ending in SAVE_AS_DOCX:
        raise Unreadable(
            _("Files ending in %(ending)s cannot be read: save it as .docx.") % {"ending": ending}
        )
    what = f"Files ending in {ending}" if ending else "Files without an ending in their name"
    raise Unreadable(_("%(what)s cannot be read: use txt, md, html, docx or pdf.") % {"what": what})


def _refuse_wrong_names(path: Path, data: bytes, file_format: Format) -> None:
    kind = kind_of(data)
    if kind in file_format.kinds or (file_format is PDF and b"%PDF-" in data[:1024]):
        return
    if file_format is WORD and kind == "a zip archive" and not is_zipfile(BytesIO(data)):
        return  # A cut archive: the Word reader says so.
    kind = kind or ("plain text" if _reads_as_text(data) else "")
    ending = path.suffix.lower()
    if not kind:
        raise Unreadable(
            _("The name ends in %(ending)s, but the content is something else or broken.")
            % {"ending": ending}
        )
    advice = ": rename it" if kind in READABLE_KINDS else ""
    raise Unreadable(
        _("The name ends in %(ending)s, but the content is %(kind)s%(advice)s.")
        % {"ending": ending, "kind": kind, "advice": advice}
    )


def _reads_as_text(data: bytes) -> bool:
    try:
        return bool(plain_text.read(data[:2048]).pieces)
    except Unreadable:
        return False


def _document(path: Path, data: bytes, media_type: str, parsed: Parsed) -> Document:
    pieces = [piece for piece in parsed.pieces if piece.text]
    if not any(re.search(r"[^\W\d_]", piece.text) for piece in pieces):
        raise Unreadable(_("The file holds no text."))
    title, pieces, warnings = outline.settle(pieces, parsed.title, path)
    text = outline.text_of(pieces)
    return Document(
        path=path,
        file_name=_printable(path.name),
        media_type=media_type,
        sha256=hashlib.sha256(data).hexdigest(),
        title=title,
        language=_language(parsed.language, text),
        publisher=(parsed.publisher or interests.publisher(text))[:LONGEST_NAME],
        commercial_interest=interests.commercial_interest(text, _links(pieces, text)),
        text=text,
        html=outline.html_of(pieces),
        blocks=outline.blocks_of(pieces),
        warnings=parsed.warnings + warnings,
    )


def _language(named: str, text: str) -> str:
    """The text's own words beat what the file says of itself: that is often a template's."""
    guessed = languages.guess(text)
    return guessed or (named if re.fullmatch(r"[a-z]{2}", named) else "")


def _links(pieces: list[Piece], text: str) -> list[str]:
    marked = [unescape(link) for piece in pieces for link in HREF.findall(piece.markup)]
    return [*marked, *interests.addresses_in(text)]


def _printable(name: str) -> str:
    """A file's name may hold bytes that are no UTF-8, which no database and no page takes."""
    return os.fsencode(name).decode("utf-8", "replace")
