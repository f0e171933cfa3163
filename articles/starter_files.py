"""The files of the starter content: what is written in them, as plain values.

Their form is described in `docs/starter-content.md`.
"""

import re
import tomllib
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from editorial.sanitising import clean_html
from editorial.states import Kind

STARTER = Path(__file__).parent / "starter"
FRONT_MATTER = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
CITATION = re.compile(r"\[@([a-z0-9-]+)(?: *\| *([^\]\n]*))?\]")
PART = re.compile(r"<h2>(.*?) *\{#([a-z-]+)\}</h2>")

FOLDERS = {"articles": Kind.ARTICLE, "diseases": Kind.DISEASE, "therapies": Kind.THERAPY}


class BadStarterFile(Exception):
    """A starter file that does not have the form. `str()` names the file and what is wrong."""


@dataclass(frozen=True)
class StarterPage:
    """One page as its file tells it. `body` is clean HTML; `told` everything else."""

    kind: Kind
    slug: str
    body: str = ""
    told: dict[str, Any] = field(default_factory=dict)


def read_tables(folder_or_file: Path, table: str) -> list[dict[str, Any]]:
    """Every [[table]] of a TOML file, or of all the TOML files of a folder, in order."""
    files = sorted(folder_or_file.glob("*.toml")) if folder_or_file.is_dir() else [folder_or_file]
    return [row for file in files for row in _toml(file, file.read_text("utf-8")).get(table, [])]


def starter_pages(written: Container[tuple[str, str]] = ()) -> list[StarterPage]:
    """The pages of the files, without those whose (kind, slug) is written already.

    Terms first: pages are rendered with links to the terms that are live by then.
    """
    terms = [
        StarterPage(Kind.TERM, told["slug"], term_body(told), told)
        for told in read_tables(STARTER / "terms", "term")
        if (Kind.TERM, told["slug"]) not in written
    ]
    pages = [
        read_page(file, kind)
        for folder, kind in FOLDERS.items()
        for file in sorted((STARTER / folder).glob("*.md"))
        if (kind, file.stem) not in written
    ]
    order = [Kind.TERM, Kind.THERAPY, Kind.DISEASE, Kind.ARTICLE]
    return sorted([*terms, *pages], key=lambda page: order.index(page.kind))


def read_page(file: Path, kind: Kind) -> StarterPage:
    match = FRONT_MATTER.match(file.read_text("utf-8"))
    if not match:
        raise BadStarterFile(f"{file.name}: no front matter between two lines of +++.")
    return StarterPage(kind, file.stem, body_html(match[2]), _toml(file, match[1]))


def term_body(told: dict[str, Any]) -> str:
    """A term says what it says in facts of its own; its body names the sources they rest on."""
    cited = "".join(
        f"[@{row['source']} | {row.get('place', '')}]" for row in told.get("citations", [])
    )
    return body_html(f"We wrote this from the sources below.{cited}") if cited else ""


def body_html(markdown: str) -> str:
    """Markdown with citations and marked headings, as the HTML that a body may hold."""

    def node(match: re.Match) -> str:
        place = (match[2] or "").strip().replace('"', "")
        return f'<cite data-source="{match[1]}" data-place="{place}"></cite>'

    html = _markdown().render(CITATION.sub(node, markdown))
    return clean_html(PART.sub(r'<h2 data-part="\2">\1</h2>', html))


@cache
def _markdown() -> MarkdownIt:
    # Inline HTML is on for the citation nodes; the sanitiser sees everything afterwards.
    return MarkdownIt("commonmark", {"html": True, "typographer": True}).enable(
        ["table", "smartquotes"]
    )


def _toml(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadStarterFile(f"{file.name}: {error}") from error
