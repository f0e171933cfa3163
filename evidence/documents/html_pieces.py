"""From an HTML tree to flat pieces: headings, paragraphs, list items and tables.

Web pages, Markdown and Word documents all pass here. Nothing is copied: each tag is written anew
and each text escaped, so that what is not known to be harmless cannot come through.
"""

import re
from collections.abc import Callable
from html import escape

import lxml.html
from django.utils.translation import gettext
from lxml import etree

from evidence.documents.document import Piece, Unreadable
from evidence.documents.encodings import clean
from evidence.documents.outline import HEADINGS

Test = Callable[[etree._Element], bool]

BLOCKS = frozenset(HEADINGS) | frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header",
    "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup"}
DROPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg",
    "math", "canvas", "video", "audio", "head", "title", "button", "input", "select", "option",
    "textarea", "datalist", "map", "link", "meta", "base", "img",
})  # fmt: skip
EMPTY_MARK = re.compile(r"<(strong|em|sub|sup)>\s?</\1>")

TOO_DEEP = "The file nests its parts too deeply to be a document."


def tree_of(html: str) -> etree._Element:
    """The tree of a page or fragment; raises Unreadable where there is nothing or it is absurd."""
    # huge_tree: without it, all text below the 256th level is lost without a word.
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(html.encode(), parser=parser)
    except etree.ParserError as error:
        raise Unreadable(gettext("The file holds no text.")) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable(TOO_DEEP)
    return root


def pieces_of(root: etree._Element, is_clutter: Test = lambda element: False) -> list[Piece]:
    """The pieces below an element, in reading order, without what the test calls clutter."""
    gatherer = _Gatherer(is_clutter)
    try:
        gatherer.walk(root, "p")
    except RecursionError as error:
        raise Unreadable(TOO_DEEP) from error
    gatherer.flush("p")
    return gatherer.pieces


class _Gatherer:
    """Collects running text until a block ends, then keeps it as one piece."""

    def __init__(self, is_clutter: Test) -> None:
        self.pieces: list[Piece] = []
        self._is_clutter = is_clutter
        self._text: list[str] = []
        self._markup: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._line_broken = False

    def walk(self, element: etree._Element, kind: str) -> None:
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in DROPPED:
                self._child(child, kind)
            self._say(child.tail)

    def flush(self, kind: str) -> None:
        """End the piece; marks that are still open go on in the next one."""
        text = " ".join(clean("".join(self._text)).split())
        if text:
            closings = [closing for _, closing in reversed(self._open)]
            markup = " ".join(clean("".join(self._markup + closings)).split())
            self.pieces.append(Piece(kind, text, EMPTY_MARK.sub("", markup)))
        self._text, self._markup = [], [opening for opening, _ in self._open]
        self._line_broken = False

    def _child(self, child: etree._Element, kind: str) -> None:
        if self._is_clutter(child):
            return
        if child.tag == "br":
            self._line_break(kind)
        elif child.tag == "table" and (rows := _rows(child)):
            self.flush(kind)
            self.pieces.append(_table(rows, self._is_clutter))
        elif child.tag in BLOCKS:
            self.flush(kind)
            inner = _kind_inside(child, kind)
            self.walk(child, inner)
            self.flush(inner)
        else:
            self._inline(child, kind)

    def _inline(self, element: etree._Element, kind: str) -> None:
        self._open.append(_marks(element))
        self._markup.append(self._open[-1][0])
        self.walk(element, kind)
        self._markup.append(self._open.pop()[1])

    def _line_break(self, kind: str) -> None:
        """Two in a row are how old pages part their paragraphs."""
        if self._line_broken:
            self.flush(kind)
        else:
            self._say(" ")
            self._line_broken = True

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._markup.append(escape(text, quote=False))
            self._line_broken = self._line_broken and text.isspace()


def _kind_inside(element: etree._Element, kind: str) -> str:
    if element.tag in HEADINGS:
        return element.tag
    if element.tag == "li":
        parent = element.getparent()
        return "ol" if parent is not None and parent.tag == "ol" else "ul"
    return kind


def _marks(element: etree._Element) -> tuple[str, str]:
    if element.tag == "a":
        address = (element.get("href") or "").strip()
        if address.lower().startswith(("http://", "https://")) and not re.search(r"\s", address):
            return f'<a href="{escape(address)}">', "</a>"
    name = INLINE.get(element.tag)
    return (f"<{name}>", f"</{name}>") if name else ("", "")


def _rows(table: etree._Element) -> list[list[etree._Element]]:
    """The cells by row, or nothing where the table only lays out a page."""
    if any(below.tag == "table" or below.tag in HEADINGS for below in table.iterdescendants()):
        return []
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return rows if any(len(cells) > 1 for cells in rows) else []


def _table(rows: list[list[etree._Element]], is_clutter: Test) -> Piece:
    lines, markup = [], []
    for cells in rows:
        contents = [(cell.tag, *_cell(cell, is_clutter)) for cell in cells]
        lines.append(" | ".join(text for _, text, _ in contents))
        markup.append("".join(f"<{tag}>{inner}</{tag}>" for tag, _, inner in contents))
    body = "".join(f"<tr>{row}</tr>" for row in markup)
    return Piece("table", "\n".join(lines), f"<tbody>{body}</tbody>")


def _cell(cell: etree._Element, is_clutter: Test) -> tuple[str, str]:
    pieces = pieces_of(cell, is_clutter)
    return " ".join(piece.text for piece in pieces), " ".join(piece.markup for piece in pieces)
