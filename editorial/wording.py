"""Bodies and rows as people read them: words, without markup, ids or keys."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Field, Model
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lxml import etree
from lxml import html as lxml_html

from editorial.prose import PARTS
from editorial.sanitising import fit_for_markup

SORTS = {
    "h2": _("Heading"),
    "h3": _("Smaller heading"),
    "h4": _("Smallest heading"),
    "li": _("List item"),
    "th": _("Table heading"),
    "td": _("Table cell"),
    "caption": _("Title of a table"),
    "blockquote": _("Quotation"),
}
BLOCKS = {*SORTS, "p", "div", "ul", "ol", "table", "thead", "tbody", "tr"}
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
NO_LONGER_THERE = _("(no longer there)")
LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


@dataclass(frozen=True)
class Note:
    """What stands beside a line to judge it by: a source that it rests on."""

    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One block of a body or one row.

    `sort` says what it is where it is no plain paragraph. `markup` is compared and never shown: it
    tells a change of form where no word changed.
    """

    text: str
    sort: str = ""
    markup: str = ""
    notes: tuple[Note, ...] = ()


def body_lines(body: str, names: Mapping[str, str]) -> list[Line]:
    """A body block by block. `names` are the short titles of its sources, by their keys."""
    if not body.strip():
        return []
    tree = lxml_html.fragment_fromstring(fit_for_markup(body), create_parent="div")
    found: list[Line] = []
    sorts, words, markup = [""], [""], [""]

    def close_line() -> None:
        text = one_line("".join(words))
        if text:
            found.append(Line(text, sorts[-1], "".join(markup).strip()))
        words[:], markup[:] = [""], [""]

    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            if node.tag in BLOCKS:
                close_line()
                sorts.append(_sort(node) or sorts[-1])
                markup.append(_tag(node) if node.attrib else "")
            else:
                words.append(_opening(node, names))
                markup.append(_tag(node))
            words.append(_raised_or_lowered(node, node.text or ""))
            markup.append(node.text or "")
            continue
        if node.tag in BLOCKS:
            close_line()
            sorts.pop()
        else:
            words.append(_closing(node))
            markup.append(f"</{node.tag}>")
        words.append(node.tail or "")
        markup.append(node.tail or "")
    close_line()
    return found


def words_of(row: Model, fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The fields of a row that are filled in, as (label, value) in words."""
    for name in fields:
        field = cast("Field", row._meta.get_field(name))
        value = getattr(row, field.attname)
        if value is None or value == "":
            continue
        if field.is_relation:
            value = getattr(row, field.name, None) or NO_LONGER_THERE
        elif field.choices:
            value = getattr(row, f"get_{field.name}_display")()
        yield capfirst(str(field.verbose_name)), in_words(value)


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value)
    return "" if value is None else str(value)


def as_text(pairs: Iterable[tuple[str, str]]) -> str:
    """One field a line."""
    return "\n".join(f"{label}: {value}" for label, value in pairs)


def one_line(text: str) -> str:
    return " ".join(text.split())


def _sort(node: lxml_html.HtmlElement) -> str:
    part = PARTS.get(node.get("data-part", ""))
    sort = SORTS.get(node.tag, "")
    return (
        gettext("%(sort)s of the section on %(part)s") % {"sort": sort, "part": part}
        if part
        else str(sort)
    )


def _tag(node: lxml_html.HtmlElement) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in sorted(node.attrib.items()))
    return f"<{node.tag}{attributes}>"


def _opening(node: lxml_html.HtmlElement, names: Mapping[str, str]) -> str:
    if node.tag == "br":
        return " "
    if node.tag != "cite":
        return ""
    key, place = node.get("data-source", ""), node.get("data-place", "")
    return f" [{', '.join(filter(None, (names.get(key, key), place)))}] "


def _closing(node: lxml_html.HtmlElement) -> str:
    """Where a link leads is part of what was signed, and so of what is compared."""
    return (
        gettext(" [link to %(get)s]") % {"get": node.get("href")}
        if node.tag == "a" and node.get("href")
        else ""
    )


def _raised_or_lowered(node: lxml_html.HtmlElement, text: str) -> str:
    """10<sup>6</sup> does not read as 106."""
    table = {"sup": RAISED, "sub": LOWERED}.get(node.tag)
    return text.translate(table) if table else text
