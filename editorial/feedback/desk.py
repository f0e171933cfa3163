"""What readers told, on the desk: reports that wait, and pages that many did not find helpful."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial.desk import FIRST_ROWS, Pointer
from editorial.feedback.helpful import unhelpful_pages
from editorial.feedback.reports import with_titles
from editorial.models import Report

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def waiting_for(person: "Person") -> list[Report]:
    """The reports that wait longest, of those this person sees; each tells how many there are."""
    if not person.has_perm("editorial.view_report"):
        return []
    waiting = with_titles(Report.objects.waiting().seen_by(person))
    return list(waiting.annotate(total=Window(Count("pk"))).order_by("sent_at", "pk")[:FIRST_ROWS])


def pages_found_unhelpful(person: "Person", today: date) -> Pointer | None:
    """For those who can give somebody the work of mending them."""
    if not person.has_perm("editorial.assign_version"):
        return None
    address = reverse("admin:editorial_helpfulcount_changelist") + "?show=unhelpful"
    return Pointer(_("Pages readers found unhelpful"), address, unhelpful_pages(today).count())
