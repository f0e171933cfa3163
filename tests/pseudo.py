"""A made-up language that a test can tell from English at sight: “Home” is “Ｈｏｍｅ”.

What stays in plain letters on a page was never given to gettext. Text from the database is Greek
in these tests, so that it is neither.
"""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import trans_real
from lxml import html

LANGUAGE = "xx"
WIDE = str.maketrans(
    {chr(code): chr(code - 0x21 + 0xFF01) for code in (*range(65, 91), *range(97, 123))}
)
# What a translator leaves alone: tags, entities, places to fill, the words of a date format.
KEPT = re.compile(r"<[^>]*>|&#?\w+;|%%|%\(\w+\)[\d.,+-]*[a-z]|%[\d.]*[a-z]|\{[^}]*\}")
UNSEEN = ("script", "style", "template")
SPOKEN = ("aria-label", "aria-description", "alt", "title", "placeholder", "label", "summary")
NAMED_PLACES = re.compile(r"(?i)^(description|og:title|og:description|og:site_name|og:image:alt)$")
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\bhttps?://\S+|\S+@\S+|/[\w-]+/[\w-]*/?")


def widened(text: str) -> str:
    """The message in wide letters, its places to fill untouched."""
    message = text.split(trans_real.CONTEXT_SEPARATOR)[-1]
    kept = KEPT.findall(message)
    parts = [part.translate(WIDE) for part in KEPT.split(message)]
    return "".join(part + after for part, after in zip(parts, [*kept, ""], strict=True))


class PseudoTranslation(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return widened(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return widened(singular if n == 1 else plural)

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE


@contextmanager
def spoken() -> Iterator[None]:
    """Within it, all that gettext is asked for comes in wide letters."""
    trans_real._translations[LANGUAGE] = PseudoTranslation()
    try:
        with translation.override(LANGUAGE):
            yield
    finally:
        del trans_real._translations[LANGUAGE]


def told(page: str) -> Iterator[str]:
    """All that a page says: its text, what screen readers and tooltips say, the head's."""
    tree = html.document_fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            if element.tail:
                yield element.tail
            continue
        yield element.text or ""
        yield element.tail or ""
        yield from (element.get(name, "") for name in SPOKEN)
        if NAMED_PLACES.match(element.get("name") or element.get("property") or ""):
            yield element.get("content", "")
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield element.get("value", "")
        yield from (value for name, value in element.items() if name.startswith("data-say"))


def untranslated(page: str, but: re.Pattern[str]) -> list[str]:
    """What a page says in plain letters, apart from addresses and these words."""
    found = []
    for text in told(page):
        said = " ".join(text.split())
        if LATIN.search(but.sub("", ADDRESS.sub("", said))) and said not in found:
            found.append(said)
    return found
