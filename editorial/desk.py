"""What waits for one person: the sections of the admin's first page.

A section costs one query however many pages there are: its rows carry how many there are in all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.utils.functional import Promise
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
    """One heap of work: who has it, what lies on it for them today, and what an empty one says."""

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


def first_rows(person: "Person", today: date) -> Iterator[Heap]:
    """The sections of this person, each with one query."""
    for section in SECTIONS:
        if section.is_for(person):
            rows = section.rows(person, today).annotate(total=Window(Count("pk")))
            first = list(for_lists(rows)[:FIRST_ROWS])
            yield Heap(section, first, first[0].total if first else 0)  # type: ignore[attr-defined]


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
    is_my_draft = Q(state=State.DRAFT, assigned_to=None) & (
        Q(created_by=person) | Q(page__owner=person)
    )
    return _by_urgency(
        Version.objects.open()
        .filter(Q(assigned_to=person) | is_my_draft)
        .annotate(
            verdict=Subquery(verdicts.values("verb")[:1]),
            verdict_comment=Subquery(verdicts.values("comment")[:1]),
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
    return due if _sees_all(person) else due.filter(_owned_by(person))


def _failing(person: "Person", today: date) -> Rows:
    """Live pages that the checks would not let go live today, with the reason."""
    failing = Version.objects.live().filter(rendering__failing__gt="")
    failing = failing.annotate(failing=F("rendering__failing")).order_by("title", "pk")
    return failing if _sees_all(person) else failing.filter(_owned_by(person))


def _stale(person: "Person", today: date) -> Rows:
    before = today - timedelta(days=STALE_DAYS)
    drafts = Version.objects.filter(state=State.DRAFT, edited_at__date__lt=before)
    return drafts.order_by("edited_at", "pk")


def _ownerless(person: "Person", today: date) -> Rows:
    standing = Version.objects.heads().filter(state__in=[State.LIVE, *OPEN_STATES])
    return standing.filter(page__owner=None).order_by("title", "pk")


def _sees_all(person: "Person") -> bool:
    return person.has_perm("editorial.edit_any_version") or person.has_perm(
        "editorial.assign_version"
    )


def _owned_by(person: "Person") -> Q:
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
