"""The one sanitiser: every way in which HTML enters goes through `clean_html`."""

import re
from functools import cache

import nh3

# What the editor can make, and nothing else. `cite` is the citation node, `data-part` on a
# heading says which required section it opens, `data-page` on a link holds the page's id.
ALLOWED: dict[str, set[str]] = {
    "a": {"href", "data-page"},
    "blockquote": set(),
    "br": set(),
    "caption": set(),
    "cite": {"data-source", "data-place"},
    "em": set(),
    "h2": {"data-part"},
    "h3": {"data-part"},
    "h4": set(),
    "li": set(),
    "ol": {"start"},
    "p": set(),
    "strong": set(),
    "sub": set(),
    "sup": set(),
    "table": set(),
    "tbody": set(),
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "thead": set(),
    "tr": set(),
    "ul": set(),
}
PARTS = ("harms", "unknowns", "alternatives", "daily-life", "questions", "support")
EMPTY_PARAGRAPHS = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that may stay, or None."""
    if attribute == "data-part":
        return value if value in PARTS else None
    if attribute == "data-page":
        return value if value.isascii() and value.isdigit() else None
    if attribute in ("colspan", "rowspan", "start"):
        return value if value.isascii() and value.isdigit() and len(value) <= 3 else None
    if attribute == "scope":
        return value if value in ("col", "row", "colgroup", "rowgroup") else None
    if attribute == "data-source":
        return value if re.fullmatch(r"[a-z0-9-]{1,100}", value) else None
    return value


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ALLOWED),
        attributes={tag: names for tag, names in ALLOWED.items() if names},
        attribute_filter=_keep,
        clean_content_tags={"script", "style", "template", "noscript", "iframe", "object"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def clean_html(html: str) -> str:
    """The allowed markup of a body, stable when cleaned again."""
    cleaned = _cleaner().clean(html.replace("\x00", ""))
    return EMPTY_PARAGRAPHS.sub("", cleaned).strip()
