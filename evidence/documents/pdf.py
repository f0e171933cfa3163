"""PDF files with a text layer: the lines of the pages become paragraphs again."""

import io
import logging
import re
import warnings
from collections import Counter
from html import escape

from pypdf import PasswordType, PdfReader

from evidence.documents.document import Parsed, Piece, Unreadable
from evidence.documents.encodings import clean
from evidence.documents.plain_text import looks_like_heading, pieces_of

BROKEN = "The PDF is broken: open it in a PDF reader and save it again."
LOCKED = "This PDF is password-protected: save a copy without the password."
SCANNED = (
    "This is a scanned PDF: it holds pictures of pages and no text."
    " Run text recognition (OCR) on it first."
)
GARBLED = (
    "This PDF's text cannot be turned into letters, as its fonts do not say which they are."
    " Run text recognition (OCR) on it first."
)
TOO_LONG = "This PDF has more than 1,000 pages: split it first."
MOST_PAGES = 1_000

# Words that keep their hyphen when it also ends a line.
KEEPS_HYPHEN = re.compile(
    r"\b(?:anti|non|self|double|single|long|short|high|low|well|cell|placebo|disease|open|follow)-\Z",
    re.IGNORECASE,
)
HYPHENATED = re.compile(r"[^\W\d_]-\Z")
PAGE_NUMBER = re.compile(r"(?:page\s)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?\Z", re.IGNORECASE)
NO_TITLE = re.compile(
    r"(?:microsoft |untitled|document\d*\Z|slide \d|.{0,300}\.(?:docx?|indd|pdf|qxd|tex|rtf)\Z)",
    re.IGNORECASE,
)


def read(data: bytes) -> Parsed:
    # What pypdf says about a file's small faults helps nobody who imports it.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _opened(data)
        pages, notes = _texts(reader)
        title, language = _named(reader)
    text = "".join(pages)
    if not text.strip():
        raise Unreadable(SCANNED)
    if len(re.findall("[\ufffd\ue000-\uf8ff]", text)) * 4 > len(text):
        raise Unreadable(GARBLED)
    pieces = pieces_of(_paragraphs(_without_running_heads(pages)))
    return Parsed(_with_title(pieces, title), title=title, language=language, warnings=notes)


def _opened(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many PDFs are encrypted with an empty password, only to forbid copying.
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        count = 0 if locked else len(reader.pages)
    except Exception as error:  # a broken file can fail anywhere in pypdf, with any exception
        raise Unreadable(BROKEN) from error
    if locked:
        raise Unreadable(LOCKED)
    if not count:
        raise Unreadable(BROKEN)
    if count > MOST_PAGES:
        raise Unreadable(TOO_LONG)
    return reader


def _texts(reader: PdfReader) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page, "" for one that fails, and what to warn of."""
    texts, failed = [], []
    for number in range(1, len(reader.pages) + 1):
        try:
            texts.append(clean(reader.pages[number - 1].extract_text()))
        except Exception:  # one bad page need not lose the others
            texts.append("")
            failed.append(number)
    if len(failed) == len(texts):
        raise Unreadable(BROKEN)
    bare = [number for number, text in enumerate(texts, 1) if not text.strip()]
    bare = [number for number in bare if number not in failed]
    return texts, (
        *_note(failed, "Pages that could not be read"),
        *_note(bare, "Pages without text"),
    )


def _note(numbers: list[int], what: str) -> tuple[str, ...]:
    listed = ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
    return (f"{what}: {listed}.",) if numbers else ()


def _named(reader: PdfReader) -> tuple[str, str]:
    """(title, two-letter language) as the file's own data name them, each "" if it does not."""
    try:
        title = clean(str((reader.metadata and reader.metadata.get("/Title")) or ""))
        language = str(reader.root_object.get("/Lang") or "")[:2].lower()
    except Exception:  # these are extras: a file that reads otherwise is not lost for them
        return "", ""
    title = " ".join(title.split())
    if NO_TITLE.match(title) or len(title) < 4 or " " not in title:
        title = ""
    return title, language


def _without_running_heads(pages: list[str]) -> list[list[str]]:
    """The lines of each page without page numbers and what stands at the edge of many pages."""
    split = [[" ".join(line.split()) for line in page.strip().split("\n")] for page in pages]
    edges = Counter(
        line for lines in split for line in {_unnumbered(line) for line in _edge(lines)} if line
    )
    many = max(3, len(pages) // 3)
    return [
        [
            line
            for index, line in enumerate(lines)
            if not _is_edge(index, lines)
            or (edges[_unnumbered(line)] < many and not PAGE_NUMBER.match(line))
        ]
        for lines in split
    ]


def _is_edge(index: int, lines: list[str]) -> bool:
    """Among the first or last two lines; of a page with few lines, at most the outer thirds."""
    depth = min(2, len(lines) // 3)
    return index < depth or index >= len(lines) - depth


def _edge(lines: list[str]) -> list[str]:
    return [line for index, line in enumerate(lines) if _is_edge(index, lines)]


def _unnumbered(line: str) -> str:
    return re.sub(r"\d{1,6}", "#", line)


def _paragraphs(pages: list[list[str]]) -> str:
    """Text with a blank line between paragraphs, from lines as they were printed."""
    lines = [line for page in pages for line in page]
    lengths = sorted(len(line) for line in lines if line) or [0]
    width = lengths[len(lengths) * 9 // 10]
    parts: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if not line:
            parts.append("\n\n")
        elif HYPHENATED.search(before) and line[0].islower():
            keeps = KEEPS_HYPHEN.search(before)
            parts[-1] = parts[-1] if keeps else parts[-1].removesuffix("-")
            parts.append(line)
        else:
            parts.append(("\n\n" if _parts(before, line, width) else " ") + line)
    return "".join(parts)


def _parts(before: str, line: str, width: int) -> bool:
    """Whether a new paragraph, heading or list item begins at this line."""
    if line.startswith(("•", "- ", "– ", "▪", "◦")):
        return True
    if len(before) >= 0.8 * width or line[0].islower():
        return False
    return before.endswith((".", "!", "?", ":", "”")) or looks_like_heading(before)


def _with_title(pieces: list[Piece], title: str) -> list[Piece]:
    """The first lines as one heading where together they are the title that the file names.

    Where they are not, the first line is an ordinary heading.
    """
    if not title:
        return pieces
    wanted, found = title.casefold(), ""
    for count, piece in enumerate(pieces[:4], start=1):
        found = f"{found} {piece.text}".strip()
        if found.casefold() == wanted:
            return [Piece("h1", found, escape(found, quote=False)), *pieces[count:]]
    return [piece._replace(kind="h2") if piece.kind == "h1" else piece for piece in pieces]
