import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.filters import PageFilters
from editorial.states import Kind
from search.asking import Asked

# What is asked of the index under the names of the filters.
ASKED = {
    "kind": "kinds",
    "disease": "diseases",
    "therapy": "therapies",
    "tag": "tags",
    "certainty": "certainties",
}


class SearchFilters(PageFilters):
    """The filters of every list, over all kinds of page."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of page"), choices=Kind.choices, method="of_kinds"
    )

    def of_kinds(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(page__kind__in=value) if value else queryset


def asked_by(filters: PageFilters, *, kinds: tuple[str, ...] = (), offset: int, size: int) -> Asked:
    """What a reader chose, as a question to the index."""
    filters.form.is_valid()
    given = filters.form.cleaned_data
    chosen = {ASKED[name]: tuple(given[name]) for name in ASKED if given.get(name)}
    return Asked(
        **{"kinds": kinds, **chosen},
        words=filters.words,
        reviewed_since=filters.reviewed_since,
        sort=given.get("sort") or ("relevance" if filters.words else "title"),
        offset=offset,
        size=size,
        exact=bool(filters.data.get("exact")),
    )
