"""Web pages: the text of the page itself, without its scripts, menus and forms."""

import re

from django.utils.translation import gettext as _
from lxml import etree

from evidence.documents.document import Parsed, Unreadable
from evidence.documents.encodings import clean, decode
from evidence.documents.html_pieces import Test, pieces_of, tree_of

DECLARED = re.compile(rb"(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{1,30})", re.I)
ANY_TAG = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9]{0,20}[\s>/]|!doctype)", re.IGNORECASE)
# "Stem cells in MS | The Clinic": the site's name follows the page's.
SITE_NAME = re.compile(r"\s[|–—·»-]\s")

CLUTTER = frozenset({
    "nav", "aside", "footer", "dialog", "menu",
})  # fmt: skip
CLUTTER_ROLES = frozenset({
    "navigation", "dialog", "search", "banner", "contentinfo",
})  # fmt: skip
HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def read(data: bytes) -> Parsed:
    declared = DECLARED.search(data[:2048])
    text, warnings = decode(data, declared.group(1).decode() if declared else "")
    if not ANY_TAG.search(text):
        raise Unreadable(
            _("The name says web page, but there is no HTML in it: rename the file to .txt.")
        )
    root = tree_of(text)
    title, publisher = _title_and_publisher(root)
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[
        :2
    ]
    notice = _copyright_notice(root)
    content = _content(root)
    pieces = pieces_of(content, _clutter_test(root))
    return Parsed(pieces, title, language.lower(), publisher or notice, warnings)


def _title_and_publisher(root: etree._Element) -> tuple[str, str]:
    headings = [words for heading in root.iter("h1") if (words := _words(heading))]
    head = _words(next(root.iter("title"), None))
    page, site = _parted(head)
    title = headings[0] if len(headings) == 1 else _meta(root, "og:title") or page
    return title, _meta(root, "og:site_name") or _meta(root, "publisher") or site


def _parted(head: str) -> tuple[str, str]:
    """(the page's own title, the site's name or "")."""
    parts = SITE_NAME.split(head)
    if len(parts) < 2 or len(parts[0]) < 10 or len(parts[-1]) > 60:
        return head, ""
    cut = head.rfind(parts[-1])
    return head[: cut - 3].strip(), parts[-1].strip()


def _meta(root: etree._Element, name: str) -> str:
    for meta in root.iter("meta"):
        if name in (meta.get("property", "").lower(), meta.get("name", "").lower()):
            return " ".join(clean(meta.get("content", "")).split())[:200]
    return ""


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join(clean("".join(element.itertext())).split())


def _copyright_notice(root: etree._Element) -> str:
    """Whom the page's foot says it belongs to."""
    for foot in root.iter("footer"):
        if match := re.search(
            r"(?:©|\(c\)|copyright)[\s\d,–-]{0,20}([A-Z][^\n.|,]{1,60})",
            _words(foot),
            re.IGNORECASE,
        ):
            return match.group(1).removesuffix("All rights reserved").strip()
    return ""


def _content(root: etree._Element) -> etree._Element:
    """The page's own text: <main>, else its only article, else the body."""
    body = next(root.iter("body"), root)
    mains = [e for e in body.iter(etree.Element) if e.tag == "main" or e.get("role") == "main"]
    articles = list(body.iter("article"))
    chosen = mains or (articles if len(articles) == 1 else [])
    return chosen[0] if chosen and len(_words(chosen[0])) > 200 else body


def _clutter_test(root: etree._Element) -> Test:
    """Whether an element is menu, form, foot, or hidden, and so no part of the text."""
    size = len(_words(next(root.iter("body"), root)))

    def is_clutter(element: etree._Element) -> bool:
        if element.tag == "form":
            # Some systems wrap the whole page in a form: that one stays.
            return 2 * len(_words(element)) < size
        if element.tag in CLUTTER or element.get("hidden") is not None:
            return True
        if element.tag == "header":
            return _is_site_header(element)
        return element.get("role") in CLUTTER_ROLES or bool(
            HIDDEN_STYLE.search(element.get("style", ""))
        )

    return is_clutter


def _is_site_header(element: etree._Element) -> bool:
    if next(element.iter("h1"), None) is not None:
        return False
    return not any(above.tag in ("article", "main") for above in element.iterancestors())
