"""The public log of corrections: texts put right, pages withdrawn, sources that changed.

It is read from the audit trail and kept nowhere else, so nothing can be left out of it later. Only
what readers were told at the time is repeated: never a remark among staff, never a text that was
not public.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import overload

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.differences import Change, Run, compare_words
from editorial.models import Event, Version
from editorial.states import Lane
from editorial.wording import body_lines

LOG_ADDRESS = "/about/corrections/"
SOURCE_VERBS = ("source changed", "source stands again")
# Written when a report of a reader led to a new version: its comment is a line for readers.
AFTER_A_REPORT = "corrected after a report"


@dataclass(frozen=True)
class Place:
    """A page that the public can read today."""

    title: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    `id` lasts and is unique on the site; `kind` is corrected, withdrawn or source; `what` says in
    a line what happened; `pages` are those that a source is behind.
    """

    id: str
    kind: str
    title: str
    url: str
    happened_at: datetime
    what: str
    pages: tuple[Place, ...] = ()


class Entries:
    """The lines of the log, the newest first: counted and cut by the database."""

    def __init__(self, events: QuerySet[Event]) -> None:
        self._events = events

    def count(self) -> int:
        return self._events.count()

    __len__ = count

    def years(self) -> list[tuple[int, int]]:
        """Each year of which the log tells, the newest first, with how many lines it has."""
        per_year = self._events.order_by().values_list("at__year").annotate(lines=Count("pk"))
        return sorted(((year, lines) for year, lines in per_year), reverse=True)

    def __iter__(self) -> Iterator[Entry]:
        return iter(_told(list(self._events)))

    @overload
    def __getitem__(self, key: int) -> Entry: ...
    @overload
    def __getitem__(self, key: slice) -> list[Entry]: ...
    def __getitem__(self, key: int | slice) -> Entry | list[Entry]:
        if isinstance(key, slice):
            return _told(list(self._events[key]))
        return _told([self._events[key]])[0]


def entries(*, year: int | None = None) -> Entries:
    """The log, of one year or whole. A slice of it costs four queries."""
    events = Event.objects.filter(_is_of_the_log()).order_by("-number")
    return Entries(events.filter(at__year=year) if year else events)


def _is_of_the_log() -> Q:
    corrections = Version.objects.filter(corrects__isnull=False).values("pk")
    # The trail tells a change of a source once for each page that leans on it, and then, in the
    # same transaction, for the source itself.
    page_before = Event.objects.filter(
        number=OuterRef("number") - 1, verb=OuterRef("verb"), at=OuterRef("at")
    ).exclude(page_id=None)
    return (
        Q(verb="went live", version_id__in=corrections)
        | (Q(verb=AFTER_A_REPORT) & ~Q(version_id__in=corrections))
        | Q(verb="withdrawn")
        | Q(Exists(page_before), verb__in=SOURCE_VERBS, page_id=None)
    )


def _told(events: list[Event]) -> list[Entry]:
    versions = (
        Version.objects.select_related("page", "based_on")
        .defer("summary", "based_on__summary")
        .in_bulk([event.version_id for event in events if event.version_id])
    )
    leaning = _leaning(events)
    pages = {version.page_id for version in versions.values()}
    live = _live(pages.union(*leaning.values()))
    return [
        _of_version(event, versions[event.version_id], live)
        if event.version_id
        else _of_source(event, [it for pk, it in live.items() if pk in leaning[event.number]])
        for event in events
        if not event.version_id or event.version_id in versions
    ]


def _leaning(events: Iterable[Event]) -> dict[int, list[int]]:
    """For each event that tells of a source: the ids of the pages behind which it stands."""
    of_sources = [event for event in events if event.version_id is None]
    if not of_sources:
        return {}
    per_page = Event.objects.filter(
        verb__in=SOURCE_VERBS, at__in={event.at for event in of_sources}
    ).exclude(page_id=None)
    rows = list(per_page.order_by("number").values_list("verb", "at", "page_id"))
    return {
        event.number: [pk for verb, at, pk in rows if pk and (verb, at) == (event.verb, event.at)]
        for event in of_sources
    }


def _live(pages: Iterable[int]) -> dict[int, Place]:
    live = Version.objects.live().filter(page__in=pages).select_related("page")
    return {
        version.page_id: Place(version.title, version.get_absolute_url())
        for version in live.only("title", "page__kind", "page__slug").order_by("title")
    }


def _of_version(event: Event, version: Version, live: Mapping[int, Place]) -> Entry:
    is_withdrawal = event.verb == "withdrawn"
    if is_withdrawal or event.verb == AFTER_A_REPORT:
        what = event.comment
    elif version.page_id in live:
        what = words_changed(version)
    else:
        what = _("Some words were corrected. The page has been withdrawn since.")
    return Entry(
        id=f"event-{event.number}",
        kind="withdrawn" if is_withdrawal else "corrected",
        title=version.title,
        url=version.get_absolute_url(),
        happened_at=event.at,
        what=what,
    )


def _of_source(event: Event, pages: list[Place]) -> Entry:
    _key, _colon, what = event.comment.partition(": ")
    title = ngettext(
        "A source behind %(count)s page", "A source behind %(count)s pages", len(pages)
    ) % {"count": len(pages)}
    return Entry(
        id=f"event-{event.number}",
        kind="source",
        title=title if pages else _("A source behind a page that was withdrawn since"),
        url=pages[0].url if len(pages) == 1 else LOG_ADDRESS,
        happened_at=event.at,
        what=what,
        pages=tuple(pages),
    )


def words_changed(correction: Version) -> str:
    """What a quick correction changed, in a line: both texts were public, and few words differ."""
    if correction.lane != Lane.CORRECTION or correction.based_on is None:
        return ""
    runs = compare_words(_words_of(correction.based_on), _words_of(correction))
    return "; ".join(_pairs(runs)) or _("The form of the text was corrected, not its words.")


def _pairs(runs: Iterable[Run]) -> Iterator[str]:
    """Each stretch that changed. Words that went stand right before those that came for them."""
    end = Run(Change.KEPT, "")
    is_told = False
    for run, following in pairwise([*runs, end]):
        old, new = run.text.strip(), following.text.strip()
        if is_told or run.change == Change.KEPT:
            is_told = False
        elif (run.change, following.change) == (Change.REMOVED, Change.ADDED):
            is_told = True
            yield _("“%(old)s” now reads “%(new)s”") % {"old": old, "new": new}
        elif run.change == Change.REMOVED:
            yield _("“%(old)s” was taken out") % {"old": old}
        else:
            yield _("“%(new)s” was added") % {"new": old}


def _words_of(version: Version) -> str:
    return "\n".join([version.title, *(line.text for line in body_lines(version.body, {}))])
