"""The one sanitiser: every way in which HTML enters goes through `clean_html`."""

import re
from functools import cache

import nh3

from editorial.normal_form import normal_form

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
    "h3": set(),
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
# Letters that no markup may hold. Word processors write a few of them: a line break is 0x0B.
NOT_IN_MARKUP: dict[int, str | None] = {
    **dict.fromkeys([*range(9), *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]),
    **dict.fromkeys([0x0B, 0x0C], " "),
}
# Badly nested markup settles in a few turns between the normal form and the sanitiser.
MOST_TURNS = 8
PARTS = ("harms", "unknowns", "alternatives", "daily-life", "questions", "support")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that may stay, or None."""
    if attribute not in ALLOWED.get(tag, ()):
        return None  # nh3 would let `title` and `lang` stay on anything
    if attribute == "data-part":
        return value if value in PARTS else None
    if attribute == "data-page":
        return value if value.isascii() and value.isdigit() else None
    if attribute in ("colspan", "rowspan", "start"):
        counts = value.isascii() and value.isdigit() and len(value) <= 3 and value != "1"
        return value if counts else None
    if attribute == "scope":
        return value if value in ("col", "row", "colgroup", "rowgroup") else None
    if attribute == "data-source":
        return value if re.fullmatch(r"[a-z0-9-]{1,100}", value) else None
    if attribute == "data-place":
        return value.strip() or None
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


def fit_for_markup(text: str) -> str:
    return text.translate(NOT_IN_MARKUP)


def clean_html(html: str) -> str:
    """The allowed markup of a body, in its one normal form, stable when cleaned again.

    The sanitiser has the last word: it reads what the normal form wrote.
    """
    text = _cleaner().clean(fit_for_markup(html))
    for _ in range(MOST_TURNS):
        before, text = text, _cleaner().clean(normal_form(text)) if text else ""
        if text == before:
            break
    return text
