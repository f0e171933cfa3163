"""This room's section of the desk: live pages whose sources changed, until somebody has looked."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from editorial.desk import Rows, Section, owned_by, sees_all
from editorial.models import Version
from evidence.models import ReviewFlag

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def _flagged(person: "Person", today: date) -> Rows:
    """The longest waiting first, with what changed; authors find the pages they own."""
    standing = ReviewFlag.objects.standing().filter(page=OuterRef("page"))
    flagged = Version.objects.live().filter(page__in=ReviewFlag.objects.standing().values("page"))
    flagged = flagged.annotate(remark=Subquery(standing.values("change")[:1])).order_by(
        Subquery(standing.values("raised_at")[:1]), "title", "pk"
    )
    is_reviewer = person.has_perm("editorial.sign_medical")
    return flagged if is_reviewer or sees_all(person) else flagged.filter(owned_by(person))


changed_sources = Section(
    "changed",
    _("Sources that changed"),
    _("No page waits to be looked at again because a source behind it changed."),
    ("change_version", "sign_medical", "assign_version"),
    _flagged,
)
