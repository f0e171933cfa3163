"""When the review of a live page is due: how late it is, and who is reminded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import batched
from typing import TYPE_CHECKING

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial import ledger
from editorial.filtering import months_before
from editorial.models import Notice, Page, Version
from editorial.states import Overdue

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

LONG_MONTHS = 6
REMIND_DAYS = (7, 30, 60)
AT_A_TIME = 500

MARKED = {
    Overdue.NO: "marked as reviewed in time",
    Overdue.OVERDUE: "marked overdue",
    Overdue.LONG: "marked overdue for six months",
}


def how_late(due_on: date | None, today: date) -> Overdue:
    """A page that nobody has reviewed yet has no review to be late for."""
    if due_on is None or due_on >= today:
        return Overdue.NO
    return Overdue.LONG if due_on < months_before(today, LONG_MONTHS) else Overdue.OVERDUE


def wrongly_marked(today: date) -> QuerySet[Page]:
    """Pages whose mark does not tell how late the review of their live version is."""
    live = Version.objects.live().filter(page=OuterRef("pk"))
    late = Case(
        When(due_on__lt=months_before(today, LONG_MONTHS), then=Value(Overdue.LONG)),
        When(due_on__lt=today, then=Value(Overdue.OVERDUE)),
        default=Value(Overdue.NO),
    )
    pages = Page.objects.annotate(due_on=Subquery(live.values("review_due_on")[:1]))
    return pages.annotate(late=late).exclude(overdue=F("late"))


def mark(page: Page, live: Version | None, *, now: datetime) -> bool:
    """Mark how late a page is, and say whether that is new.

    The caller has taken the page, and does this last: it takes the ledger's lock.
    """
    late = how_late(live.review_due_on if live else None, now.date())
    if page.overdue == late:
        return False
    Page.objects.filter(pk=page.pk).update(overdue=late)
    page.overdue = late
    ledger.move_stamp()
    ledger.record(MARKED[late], by=None, now=now, version=live, page=page)
    return True


@dataclass(frozen=True)
class Reminder:
    """What one person is to be told about one review. The key is the same on each day of a step."""

    version: Version
    user: "Person"
    key: str
    text: str


def reminders(today: date) -> Iterator[Reminder]:
    """Those not given yet, to the owner and the backup owner of each page."""
    due = (
        Version.objects.live()
        .filter(review_due_on__lte=today + timedelta(days=max(REMIND_DAYS)))
        .select_related("page__owner", "page__backup_owner")
        .defer("body", "summary")
        .order_by("pk")
    )
    for versions in batched(due, AT_A_TIME):
        wanted = [reminder for version in versions for reminder in _for_owners(version, today)]
        given = set(
            Notice.objects.filter(
                user__in={reminder.user.pk for reminder in wanted},
                key__in={reminder.key for reminder in wanted},
            ).values_list("user_id", "key")
        )
        yield from (it for it in wanted if (it.user.pk, it.key) not in given)


def _for_owners(version: Version, today: date) -> Iterator[Reminder]:
    due_on = version.review_due_on
    if due_on is None:
        return
    step, text = _step(due_on, today), _words(version.title, due_on, today)
    owners = {version.page.owner, version.page.backup_owner}
    for owner in owners:
        if owner is not None and owner.is_active:
            # By page and date: a quick correction between two steps reminds nobody again.
            key = f"review-{step}:{version.page_id}:{due_on}"
            yield Reminder(version, owner, key, text)


def _step(due_on: date, today: date) -> str:
    days = (due_on - today).days
    return "overdue" if days < 0 else str(min(it for it in REMIND_DAYS if days <= it))


def _words(title: str, due_on: date, today: date) -> str:
    name, day = Truncator(title).chars(150), date_format(due_on)
    days = (due_on - today).days
    if days < 0:
        return _("“%(name)s” is overdue for its review: it was due on %(day)s.") % {
            "name": name,
            "day": day,
        }
    later = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    when = {0: _("today"), 1: _("tomorrow")}.get(days, later)
    return _("“%(name)s” is due for its review %(when)s, on %(day)s.") % {
        "name": name,
        "when": when,
        "day": day,
    }
