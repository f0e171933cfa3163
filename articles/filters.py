"""The filters of `/articles/` and, where they make sense, of the other lists of pages."""

from datetime import date
from urllib.parse import urlencode

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.filtering import TagFilters, months_before
from editorial.vocabulary import Vocabulary
from evidence.models import Claim
from evidence.models.claim import Certainty

REVIEWED = [
    ("6", _("in the last 6 months")),
    ("12", _("in the last 12 months")),
    ("24", _("in the last 24 months")),
]
RELEVANCE = ("relevance", _("Best match first"))
SORTS = [("newest", _("Newest first")), ("title", _("By title"))]


class PageFilters(TagFilters):
    """The filters of every list of pages. Words bring an order of their own: the best match."""

    first_facets = ("kind", "disease", "therapy", "certainty", "reviewed")

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
        label=_("Order"), choices=[RELEVANCE, *SORTS], empty_label=None, method="in_order"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet, *, vocabulary: Vocabulary) -> None:
        super().__init__(data, queryset, vocabulary=vocabulary)
        if not self.words:
            self.filters["sort"].extra["choices"] = SORTS
            if self.data.get("sort") == RELEVANCE[0]:
                del self.data["sort"]

    @property
    def words_alone(self) -> str:
        """For an address: the words, and no other filter."""
        return urlencode({"q": self.words})

    def with_certainty(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        claims = Claim.objects.filter(version=OuterRef("pk"), certainty__in=value)
        return queryset.filter(Exists(claims))

    @property
    def reviewed_since(self) -> date | None:
        months = self.data.get("reviewed")
        return months_before(timezone.localdate(), int(months)) if months else None

    def reviewed_within(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(reviewed_on__gte=self.reviewed_since)

    def in_order(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by("title", "pk") if value == "title" else queryset
