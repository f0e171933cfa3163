"""What a file is, by its first bytes, whatever its name says."""

import re

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Office file"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh9", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"SQLite format 3\x00", "a database"),
)

# The parts that tell one zipped Office format from another, as they stand in the zip's directory.
ZIPPED = (
    (b"word/document", "a Word document"),
    (b"xl/workbook", "an Excel workbook"),
    (b"ppt/presentation", "a PowerPoint file"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"mimetypeapplication/epub", "an e-book"),
)

RIFF_KINDS = {b"WEBP": "a WebP picture", b"WAVE": "a sound file", b"AVI ": "a film"}

WEB_PAGE_START = re.compile(
    rb"[\s\x00]{0,1000}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:!doctype\s+html|html)\b", re.I
)


def kind_of(data: bytes) -> str:
    """ "a PDF", "a Word document", "a web page" …; "" where the first bytes do not tell."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    if data[:4] == b"RIFF":
        return RIFF_KINDS.get(data[8:12], "a sound or film file")
    if data[4:8] == b"ftyp":
        return "a film or picture"
    if WEB_PAGE_START.match(data.removeprefix(b"\xef\xbb\xbf")):
        return "a web page"
    return ""


def _kind_of_zip(data: bytes) -> str:
    for part, kind in ZIPPED:
        if part in data:
            return kind
    return "a zip archive"
