"""What the index holds of each live page: from the database, in batches of few queries."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from editorial.models import AlsoCalled, KeyMessage, Tag, TagSynonym, Version, VersionTag
from evidence.models import Claim
from evidence.models.claim import Certainty
from search.engine import Document
from search.facts import abbreviations, said_by
from search.tokens import prepare
from search.words import callings, name_key, words_of

BATCH = 500
NUMBER_OF_CITATION = re.compile(r"<cite\b[^>]*>.*?</cite>", re.DOTALL)
BETWEEN = re.compile(r"</?(?:p|h[1-6]|[uo]l|li|table|caption|t[rdh]|blockquote|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")
# From the least sure. What is not rated says nothing of the others.
CERTAINTIES = (
    Certainty.VERY_LOW,
    Certainty.LOW,
    Certainty.MODERATE,
    Certainty.HIGH,
    Certainty.NOT_RATED,
)
COLUMNS = (
    *("pk", "page_id", "page__kind", "page__slug", "page__tag", "title", "summary", "body"),
    *("reviewed_on", "published_at"),
)


def plain_text(markup: str) -> str:
    """The words of a cleaned body: no tags, no citations; a space where a block ends."""
    text = NUMBER_OF_CITATION.sub("", markup)
    text = TAG.sub("", BETWEEN.sub(" ", text))
    return SPACE.sub(" ", html.unescape(text)).strip()


class TagTree:
    """The vocabulary as documents need it: every tag with those above it. Two queries."""

    def __init__(self) -> None:
        rows = Tag.objects.values_list("pk", "slug", "name", "kind", "parent", "merged_into")
        self._tags = {row[0]: row[1:] for row in rows}
        self._words: dict[int, list[str]] = defaultdict(list)
        for pk, (_slug, name, *_rest) in self._tags.items():
            self._words[self._standing(pk)].append(name)
        for pk, name in TagSynonym.objects.values_list("tag", "name"):
            self._words[self._standing(pk)].append(name)

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
        """What readers may call these tags, for tags that the page carries itself."""
        standing = {self._standing(pk) for pk in pks}
        return " ".join(name for pk in sorted(standing) for name in self._words[pk])

    def kinds_and_slugs(self, pks: Iterable[int]) -> list[str]:
        return sorted(f"{self._tags[pk][2]}:{self._tags[pk][0]}" for pk in pks)

    def slugs(self, pks: Iterable[int], kind: str = "") -> list[str]:
        return sorted(self._tags[pk][0] for pk in pks if kind in ("", self._tags[pk][2]))


def documents(version_ids: Sequence[int]) -> Iterator[Document]:
    """One for each of these versions that is live. A dozen queries a batch."""
    tree = TagTree()
    for start in range(0, len(version_ids), BATCH):
        yield from _batch(version_ids[start : start + BATCH], tree)


def _batch(version_ids: Sequence[int], tree: TagTree) -> Iterator[Document]:
    names = _lists(AlsoCalled, version_ids, "name")
    messages = _lists(KeyMessage, version_ids, "text")
    claims = _lists(Claim, version_ids, "statement", "certainty")
    said, short = said_by(version_ids), abbreviations(version_ids)
    tags: dict[int, list[int]] = defaultdict(list)
    carried = VersionTag.objects.filter(content_object__in=version_ids)
    for version, tag in carried.values_list("content_object", "tag"):
        tags[version].append(tag)
    # Last: whatever was live when its rows were read is live still, or is not handed on.
    live = Version.objects.live().filter(pk__in=version_ids)
    for row in live.values_list(*COLUMNS):
        pk = row[0]
        yield document(
            dict(zip(COLUMNS, row, strict=True)),
            names=[*(name for (name,) in names[pk]), *short.get(pk, ())],
            messages=[text for (text,) in messages[pk]],
            claims=claims[pk],
            said=said[pk],
            tags=tags[pk],
            tree=tree,
        )


def _lists(model: Any, version_ids: Sequence[int], *columns: str) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = defaultdict(list)
    rows = model.objects.filter(version__in=version_ids).order_by("version", "position", "pk")
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
    text: dict[str, str | list[str]] = {
        "title": prepare(row["title"]),
        "names": [prepare(name) for name in names],
        "tag_words": prepare(tree.words(own)),
        "summary": prepare(row["summary"]),
        "messages": [prepare(message) for message in messages],
        "body": prepare(body),
    }
    shown = {
        "version_id": row["pk"],
        "page_id": row["page_id"],
        "kind": row["page__kind"],
        "slug": row["page__slug"],
        "title": row["title"],
        "names": list(names),
        "summary": row["summary"],
        "text": body,
        "certainty": next((each for each in CERTAINTIES if each in certainties), ""),
        "reviewed_on": reviewed_on.isoformat() if reviewed_on else None,
    }
    called = [*callings(row["title"]), *names]
    return text | {
        "page_id": row["page_id"],
        "shown": json.dumps(shown, ensure_ascii=False).encode(),
        "exact": sorted({name_key(words_of(name)) for name in called}),
        "called": prepare(" ".join([row["title"], *names])),
        "vocabulary": " ".join(_distinct(text)),
        "kind": row["page__kind"],
        "disease": tree.slugs(facets, Tag.Kind.DISEASE),
        "therapy": tree.slugs(facets, Tag.Kind.THERAPY),
        "tag": tree.slugs(facets),
        "tags": tree.kinds_and_slugs(facets),
        "certainty": sorted(certainties),
        "certainties": sorted(certainties),
        "reviewed": reviewed_on.toordinal() if reviewed_on else 0,
        "published": int(row["published_at"].timestamp()),
        "sort_title": text["title"],
    }


def _distinct(text: Mapping[str, Any]) -> set[str]:
    """Every word once."""
    found: set[str] = set()
    for value in text.values():
        for part in value if isinstance(value, list) else [value]:
            found.update(part.split())
    return found
