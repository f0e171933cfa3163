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
PARTS = ("harms", "unknowns", "alternatives", "daily-life", "questions", "support")

BLOCKS = "blockquote|caption|h2|h3|h4|li|ol|p|table|tbody|td|th|thead|tr|ul"
# How one text is written in one way, whoever wrote it: the editor, a file, an import. Each line
# is a pattern over sanitised markup and what takes its place.
NORMAL_FORM = [
    (re.compile(pattern, re.DOTALL), replacement)
    for pattern, replacement in [
        (r"[ \t\r\n\f]+", " "),
        (rf" ?(</?(?:{BLOCKS})(?: [^>]*)?>) ?", r"\1"),
        (r"<br> ", "<br>"),
        (r"<p>(?:\s|&nbsp;|<br>)*</p>", ""),
        # A link without an address and a citation without a source are plain words.
        (r"<(a|cite)>((?:(?!</\1>).)*)</\1>", r"\2"),
        # One paragraph in a list item or cell needs no tags of its own.
        (
            r"(<(?:li|td|th)(?: [^>]*)?>)<p>((?:(?!</?p>).)*)</p>(?=</(?:li|td|th)>|<[ou]l)",
            r"\1\2",
        ),
        # The head of a table is its first rows of headings; the sanitiser writes the body around
        # the other rows.
        (r"</?t(?:head|body)>", ""),
        (
            r"(<table>(?:<caption>(?:(?!</caption>).)*</caption>)?)"
            r"((?:<tr><th\b(?:(?!</tr>|<td|<table).)*</tr>)+)",
            r"\1<thead>\2</thead>",
        ),
    ]
]

MOST_TURNS = 20


def _keep(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute that may stay, or None."""
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


def clean_html(html: str) -> str:
    """The allowed markup of a body, in its one normal form, stable when cleaned again.

    The sanitiser has the last word: it reads what the normal form wrote. Where the one makes work
    for the other they take turns; more than a few happen in no text that somebody wrote.
    """
    text = _cleaner().clean(html.replace("\x00", ""))
    for _ in range(MOST_TURNS):
        before = text
        for pattern, replacement in NORMAL_FORM:
            text = pattern.sub(replacement, text)
        text = _cleaner().clean(text.strip())
        if text == before:
            break
    return text
