import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.filters import PageFilters
from editorial.states import Kind
from search.asking import ASKED, FACETS, Asked


class SearchFilters(PageFilters):
    """The filters of every list, over all kinds of page."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of page"), choices=Kind.choices, method="of_kinds"
    )

    def of_kinds(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(page__kind__in=value) if value else queryset


def asked_by(
    filters: PageFilters,
    *,
    kinds: tuple[str, ...] = (),
    offset: int,
    size: int,
    usually: str = "title",
) -> Asked:
    """A question to the index: what a reader chose, whose values have been forgiven already."""
    given = filters.data
    chosen = {
        ASKED[name]: tuple(given.getlist(name))
        for name in FACETS
        if name in filters.filters and any(given.getlist(name))
    }
    return Asked(
        **{"kinds": kinds, **chosen},
        words=filters.words,
        reviewed_since=filters.reviewed_since,
        sort=given.get("sort") or ("relevance" if filters.words else usually),
        offset=offset,
        size=size,
        exact=bool(given.get("exact")),
        counted=tuple(name for name in (*FACETS, "reviewed") if name in filters.filters),
    )
