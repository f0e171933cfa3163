"""The controlled vocabulary as readers' lists need it: read with one query, asked many times."""

from collections import defaultdict
from collections.abc import Iterable

from editorial import ledger
from editorial.models import Tag


class Vocabulary:
    """Every tag by slug; a merged tag's slug leads to the tag that took its place.

    Nobody changes it once it is read: several requests may hold the same.
    """

    def __init__(self, stamp: int = 0) -> None:
        tags = {tag.pk: tag for tag in Tag.objects.all()}
        self.stamp = stamp
        self.by_slug: dict[str, Tag] = {}
        self._children: dict[int | None, list[Tag]] = defaultdict(list)
        self._merged: dict[int, list[int]] = defaultdict(list)
        for tag in tags.values():
            standing = self.by_slug[tag.slug] = self._standing(tag, tags)
            if standing is tag:
                parent = self._standing(tags[tag.parent_id], tags) if tag.parent_id else None
                self._children[parent.pk if parent else None].append(tag)
            else:
                self._merged[standing.pk].append(tag.pk)
        self._sorted: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    @staticmethod
    def _standing(tag: Tag, tags: dict[int, Tag]) -> Tag:
        while tag.merged_into_id is not None:
            tag = tags[tag.merged_into_id]
        return tag

    def choices(self, *kinds: str) -> list[tuple[str, str]]:
        """(slug, name) of every current tag of these kinds, or of all kinds, by name."""
        if kinds not in self._sorted:
            tags = {tag for tag in self.by_slug.values() if not kinds or tag.kind in kinds}
            found = [(tag.slug, tag.name) for tag in tags]
            self._sorted[kinds] = sorted(found, key=lambda choice: choice[1].lower())
        return self._sorted[kinds]

    def ids_below(self, slugs: Iterable[str]) -> set[int]:
        """The ids of these tags and of all below them; merged tags count with their successor."""
        found: set[int] = set()
        waiting = [self.by_slug[slug] for slug in slugs if slug in self.by_slug]
        while waiting:
            tag = waiting.pop()
            if tag.pk not in found:
                found |= {tag.pk, *self._merged[tag.pk]}
                waiting.extend(self._children[tag.pk])
        return found

    def children_of(self, tag: Tag) -> list[Tag]:
        return sorted(self._children[tag.pk], key=lambda child: child.name.lower())


_latest: Vocabulary | None = None


def vocabulary_now() -> Vocabulary:
    """The tags as the database has them now, read again when something public has changed."""
    global _latest
    stamp, found = ledger.stamp(), _latest
    if found is None or found.stamp != stamp:
        found = _latest = Vocabulary(stamp)
    return found


def forget() -> None:
    """For tests, which take back what they wrote, and the stamp with it."""
    global _latest
    _latest = None
