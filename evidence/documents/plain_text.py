"""Plain text: paragraphs, lists and headings that only the layout tells."""

import re
from html import escape

from evidence.documents.document import Parsed, Piece
from evidence.documents.encodings import decode

BULLET = re.compile(r"[-*•·▪◦‣–—][ \t]+(?=\S)")
NUMBER = re.compile(r"\d{1,2}[.)][ \t]+(?=\S)")
HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
UNDERLINE = re.compile(r"(?:={3,}|-{3,})\Z")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]{1,500}")

# Only lines between these lengths are taken for wrapped ones.
SHORT_LINE = 45
LONG_LINE = 120
LONGEST_HEADING = 100
MOST_WORDS = 14
# A longer run of short lines is an address, a table or a poem.
LONGEST_RUN = 3


def read(data: bytes) -> Parsed:
    text, warnings = decode(data)
    return Parsed(pieces_of(text), warnings=warnings)


def pieces_of(text: str) -> list[Piece]:
    """Pieces of clean text. The first line is h1 where it reads as a title, other headings h2."""
    blocks = _without_long_runs(_with_guessed_headings(_mended(_blocks(text))))
    return [Piece(kind, content, escape(content, quote=False)) for kind, content in blocks]


def looks_like_heading(text: str) -> bool:
    """A short line that begins like a title and does not stop like a sentence."""
    if len(text) > LONGEST_HEADING or len(text.split()) > MOST_WORDS or ADDRESS.search(text):
        return False
    starts = text.lstrip("\"'“‘«¿¡([")[:1]
    has_word = re.search(r"[^\W\d_]{2}", text) is not None
    return has_word and (starts.isupper() or starts.isdigit()) and text[-1] not in ".,;:…"


def _blocks(text: str) -> list[tuple[str, str]]:
    """(kind, text) with kind p, ul, ol, or h1 … h6 where a mark in the text says so."""
    blocks: list[tuple[str, list[str]]] = []
    longest = max((len(line) for line in text.split("\n")), default=0)
    before = ""
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words and UNDERLINE.match(words):
            _underline(blocks, words, before)
        elif words and blocks and _goes_on(blocks[-1][0], before, words, longest):
            blocks[-1][1].append(words)
        elif words:
            kind, content = _started(words)
            blocks.append((kind, [content]))
        before = words
    return [(kind, " ".join(lines)) for kind, lines in blocks]


def _started(words: str) -> tuple[str, str]:
    if mark := HASHES.match(words):
        return f"h{len(mark.group(1))}", words[mark.end() :].rstrip("# ") or words
    if mark := BULLET.match(words):
        return "ul", words[mark.end() :]
    if mark := NUMBER.match(words):
        return "ol", words[mark.end() :]
    return "p", words


def _underline(blocks: list[tuple[str, list[str]]], line: str, before: str) -> None:
    """A row of === or --- below a line makes it a heading; anywhere else it is only a rule."""
    if blocks and blocks[-1] == ("p", [before]) and len(before) <= LONGEST_HEADING:
        blocks[-1] = ("h1" if line[0] == "=" else "h2", [before])


def _goes_on(kind: str, before: str, words: str, longest: int) -> bool:
    """Whether a line only wraps the one before it, which is of this kind."""
    if not before or kind.startswith("h") or not SHORT_LINE <= longest <= LONG_LINE:
        return False
    if _started(words)[0] != "p" or UNDERLINE.match(before):
        return False
    short = len(before) < 0.75 * longest
    ended = before.endswith((".", "!", "?", ":"))
    heading = looks_like_heading(before) and not words[:1].islower()
    return not (short and (ended or heading))


def _mended(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Paragraphs that a page break or an advert cut in the middle of a sentence are whole again."""
    mended: list[list[str]] = []
    kinds: list[str] = []
    for kind, content in blocks:
        if kind == "p" and kinds and kinds[-1] == "p" and _cut_off(mended[-1][-1], content):
            mended[-1].append(content)
        else:
            mended.append([content])
            kinds.append(kind)
    return [(kind, " ".join(parts)) for kind, parts in zip(kinds, mended, strict=True)]


def _cut_off(before: str, content: str) -> bool:
    long_enough = len(before) > LONGEST_HEADING
    return long_enough and content[0].islower() and (before[-1].isalnum() or before[-1] == ",")


def _with_guessed_headings(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A heading stands before something: the last line of a text is none."""
    marked = any(kind.startswith("h") for kind, _ in blocks)
    guessed = []
    for index, (kind, content) in enumerate(blocks):
        last = index == len(blocks) - 1
        if not marked and kind == "p" and not last and looks_like_heading(content):
            kind = "h2" if index else "h1"
        guessed.append((kind, content))
    return _with_numbered_headings(guessed)


def _with_numbered_headings(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """ "1. Introduction" between two paragraphs is a heading, not a list of one item."""
    kinds = ["", *(kind for kind, _ in blocks), ""]
    return [
        ("h2", content)
        if kind == "ol" and kinds[index] == "p" == kinds[index + 2] and looks_like_heading(content)
        else (kind, content)
        for index, (kind, content) in enumerate(blocks)
    ]


def _without_long_runs(blocks: list[tuple[str, str]]) -> list[tuple[str, str]]:
    result = list(blocks)
    start = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and blocks[index][0] in ("h1", "h2"):
            continue
        if index - start > LONGEST_RUN:
            result[start:index] = [("p", content) for _, content in blocks[start:index]]
        start = index + 1
    return result
