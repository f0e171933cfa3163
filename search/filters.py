import django_filters
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from articles.filters import SORTS, PageFilters
from editorial.models import AlsoCalled
from editorial.states import Kind


class SearchFilters(PageFilters):
    """The filters of every list, over all kinds of page."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of page"), choices=Kind.choices, method="of_kinds"
    )

    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=[("relevance", _("Best match first")), *SORTS],
        empty_label=None,
        method="in_order",
    )

    def in_order(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "newest":
            return queryset.order_by("-published_at", "title", "pk")
        words = self.data.get("q", "")
        return best_first(queryset, words) if value == "relevance" and words else queryset

    def of_kinds(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(page__kind__in=value) if value else queryset


def best_first(queryset: QuerySet, words: str) -> QuerySet:
    """What is called so before what only mentions it; disease and therapy pages before articles."""
    called = AlsoCalled.objects.filter(name__iexact=words).values("version")
    nearness = Case(
        When(Q(title__iexact=words) | Q(pk__in=called), then=0),
        When(title__istartswith=words, then=1),
        When(title__icontains=words, then=2),
        default=3,
    )
    kinds = [Kind.DISEASE, Kind.THERAPY, Kind.TERM, Kind.ARTICLE]
    order = Case(*(When(page__kind=kind, then=rank) for rank, kind in enumerate(kinds)))
    return queryset.order_by(nearness, order, "title", "pk")
