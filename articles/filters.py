"""The filters of `/articles/` and, where they make sense, of the other lists of pages."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.filtering import TagFilters, months_before
from evidence.models import Claim
from evidence.models.claim import Certainty

REVIEWED = [
    ("6", _("in the last 6 months")),
    ("12", _("in the last 12 months")),
    ("24", _("in the last 24 months")),
]
SORTS = [("newest", _("Newest first")), ("title", _("By title"))]


class PageFilters(TagFilters):
    disease = django_filters.MultipleChoiceFilter(
        label=_("Disease"), choices=(), method="with_tags"
    )
    therapy = django_filters.MultipleChoiceFilter(
        label=_("Therapy"), choices=(), method="with_tags"
    )
    certainty = django_filters.MultipleChoiceFilter(
        label=_("How sure"), choices=Certainty.choices, method="with_certainty"
    )
    reviewed = django_filters.ChoiceFilter(
        label=_("Reviewed"), choices=REVIEWED, empty_label=_("any time"), method="reviewed_within"
    )
    sort = django_filters.ChoiceFilter(
        label=_("Order"), choices=SORTS, empty_label=None, method="in_order"
    )

    def with_certainty(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        claims = Claim.objects.filter(version=OuterRef("pk"), certainty__in=value)
        return queryset.filter(Exists(claims))

    def reviewed_within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        since = months_before(timezone.localdate(), int(value))
        return queryset.filter(reviewed_on__gte=since)

    def in_order(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by("title", "pk") if value == "title" else queryset
