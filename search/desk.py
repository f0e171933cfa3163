"""What the search tells editors on their desk."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial.desk import Pointer
from search.models import SearchLog

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

LOOKED_BACK = timedelta(days=30)


def words_that_found_nothing(person: "Person", today: date) -> Pointer | None:
    """For those who can mend it: how many different words found no page in the last month."""
    if not person.has_perm("editorial.change_tag"):
        return None
    asked = SearchLog.objects.filter(searched_on__gt=today - LOOKED_BACK).exclude(words="")
    count = asked.values("words").annotate(most=Max("found")).filter(most=0).count()
    address = reverse("admin:search_searchlog_changelist") + "?show=nothing"
    return Pointer(_("Searches that found nothing in the last 30 days"), address, count)
