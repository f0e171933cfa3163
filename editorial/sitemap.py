"""What search engines are led to: every public address, and the day it last changed.

A section is rows in a lasting order and how each is told. `stemcell_site.sitemap` puts the sections
of all rooms behind one another and cuts them where a sitemap may not grow.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from editorial import translations
from editorial.models import Contributor, Tag, Version, VersionTag
from editorial.states import KIND_PATHS, Kind, State


@dataclass(frozen=True)
class Entry:
    path: str
    changed: date | datetime | None = None
    alternates: translations.Alternates | None = None


@dataclass(frozen=True)
class Section:
    """`tell` is given the rows of a slice together, and so can ask for all of them at once."""

    rows: QuerySet | Sequence[Any]
    tell: Callable[[Iterable[Any]], Iterable[Entry]]

    def __len__(self) -> int:
        return self.rows.count() if isinstance(self.rows, QuerySet) else len(self.rows)

    def entries(self, start: int, stop: int) -> Iterable[Entry]:
        return self.tell(self.rows[start:stop])


def pages() -> Section:
    """Every live page, with its other languages where the site has several."""
    live = Version.objects.live().order_by("page")
    fields = ("page", "page__translation_of", "page__kind", "page__slug", "published_at")
    return Section(live.values_list(*fields), _pages)


def _pages(rows: Iterable[tuple]) -> Iterable[Entry]:
    rows = list(rows)
    families: dict[int, translations.Alternates] = {}
    if not translations.is_in_one_language():
        families = translations.alternates_of(root or pk for pk, root, *_rest in rows)
    for pk, root, kind, slug, published_at in rows:
        path = f"/{KIND_PATHS[Kind(kind)]}/{slug}/"
        yield Entry(path, published_at, families.get(root or pk))


def tags() -> Section:
    """Tags that a live page carries."""
    live = VersionTag.objects.filter(content_object__state=State.LIVE, tag=OuterRef("pk"))
    used = Tag.objects.current().filter(Exists(live)).order_by("pk")
    return Section(used, lambda rows: (Entry(tag.get_absolute_url()) for tag in rows))


def people() -> Section:
    """Who wrote or signed what is live, demonstration staff apart."""
    live = Version.objects.live()
    signed = Q(sign_offs__version__in=live) | Q(sign_offs__version__corrections__in=live)
    wrote = Q(user__wrote__version__in=live) | Q(user__wrote__version__corrections__in=live)
    found = Contributor.objects.filter(signed | wrote, is_demonstration=False)
    return Section(
        found.distinct().order_by("pk"),
        lambda rows: (Entry(person.get_absolute_url()) for person in rows),
    )


def fixed(paths: Sequence[str]) -> Section:
    return Section(paths, lambda rows: map(Entry, rows))
