"""What a quick correction may change: a few words of title and body, and nothing that counts."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from lxml import html as lxml_html
from lxml.etree import iterwalk

from editorial.parts import parts_of
from editorial.refusals import OutOfBounds

if TYPE_CHECKING:
    from editorial.models import Version

MOST_WORDS = 20
# Words, numbers apart from them (“IL-6”, “5mg”), and the signs that give a number its meaning.
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[-–−+](?=\d)|[%‰<>≤≥=±×÷/$€£°]")
NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions dozen dozens
    half halves third thirds quarter quarters once twice double triple
"""
NEGATIONS = "no not none never nor neither nobody nothing without cannot"
FACT_WORDS = frozenset(f"{NUMBER_WORDS} {NEGATIONS}".split())
TABLE = ("table", "tr", "th", "td")
Token = str | tuple


def require_within_bounds(signed: "Version", correction: "Version") -> None:
    """Raise OutOfBounds, with the reason, unless the difference fits the correction lane."""
    for name in ("summary", "how_made", "evidence_searched_on"):
        if getattr(signed, name) != getattr(correction, name):
            raise OutOfBounds(_full_review(_("the title and the body only")))
    for part in parts_of(signed):
        if part.rows(signed) != part.rows(correction):
            bound = _("words of the title and the body, not the %(part)s") % {
                "part": str(part.label).lower()
            }
            raise OutOfBounds(_full_review(bound))
    before, after = _tokens(signed), _tokens(correction)
    touched = _touched(before, after)
    if any(isinstance(token, tuple) for token in touched):
        raise OutOfBounds(_full_review(_("no citation, link, table or required section")))
    if any(_counts(token) for token in touched):
        raise OutOfBounds(_full_review(_("no number, and no word such as “not” that turns a fact")))
    changed = words_changed(before, after)
    if changed > MOST_WORDS:
        raise OutOfBounds(
            _full_review(
                _("at most %(most)s words; this changes %(changed)s")
                % {"most": MOST_WORDS, "changed": changed}
            )
        )


def words_changed(before: list[Token], after: list[Token]) -> int:
    """How many words were replaced, added or taken away."""
    return sum(max(len(old), len(new)) for old, new in _differences(before, after))


def _touched(before: list[Token], after: list[Token]) -> list[Token]:
    """Every token that was replaced, added, taken away or moved."""
    return [token for old, new in _differences(before, after) for token in (*old, *new)]


def _differences(before: list[Token], after: list[Token]) -> list[tuple[list, list]]:
    """The stretches that differ: (what stood there, what stands there now)."""
    # Without the same ends first, a word put among repeated ones can count as several.
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    moves = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(old[i1:i2], new[j1:j2]) for tag, i1, i2, j1, j2 in moves if tag != "equal"]


def _same(one: list[Token], other: list[Token]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _full_review(bound: str) -> str:
    return _(
        "A quick correction changes %(bound)s. For more, discard this correction first, then start "
        "a new version, which has a full review."
    ) % {"bound": bound}


def _counts(token: Token) -> bool:
    """Whether a token is a number, a sign beside one, or a word that turns a fact."""
    word = str(token).lower().replace("’", "'")
    return not word[0].isalpha() or word in FACT_WORDS or word.endswith("n't")


def _tokens(version: "Version") -> list[Token]:
    """Words, numbers and signs in order, and among them the marks where they stand."""
    tokens: list[Token] = [*TOKEN.findall(version.title), ("body",)]
    body = lxml_html.fromstring(f"<div>{version.body}</div>")
    for event, element in iterwalk(body, events=("start", "end")):
        if event == "start" and _is_mark(element):
            tokens.append((element.tag, *sorted(element.attrib.items())))
        tokens += TOKEN.findall((element.text if event == "start" else element.tail) or "")
    return tokens


def _is_mark(element) -> bool:
    return element.tag in TABLE or (element.tag in ("cite", "a", "h2") and bool(element.attrib))
