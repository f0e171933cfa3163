"""What happens because time passes: pages come, go, grow old, and their owners are told.

Every step is a transaction of one page and takes up what it finds undone, so that it does not
matter whether the clock runs late, twice at once, or was stopped in the middle.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from editorial import notices, reviews
from editorial.gate import recheck
from editorial.models import Event, Page, Version
from editorial.refusals import Refused
from editorial.states import State

logger = logging.getLogger(__name__)

CHECKED_AGAIN = timedelta(days=1)
# At one round a minute, 28,800 pages a day.
CHECKED_A_ROUND = 20


@dataclass
class Done:
    """What one round did, and a sentence for each thing that could not be done."""

    published: int = 0
    withdrawn: int = 0
    marked: int = 0
    reminded: int = 0
    brought_up: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        brought_up = f", {self.brought_up} brought up to date" if self.brought_up else ""
        return (
            f"{self.published} published, {self.withdrawn} withdrawn, "
            f"{self.marked} marked for their review, {self.reminded} reminders{brought_up}."
        )

    @property
    def is_nothing(self) -> bool:
        return not (
            self.published or self.withdrawn or self.marked or self.reminded or self.brought_up
        )


def publish_due(*, now: datetime) -> Done:
    """Publish what is scheduled, withdraw what has expired, mark what is overdue, remind owners."""
    done = Done()
    _publish_scheduled(done, now)
    _withdraw_expired(done, now)
    _mark_overdue(done, now)
    _remind(done, now)
    _recheck(done, now)
    for step in further_steps():
        _take(step, done, now)
    return done


def _publish_scheduled(done: Done, now: datetime) -> None:
    due = Version.objects.filter(state=State.SCHEDULED, publish_at__lte=now)
    for version in due.select_related("page", "corrects").order_by("publish_at", "pk"):
        name = f"{version.get_absolute_url()} could not go live"
        failures = len(done.failures)
        done.published += _try(
            done, name, partial(version.publish, by=None, now=now), due.filter(pk=version.pk)
        )
        if len(done.failures) > failures:
            why = done.failures[-1]
            told = f"Nobody could be told that {name}"
            _try(done, told, partial(_tell_of_failure, version, why, now=now))


def _withdraw_expired(done: Done, now: datetime) -> None:
    due = Version.objects.live().filter(expires_at__lte=now)
    for version in due.select_related("page").order_by("expires_at", "pk"):
        day = date_format(version.expires_at or now)
        reason = _("The page has expired: it was to be read until %(day)s.") % {"day": day}
        done.withdrawn += _try(
            done,
            f"{version.get_absolute_url()} could not be withdrawn",
            partial(version.withdraw, by=None, now=now, reason=reason),
            due.filter(pk=version.pk),
        )


def _mark_overdue(done: Done, now: datetime) -> None:
    for page in reviews.wrongly_marked(now.date()).order_by("pk"):
        name = f"{page} could not be marked for its review"
        done.marked += _try(done, name, partial(_mark, page.pk, now=now))


@transaction.atomic
def _mark(pk: int, *, now: datetime) -> bool:
    page = Page.objects.take(pk)
    return reviews.mark(page, page.versions.live().first(), now=now)


def _remind(done: Done, now: datetime) -> None:
    for reminder in reviews.reminders(now.date()):
        name = f"{reminder.user} could not be reminded of {reminder.version.get_absolute_url()}"
        done.reminded += _try(done, name, partial(_give, reminder, now=now))


@transaction.atomic
def _give(reminder: reviews.Reminder, *, now: datetime) -> bool:
    return notices.give(
        reminder.user, reminder.text, version=reminder.version, key=reminder.key, now=now
    )


def _recheck(done: Done, now: datetime) -> None:
    """Each live page goes through its checks once a day: what it rests on may have changed."""
    old = Q(rendering__checked_at=None) | Q(rendering__checked_at__lt=now - CHECKED_AGAIN)
    rendered = Version.objects.live().filter(rendering__isnull=False)
    waiting = rendered.filter(old).select_related("page")
    longest_first = F("rendering__checked_at").asc(nulls_first=True)
    for version in waiting.order_by(longest_first, "pk")[:CHECKED_A_ROUND]:
        name = f"{version.get_absolute_url()} could not be checked"
        _try(done, name, partial(recheck, version, now=now))


# What is to be done now: a name for the failure, and the deed, which says whether it did anything.
Step = Callable[[datetime], Iterable[tuple[str, Callable[[], object]]]]


@cache
def further_steps() -> tuple[Step, ...]:
    """What grows old in higher rooms."""
    return tuple(import_string(path) for path in settings.CLOCK_STEPS)


def _take(step: Step, done: Done, now: datetime) -> None:
    deeds: list[tuple[str, Callable[[], object]]] = []
    _try(done, f"{step.__name__} could not be begun", lambda: deeds.extend(step(now)))
    for name, deed in deeds:
        done.brought_up += _try(done, name, deed)


@transaction.atomic
def _tell_of_failure(version: Version, why: str, *, now: datetime) -> None:
    """Those who count on a page that did not go live hear of it, once for each time set."""
    scheduled = Event.objects.filter(version_id=version.pk, verb="scheduled")
    scheduled_by = scheduled.values_list("actor_id", flat=True).first()
    page = version.page
    concerned = {scheduled_by, version.assigned_to_id, page.owner_id, page.backup_owner_id}
    for user in notices.people(concerned, but=None):
        key = f"not-live:{version.pk}:{version.publish_at:%Y-%m-%dT%H:%M}"
        notices.give(user, why, version=version, key=key, now=now)


def _try(
    done: Done, name: str, deed: Callable[[], object], still_due: QuerySet | None = None
) -> bool:
    """Do one thing; whether it was done here. What fails is named and stops nothing else.

    `still_due` tells a failure from what somebody else did in the same moment.
    """
    try:
        return deed() is not False
    except Refused as refused:
        if still_due is None or still_due.exists():
            done.failures.append(f"{name}. {refused}")
    except Exception as error:
        logger.exception("%s", name)
        done.failures.append(f"{name}: {type(error).__name__}: {error}")
    return False
