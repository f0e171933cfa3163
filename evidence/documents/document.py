"""The shapes that pass between the reading modules."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Unreadable(Exception):
    """A file that cannot be read in; `reason` is one plain sentence a person can act on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Piece(NamedTuple):
    """A block on its way in, before the headings are settled.

    `kind` is h1 … h6, p, ul or ol (one item of such a list) or table; `markup` is escaped inline
    HTML, for a table its rows.
    """

    kind: str
    text: str
    markup: str


class Block(NamedTuple):
    """A block of a document: title, h2, h3, p, ul or ol (one item of such a list), table.

    A table's text has one line for each row, its cells parted by " | ".
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Parsed:
    """What one format's module found in a file.

    `title` is filled where the file itself names one outside its running text, and then wins.
    """

    pieces: list[Piece]
    title: str = ""
    language: str = ""
    publisher: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document that has been read.

    `sha256` is the hex digest of the file's bytes. `language` is a two-letter code or "".
    `publisher` is "" where none is named, `commercial_interest` is "" or one sentence. `text` is
    plain text, blocks parted by a blank line, list items one to a line. `html` holds h2, h3, p,
    ul, ol and table with simple inline marks; the title is not repeated in it.
    """

    path: Path
    file_name: str
    media_type: str
    sha256: str
    title: str
    language: str
    publisher: str
    commercial_interest: str
    text: str
    html: str
    blocks: tuple[Block, ...]
    warnings: tuple[str, ...]
