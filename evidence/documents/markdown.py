"""Markdown, with tables and with the front matter that site generators put above it."""

import re

from markdown_it import MarkdownIt

from evidence.documents.document import Parsed
from evidence.documents.encodings import decode
from evidence.documents.html_pieces import pieces_of, tree_of

FENCES = ("---", "+++")
LONGEST_FRONT_MATTER = 200
NAMED = re.compile(
    r"(title|lang|language|publisher)\s{0,3}[:=]\s{0,3}(\S.{0,300})\Z", re.IGNORECASE
)


def read(data: bytes) -> Parsed:
    text, warnings = decode(data)
    facts, body = _front_matter(text)
    # Raw HTML passes the parser and is sorted out with the rest of the tree.
    html = MarkdownIt("commonmark").enable("table").render(body)
    return Parsed(
        pieces_of(tree_of(html)),
        title=facts.get("title", ""),
        language=(facts.get("lang") or facts.get("language", ""))[:2].lower(),
        publisher=facts.get("publisher", ""),
        warnings=warnings,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """(what it names, the text below it); nothing is named where there is none."""
    lines = text.split("\n")
    if lines[0].rstrip() not in FENCES:
        return {}, text
    for number, line in enumerate(lines[1:LONGEST_FRONT_MATTER], start=1):
        if line.rstrip() == lines[0].rstrip():
            return _named(lines[1:number]), "\n".join(lines[number + 1 :])
    return {}, text


def _named(lines: list[str]) -> dict[str, str]:
    found = (NAMED.match(line.strip()) for line in lines)
    return {match[1].lower(): match[2].strip().strip("\"'") for match in found if match}
