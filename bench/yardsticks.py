"""The same rows and questions, asked of databases in plain statements: SQLite's FTS5, and
PostgreSQL's ts_rank where TEST_DATABASE_URL names a server.

Each answers what the site answers: twenty with snippets, the total, and how many pages carry each
tag, kind and certainty. Ranked by weighted fields, as well as each can.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, Protocol

from search.asking import Asked
from search.engine import Document
from search.words import read

COLUMNS = ("title", "names", "tag_words", "summary", "messages", "body")
FACETS = "SELECT facet, count(*) FROM facets WHERE page IN ({found}) GROUP BY facet"


class Yardstick(Protocol):
    name: str

    def fill(self, documents: Iterable[Document]) -> int:
        """Put them in. Returns how many there are."""

    def find(self, asked: Asked) -> None:
        """Answer, as the site does."""

    def close(self) -> None: ...


def yardsticks() -> Iterator[Yardstick]:
    yield Fts5()
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield TsRank(address)


def _row(document: Document) -> tuple[int, list[str]]:
    """The page's id and its texts; the body as it is read, for the snippets."""
    told = json.loads(document["shown"])
    texts = [document[name] for name in COLUMNS[:-1]]
    texts = [text if isinstance(text, str) else " ".join(text) for text in texts]
    return document["page_id"], [*texts, told["text"]]


def _facets(document: Document) -> list[tuple[int, str]]:
    values = [
        *(f"tag:{slug}" for slug in document["tag"]),
        *(f"certainty:{value}" for value in document["certainty"]),
        f"kind:{document['kind']}",
    ]
    return [(document["page_id"], value) for value in values]


def _words(asked: Asked) -> list[str]:
    """Words and phrases, in the quotes that both databases read."""
    reading = read(asked.words)
    return [*reading.words, *(f'"{" ".join(phrase)}"' for phrase in reading.phrases)]


def _batches(documents: Iterable[Document]) -> Iterator[Sequence[Document]]:
    return batched(documents, 500)


class Fts5:
    name = "FTS5"

    def __init__(self) -> None:
        # A temporary database on disk: the empty name.
        self._connection = sqlite3.connect("", isolation_level=None)
        self._ask = self._connection.execute

    def fill(self, documents: Iterable[Document]) -> int:
        self._ask("CREATE TABLE facets (page INTEGER, facet TEXT)")
        columns = ", ".join(COLUMNS)
        self._ask(f"CREATE VIRTUAL TABLE pages USING fts5({columns}, tokenize='porter unicode61')")
        self._ask("BEGIN")
        many = self._connection.executemany
        for batch in _batches(documents):
            rows = [(page, *texts) for page, texts in map(_row, batch)]
            many(f"INSERT INTO pages(rowid, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608
            many("INSERT INTO facets VALUES (?, ?)", [each for it in batch for each in _facets(it)])
        self._ask("COMMIT")
        self._ask("CREATE INDEX by_page ON facets (page, facet)")
        self._ask("CREATE INDEX by_facet ON facets (facet, page)")
        self._ask("ANALYZE")
        return self._ask("SELECT count(*) FROM pages").fetchone()[0]

    def find(self, asked: Asked) -> None:
        match = " AND ".join(word if word[0] == '"' else f'"{word}"' for word in _words(asked))
        where, given = "pages MATCH ?", [match]
        for tag in asked.tags:
            where += " AND rowid IN (SELECT page FROM facets WHERE facet = ?)"
            given.append(f"tag:{tag}")
        self._ask(
            "SELECT rowid, snippet(pages, 5, '<mark>', '</mark>', '…', 30) FROM pages "  # noqa: S608
            f"WHERE {where} ORDER BY bm25(pages, 5, 4, 1.5, 3.5, 3, 1) LIMIT 20 OFFSET ?",
            [*given, asked.offset],
        ).fetchall()
        self._ask(f"SELECT count(*) FROM pages WHERE {where}", given).fetchone()  # noqa: S608
        found = f"SELECT rowid FROM pages WHERE {where}"  # noqa: S608
        self._ask(FACETS.format(found=found), given).fetchall()

    def close(self) -> None:
        self._connection.close()


class TsRank:
    name = "ts_rank"

    def __init__(self, address: str) -> None:
        import psycopg

        self._connection = psycopg.connect(address, autocommit=True)
        self._ask: Any = self._connection.execute

    def fill(self, documents: Iterable[Document]) -> int:
        self._ask("CREATE TEMP TABLE facets (page integer, facet text)")
        self._ask("CREATE TEMP TABLE pages (page integer, body text, words tsvector)")
        words = " || ".join(
            f"setweight(to_tsvector('english', %s), '{weight}')" for weight in "ABCBBD"
        )
        with self._connection.transaction(), self._connection.cursor() as cursor:
            for batch in _batches(documents):
                rows = [(page, texts[-1], *texts) for page, texts in map(_row, batch)]
                cursor.executemany(f"INSERT INTO pages VALUES (%s, %s, {words})", rows)  # noqa: S608
                facets = [each for it in batch for each in _facets(it)]
                cursor.executemany("INSERT INTO facets VALUES (%s, %s)", facets)
        self._ask("CREATE INDEX ON pages USING gin (words)")
        self._ask("CREATE INDEX ON pages (page)")
        self._ask("CREATE INDEX ON facets (facet, page)")
        self._ask("CREATE INDEX ON facets (page, facet)")
        self._ask("ANALYZE pages, facets")
        return self._ask("SELECT count(*) FROM pages").fetchone()[0]

    def find(self, asked: Asked) -> None:
        given: dict[str, Any] = {"words": " ".join(_words(asked)), "offset": asked.offset}
        query = "websearch_to_tsquery('english', %(words)s)"
        where = f"words @@ {query}"
        for place, tag in enumerate(asked.tags):
            given[f"tag{place}"] = f"tag:{tag}"
            tagged = f"SELECT page FROM facets WHERE facet = %(tag{place})s"  # noqa: S608
            where += f" AND page IN ({tagged})"
        self._ask(
            f"SELECT page, ts_headline('english', body, {query}) FROM (SELECT page, body "  # noqa: S608
            f"FROM pages WHERE {where} ORDER BY ts_rank(words, {query}) DESC LIMIT 20 "
            "OFFSET %(offset)s) AS first",
            given,
        ).fetchall()
        self._ask(f"SELECT count(*) FROM pages WHERE {where}", given).fetchone()  # noqa: S608
        found = f"SELECT page FROM pages WHERE {where}"  # noqa: S608
        self._ask(FACETS.format(found=found), given).fetchall()

    def close(self) -> None:
        self._connection.close()
