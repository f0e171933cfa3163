"""The one module that speaks to the search engine: tantivy, embedded.

Words are cut on our side (`tokens.prepare`) and come between single spaces: its own
regular-expression tokenizer took four times as long for the same. It stems them.

What the engine calls an error is `Damaged` here, so that whoever asks can go on without it.
"""

import json
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy
from tantivy import Occur, Query

from search.schema import FIELDS, POSITION

# The engine's least, for one thread. A rebuild takes more: the fewer parts, the less to merge.
HEAP = 15_000_000
HEAP_OF_REBUILD = 200_000_000
LONGEST_WORD = 60
MOST_VALUES = 1000
AS_IT_IS, STEMMED = "as_it_is", "stemmed"

# Questions whose counts are kept in memory.
MOST_KEPT = 200

Document = Mapping[str, Any]
# By field, how many pages carry each value.
Counts = dict[str, dict[str, int]]


class Damaged(Exception):
    """The index cannot be read or written. `str()` says what the engine said."""


@contextmanager
def _telling():
    """Turn what the engine raises into Damaged: its panics are no `Exception`."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise Damaged(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Damaged(str(error)) from error


def _analyzer(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


_STEMMER = tantivy.Filter.stemmer("English")
_TOO_LONG = tantivy.Filter.remove_long(LONGEST_WORD)
# The engine cuts and stems in threads of its own, while the next page is read.
ANALYZERS = {AS_IT_IS: _analyzer(_TOO_LONG), STEMMED: _analyzer(_STEMMER, _TOO_LONG)}
_STEMS = _analyzer(_STEMMER)


@cache
def columns_of(name: str) -> list[str]:
    """The columns that hold the values of a field that is counted."""
    if FIELDS[name].form != "counted":
        return [name]
    return [*(f"{name}_{place}" for place in range(FIELDS[name].columns)), f"{name}_rest"]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, field in FIELDS.items():
        match field.form:
            case "words":
                builder.add_text_field(name, tokenizer_name=STEMMED)
            case "vocabulary":
                builder.add_text_field(name, tokenizer_name=AS_IT_IS, index_option="basic")
            case "value":
                builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
            case "counted":
                for column in columns_of(name):
                    builder.add_text_field(
                        column, fast=True, tokenizer_name="raw", index_option="basic"
                    )
            case "names":
                builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
            case "number":
                builder.add_integer_field(name, indexed=True, fast=True)
            case "stored":
                builder.add_bytes_field(name, stored=True)
    return builder.build()


SCHEMA = _schema()
COUNTED = {name for name, field in FIELDS.items() if field.form == "counted"}


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word as fields of form `words` hold it."""
    return "".join(_STEMS.analyze(word))


def _as_written(document: Document) -> tantivy.Document:
    written = dict(document)
    for name in COUNTED.intersection(document):
        values = written.pop(name)
        *columns, rest = columns_of(name)
        few = values[: len(columns)]
        written |= dict(zip(columns, [*few, *[""] * (len(columns) - len(few))], strict=True))
        written[rest] = values[len(columns) :]
    return tantivy.Document(**written)


# --- questions ------------------------------------------------------------------------------


def word(field: str, value: str) -> Query:
    """Pages with this word, or this value."""
    return Query.term_query(SCHEMA, field, _as_held(field, value))


def any_of(field: str, values: Iterable[str]) -> Query:
    """Pages with any of these words or values; all alike, without a score."""
    return Query.const_score_query(
        Query.term_set_query(SCHEMA, field, [_as_held(field, value) for value in values]), 0.0
    )


def phrase(field: str, words: Sequence[str], *, slop: int = 0) -> Query:
    """Pages with these words one after the other."""
    if len(words) < 2:
        return word(field, words[0]) if words else nothing()
    return Query.phrase_query(SCHEMA, field, [_as_held(field, each) for each in words], slop)


def beginning(field: str, start: str, *, mistakes: int = 0) -> Query:
    """Pages with a word that begins so, give or take this many mistyped letters."""
    return Query.fuzzy_term_query(SCHEMA, field, start, mistakes, True, True)


def nearly(field: str, value: str, *, mistakes: int = 1) -> Query:
    """Pages with a word that is spelt so, give or take this many letters."""
    return Query.fuzzy_term_query(SCHEMA, field, _as_held(field, value), mistakes, True, False)


def number(field: str, value: int) -> Query:
    return Query.term_query(SCHEMA, field, value)


def at_least(field: str, number: int) -> Query:
    query = Query.range_query(
        SCHEMA, field, tantivy.FieldType.Integer, lower_bound=number, upper_bound=None
    )
    return Query.const_score_query(query, 0.0)


def every_page() -> Query:
    return without(Query.all_query(), Query.term_query(SCHEMA, "page_id", POSITION))


def nothing() -> Query:
    return Query.empty_query()


def all_of(queries: Iterable[Query]) -> Query:
    queries = list(queries)
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def either(queries: Iterable[Query]) -> Query:
    """Pages that any of these finds; their scores are added."""
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def most_of(queries: Iterable[Query]) -> Query:
    """Pages that more than half of these find; their scores are added."""
    queries = list(queries)
    parts = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(
        parts, minimum_number_should_match=len(parts) // 2 + (len(parts) > 2)
    )


def best_of(queries: Iterable[Query], *, rest: float = 0.0) -> Query:
    """Pages that any of these finds; the best score counts, of the others this share."""
    return Query.disjunction_max_query(list(queries), tie_breaker=rest)


def preferring(query: Query, better: Iterable[Query]) -> Query:
    """What the query finds; pages that the others find as well come higher."""
    return Query.boolean_query([(Occur.Must, query), *((Occur.Should, each) for each in better)])


def without(query: Query, *unwanted: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), *((Occur.MustNot, each) for each in unwanted)])


def weighing(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def scoring(query: Query, score: float) -> Query:
    """The same pages, each with this score."""
    return Query.const_score_query(query, score)


def _as_held(field: str, value: str) -> str:
    return stem(value) if FIELDS[field].form == "words" else value


# --- one index --------------------------------------------------------------------------------


class Snapshot:
    """The index as it was at one moment: everything that one answer needs comes from one."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        found = searcher.search(Query.term_query(SCHEMA, "page_id", POSITION), 1).hits
        # Up to which change it has followed, and of which schema it is.
        self.position: dict[str, Any] = self.shown(found[0][1]) if found else {}
        self._kept: dict[Hashable, Counts] = {}

    @property
    def pages(self) -> int:
        return self._searcher.num_docs - bool(self.position)

    def search(
        self, query: Query, *, limit: int, offset: int = 0, order: str = "relevance"
    ) -> tuple[int, list[tuple[float, Any]]]:
        """How many pages there are, and (score, address) of some."""
        by: dict[str, Any] = {}
        if order == "newest":
            by = {"order_by_field": "by_newest", "order": tantivy.Order.Asc}
        elif order == "title":
            by = {"order_by_field": "by_title", "order": tantivy.Order.Asc}
        with _telling():
            found = self._searcher.search(query, max(limit, 1), offset=offset, **by)
            hits = [(0.0 if by else score, at) for score, at in found.hits[:limit]]
            return found.count, hits  # type: ignore[attr-defined] # Not in its stubs.

    def shown(self, address: Any) -> dict[str, Any]:
        """What a document stores."""
        with _telling():
            return json.loads(self._searcher.doc(address).get_first("shown") or b"{}")

    def count(
        self,
        query: Query,
        fields: Iterable[str],
        at_least: Mapping[str, Mapping[str, int]] | None = None,
    ) -> dict[str, dict[str, int]]:
        """How many of these pages carry each value, for each of these fields; and how many have
        at least a number, for each number that a field is given with its name.
        """
        columns = {column: name for name in fields for column in columns_of(name)}
        asked: dict[str, Any] = {
            column: {"terms": {"field": column, "size": MOST_VALUES}} for column in columns
        }
        bounds = dict(at_least or {})
        asked |= {name: _ranges(name, numbers.values()) for name, numbers in bounds.items()}
        with _telling():
            told = self._searcher.aggregate(query, asked) if asked else {}
        counts: dict[str, dict[str, int]] = {name: {} for name in columns.values()}
        for name, numbers in bounds.items():
            buckets = told[name]["buckets"]
            counts[name] = {key: _from(number, buckets) for key, number in numbers.items()}
        for column, name in columns.items():
            for bucket in told[column]["buckets"]:
                if value := bucket["key"]:
                    found = counts[name]
                    found[value] = found.get(value, 0) + bucket["doc_count"]
        return counts

    def keeping(self, question: Hashable, count: Callable[[], Counts]) -> Counts:
        """What was counted before for the same question; the index at this moment never changes."""
        found = self._kept.get(question)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[question] = count()
        return found

    def words(self, field: str, start: str = "") -> dict[str, int]:
        """The words of a field that begin so, with the number of pages that hold each."""
        with _telling():
            return dict(self._searcher.terms_with_prefix(field, start, limit=None))

    def frequency(self, field: str, value: str) -> int:
        """On how many pages a word stands; pages that left may be counted for a while."""
        with _telling():
            return self._searcher.doc_freq(field, _as_held(field, value))


class Index:
    """The index in one folder."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises Damaged, also for an index of other fields."""
        self.folder = folder
        self._lock = Lock()
        self._seen: tuple[int, ...] = ()
        with _telling():
            self._index = tantivy.Index.open(str(folder))
            if self._index.schema != SCHEMA:
                raise Damaged("It was built with other fields.")
            for name, analyzer in ANALYZERS.items():
                self._index.register_tokenizer(name, analyzer)
            self._index.config_reader("manual")

    @classmethod
    def create(cls, folder: Path) -> "Index":
        with _telling():
            tantivy.Index(SCHEMA, path=str(folder), reuse=False)
        return cls(folder)

    def snapshot(self) -> Snapshot:
        """With all that other processes have written: if nothing, at the price of a look."""
        with _telling(), self._lock:
            stat = os.stat(self.folder / "meta.json")
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if seen != self._seen:
                self._index.reload()
                self._latest = Snapshot(self._index.searcher())
                self._seen = seen
            return self._latest

    # --- writing ----------------------------------------------------------------------------

    def replace(
        self, gone: Iterable[int], documents: Iterable[Document], position: Mapping[str, Any]
    ) -> Callable[[], None]:
        """Take these pages out, put these documents in, and note how far this has followed: in
        one step, which is done or not. Hold the writing lock, until what is returned has been
        called: it tidies up.
        """
        with _telling():
            writer = self._index.writer(heap_size=HEAP, num_threads=1)
            # A writer that was killed may have left files with the names that come next.
            writer.garbage_collect_files()
            for page_id in (POSITION, *gone):
                writer.delete_documents_by_term("page_id", page_id)
            for document in documents:
                writer.add_document(_as_written(document))
            writer.add_document(_as_written(_position_document(position)))
            writer.commit()
        return writer.wait_merging_threads

    def fill(self, documents: Iterable[Document], position: Mapping[str, Any]) -> None:
        """Write an empty index: nobody reads it yet."""
        with _telling():
            writer = self._index.writer(heap_size=HEAP_OF_REBUILD, num_threads=2)
            for document in documents:
                writer.add_document(_as_written(document))
            writer.add_document(_as_written(_position_document(position)))
            writer.commit()
            writer.wait_merging_threads()


def _ranges(field: str, bounds: Iterable[int]) -> dict[str, Any]:
    """Side by side: the engine knows none that overlap."""
    edges = sorted({float(bound) for bound in bounds})
    pairs = zip(edges, [*edges[1:], None], strict=True)
    ranges = [{"from": low, **({"to": high} if high else {})} for low, high in pairs]
    return {"range": {"field": field, "ranges": ranges}}


def _from(bound: int, buckets: Iterable[Mapping[str, Any]]) -> int:
    return sum(each["doc_count"] for each in buckets if each.get("from", -1.0) >= bound)


def _position_document(position: Mapping[str, Any]) -> Document:
    return {"page_id": POSITION, "shown": json.dumps(position).encode()}
