"""From the text of a version to its public form.

A version is rendered once, when it goes live, not when it is read. The steps are listed in
`settings.RENDER_STEPS`; each takes the document and changes it in place. What a step needs to
know about the rest of the site it reads through the version's room, never from a request.
"""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext
from lxml import html as lxml_html

from editorial import structured
from editorial.readings import read_together
from editorial.sanitising import fit_for_markup
from editorial.translations import in_its_language

if TYPE_CHECKING:
    from editorial.models import Page, Version

PAGE_ADDRESS = re.compile(r"^/(articles|diseases|therapies|glossary)/([-\w]+)/(#.*)?$")
# Ids that templates give to what stands around a body.
TEMPLATE_IDS = frozenset(
    {
        *("main", "site-nav", "site-search", "site-q", "who", "related"),
        *("bottom-line", "key-messages", "checked", "found", "countries", "references", "status"),
        *("on-the-map", "how-made", "help", "unwell", "offered", "reading-words"),
        *("why", "example", "not-the-same", "misused"),
    }
)
HELD_ID = re.compile(r'data-page="([0-9]{1,18})"')
TABLE_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tfoot": "rowgroup",
    "tr": "row",
    "th": "",
    "td": "cell",
}
KIND_OF_PATH = {
    "articles": "article",
    "diseases": "disease",
    "therapies": "therapy",
    "glossary": "term",
}


@dataclass
class Document:
    """A body on its way to the public, and what the steps learn about it.

    `references` are keys of sources in the order of their numbers; `terms` ids of glossary pages;
    `shown` what a higher room adds for the template to show around the body; `told` what machines
    are told of it, by its address.
    """

    version: "Version"
    tree: lxml_html.HtmlElement
    contents: list[tuple[str, str, int]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    told: dict[str, structured.Node] = field(default_factory=dict)

    def tell(self, address: str, words: structured.Node) -> None:
        """Add to what machines are told of the thing at this address."""
        self.told[address] = {**self.told.get(address, {}), **words, "@id": address}


@dataclass(frozen=True)
class Rendered:
    html: str
    contents: list[tuple[str, str, int]]
    references: list[str]
    terms: list[int]
    words: int


Step = Callable[[Document], None]


@cache
def listed_steps() -> tuple[Step, ...]:
    return tuple(import_string(path) for path in settings.RENDER_STEPS)


def render(version: "Version") -> Rendered:
    """The public form of a version: its body through every step, in the template of its kind."""
    with in_its_language(version.page):
        return _render(version)


def _render(version: "Version") -> Rendered:
    tree = lxml_html.fromstring(f"<div>{fit_for_markup(version.body)}</div>")
    words = sum(len(text.split()) for text in tree.itertext())
    document = Document(version, tree)
    for step in listed_steps():
        step(document)
    body = inner_html(document.tree)
    html = render_to_string(
        f"{version.page.kind}/content.html",
        {
            "version": version,
            "page": version.page,
            "body": mark_safe(body),  # noqa: S308 - cleaned on its way in
            "document": document,
            **document.shown,
        },
    )
    return Rendered(
        html=html + structured.data_block(document.told.values()),
        contents=document.contents,
        references=document.references,
        terms=document.terms,
        words=words,
    )


def inner_html(tree: lxml_html.HtmlElement) -> str:
    """The markup inside an element, without the element itself."""
    shell = copy.copy(tree)
    shell.tail = None
    text = lxml_html.tostring(shell, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")]


# --- this room's own steps ----------------------------------------------------------------


def link_pages(document: Document) -> None:
    """Links that hold a page's id get the address the page has today."""
    links = [
        (link, link.attrib.pop("data-page"))
        for link in document.tree.iter("a")
        if "data-page" in link.attrib
    ]
    pages = _held_pages(document.version)
    for link, held in links:
        page = pages.get(held)
        if page is None:
            link.drop_tag()
            continue
        _, _, fragment = (link.get("href") or "").partition("#")
        link.set("href", page.get_absolute_url() + (f"#{fragment}" if fragment else ""))


@read_together
def _held_pages(versions: "Sequence[Version]") -> "Mapping[int, dict[str, Page]]":
    """The pages whose ids the links of these bodies hold."""
    from editorial.models import Page

    ids = {held for version in versions for held in HELD_ID.findall(version.body)}
    pages = {str(page.pk): page for page in Page.objects.filter(pk__in=ids)}
    return {version.pk: pages for version in versions}


def outline_headings(document: Document) -> None:
    """Each h2 and h3 gets an id, and its line in the list of contents; each h2 a link to itself."""
    taken = set(TEMPLATE_IDS)
    for heading in list(document.tree.iter("h2", "h3")):
        text = " ".join(heading.text_content().split())
        identifier = heading.get("data-part") or slugify(text) or "section"
        number, unique = 1, identifier
        while unique in taken:
            number += 1
            unique = f"{identifier}-{number}"
        taken.add(unique)
        heading.set("id", unique)
        document.contents.append((unique, text, int(heading.tag[1])))
        if heading.tag == "h2":
            _link_to_itself(heading, text)


def _link_to_itself(heading: lxml_html.HtmlElement, text: str) -> None:
    """Beside the heading, not in it: its name stays its words."""
    link = lxml_html.Element("a")
    link.set("class", "heading-link")
    link.set("href", f"#{heading.get('id')}")
    link.set("aria-label", gettext("Link to “%(heading)s”") % {"heading": text})
    link.tail, heading.tail = heading.tail, None
    heading.addnext(link)


def frame_tables(document: Document) -> None:
    """A table gets a frame that can scroll by itself, and labels for the narrow view.

    And roles: where its rows are shown as cards, browsers would no longer say that it is a table.
    """
    for table in list(document.tree.iter("table")):
        first = next(table.iter("tr"), ())
        headings = [" ".join(cell.text_content().split()) for cell in first]
        if any(cell.tag == "td" for cell in first):
            headings = []
        for row in table.iter("tr"):
            for label, cell in zip(headings, row, strict=False):
                if cell.tag == "td":
                    cell.set("data-label", label)
        _name_roles(table)
        frame = lxml_html.Element("div")
        frame.set("class", "table-frame")
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)


def _name_roles(table: lxml_html.HtmlElement) -> None:
    for element in table.iter(*TABLE_ROLES):
        role = TABLE_ROLES[element.tag]
        if element.tag == "th":
            is_above = element.getparent().getparent().tag == "thead" or (
                element.get("scope") in ("col", "colgroup")
            )
            role = "columnheader" if is_above else "rowheader"
        element.set("role", role)


# --- on the way in ------------------------------------------------------------------------


def hold_page_ids(html: str) -> str:
    """Plain links to pages of this site get the id of their page, so that a move breaks none."""
    from editorial.models import Page

    if "href=" not in html:
        return html
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    found = {
        link: (KIND_OF_PATH[match[1]], match[2])
        for link in tree.iter("a")
        if (match := PAGE_ADDRESS.match(link.get("href") or "")) and not link.get("data-page")
    }
    slugs = {slug for _, slug in found.values()}
    told = Page.objects.filter(slug__in=slugs).values_list("kind", "slug", "pk")
    pages = {(kind, slug): pk for kind, slug, pk in told}
    for link, place in found.items():
        if place in pages:
            link.set("data-page", str(pages[place]))
    return inner_html(tree)
