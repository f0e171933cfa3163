"""What waits for one person: the sections of the admin's first page.

All of them cost one query however many sections and pages there are: the first rows of each, in
one union, carry how many there are in all. Higher rooms add sections by `settings.DESK_SECTIONS`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from editorial.models import Event, Notice, SignOff, Version, Writer
from editorial.states import OPEN_STATES, State

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

FIRST_ROWS = 5
DUE_SOON_DAYS = 60
STALE_DAYS = 30

Rows = QuerySet[Version]


@dataclass(frozen=True)
class Section:
    """One heap of work: who has it, what lies on it for them today, and what an empty one says.

    Its rows come in the order in which they are to be done; a `remark` on them says why they lie
    there, where that is not plain.
    """

    key: str
    title: str | Promise
    empty: str | Promise
    permissions: tuple[str, ...]
    rows: Callable[["Person", date], Rows]

    def is_for(self, person: "Person") -> bool:
        return any(person.has_perm(f"editorial.{name}") for name in self.permissions)


@dataclass(frozen=True)
class Heap:
    """A section as it lies before one person: its first rows, and how many there are."""

    section: Section
    rows: list[Version]
    total: int


@dataclass(frozen=True)
class Pointer:
    """Work of a higher room that is not a heap of pages: what it is, where, and how much."""

    title: str
    url: str
    count: int


def pointers(person: "Person", today: date) -> list[Pointer]:
    """Those for this person, one query each: `settings.DESK_POINTERS`."""
    found = (import_string(path)(person, today) for path in settings.DESK_POINTERS)
    return [pointer for pointer in found if pointer and pointer.count]


def first_rows(person: "Person", today: date) -> Iterator[Heap]:
    """The sections of this person, all with one query."""
    theirs = [section for section in sections() if section.is_for(person)]
    several = [_first_rows(section, person, today) for section in theirs]
    found = sorted(several[0].union(*several[1:], all=True), key=_place) if several else []
    for section in theirs:
        rows = [row for row in found if row.heap == section.key]  # type: ignore[attr-defined]
        yield Heap(section, rows, rows[0].total if rows else 0)  # type: ignore[attr-defined]


@cache
def sections() -> tuple[Section, ...]:
    """Those of this room, and those of the rooms above."""
    return (*SECTIONS, *(import_string(path) for path in settings.DESK_SECTIONS))


def _first_rows(section: Section, person: "Person", today: date) -> Rows:
    """The columns of a union must be the same: every row has a remark, if an empty one."""
    rows = section.rows(person, today)
    if "remark" not in rows.query.annotations:
        rows = rows.annotate(remark=Value("", output_field=TextField()))
    order = cast("Sequence[str]", rows.query.order_by)
    numbered = rows.annotate(
        heap=Value(section.key),
        place=Window(RowNumber(), order_by=order),
        total=Window(Count("pk")),
    )
    return for_lists(numbered.filter(place__lte=FIRST_ROWS).order_by())


def _place(row: Version) -> int:
    return row.place  # type: ignore[attr-defined]


def unread(person: "Person") -> list[Notice]:
    """The newest notices that this person has not read; each tells how many there are in all."""
    notices = Notice.objects.filter(user=person, read_at=None)
    return list(notices.annotate(total=Window(Count("pk")))[:FIRST_ROWS])


def for_lists(rows: Rows) -> Rows:
    return rows.select_related("page__owner", "assigned_to").defer("body", "summary")


# --- the sections -------------------------------------------------------------------------


def _by_urgency(rows: Rows) -> Rows:
    """What is due first, then what is urgent, then what has waited longest."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "-priority", "edited_at", "pk")


def _mine(person: "Person", today: date) -> Rows:
    """Assigned to me, and my own drafts; with the comment of those that were sent back."""
    verdicts = Event.objects.filter(
        version_id=OuterRef("pk"), verb__in=["submitted", "sent back"]
    ).order_by("-number")
    is_sent_back = Q(state=State.DRAFT, verdict="sent back")
    is_my_draft = Q(state=State.DRAFT, assigned_to=None) & (
        Q(created_by=person) | Q(page__owner=person)
    )
    return _by_urgency(
        Version.objects.open()
        .filter(Q(assigned_to=person) | is_my_draft)
        .alias(verdict=Subquery(verdicts.values("verb")[:1]))
        .annotate(
            remark=Case(
                When(is_sent_back, then=Subquery(verdicts.values("comment")[:1])),
                default=Value(""),
                output_field=TextField(),
            )
        )
    )


def _to_review(person: "Person", today: date) -> Rows:
    """What this person may sign: in a state of theirs, and without a hand of theirs in it."""
    states = [
        state
        for state, permission in (
            (State.EDITORIAL_REVIEW, "editorial.sign_editorial"),
            (State.MEDICAL_REVIEW, "editorial.sign_medical"),
        )
        if person.has_perm(permission)
    ]
    wrote = Writer.objects.filter(version=OuterRef("pk"), user=person)
    signed = SignOff.objects.filter(version=OuterRef("pk"), signed_by=person)
    return _by_urgency(Version.objects.filter(~Exists(wrote), ~Exists(signed), state__in=states))


def _to_publish(person: "Person", today: date) -> Rows:
    """Approved and without a date first, then by the time they go live."""
    approved = Version.objects.filter(state__in=[State.APPROVED, State.SCHEDULED])
    return approved.order_by(
        F("publish_at").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "-priority", "pk"
    )


def _to_review_again(person: "Person", today: date) -> Rows:
    soon = today + timedelta(days=DUE_SOON_DAYS)
    due = Version.objects.live().filter(review_due_on__lte=soon).order_by("review_due_on", "pk")
    return due if sees_all(person) else due.filter(owned_by(person))


def _failing(person: "Person", today: date) -> Rows:
    """Live pages that the checks would not let go live today, with the reason."""
    failing = Version.objects.live().filter(rendering__failing__gt="")
    failing = failing.annotate(remark=F("rendering__failing")).order_by("title", "pk")
    return failing if sees_all(person) else failing.filter(owned_by(person))


def _stale(person: "Person", today: date) -> Rows:
    before = today - timedelta(days=STALE_DAYS)
    drafts = Version.objects.filter(state=State.DRAFT, edited_at__date__lt=before)
    return drafts.order_by("edited_at", "pk")


def _ownerless(person: "Person", today: date) -> Rows:
    standing = Version.objects.heads().filter(state__in=[State.LIVE, *OPEN_STATES])
    return standing.filter(page__owner=None).order_by("title", "pk")


def sees_all(person: "Person") -> bool:
    return person.has_perm("editorial.edit_any_version") or person.has_perm(
        "editorial.assign_version"
    )


def owned_by(person: "Person") -> Q:
    return Q(page__owner=person) | Q(page__backup_owner=person)


SECTIONS = (
    Section(
        "mine",
        _("Your work"),
        _("Nothing is assigned to you, and you have no draft of your own."),
        ("change_version", "sign_editorial", "sign_medical", "publish_version"),
        _mine,
    ),
    Section(
        "review",
        _("To review"),
        _("Nothing waits for your review."),
        ("sign_editorial", "sign_medical"),
        _to_review,
    ),
    Section(
        "publish",
        _("To publish"),
        _("Nothing is approved or scheduled."),
        ("publish_version",),
        _to_publish,
    ),
    Section(
        "due",
        _("Reviews due"),
        _("No page is overdue, or due for its review in the next 60 days."),
        ("change_version", "assign_version"),
        _to_review_again,
    ),
    Section(
        "failing",
        _("Live pages that fail a check"),
        _("Every live page passed its checks within the last day or so."),
        ("change_version", "assign_version"),
        _failing,
    ),
    Section(
        "stale",
        _("Drafts going stale"),
        _("Every draft was edited in the last 30 days."),
        ("edit_any_version", "assign_version"),
        _stale,
    ),
    Section(
        "ownerless",
        _("Pages without an owner"),
        _("Every page has an owner."),
        ("change_page",),
        _ownerless,
    ),
)
