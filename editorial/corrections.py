"""What a quick correction may change: a few words of title and body, and nothing that counts."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from editorial.parts import parts_of
from editorial.refusals import OutOfBounds

if TYPE_CHECKING:
    from editorial.models import Version

MOST_WORDS = 20
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million half third quarter none no not "
    "never".split()
)


def require_within_bounds(signed: "Version", correction: "Version") -> None:
    """Raise OutOfBounds, with the reason, unless the difference fits the correction lane."""
    for name in ("summary", "how_made", "evidence_searched_on"):
        if getattr(signed, name) != getattr(correction, name):
            raise OutOfBounds(_full_review("the title and the body only"))
    for part in parts_of(signed):
        if part.rows(signed) != part.rows(correction):
            what = part.name.replace("_", " ")
            raise OutOfBounds(_full_review(f"words of the title and the body, not the {what}"))
    before, after = _words(signed), _words(correction)
    if _numbers(before) != _numbers(after):
        raise OutOfBounds(_full_review("no number, and no word such as “not” that turns a fact"))
    if _marks(signed.body) != _marks(correction.body):
        raise OutOfBounds(_full_review("no citation, link or required section"))
    changed = words_changed(before, after)
    if changed > MOST_WORDS:
        raise OutOfBounds(_full_review(f"at most {MOST_WORDS} words; this changes {changed}"))


def words_changed(before: list[str], after: list[str]) -> int:
    """How many words were replaced, added or taken away."""
    moves = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in moves if tag != "equal")


def _full_review(bound: str) -> str:
    return f"A quick correction changes {bound}. Start a new version for a full review."


def _words(version: "Version") -> list[str]:
    body = lxml_html.fromstring(f"<div>{version.body}</div>").text_content()
    return WORD.findall(f"{version.title} {body}")


def _numbers(words: list[str]) -> Counter:
    return Counter(
        word.lower()
        for word in words
        if word.lower() in NUMBER_WORDS or any(letter.isdigit() for letter in word)
    )


def _marks(body: str) -> list[tuple]:
    """Citations, links and marked headings, in order."""
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    return [
        (element.tag, *sorted(element.attrib.items()))
        for element in tree.iter("cite", "a", "h2")
        if element.attrib
    ]
