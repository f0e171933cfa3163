"""Medical words that a reader meets before anybody says what they mean."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evidence.language.html_text import Plain
from evidence.language.phrases import Found, Phrases, found_in

WORDS = Path(__file__).with_name("plain_words.toml")
# A word is explained where it stands: “leukapheresis (collecting cells from the blood)”,
# “a kit that collects cells (leukapheresis)”, “this is called leukapheresis”.
EXPLAINED_AFTER = re.compile(
    r"[”\"’]?(?: \w+)?(?:\s*\("
    r"|,? (?:which )?(?:means|is when|is where|is the name|is a|is an|is the|are the|are a)\b"
    r"|,? that is\b|, which\b|, or \w|, a \w|, the \w|: \w| – | — )"
)
EXPLAINED_BEFORE = re.compile(
    r"(?:\(|\b(?:called|named|known as|term|word|means|say|says|, or|, that is,))"
    r"[\s“\"‘]*(?:(?:an?|the) )?(?:\w+ )?\Z"
)


class Jargon(NamedTuple):
    start: int
    end: int
    text: str
    plain: str


def undefined_jargon(plain: Plain, *, known_terms: frozenset[str]) -> Iterator[Jargon]:
    """The first use of each hard word, unless it is explained, linked or in the glossary."""
    words = hard_words()
    known = found_in(plain.text, known_terms)
    met: set[str] = set()
    for found in _finder().find(plain.text):
        block = plain.block_at(found.start)
        if found.name in met or block is None or not block.is_prose:
            continue
        met.add(found.name)
        in_a_term = any(term.start <= found.start and found.end <= term.end for term in known)
        if not in_a_term and not _is_explained(plain, found):
            text = plain.text[found.start : found.end]
            yield Jargon(found.start, found.end, text, words[found.name])


def _is_explained(plain: Plain, found: Found) -> bool:
    if plain.is_quoted(found.start, found.end) or plain.links_in(found.start, found.end):
        return True
    before = plain.text[max(0, found.start - 40) : found.start]
    return bool(EXPLAINED_AFTER.match(plain.text, found.end) or EXPLAINED_BEFORE.search(before))


@cache
def hard_words() -> dict[str, str]:
    """Plain words by the hard ones they can stand for, out of `plain_words.toml`."""
    return tomllib.loads(WORDS.read_text("utf-8"))["words"]


@cache
def _finder() -> Phrases:
    return Phrases(hard_words())
