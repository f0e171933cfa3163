"""One way to write one text, whoever wrote it: the editor, a file, an import.

Works on markup that the sanitiser has already reduced to what the editor can make. Without it, the
same words saved by two tools would have two hashes, and show as a change to whoever signs.
"""

import re

from lxml import html as lxml_html
from lxml.html import HtmlElement

BLOCKS = frozenset(
    {
        *("blockquote", "caption", "div", "h2", "h3", "h4", "li", "ol", "p"),
        *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)
CELLS = frozenset({"li", "td", "th"})
SPACE = re.compile(r"[ \t\r\n\f]+")


def normal_form(html: str) -> str:
    """Sanitised markup in its normal form."""
    # A parser of its own ending: lxml would read bare text and several blocks differently.
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    _drop_what_says_nothing(tree)
    for cell in list(tree.iter(*CELLS)):
        _unwrap_lone_paragraph(cell)
    for table in list(tree.iter("table")):
        _head_and_body(table)
    _settle_spaces(tree)
    _drop_empty_paragraphs(tree)
    text = lxml_html.tostring(tree, encoding="unicode")
    return text[len("<div>") : -len("</div>")]


def _drop_what_says_nothing(tree: HtmlElement) -> None:
    """A link without an address and a citation without a source are plain words."""
    for element in list(tree.iter("a", "cite")):
        if not element.get("href" if element.tag == "a" else "data-source"):
            element.drop_tag()


def _unwrap_lone_paragraph(cell: HtmlElement) -> None:
    """One paragraph in a list item or cell needs no tags of its own; a list may follow it."""
    children = list(cell)
    if not children or children[0].tag != "p" or (cell.text or "").strip():
        return
    if any(child.tag not in ("ul", "ol") for child in children[1:]):
        return
    if not any((child.tail or "").strip() for child in children):
        children[0].drop_tag()


def _head_and_body(table: HtmlElement) -> None:
    """The head of a table is its first rows of headings alone; the other rows are its body."""
    rows = [row for row in table.iter("tr") if _table_of(row) is table]
    for row in rows:
        row.getparent().remove(row)
        row.tail = None
    for group in table.xpath("./thead | ./tbody"):
        table.remove(group)
    heads = 0
    while heads < len(rows) and len(rows[heads]) and all(cell.tag == "th" for cell in rows[heads]):
        heads += 1
    for name, group in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if group:
            element = lxml_html.Element(name)
            element.extend(group)
            table.append(element)


def _table_of(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _settle_spaces(tree: HtmlElement) -> None:
    """Runs of white space are one space; at the edge of a block there is none."""
    for element in tree.iter():
        is_block = element.tag in BLOCKS
        if element.text:
            element.text = SPACE.sub(" ", element.text)
            if is_block:
                element.text = element.text.lstrip(" ")
        if element.tail:
            element.tail = SPACE.sub(" ", element.tail)
            if is_block or element.tag == "br":
                element.tail = element.tail.lstrip(" ")
    for element in tree.iter():
        if element.tag in BLOCKS:
            _strip_end(element)
            before = element.getprevious()
            if before is not None and before.tail:
                before.tail = before.tail.rstrip(" ")
            elif before is None and element is not tree:
                parent = element.getparent()
                parent.text = (parent.text or "").rstrip(" ")


def _strip_end(block: HtmlElement) -> None:
    if len(block):
        block[-1].tail = (block[-1].tail or "").rstrip(" ")
    else:
        block.text = (block.text or "").rstrip(" ")


def _drop_empty_paragraphs(tree: HtmlElement) -> None:
    for paragraph in list(tree.iter("p")):
        if all(child.tag == "br" for child in paragraph.iterdescendants()) and not (
            paragraph.text_content().replace("\xa0", " ").strip()
        ):
            paragraph.drop_tree()
