"""How hard a text is to read, as findings: what an editor may change, and why.

The limits are those of the NHS digital service manual and the Patient Information Forum. Both say
that such measures help to find the hard places, and prove nothing about understanding.
"""

from collections.abc import Iterator

from editorial.checks import Finding, Level
from evidence.language import reading_age
from evidence.language.abbreviations import unexpanded
from evidence.language.figures import hard_figures
from evidence.language.html_text import Block, Plain, Span, plain_of_text
from evidence.language.jargon import undefined_jargon
from evidence.language.passive import is_passive
from evidence.language.phrases import phrases_of
from evidence.language.wording import worded_better

GRADE_OF_BODY, GRADE_OF_SUMMARY = 9, 7
# A child of 5 is in grade 0.
AGE_AT_GRADE_0 = 5
# Fewer words than this have no grade worth the name.
WORDS_FOR_A_GRADE = 10
WORDS_ON_AVERAGE, WORDS_AT_MOST = 20, 30
SENTENCES_IN_A_PARAGRAPH = 3
PASSIVE_SHARE = 0.25
SENTENCES_FOR_A_SHARE = 5

NHS = "NHS content guide"
NHS_AND_PIF = "NHS content guide; Patient Information Forum"
PEMAT = "PEMAT; NHS content guide"


def findings(
    text: str | Plain,
    *,
    known_terms: frozenset[str] = frozenset(),
    summary: bool = False,
    read_before: str = "",
) -> Iterator[Finding]:
    """What makes a text hard to read.

    `known_terms` are names that the glossary explains, as they are written; `read_before` is what
    stands above this text, where an abbreviation may have been spelled out.
    """
    plain = text if isinstance(text, Plain) else plain_of_text(text)
    yield from grade_is_low(plain, known_terms=known_terms, summary=summary)
    yield from sentences_are_short(plain)
    yield from paragraphs_are_short(plain)
    yield from abbreviations_are_spelled_out(
        plain, known_terms=known_terms, read_before=read_before
    )
    yield from words_are_explained(plain, known_terms=known_terms)
    yield from people_come_first(plain)
    yield from numbers_are_of_people(plain)
    yield from it_says_who_does_what(plain)


def grade_is_low(
    plain: Plain, *, known_terms: frozenset[str] = frozenset(), summary: bool = False
) -> Iterator[Finding]:
    reading = reading_age.measure(plain, known_terms=known_terms)
    most = GRADE_OF_SUMMARY if summary else GRADE_OF_BODY
    if reading.words < WORDS_FOR_A_GRADE or round(reading.grade, 1) <= most:
        return
    hardest = reading_age.hardest_words(plain, known_terms=known_terms)
    words = f" Long words that weigh most: {_list(hardest)}." if hardest else ""
    yield Finding(
        "P31",
        Level.WARN,
        f"It reads at grade {reading.grade:.1f}, about age {reading.grade + AGE_AT_GRADE_0:.0f}. "
        f"Aim for grade {most} or lower: shorter sentences, shorter words.{words}",
        NHS_AND_PIF,
        end=len(plain.text),
    )


def sentences_are_short(plain: Plain) -> Iterator[Finding]:
    lengths = sentence_lengths(plain)
    for sentence, length in lengths:
        if length > WORDS_AT_MOST:
            reason = f"This sentence has {length} words. Split it: {WORDS_AT_MOST} is the most."
            yield _at(plain, sentence, "P32", Level.WARN, reason, NHS)
    words = sum(length for _, length in lengths)
    if words > WORDS_ON_AVERAGE * len(lengths):
        yield Finding(
            "P32",
            Level.WARN,
            f"Its sentences have {words / len(lengths):.1f} words on average. "
            f"Aim for {WORDS_ON_AVERAGE} or fewer.",
            NHS,
            end=len(plain.text),
        )


def paragraphs_are_short(plain: Plain) -> Iterator[Finding]:
    for block, count in long_paragraphs(plain):
        reason = (
            f"This paragraph has {count} sentences. "
            f"Break it up: {SENTENCES_IN_A_PARAGRAPH} is the most."
        )
        yield _at(plain, Span(block.start, block.end), "P32", Level.WARN, reason, NHS)


def abbreviations_are_spelled_out(
    plain: Plain, *, known_terms: frozenset[str] = frozenset(), read_before: str = ""
) -> Iterator[Finding]:
    """One that the glossary explains is linked there, and so only advice."""
    glossary = phrases_of(known_terms)
    for found in unexpanded(plain.text, read_before=read_before):
        if plain.is_quoted(found.start, found.end):
            continue
        is_linked = any(glossary.find(found.name))
        reason = (
            f"“{found.name}” is used before it is explained. Write the words first, then "
            f"“({found.name})” in brackets. If a trial is called that, say so."
        )
        level = Level.ADVISE if is_linked else Level.WARN
        yield _at(plain, Span(found.start, found.end), "P33", level, reason, PEMAT)


def words_are_explained(
    plain: Plain, *, known_terms: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    for found in undefined_jargon(plain, known_terms=known_terms):
        reason = f"“{found.text}” is a hard word. Say “{found.plain}”, or say what it means."
        yield _at(plain, Span(found.start, found.end), "JARGON", Level.ADVISE, reason, PEMAT)


def people_come_first(plain: Plain) -> Iterator[Finding]:
    for found in worded_better(plain):
        reason = f"Better than “{found.text}”: “{found.better}”. The person comes first."
        span = Span(found.start, found.end)
        yield _at(plain, span, "P37", found.level, reason, "NHS inclusive content")


def numbers_are_of_people(plain: Plain) -> Iterator[Finding]:
    for found in hard_figures(plain):
        span = Span(found.start, found.end)
        yield _at(plain, span, "NUMBERS", Level.ADVISE, found.advice, NHS)


def it_says_who_does_what(plain: Plain) -> Iterator[Finding]:
    among = sum(1 for _ in own_sentences(plain))
    passive = passive_sentences(plain)
    if among < SENTENCES_FOR_A_SHARE or len(passive) <= PASSIVE_SHARE * among:
        return
    reason = (
        f"{len(passive)} of {among} sentences do not say who does it, such as this one. "
        "“Doctors collect the cells” is easier than “the cells are collected”."
    )
    yield _at(plain, passive[0], "PASSIVE", Level.ADVISE, reason, NHS)


def own_sentences(plain: Plain) -> Iterator[Span]:
    """The sentences that the page itself says, and not somebody it quotes."""
    for sentence in plain.sentences():
        if reading_age.has_a_word(plain.text, *sentence) and not plain.is_quoted(*sentence):
            yield sentence


def sentence_lengths(plain: Plain) -> list[tuple[Span, int]]:
    return [
        (sentence, len(reading_age.words_of(plain.text[slice(*sentence)])))
        for sentence in own_sentences(plain)
    ]


def passive_sentences(plain: Plain) -> list[Span]:
    return [span for span in own_sentences(plain) if is_passive(plain.text[slice(*span)])]


def long_paragraphs(plain: Plain) -> Iterator[tuple[Block, int]]:
    for block, sentences in plain.sentences_by_block():
        count = sum(not plain.labels(sentence) for sentence in sentences)
        is_long = count > SENTENCES_IN_A_PARAGRAPH
        if is_long and not plain.is_quoted(block.start, block.end):
            yield block, count


def _at(plain: Plain, span: Span, rule: str, level: Level, reason: str, standard: str) -> Finding:
    passage = plain.text[span.start : span.end]
    return Finding(rule, level, reason, standard, passage, span.start, span.end)


def _list(words: list[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)
