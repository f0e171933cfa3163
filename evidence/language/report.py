"""The measures of one text as numbers, to be shown or kept."""

from typing import TypedDict

from evidence.language import measures, reading_age
from evidence.language.abbreviations import unexpanded
from evidence.language.html_text import Plain, plain_of, plain_of_text


class Report(TypedDict):
    words: int
    sentences: int
    grade: float
    smog: float
    ease: float
    mean_sentence: float
    longest_sentence: int
    sentences_too_long: int
    paragraphs_too_long: int
    passive_share: float
    abbreviations: list[str]


def of_html(body: str, known_terms: frozenset[str] = frozenset()) -> Report:
    return of(plain_of(body), known_terms=known_terms)


def of(
    text: str | Plain, *, known_terms: frozenset[str] = frozenset(), read_before: str = ""
) -> Report:
    plain = text if isinstance(text, Plain) else plain_of_text(text)
    reading = reading_age.measure(plain, known_terms=known_terms)
    lengths = [length for _, length in measures.sentence_lengths(plain)]
    passive = len(measures.passive_sentences(plain))
    return {
        "words": reading.words,
        "sentences": reading.sentences,
        "grade": round(reading.grade, 1),
        "smog": round(reading.smog, 1),
        "ease": round(reading.ease, 1),
        "mean_sentence": round(sum(lengths) / len(lengths), 1) if lengths else 0.0,
        "longest_sentence": max(lengths, default=0),
        "sentences_too_long": sum(length > measures.WORDS_AT_MOST for length in lengths),
        "paragraphs_too_long": sum(1 for _ in measures.long_paragraphs(plain)),
        "passive_share": round(passive / len(lengths), 2) if lengths else 0.0,
        "abbreviations": [found.name for found in unexpanded(plain.text, read_before=read_before)],
    }
