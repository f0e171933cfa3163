"""Red flags in a text or in the body of a page, each with its place and its reason."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from editorial.checks import Finding, Level
from evidence.language import voice
from evidence.language.careful import Sentence
from evidence.language.html_text import Plain, Span, plain_of, plain_of_text
from evidence.language.red_flags import RULES, Excuse, Rule
from evidence.language.red_flags.rule import folded
from evidence.language.red_flags.searching import matches

# The rule without words of its own: the voice of the sentence as a whole.
SELLING_VOICE = "RF39"
IN_ANY_VOICE = tuple(rule for rule in RULES if not rule.heeds_voice)


def red_flags_in(text: str) -> list[Finding]:
    """Every red flag, in the order of the text; at most one of a rule in a sentence."""
    return red_flags_in_plain(plain_of_text(text))


def red_flags_in_html(html: str) -> list[Finding]:
    """The same for a body. Offsets count characters of its plain text, `plain_of(html).text`.

    A quotation is passed over, a citation beside the words counts as one, and a word that leads to
    the glossary is explained there.
    """
    return red_flags_in_plain(plain_of(html))


def red_flags_in_plain(plain: Plain) -> list[Finding]:
    letters = folded(plain.text)
    found: list[Finding] = []
    for span in plain.sentences(prose=False):
        words = letters[span.start : span.end]
        by_words = voice.score(words)
        # Careful sentences are searched only for what stands in any voice: most of a good page.
        rules = RULES if by_words >= voice.CAREFUL else IN_ANY_VOICE
        sentence = Sentence(
            words,
            cited=bool(plain.citations_in(*span)),
            under=folded(_announced_by(plain, span)),
        )
        hits = [hit for hit in hits_in(sentence, rules) if _counts(plain, span, hit)]
        total = by_words
        if by_words >= voice.CAREFUL:
            total += voice.score_of_rules((hit.rule.id for hit in hits), sentence.frames)
        sells = total > voice.SELLS
        named = [hit for hit in hits if total > _needed(hit.rule)]
        found += [_finding(hit, plain.text, span) for hit in named]
        is_named = any(hit.rule.level != Level.ADVISE for hit in named)
        if sells and not is_named and not sentence.is_introduced and _is_prose(plain, span):
            found.append(_selling_voice(plain, span, sentence))
    return sorted(found, key=lambda finding: (finding.start, finding.rule))


class Hit(NamedTuple):
    """Where in a sentence a rule fired."""

    rule: Rule
    start: int
    end: int


def hits_in(sentence: Sentence, rules: tuple[Rule, ...] = RULES) -> Iterator[Hit]:
    """The first words of each rule that nothing in the sentence excuses."""
    for rule, spans in matches(sentence.text, rules):
        for start, end in spans:
            if not sentence.excuses(start, end, rule.excuses):
                yield Hit(rule, start, end)
                break


def _needed(rule: Rule) -> float:
    """One decision for rules and voice: a rule counts in a sentence that sells.

    Rules of proven precision count in a calm voice too, links to sellers and advice in any.
    """
    if not rule.heeds_voice:
        return -math.inf
    return voice.SELLS if Excuse.CAREFUL_VOICE in rule.excuses else voice.CALM


def _counts(plain: Plain, span: Span, hit: Hit) -> bool:
    start, end = span.start + hit.start, span.start + hit.end
    return not plain.is_quoted(start, end) and not _is_explained(plain, hit.rule, start, end)


def _is_prose(plain: Plain, span: Span) -> bool:
    block = plain.block_at(span.start)
    long_enough = len(plain.text[span.start : span.end].split()) >= voice.FEWEST_WORDS
    return long_enough and not plain.is_quoted(*span) and (block is None or block.is_prose)


def _selling_voice(plain: Plain, span: Span, sentence: Sentence) -> Finding:
    """What no rule names and sells all the same."""
    words = ", ".join(f"“{word}”" for word in voice.heaviest_words(sentence.text))
    return Finding(
        SELLING_VOICE,
        Level.WARN,
        f"This reads like an advert, by its words taken together ({words or 'many of them'}). "
        "Say what is known, and from which study.",
        "HON 8; Murdoch 2018",
        text=plain.text[span.start : span.end],
        start=span.start,
        end=span.end,
    )


def _announced_by(plain: Plain, span: Span) -> str:
    """The line above the list that this sentence is an item of: "Warning signs"."""
    block = plain.block_at(span.start)
    if block is None or block.sort != "li":
        return ""
    above = plain.blocks[: plain.blocks.index(block)]
    leader = next((before for before in reversed(above) if before.sort != "li"), None)
    return plain.text[leader.start : leader.end] if leader else ""


def _finding(hit: Hit, text: str, span: Span) -> Finding:
    start, end = span.start + hit.start, span.start + hit.end
    rule = hit.rule
    return Finding(
        rule.id, rule.level, rule.reason, rule.standard, text=text[start:end], start=start, end=end
    )


def _is_explained(plain: Plain, rule: Rule, start: int, end: int) -> bool:
    return Excuse.DEFINED in rule.excuses and any(
        link.href.startswith("/glossary/") for link in plain.links_in(start, end)
    )
