"""Whether pages help: counts by page and month, without anybody's name, address or hour."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from editorial.addresses import live_page_at
from editorial.feedback.places import part_of
from editorial.filtering import months_before
from editorial.models import HelpfulCount, Page

LOOKED_BACK_MONTHS = 6
# Fewer answers say little; from here on, somebody should look.
FEWEST_ANSWERS = 5
MANY = 0.4


@dataclass(frozen=True)
class Heard:
    """What readers said of a page since a day, and how many of their reports wait."""

    since: date
    helped: int
    did_not_help: int
    waiting: int


@transaction.atomic
def count(address: str, *, helped: bool, now: datetime) -> None:
    """One more answer. A live page is counted by itself, everything else by its part of the site:
    so whoever makes addresses up makes no rows.
    """
    page = live_page_at(address)
    month = timezone.localdate(now).replace(day=1)
    row, _is_new = HelpfulCount.objects.get_or_create(
        place=address if page else part_of(address),
        month_begins_on=month,
        defaults={"page": page},
    )
    name = "helped" if helped else "did_not_help"
    HelpfulCount.objects.filter(pk=row.pk).update(**{name: F(name) + 1})


def heard_about(page: Page, today: date) -> Heard:
    """Two queries."""
    since = months_before(today, LOOKED_BACK_MONTHS).replace(day=1)
    counts = page.helpful_counts.since(since).aggregate(
        helped=Sum("helped", default=0), did_not_help=Sum("did_not_help", default=0)
    )
    return Heard(since=since, waiting=page.reports.waiting().count(), **counts)


def unhelpful_pages(today: date) -> QuerySet[Page]:
    """Pages that many of their readers of the last months did not find helpful."""
    rows = HelpfulCount.objects.since(months_before(today, LOOKED_BACK_MONTHS))
    pages = (
        rows.exclude(page=None)
        .values("page")
        .annotate(no=Sum("did_not_help"), all=Sum("did_not_help") + Sum("helped"))
        .filter(all__gte=FEWEST_ANSWERS, no__gte=F("all") * MANY)
    )
    return Page.objects.live().filter(pk__in=pages.values("page"))
