"""Word documents (docx): guarded before anything is unpacked, then read by mammoth."""

import io
import re
import zipfile

import mammoth
from lxml import etree

from evidence.documents.document import Parsed, Unreadable
from evidence.documents.encodings import clean
from evidence.documents.html_pieces import pieces_of, tree_of

BROKEN = "The Word file is broken: open it in Word and save it again."
BOMB = "The Word file unpacks to far more than a document holds: it is refused as unsafe."
LOCKED = "This Word file is password-protected: save a copy without the password."
OLD = "This is an old Word file (.doc): open it in Word and save it as .docx."
ENTITIES = "The Word file defines XML entities, which documents do not: it is refused as unsafe."

MOST_MEMBERS = 5_000
MOST_BYTES = 200 * 1024 * 1024
# The XML becomes Python objects many times its size; a thousand pages of prose stay below this.
MOST_XML_BYTES = 25 * 1024 * 1024
# Prose shrinks ten- to thirtyfold, and small parts more; a bomb a thousandfold.
HIGHEST_RATIO = 200
RATIO_COUNTS_ABOVE = 1024 * 1024

STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Subtitle'] => p:fresh
"""


def read(data: bytes) -> Parsed:
    title, language = _named(_guarded(data))
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            include_embedded_style_map=False,
            convert_image=lambda image: [],
        )
    except Exception as error:  # a broken part can fail anywhere in mammoth, with any exception
        raise Unreadable(BROKEN) from error
    root = tree_of(f"<html><body>{result.value}</body></html>")
    pieces = pieces_of(root, _is_way_back)
    first = next(iter(root.iter("h1")), None)
    if first is not None and (first.get("class") == "document-title" or _is_alone(root, pieces)):
        title = " ".join("".join(first.itertext()).split())
    return Parsed(pieces, title=title, language=language)


def _is_alone(root: etree._Element, pieces: list) -> bool:
    """A single heading of the first level at the very start is the title, whatever the file's
    properties say: they often still name the template."""
    return bool(pieces) and pieces[0].kind == "h1" and len(list(root.iter("h1"))) == 1


def _is_way_back(element: etree._Element) -> bool:
    """The arrow from a footnote back into the text."""
    return element.tag == "a" and element.text == "↑"


def _guarded(data: bytes) -> dict[str, bytes]:
    """The XML parts by name; raises Unreadable for what is broken, locked or built to harm."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(LOCKED if "EncryptedPackage".encode("utf-16-le") in data else OLD)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive.infolist(), len(data))
            parts = {
                member.filename: archive.read(member)
                for member in archive.infolist()
                if _is_xml(member)
            }
    except Unreadable:
        raise
    except Exception as error:  # damaged archives also raise zlib, struct and value errors
        raise Unreadable(BROKEN) from error
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in map(_plain, parts.values())):
        raise Unreadable(ENTITIES)
    return parts


def _refuse_bombs(members: list[zipfile.ZipInfo], size: int) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise Unreadable(LOCKED)
    # Reading stops at the size that the directory declares, so that a false one breaks the file
    # and cannot get past these sums.
    total = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if _is_xml(member))
    swollen = total > RATIO_COUNTS_ABOVE and total > HIGHEST_RATIO * size
    if len(members) > MOST_MEMBERS or total > MOST_BYTES or xml > MOST_XML_BYTES or swollen:
        raise Unreadable(BOMB)


def _is_xml(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".xml", ".rels"))


def _plain(part: bytes) -> bytes:
    """With UTF-16's zeros gone, so that a declaration cannot hide in another encoding."""
    return part.replace(b"\x00", b"").upper()


def _named(parts: dict[str, bytes]) -> tuple[str, str]:
    """(title, two-letter language) from the file's properties and styles, each "" if not there."""
    title = _first(rb"<dc:title[^>]{0,200}>([^<]{1,500})</dc:title>", parts, "docProps/core.xml")
    language = _first(rb"<w:lang [^>]{0,200}w:val=\"([a-z]{2})\b", parts, "word/styles.xml")
    sensible = not re.match(
        r"(?i)microsoft word|document\s?\d*$|untitled|.*\.(?:docx?|dotx?)$", title
    )
    return (title if sensible else ""), language


def _first(pattern: bytes, parts: dict[str, bytes], name: str) -> str:
    match = re.search(pattern, parts.get(name, b""))
    if not match:
        return ""
    text = match.group(1).decode("utf-8", "replace")
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(clean(text).split())
