"""A step of rendering: the sentence before a reference number is marked, so that it can be tapped.

The mark is a bare span: without a script it changes nothing, and the number stays a link.
"""

import re
from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from editorial.rendering import Document

# Where one sentence ends and the next begins. What an abbreviation ends is no end of a sentence.
END = re.compile(r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<=[.!?])[”’\")]*\s+(?=\S)")


def mark_cited_sentences(document: "Document") -> None:
    for sup in list(document.tree.iter("sup")):
        if sup.get("class") == "cite":
            _mark(sup)


def _mark(sup: lxml_html.HtmlElement) -> None:
    """Walk back from the number to where its sentence begins, and put a span around the way."""
    parent = sup.getparent()
    within: list[lxml_html.HtmlElement] = []
    before = sup.getprevious()
    while True:
        text = (parent.text if before is None else before.tail) or ""
        ends = [end.end() for end in END.finditer(text)]
        if ends or before is None or _is_boundary(before):
            break
        within.insert(0, before)
        before = before.getprevious()
    start = ends[-1] if ends else len(text) - len(text.lstrip())
    if not text[start:].strip() and not within:
        return
    span = lxml_html.Element("span")
    span.set("class", "cited")
    span.text = text[start:]
    if before is None:
        parent.text = text[:start]
        parent.insert(0, span)
    else:
        before.tail = text[:start]
        before.addnext(span)
    span.tail = None
    for element in within:
        span.append(element)


def _is_boundary(element: lxml_html.HtmlElement) -> bool:
    """Another number, a sentence already marked, a line break, or something larger than words."""
    return element.tag in {"sup", "br", "span", "p", "ul", "ol", "table"}
