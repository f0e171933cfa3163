"""Answers to readers: from the index where it is ready, from the database meanwhile."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.utils import timezone

from editorial.filtering import months_before
from search import engine, following, plain, ranking, suggesting
from search.asking import Asked, Found, Hit, Suggestion
from search.engine import Damaged, Query, Snapshot
from search.models.promotion import key_of
from search.names import Names, names_now
from search.snippets import snippet
from search.spelling import Vocabulary, put_right, spellings
from search.words import PLAIN_WORDS, Reading, read

MONTHS = (6, 12, 24)
# Nobody reads on for ever: what lies beyond is counted and not shown.
DEEPEST = 10_000
# The words of the site are read anew after this many seconds, when somebody mistypes one.
VOCABULARY_LASTS = 60.0
PROMOTED = 1000.0
# The field that each facet is counted by.
COUNTED = {
    "kind": "kind",
    "disease": "tags",
    "therapy": "tags",
    "tag": "tags",
    "certainty": "certainties",
}

_vocabulary: tuple[float, Names, Vocabulary] | None = None


def find(asked: Asked) -> Found:
    """Never fails for what was typed."""
    snapshot = following.current()
    if snapshot is None:
        return plain.find(asked)
    try:
        return _find(snapshot, asked)
    except Damaged as damage:
        following.give_up(damage)
        return plain.find(asked)


def suggest(words: str, limit: int = 8) -> list[Suggestion]:
    """Pages whose title or another name holds these words, the last of them perhaps half typed."""
    snapshot = following.current()
    if snapshot is None:
        return plain.suggest(words, limit)
    try:
        return suggesting.suggest(snapshot, names_now(), words, limit)
    except Damaged as damage:
        following.give_up(damage)
        return plain.suggest(words, limit)


# --- results ----------------------------------------------------------------------------------


def _find(snapshot: Snapshot, asked: Asked) -> Found:
    reading, corrected = read(asked.words), None
    filters = _filters(asked)
    query = engine.every_page()
    promoted: list[int] = []
    if reading:
        names = names_now()
        if not asked.exact:
            reading, corrected = _corrected(snapshot, reading, names)
        promoted = names.promoted.get(key_of(asked.words), [])
        query = _promoting(ranking.query_of(reading, names), promoted)
    elif asked.words.strip():
        query = engine.nothing()
    total, hits = _search(snapshot, query, filters, asked)
    if reading and not total:
        query = ranking.query_of(reading, names, loosely=True)
        total, hits = _search(snapshot, query, filters, asked)
    marked = {*reading.words, *(word for phrase in reading.phrases for word in phrase)}
    return Found(
        total=total,
        hits=[_hit(snapshot.shown(at), score, marked, promoted) for score, at in hits],
        facets=_facets(snapshot, asked, query, filters),
        corrected=corrected,
    )


def _search(
    snapshot: Snapshot, query: Query, filters: dict[str, Query], asked: Asked
) -> tuple[int, list[tuple[float, Any]]]:
    by_score = asked.sort == "relevance" and bool(asked.words.strip())
    return snapshot.search(
        engine.all_of([query, *filters.values()]),
        limit=asked.size,
        offset=min(asked.offset, DEEPEST),
        order=asked.sort if by_score or asked.sort == "newest" else "title",
    )


def _promoting(query: Query, pages: list[int]) -> Query:
    """These pages first, in their order, also where they would not be found."""
    if not pages:
        return query
    first = [
        engine.scoring(engine.number("page_id", page), PROMOTED * (len(pages) - place))
        for place, page in enumerate(pages)
    ]
    return engine.either([query, *first])


def _hit(shown: dict[str, Any], score: float, words: Iterable[str], promoted: list[int]) -> Hit:
    reviewed_on = shown["reviewed_on"]
    return Hit(
        version_id=shown["version_id"],
        page_id=shown["page_id"],
        kind=shown["kind"],
        url=shown["url"],
        title=shown["title"],
        snippet=snippet(shown["text"], shown["summary"], words),
        certainty=shown["certainty"],
        reviewed_on=date.fromisoformat(reviewed_on) if reviewed_on else None,
        score=score,
        is_promoted=shown["page_id"] in promoted,
        tags=tuple(shown["tags"]),
    )


# --- filters and their counts -----------------------------------------------------------------


def _filters(asked: Asked) -> dict[str, Query]:
    filters = {facet: engine.any_of(facet, values) for facet, values in asked.chosen.items()}
    if asked.reviewed_since:
        filters["reviewed"] = engine.at_least("reviewed", asked.reviewed_since.toordinal())
    return filters


def _facets(
    snapshot: Snapshot, asked: Asked, query: Query, filters: dict[str, Query]
) -> dict[str, dict[str, int]]:
    """Each facet under every filter but its own: those without one are counted in one go.

    Without words, where only the chosen values and the day decide, counts are kept beside the
    index: other values of a facet, other pages and other orders of a list ask for the same.
    """
    free = [facet for facet in asked.counted if facet not in filters]
    questions = [(asked, engine.all_of([query, *filters.values()]), free)]
    questions += [
        (asked.without(facet), _under_others(query, filters, facet), [facet])
        for facet in asked.counted
        if facet in filters
    ]
    counts: dict[str, dict[str, int]] = {}
    for under, each, facets in questions:
        if asked.words.strip():
            counts |= _counted(snapshot, each, facets)
        else:
            day = timezone.localdate()
            key = (*under.chosen.items(), under.reviewed_since, *facets, day)
            counts |= snapshot.keeping(key, partial(_counted, snapshot, each, facets))
    return counts


def _counted(snapshot: Snapshot, query: Query, facets: Sequence[str]) -> dict[str, dict[str, int]]:
    """Of the tags of a page those that are diseases, those that are therapies, and all."""
    today = timezone.localdate()
    since = {str(months): months_before(today, months).toordinal() for months in MONTHS}
    fields = {COUNTED[facet] for facet in facets if facet != "reviewed"}
    found = snapshot.count(query, fields, {"reviewed": since} if "reviewed" in facets else {})
    counts = {}
    for facet in facets:
        counts[facet] = found[COUNTED.get(facet, facet)]
        if COUNTED.get(facet) == "tags":
            kind = "" if facet == "tag" else f"{facet}:"
            tags = counts[facet].items()
            counts[facet] = {
                tag.partition(":")[2]: count for tag, count in tags if tag.startswith(kind)
            }
    return counts


def _under_others(query: Query, filters: dict[str, Query], own: str) -> Query:
    return engine.all_of([query, *(each for name, each in filters.items() if name != own)])


# --- misspelt words ---------------------------------------------------------------------------


def _corrected(snapshot: Snapshot, reading: Reading, names: Names) -> tuple[Reading, str | None]:
    """The question with its misspelt words put right, and those words; None where none was."""
    doubtful = [word for word in reading.words if word not in PLAIN_WORDS]
    if all(_is_known(snapshot, word, names) for word in doubtful):
        return reading, None
    words = put_right(reading.words, _words_of_the_site(snapshot, names), but=PLAIN_WORDS)
    if words == reading.words:
        return reading, None
    return replace(reading, words=words), " ".join(words)


def _is_known(snapshot: Snapshot, word: str, names: Names) -> bool:
    forms = (*spellings(word), word.removesuffix("s"), f"{word}s")
    return any(form in names.words or snapshot.frequency("vocabulary", form) for form in forms)


def _words_of_the_site(snapshot: Snapshot, names: Names) -> Vocabulary:
    global _vocabulary
    now = time.monotonic()
    if _vocabulary is None or _vocabulary[1] is not names or now > _vocabulary[0]:
        words = Vocabulary(
            snapshot.words("vocabulary"), frozenset(names.words), frozenset(names.pairs)
        )
        _vocabulary = now + VOCABULARY_LASTS, names, words
    return _vocabulary[2]
