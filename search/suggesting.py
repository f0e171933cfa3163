"""What a reader may be about to type: pages by the beginning of a word of their title or names.

The names of diseases, therapies and terms lie in memory, in one sorted list: looking a beginning up
takes microseconds, also a single letter's, which an index would have to gather from half of its
words. They are bounded by the vocabulary (`MOST_NAMES`), not by the number of articles: those are
asked of the index, from three letters on, where a beginning fits few words.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from editorial.states import Kind
from search import engine
from search.asking import Suggestion
from search.engine import Snapshot
from search.names import Names, Titled
from search.spelling import IN_A_NAME, SAME_LETTERS, SHORTEST, most_mistakes, spellings
from search.words import words_of

MOST_NAMES = 50_000
MOST_WORDS = 6
LETTERS_FOR_ARTICLES = 3
FIRST = {Kind.DISEASE: 0, Kind.THERAPY: 1, Kind.TERM: 2, Kind.ARTICLE: 3}
TAG_FIELDS = {Kind.DISEASE: "disease", Kind.THERAPY: "therapy"}
# After every letter that a word can hold.
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Entry:
    """A name, from one of its words on. The lower the rank, the earlier it is suggested."""

    text: str
    rank: tuple
    page_id: int


class Beginnings:
    """Every name of the vocabulary from each of its words on, in the order of the alphabet."""

    def __init__(self, names: Names, snapshot: Snapshot) -> None:
        self.names = names
        found: list[Entry] = []
        # Of each word the foremost kind of page that it names.
        words: dict[str, int] = {}
        for page_id, page in names.titles.items():
            field = TAG_FIELDS.get(Kind(page.kind))
            pages = snapshot.frequency(field, page.tag) if field else 0
            for name in page.names:
                for word in name:
                    words[word] = min(FIRST[Kind(page.kind)], words.get(word, len(FIRST)))
                for place in range(len(name)):
                    rank = (place > 0, FIRST[Kind(page.kind)], -pages, len(name), page.title)
                    found.append(Entry(" ".join(name[place:]), rank, page_id))
            if len(found) > MOST_NAMES:
                break
        found.sort(key=lambda entry: entry.text)
        self._entries = found
        self._texts = [entry.text for entry in found]
        self._kinds = words
        self._words = sorted(word for word in words if len(word) >= SHORTEST and word.isalpha())
        self._short: dict[tuple[str, int], list[int]] = {}

    def pages(self, words: Sequence[str], limit: int) -> list[int]:
        """The pages with a name that begins so, from one of its words on; the best first.

        What a letter or two begins is long and asked for often: it is kept.
        """
        key = (" ".join(words), limit)
        if len(key[0]) > 2:
            return self._pages(words, limit)
        if key in self._short:
            return self._short[key]
        found = self._pages(words, limit)
        if found:
            self._short[key] = found
        return found

    def _pages(self, words: Sequence[str], limit: int) -> list[int]:
        best: dict[int, tuple] = {}
        for start in self._starts(words):
            low, high = bisect_left(self._texts, start), bisect_left(self._texts, start + LAST)
            for entry in nsmallest(limit * 4, self._entries[low:high], key=lambda each: each.rank):
                # Just this name, before those that go on.
                rank = (entry.text != start or entry.rank[0], *entry.rank)
                best[entry.page_id] = min(rank, best.get(entry.page_id, rank))
        return nsmallest(limit, best, key=lambda page_id: best[page_id])

    @staticmethod
    def _starts(words: Sequence[str]) -> Iterator[str]:
        """As it was typed; a finished word in either spelling."""
        *whole, last = words
        yield " ".join(words)
        for place, word in enumerate(whole):
            for other in spellings(word)[1:]:
                yield " ".join([*whole[:place], other, *whole[place + 1 :], last])
        for other in spellings(last)[1:]:
            yield " ".join([*whole, other])

    def put_right(self, words: Iterable[str]) -> tuple[str, ...]:
        """Each word as the beginning of the nearest word of a name."""
        return tuple(self._nearest(word) for word in words)

    def _nearest(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        at = bisect_left(self._words, word)
        if at < len(self._words) and self._words[at].startswith(word):
            return word
        # Hardly anybody mistypes the first letter.
        first = bisect_left(self._words, word[0])
        alike = self._words[first : bisect_left(self._words, word[0] + LAST)]
        # A letter more or less shifts the end: the beginnings of all three lengths are compared.
        lengths = (len(word) - 1, len(word), len(word) + 1)
        starts = {other[:length]: other for other in alike for length in lengths}
        whole = {other: other for other in alike}
        likely = (
            (mistakes - self._likely(form, near, among[near]), near)
            # Without its s, a whole word at least: crohn for chrons.
            for form, among in ((word, starts), (word.removesuffix("s"), whole))
            for near, mistakes, _ in process.extract(
                form,
                among.keys(),
                scorer=OSA.distance,
                score_cutoff=most_mistakes(word),
                limit=20,
            )
        )
        return min(likely, default=(0, word))[1]

    def _likely(self, form: str, start: str, other: str) -> float:
        """In single-letter mistakes: the same letters in another order, a disease or a therapy."""
        is_mixed_up = sorted(form) == sorted(start)
        return SAME_LETTERS * is_mixed_up + IN_A_NAME * (self._kinds[other] < FIRST[Kind.TERM])


_latest: Beginnings | None = None


def beginnings(names: Names, snapshot: Snapshot) -> Beginnings:
    global _latest
    if _latest is None or _latest.names is not names:
        _latest = Beginnings(names, snapshot)
    return _latest


def suggest(snapshot: Snapshot, names: Names, typed: str, limit: int = 8) -> list[Suggestion]:
    """Pages for what was typed so far. Nothing where nothing begins so, even give or take a letter
    or two.
    """
    words = words_of(typed[:100])[:MOST_WORDS]
    if not words:
        return []
    known = beginnings(names, snapshot)
    found = _beginning(snapshot, known, words, limit)
    if not found and (meant := known.put_right(words)) != words:
        found = _beginning(snapshot, known, meant, limit)
    return found


def _beginning(
    snapshot: Snapshot, known: Beginnings, words: Sequence[str], limit: int
) -> list[Suggestion]:
    pages = known.pages(words, limit)
    found = [_suggestion(known.names.titles[page_id]) for page_id in pages]
    if len(found) < limit and len(" ".join(words)) >= LETTERS_FOR_ARTICLES:
        found += articles(snapshot, words, limit - len(found))
    return found


def articles(snapshot: Snapshot, words: Sequence[str], limit: int) -> list[Suggestion]:
    *whole, last = words
    wanted = [engine.word("called", word) for word in whole]
    wanted += [engine.beginning("called", last), engine.any_of("kind", [Kind.ARTICLE])]
    _, hits = snapshot.search(engine.all_of(wanted), limit=limit)
    shown = [snapshot.shown(at) for _, at in hits]
    return [_suggestion(Titled(each["title"], each["kind"], each["slug"])) for each in shown]


def _suggestion(page: Titled) -> Suggestion:
    return Suggestion(page.title, page.kind, Kind(page.kind).address(page.slug))
