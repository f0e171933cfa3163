import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.filtering import MOST_WORDS, PublicFilterSet
from evidence.models import Registration, Source

KINDS = [choice for choice in Source.Kind.choices if choice[0] != Source.Kind.WEB_TEXT]


class SourceFilters(PublicFilterSet):
    """Filters of the bibliography."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", strip=True)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=KINDS, method="of_kinds")
    design = django_filters.MultipleChoiceFilter(
        label=_("Design"), choices=Source.Design.choices, method="of_designs"
    )
    disease = django_filters.MultipleChoiceFilter(
        label=_("Disease"), choices=(), method="with_tags"
    )
    therapy = django_filters.MultipleChoiceFilter(
        label=_("Therapy"), choices=(), method="with_tags"
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Does it still stand?"), choices=Source.Status.choices, method="of_statuses"
    )
    tag = django_filters.MultipleChoiceFilter(label=_("Topic"), choices=(), method="with_tags")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Every word somewhere in the source; a number also by itself, as it stands in a paper."""
        for word in value.split()[:MOST_WORDS]:
            registered = Registration.objects.filter(number__icontains=word).values("source")
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(short_name__icontains=word)
                | Q(authors__icontains=word)
                | Q(finding__icontains=word)
                | Q(key__icontains=word)
                | Q(doi__icontains=word)
                | Q(pmid=word)
                | Q(pmcid__iexact=word)
                | Q(pk__in=registered)
            )
        return queryset

    def of_kinds(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(kind__in=value) if value else queryset

    def of_designs(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(design__in=value) if value else queryset

    def of_statuses(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(status__in=value) if value else queryset

    def with_tags(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        # By subquery: a join would repeat sources that carry several of the tags.
        ids = self.vocabulary.ids_below(value)
        carried = Source.tags.through.objects.filter(tag__in=ids).values("source")
        return queryset.filter(pk__in=carried)
