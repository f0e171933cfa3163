"""What the index holds of each live page: from the database, in a dozen queries for many."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from editorial.models import AlsoCalled, KeyMessage, Tag, TagSynonym, VersionTag
from editorial.models.version import VersionQuerySet
from editorial.states import Kind
from evidence.models import Claim
from evidence.models.claim import Certainty
from search.engine import Document
from search.facts import abbreviations, said_by
from search.tokens import prepare
from search.words import callings, name_key

NUMBER_OF_CITATION = re.compile(r"<cite\b[^>]*>.*?</cite>", re.DOTALL)
BETWEEN = re.compile(r"</?(?:p|h[1-6]|[uo]l|li|table|caption|t[rdh]|blockquote|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# From the least sure. What is not rated says nothing of the others.
CERTAINTIES = (
    Certainty.VERY_LOW,
    Certainty.LOW,
    Certainty.MODERATE,
    Certainty.HIGH,
    Certainty.NOT_RATED,
)
# The last second that ten digits can tell: what is counted down from here puts the newest first.
LAST_SECOND = 9_999_999_999
COLUMNS = (
    *("pk", "page_id", "page__kind", "page__slug", "page__tag", "title", "summary", "body"),
    *("reviewed_on", "published_at"),
)


def plain_text(markup: str) -> str:
    """The words of a cleaned body: no tags, no citations; a space where a block ends."""
    text = NUMBER_OF_CITATION.sub("", markup)
    text = TAG.sub("", BETWEEN.sub(" ", text))
    return " ".join(html.unescape(text).split())


class TagTree:
    """The vocabulary as documents need it: every tag with those above it. Two queries."""

    def __init__(self) -> None:
        rows = Tag.objects.values_list("pk", "slug", "name", "kind", "parent", "merged_into")
        self._tags = {row[0]: row[1:] for row in rows}
        self._words: dict[int, list[str]] = defaultdict(list)
        for pk, (_slug, name, *_rest) in self._tags.items():
            self._words[self._standing(pk)].append(prepare(name))
        for pk, name in TagSynonym.objects.values_list("tag", "name"):
            self._words[self._standing(pk)].append(prepare(name))

    def _standing(self, pk: int) -> int:
        while self._tags[pk][4] is not None:
            pk = self._tags[pk][4]
        return pk

    def with_those_above(self, pks: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for pk in pks:
            above: int | None = self._standing(pk)
            while above is not None and above not in found:
                found.add(above)
                parent = self._tags[above][3]
                above = None if parent is None else self._standing(parent)
        return found

    def words(self, pks: Iterable[int]) -> str:
        """What readers may call these tags, prepared, for tags that the page carries itself."""
        standing = {self._standing(pk) for pk in pks}
        return " ".join(name for pk in sorted(standing) for name in self._words[pk])

    def names(self, pks: Iterable[int]) -> list[str]:
        """As readers know them, once each, in the order given."""
        return [self._tags[pk][1] for pk in dict.fromkeys(map(self._standing, pks))]

    def kinds_and_slugs(self, pks: Iterable[int]) -> list[str]:
        return sorted(f"{self._tags[pk][2]}:{self._tags[pk][0]}" for pk in pks)

    def slugs(self, pks: Iterable[int], kind: str = "") -> list[str]:
        return sorted(self._tags[pk][0] for pk in pks if kind in ("", self._tags[pk][2]))


def documents(live: VersionQuerySet) -> Iterator[Document]:
    """One for each of these live versions. A dozen queries, whose rows are held at once.

    A query names the versions by their condition: a list of ids would cost more than its answer.
    """
    tree, versions = TagTree(), live.order_by().values("pk")
    before = set(versions.values_list("pk", flat=True))
    names = _lists(AlsoCalled, versions, "name")
    messages = _lists(KeyMessage, versions, "text")
    claims = _lists(Claim, versions, "statement", "certainty")
    said, short = said_by(versions), abbreviations(versions)
    tags: dict[int, list[int]] = defaultdict(list)
    carried = VersionTag.objects.filter(content_object__in=versions).order_by("pk")
    for version, tag in carried.values_list("content_object", "tag"):
        tags[version].append(tag)
    # Last: what was live before its rows were read, and is live still, was so in between.
    for row in live.values_list(*COLUMNS):
        pk = row[0]
        if pk not in before:
            continue
        yield document(
            dict(zip(COLUMNS, row, strict=True)),
            names=[*(name for (name,) in names[pk]), *short.get(pk, ())],
            messages=[text for (text,) in messages[pk]],
            claims=claims[pk],
            said=said[pk],
            tags=tags[pk],
            tree=tree,
        )


def _lists(model: Any, versions: QuerySet, *columns: str) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = defaultdict(list)
    rows = model.objects.filter(version__in=versions).order_by("version", "position", "pk")
    for version, *values in rows.values_list("version", *columns):
        found[version].append(tuple(values))
    return found


def document(
    row: Mapping[str, Any],
    *,
    names: Sequence[str],
    messages: Sequence[str],
    claims: Sequence[tuple[str, str]],
    said: Sequence[str],
    tags: Sequence[int],
    tree: TagTree,
) -> Document:
    """One page as the index holds it. Claims and facts are read like its body."""
    own = [*tags, *([row["page__tag"]] if row["page__tag"] else [])]
    facets = tree.with_those_above(own)
    statements = [statement for statement, _ in claims]
    body = " ".join([plain_text(row["body"]), *said, *statements]).strip()
    certainties = {certainty for _, certainty in claims}
    reviewed_on = row["reviewed_on"]
    title, also_called = prepare(row["title"]), [prepare(name) for name in names]
    by_title = f"{title} {row['page_id']:010d}"
    before_the_last = LAST_SECOND - int(row["published_at"].timestamp())
    text: dict[str, str | list[str]] = {
        "title": title,
        "names": also_called,
        "tag_words": tree.words(own),
        "summary": prepare(row["summary"]),
        "messages": [prepare(message) for message in messages],
        "body": prepare(body),
    }
    shown = {
        "version_id": row["pk"],
        "page_id": row["page_id"],
        "kind": row["page__kind"],
        "slug": row["page__slug"],
        "url": Kind(row["page__kind"]).address(row["page__slug"]),
        "title": row["title"],
        "names": list(names),
        "tags": tree.names(tags),
        "summary": row["summary"],
        "text": body,
        "certainty": next((each for each in CERTAINTIES if each in certainties), ""),
        "reviewed_on": reviewed_on.isoformat() if reviewed_on else None,
    }
    called = [title, *map(prepare, callings(row["title"])[1:]), *also_called]
    return text | {
        "page_id": row["page_id"],
        "shown": json.dumps(shown, ensure_ascii=False).encode(),
        "exact": sorted({name_key(name.split()) for name in called}),
        "called": " ".join([title, *also_called]),
        "vocabulary": [part for value in text.values() for part in _parts(value)],
        "kind": row["page__kind"],
        "disease": tree.slugs(facets, Tag.Kind.DISEASE),
        "therapy": tree.slugs(facets, Tag.Kind.THERAPY),
        "tag": tree.slugs(facets),
        "tags": tree.kinds_and_slugs(facets),
        "certainty": sorted(certainties),
        "certainties": sorted(certainties),
        "reviewed": reviewed_on.toordinal() if reviewed_on else 0,
        "by_title": by_title,
        "by_newest": f"{before_the_last:010d} {by_title}",
    }


def _parts(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
