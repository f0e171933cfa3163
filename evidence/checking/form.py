"""Checks of the form of a text: what it says first, steps to take, headings and tables."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from lxml import html as lxml_html

from editorial.checks import Finding
from editorial.rulebook import Rule, of_rule
from editorial.sanitising import fit_for_markup
from evidence.checking.reading import section, text_of
from evidence.language.html_text import Plain

if TYPE_CHECKING:
    from editorial.models import Version

FIRST_WORDS = 50
WORD = re.compile(r"\S+")
# For whom: readers are named, or spoken to.
AUDIENCE = re.compile(
    r"\b(?:you|your|patients?|famil(?:y|ies)|parents?|carers?|readers?|if someone"
    r"|(?:people|adults|children|women|men|anyone|those) (?:with|who|living)"
    r"|this (?:page|article|guide|text) is (?:written )?for (?!information|reference))\b",
    re.IGNORECASE,
)
# For what: the page says what it does.
PURPOSE = re.compile(
    r"\bthis (?:page|article|guide|text)\b|\b(?:what|how|why|whether)\b|\bclaims checked\b"
    r"|\bwe (?:check|explain|look|tell|list|compare|answer|read)\w*|\b(?:explains?|tells)\b",
    re.IGNORECASE,
)
FEWEST_STEPS = 2


@of_rule("P35")
def says_for_whom_and_for_what(version: "Version", rule: Rule) -> Iterator[Finding]:
    missing = what_the_first_words_lack(version.summary, text_of(version).text)
    if missing:
        yield rule.found(
            _("The first %(words)s words, the summary among them, do not say %(missing)s.")
            % {"words": FIRST_WORDS, "missing": get_text_list(missing)},
            part="summary",
        )


def what_the_first_words_lack(summary: str, body: str) -> list[str]:
    """A guess from words that name readers and purpose; a person may know better."""
    first = " ".join(WORD.findall(f"{summary} {body}")[:FIRST_WORDS])
    asked = {_("for whom the page is"): AUDIENCE, _("what it is for"): PURPOSE}
    return [what for what, words in asked.items() if not words.search(first)]


@of_rule("P36")
def has_something_to_do(version: "Version", rule: Rule) -> Iterator[Finding]:
    if not has_steps(version.body, text_of(version)):
        yield rule.found(
            _(
                "There is nothing to do in it, step by step. Write a numbered list of "
                "steps, or a list of questions to ask."
            )
        )


def has_steps(body: str, plain: Plain) -> bool:
    """A numbered list, or a list in the section of questions."""
    if "<ol" in body and body.count("<li") >= FEWEST_STEPS:
        return True
    span = section(plain, "questions")
    if span is None:
        return False
    items = [it for it in plain.blocks if it.sort == "li" and span.start <= it.start < span.end]
    return len(items) >= FEWEST_STEPS


@of_rule("P38")
def headings_are_in_order(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    above = 1
    for block in plain.blocks:
        if not block.is_heading:
            continue
        level = int(block.sort[1])
        if level > above + 1:
            text = plain.text[block.start : block.end]
            yield rule.found(
                _(
                    "The heading “%(text)s” is of level %(level)s under one of level "
                    "%(above)s: a level is left out, and people who go from heading "
                    "to heading get lost."
                )
                % {"text": text, "level": level, "above": above},
                text=text,
                start=block.start,
                end=block.end,
            )
        above = level


@of_rule("P38")
def tables_have_headings(version: "Version", rule: Rule) -> Iterator[Finding]:
    for number, table in enumerate(tables_in(version.body), 1):
        if not table.xpath(".//th[normalize-space()]"):
            first = " ".join(table.text_content().split())[:60]
            yield rule.found(
                _(
                    "Table %(number)s (“%(first)s”) has no headings. Mark its first "
                    "row or column as headings."
                )
                % {"number": number, "first": first},
                text=first,
            )


def tables_in(body: str) -> list[lxml_html.HtmlElement]:
    if "<table" not in body:
        return []
    tree = lxml_html.fragment_fromstring(fit_for_markup(body), create_parent="div")
    return list(tree.iter("table"))
