"""The controlled vocabulary as one request needs it: read with one query, asked many times."""

from collections import defaultdict
from collections.abc import Iterable

from editorial.models import Tag


class Vocabulary:
    """Every tag by slug; a merged tag's slug leads to the tag that took its place."""

    def __init__(self) -> None:
        tags = {tag.pk: tag for tag in Tag.objects.all()}
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

    @staticmethod
    def _standing(tag: Tag, tags: dict[int, Tag]) -> Tag:
        while tag.merged_into_id is not None:
            tag = tags[tag.merged_into_id]
        return tag

    def choices(self, *kinds: str) -> list[tuple[str, str]]:
        """(slug, name) of every current tag of these kinds, or of all kinds, by name."""
        found = {tag for tag in self.by_slug.values() if not kinds or tag.kind in kinds}
        return sorted(((tag.slug, tag.name) for tag in found), key=lambda choice: choice[1].lower())

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
