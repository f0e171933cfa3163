"""Red flags in a text or in the body of a page, each with its place and its reason."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

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
    letters = folded(plain.text)
    spans = list(plain.sentences(prose=False))
    voices = {span: voice.score(letters[span.start : span.end]) for span in spans}
    every = _Sheet(letters, spans)
    # Careful sentences are not searched for what no rule may flag in them: most of a good page.
    doubtful = _Sheet(
        letters, [span for span in spans if voices[span] >= voice.CAREFUL_FOR_A_BLOCK]
    )
    sentences: dict[Span, Sentence] = {}

    def sentence_at(span: Span) -> Sentence:
        if span not in sentences:
            sentences[span] = Sentence(
                letters[span.start : span.end],
                cited=bool(plain.citations_in(*span)),
                under=folded(_announced_by(plain, span)),
            )
        return sentences[span]

    found: list[Finding] = []
    named: set[Span] = set()
    for rule in RULES:
        flagged: Span | None = None
        for span, begin, end in (doubtful if _heeds_voice(rule) else every).matches(rule):
            if span == flagged or _is_careful(rule, voices[span]):
                continue
            if sentence_at(span).excuses(begin, end, rule.excuses):
                continue
            start, stop = span.start + begin, span.start + end
            if plain.is_quoted(start, stop) or _is_explained(plain, rule, start, stop):
                continue
            found.append(_finding(rule, plain.text, start, stop))
            flagged = span
            named.add(span)
    for span, score in voices.items():
        if score > voice.SELLS and span not in named and _is_prose(plain, span):
            sentence = sentence_at(span)
            if not sentence.frames & (Excuse.WARNED | Excuse.MEASURED):
                found.append(_selling_voice(plain, span, sentence))
    return sorted(found, key=lambda finding: (finding.start, finding.rule))


class _Sheet:
    """Sentences one below the other, which no pattern crosses, and where each came from."""

    def __init__(self, letters: str, spans: list[Span]) -> None:
        self.spans = spans
        self.text = "\n".join(letters[span.start : span.end] for span in spans)
        lengths = (span.end - span.start + 1 for span in spans[:-1])
        self.starts = list(accumulate(lengths, initial=0))

    def matches(self, rule: Rule) -> Iterator[tuple[Span, int, int]]:
        """The sentence of each match, and where in it the match begins and ends."""
        for match in rule.pattern.finditer(self.text):
            line = bisect_right(self.starts, match.start()) - 1
            start = self.starts[line]
            yield self.spans[line], match.start() - start, match.end() - start


def _heeds_voice(rule: Rule) -> bool:
    """A fault of fact and a link to a seller are faults in any voice, and so is what is advised."""
    return Excuse.CAREFUL_VOICE in rule.excuses and rule.level != Level.ADVISE


def _is_careful(rule: Rule, score: float) -> bool:
    if not _heeds_voice(rule):
        return False
    if rule.level == Level.BLOCK:
        return score < voice.CAREFUL_FOR_A_BLOCK
    return score < voice.CAREFUL_FOR_A_WARNING


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


def _finding(rule: Rule, text: str, start: int, end: int) -> Finding:
    return Finding(
        rule.id, rule.level, rule.reason, rule.standard, text=text[start:end], start=start, end=end
    )


def _is_explained(plain: Plain, rule: Rule, start: int, end: int) -> bool:
    return Excuse.DEFINED in rule.excuses and any(
        link.href.startswith("/glossary/") for link in plain.links_in(start, end)
    )
