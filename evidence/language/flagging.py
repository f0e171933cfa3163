"""Red flags in a text or in the body of a page, each with its place and its reason."""

from bisect import bisect_right
from collections.abc import Iterator

from editorial.checks import Finding, Level
from evidence.language import voice
from evidence.language.careful import Sentence
from evidence.language.html_text import Plain, Span, plain_of, plain_of_text
from evidence.language.red_flags import RULES, Excuse, Rule
from evidence.language.red_flags.rule import folded

# The rule without words of its own: the voice of the sentence as a whole.
SELLING_VOICE = "RF39"


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
    spans = list(plain.sentences(prose=False))
    letters = _sentence_by_line(plain.text, spans)
    voices = {span: voice.score(letters[span.start : span.end]) for span in spans}
    starts = [span.start for span in spans]
    sentences: dict[Span, Sentence] = {}
    found: list[Finding] = []
    for rule in RULES:
        flagged: Span | None = None
        for match in rule.pattern.finditer(letters):
            span = spans[bisect_right(starts, match.start()) - 1]
            if span == flagged or voices[span] < voice.CAREFUL:
                continue
            if span not in sentences:
                sentences[span] = Sentence(
                    letters[span.start : span.end],
                    cited=bool(plain.citations_in(*span)),
                    under=folded(_announced_by(plain, span)),
                )
            begin, end = match.start() - span.start, match.end() - span.start
            if sentences[span].excuses(begin, end, rule.excuses):
                continue
            if plain.is_quoted(*match.span()) or _is_explained(plain, rule, *match.span()):
                continue
            found.append(_finding(rule, plain.text, *match.span()))
            flagged = span
    found.extend(_selling_voices(plain, letters, voices, found))
    return sorted(found, key=lambda finding: (finding.start, finding.rule))


def _selling_voices(
    plain: Plain, letters: str, voices: dict[Span, float], found: list[Finding]
) -> Iterator[Finding]:
    """Sentences that no rule names and that sell all the same."""
    flagged = {bisect_right(starts, finding.start) for finding in found} if (
        starts := [span.start for span in voices]
    ) else set()
    for position, (span, score) in enumerate(voices.items(), start=1):
        if score <= voice.SELLS or position in flagged or plain.is_quoted(*span):
            continue
        words = voice.heaviest_words(letters[span.start : span.end])
        named = ", ".join(f"“{word}”" for word in words)
        yield Finding(
            SELLING_VOICE,
            Level.WARN,
            f"This reads like an advert ({named}). Say what is known, and from which study."
            if named
            else "This reads like an advert. Say what is known, and from which study.",
            "HON 8; Murdoch 2018",
            text=plain.text[span.start : span.end],
            start=span.start,
            end=span.end,
        )


def _sentence_by_line(text: str, spans: list[Span]) -> str:
    """The text as the patterns read it: a line break between sentences, which none crosses."""
    letters = folded(text)
    pieces, at = [], 0
    for span in spans:
        pieces += "\n" * (span.start - at), letters[span.start : span.end]
        at = span.end
    return "".join(pieces)


def _announced_by(plain: Plain, span: Span) -> str:
    """The line above the list that this sentence is an item of: "Warning signs"."""
    block = plain.block_at(span.start)
    if block is None or block.sort != "li":
        return ""
    above = plain.blocks[: plain.blocks.index(block)]
    leader = next((before for before in reversed(above) if before.sort != "li"), None)
    return plain.text[leader.start : leader.end] if leader else ""


def _finding(rule: Rule, text: str, start: int, end: int) -> Finding:
    return Finding(
        rule.id, rule.level, rule.reason, rule.standard, text=text[start:end], start=start, end=end
    )


def _is_explained(plain: Plain, rule: Rule, start: int, end: int) -> bool:
    return Excuse.DEFINED in rule.excuses and any(
        link.href.startswith("/glossary/") for link in plain.links_in(start, end)
    )
