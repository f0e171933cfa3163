"""Where a therapy may be used: what readers are told of it follows the table, and grows old.

A page is stored as it was rendered: whoever changes a row here renders the pages of its therapy
and its disease again, and the clock does so when a check has grown too old to rely on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from editorial import ledger, notices
from editorial.models import Event, Page, Version
from editorial.refusals import NotAllowed, NotReady
from editorial.renderings import render_again
from editorial.states import Kind
from evidence.models import RegulatoryStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

Place = RegulatoryStatus.Jurisdiction
OVERDUE = "statuses overdue"


class Check(StrEnum):
    """How far a row can be relied on, weakest first."""

    NEVER = "never"
    OVERDUE = "overdue"
    LATELY = "lately"


def check_of(status: RegulatoryStatus, today: date) -> Check:
    if status.checked_on is None:
        return Check.NEVER
    return Check.OVERDUE if status.is_overdue(today) else Check.LATELY


# --- in short, for the box at the top of a therapy's page -----------------------------------------


@dataclass(frozen=True)
class InPlace:
    """What holds in one jurisdiction: the rows by their status; none if nobody has looked."""

    name: str
    statuses: tuple[tuple[RegulatoryStatus, ...], ...]
    check: Check = Check.NEVER
    checked_on: date | None = None


def by_place(statuses: Sequence[RegulatoryStatus]) -> list[InPlace]:
    """Every jurisdiction the site tells of, if any row is there. Each row has its `how_checked`."""
    return [_in_place(place, statuses) for place in Place] if statuses else []


def _in_place(place: Place, statuses: Iterable[RegulatoryStatus]) -> InPlace:
    here = sorted((it for it in statuses if it.jurisdiction == place), key=_status)
    groups = tuple(tuple(same) for _, same in groupby(here, key=_status))
    if not here:
        return InPlace(str(place.label), groups)
    check = min((_checked(it) for it in here), key=list(Check).index)
    days = [it.checked_on for it in here if it.checked_on]
    return InPlace(str(place.label), groups, check, min(days, default=None))


def _checked(status: RegulatoryStatus) -> Check:
    return status.how_checked  # type: ignore[attr-defined]


def _status(status: RegulatoryStatus) -> int:
    """What may be used comes before what may not."""
    return RegulatoryStatus.Status.values.index(status.status)


# --- the verbs --------------------------------------------------------------------------------


@transaction.atomic
def keep(
    status: RegulatoryStatus, *, by: "Person", now: datetime, is_checked: bool = False
) -> None:
    """Save a new or changed row. One that was changed counts as checked only if that is said."""
    _require_editor(by)
    if status.decided_on and status.decided_on > timezone.localdate(now):
        raise NotReady(gettext("A decision cannot have been made in the future: correct its day."))
    before = _taken(status)
    if is_checked:
        status.checked_on, status.checked_by = timezone.localdate(now), by
    elif before is None or _facts(before) != _facts(status):
        status.checked_on = status.checked_by = None
    status.save()
    tags = _tags([status, *filter(None, [before])])
    verb = "changed regulatory status" if before else "added regulatory status"
    _tell(tags, [(verb, str(status))], by=by, now=now)


@transaction.atomic
def mark_checked(statuses: Iterable[RegulatoryStatus], *, by: "Person", now: datetime) -> int:
    """This person has looked today, and these rows hold as they stand. Returns how many."""
    _require_editor(by)
    rows = RegulatoryStatus.objects.filter(pk__in=[it.pk for it in statuses])
    held = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    rows.update(checked_on=timezone.localdate(now), checked_by=by)
    events = [("checked regulatory status", str(it)) for it in held]
    _tell(_tags(held), events, by=by, now=now)
    return len(held)


@transaction.atomic
def remove(status: RegulatoryStatus, *, by: "Person", now: datetime) -> None:
    _require_editor(by)
    tags, what = _tags([status]), str(status)
    status.delete()
    _tell(tags, [("removed regulatory status", what)], by=by, now=now)


def _require_editor(by: "Person") -> None:
    if not by.has_perm("evidence.change_regulatorystatus"):
        raise NotAllowed(gettext("Only an editor can say where a therapy may be used."))


def _taken(status: RegulatoryStatus) -> RegulatoryStatus | None:
    rows = RegulatoryStatus.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=status.pk).first()


def _facts(status: RegulatoryStatus) -> tuple:
    """What readers are told; who checked it, and when, is said of this."""
    fields = status._meta.concrete_fields
    return tuple(
        getattr(status, field.attname) for field in fields if not field.name.startswith("checked_")
    )


def _tags(statuses: Iterable[RegulatoryStatus]) -> set[int]:
    return {tag for it in statuses for tag in (it.therapy_id, it.disease_id) if tag}


def _tell(
    tags: set[int], events: Sequence[tuple[str, str]], *, by: "Person | None", now: datetime
) -> None:
    """Readers of the therapies' and the diseases' pages, and the audit trail."""
    pages = Page.objects.filter(tag__in=tags).order_by("pk")
    held = [page.pk for page in pages.select_for_update(no_key=True)]
    for pk in Version.objects.live().filter(page__in=held).values_list("pk", flat=True):
        render_again(pk, now=now)
    for verb, what in events:
        ledger.record(verb, by=by, now=now, comment=what)
    ledger.move_stamp()


# --- what time does -----------------------------------------------------------------------------


def grown_old(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    """A step of the clock: therapies' pages whose stored text does not yet say that a check is old.

    One query as long as every check is fresh, three more otherwise.
    """
    today = timezone.localdate(now)
    checked: dict[int, date] = {}
    for status in RegulatoryStatus.objects.overdue(today):
        if status.checked_on is not None:
            known = checked.get(status.therapy_id, status.checked_on)
            checked[status.therapy_id] = max(known, status.checked_on)
    if not checked:
        return
    live = Version.objects.live().of_kind(Kind.THERAPY).filter(page__tag__in=checked)
    live = live.select_related("page").defer("body", "summary").order_by("pk")
    marks = {
        version.pk: _mark(version, checked[version.page.tag_id])
        for version in live
        if version.page.tag_id
    }
    told = set(
        Event.objects.filter(version_id__in=marks, verb=OVERDUE).values_list("comment", flat=True)
    )
    for version in live:
        if marks[version.pk] not in told:
            name = f"{version.get_absolute_url()} could not be told that a check is overdue"
            yield name, partial(_grow_old, version, marks[version.pk], now=now)


def _mark(version: Version, checked_on: date) -> str:
    """Names the newest of the overdue checks: with another one overdue there is more to tell."""
    return f"Version {version.number}: a check of {checked_on.isoformat()} is six months old."


@transaction.atomic
def _grow_old(version: Version, mark: str, *, now: datetime) -> bool:
    """Readers are told, and the owner is, once, whoever else does it in the same minute."""
    page = Page.objects.take(version.page_id)
    events = Event.objects.filter(version_id=version.pk, verb=OVERDUE, comment=mark)
    if events.exists() or not render_again(version.pk, now=now):
        return False
    told = gettext(
        "“%(version)s” says where this may be used, and nobody has checked for "
        "six months whether it still holds: look it up, and press “I checked "
        "this today”."
    ) % {"version": version}
    for user in notices.people({page.owner_id or page.backup_owner_id}, but=None):
        key = f"{OVERDUE}:{page.pk}:{mark.partition(': ')[2]}"
        notices.give(user, told, version=version, key=key, now=now)
    ledger.record(OVERDUE, by=None, now=now, version=version, comment=mark)
    ledger.move_stamp()
    return True
