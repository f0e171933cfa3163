"""Settling a document's title and headings, and writing its blocks as text and as HTML."""

import re
from itertools import groupby
from pathlib import Path

import nh3

from evidence.documents.document import Block, Piece
from evidence.documents.sentences import sentence_spans

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol")
TAGS = {"h2", "h3", "p", "ul", "ol", "li", "table", "tbody", "tr", "th", "td"} | {
    "strong", "em", "sub", "sup", "a",
}  # fmt: skip

LONGEST_TITLE = 200
LONGEST_MADE_TITLE = 80
NO_TITLE = "The document names no title: its first words stand in for one."
NO_WORDS = "The document names no title: the file's name stands in for one."


def settle(pieces: list[Piece], named: str, path: Path) -> tuple[str, list[Piece], tuple[str, ...]]:
    """(title, pieces with kinds title, h2, h3 …, warnings).

    A title that the file names wins, then a heading the text begins with, then its first words.
    """
    named = " ".join(named.split())[:LONGEST_TITLE]
    place = _place_of_title(pieces, named)
    title = named or (pieces[place].text if place is not None else "")
    levels = _levels(pieces, place)
    settled = [
        piece._replace(kind="title" if index == place else levels.get(piece.kind, piece.kind))
        for index, piece in enumerate(pieces)
    ]
    if title:
        return title[:LONGEST_TITLE], settled, ()
    title, warning = _made_title(pieces, path)
    return title, settled, (warning,)


def text_of(pieces: list[Piece]) -> str:
    """Plain text: a blank line between blocks, one line for each list item."""
    lines: list[str] = []
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        texts = [piece.text for piece in group]
        if kind in LISTS:
            lines.append("\n".join(_items(kind, texts)))
        else:
            lines.extend(texts)
    return "\n\n".join(lines)


def html_of(pieces: list[Piece]) -> str:
    """Clean HTML without the title; one sanitiser has the last word."""
    html = "\n".join(_elements([piece for piece in pieces if piece.kind != "title"]))
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )  # fmt: skip


def blocks_of(pieces: list[Piece]) -> tuple[Block, ...]:
    return tuple(Block(piece.kind, piece.text) for piece in pieces)


def _place_of_title(pieces: list[Piece], named: str) -> int | None:
    if named:
        wanted = _squeezed(named)
        near = enumerate(pieces[:8])
        return next((index for index, piece in near if _squeezed(piece.text) == wanted), None)
    return 0 if pieces and pieces[0].kind in HEADINGS else None


def _squeezed(text: str) -> str:
    return " ".join(text.casefold().split())


def _levels(pieces: list[Piece], place: int | None) -> dict[str, str]:
    """The highest level in use becomes h2, every other h3, so that no document skips a level."""
    used = {piece.kind for index, piece in enumerate(pieces) if index != place}
    headings = sorted(used.intersection(HEADINGS))
    return {kind: "h2" if kind == headings[0] else "h3" for kind in headings}


def _items(kind: str, texts: list[str]) -> list[str]:
    if kind == "ol":
        return [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    return [f"- {text}" for text in texts]


def _elements(pieces: list[Piece]) -> list[str]:
    elements = []
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        if kind in LISTS:
            items = "".join(f"<li>{piece.markup}</li>" for piece in group)
            elements.append(f"<{kind}>{items}</{kind}>")
        else:
            elements.extend(f"<{kind}>{piece.markup}</{kind}>" for piece in group)
    return elements


def _made_title(pieces: list[Piece], path: Path) -> tuple[str, str]:
    """(title, warning) for a document without one."""
    first = next((piece.text for piece in pieces if re.search(r"[^\W\d_]", piece.text)), "")
    if first:
        start, end = next(sentence_spans(first[:2000]), (0, len(first)))
        return shortened(first[start:end]), NO_TITLE
    return " ".join(re.split(r"[\W_]+", path.stem)).strip() or "Untitled", NO_WORDS


def shortened(sentence: str) -> str:
    """At most 80 characters, cut where a clause ends if it can be, else between two words."""
    if len(sentence) <= LONGEST_MADE_TITLE:
        return sentence.removesuffix(".")
    head = sentence[:LONGEST_MADE_TITLE]
    clause = max(head.rfind(mark) for mark in (", ", "; ", ": ", " – ", " — "))
    cut = clause if clause >= 30 else head.rfind(" ")
    return (head[:cut] if cut > 0 else head).rstrip(" ,;:–—") + "…"
