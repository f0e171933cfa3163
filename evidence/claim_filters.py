"""The filters of the claims we checked."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.filtering import MOST_WORDS, PublicFilterSet
from editorial.models import VersionTag
from evidence.models.claim import Verdict


class ClaimFilters(PublicFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words", strip=True)
    verdict = django_filters.MultipleChoiceFilter(
        label=_("Our verdict"), choices=Verdict.choices, method="of_verdicts"
    )
    disease = django_filters.MultipleChoiceFilter(label=_("Disease"), choices=(), method="about")
    therapy = django_filters.MultipleChoiceFilter(label=_("Therapy"), choices=(), method="about")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Every word somewhere in the claim, in our reason, or in the title of the page."""
        for word in value.split()[:MOST_WORDS]:
            queryset = queryset.filter(
                Q(quote__icontains=word)
                | Q(why__icontains=word)
                | Q(version__title__icontains=word)
            )
        return queryset

    def of_verdicts(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.filter(verdict__in=value) if value else queryset

    def about(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        """What the claim is about; one that names none is about what its page is about."""
        if not value:
            return queryset
        ids = self.vocabulary.ids_below(value)
        tags = VersionTag.objects.filter(content_object=OuterRef("version"), tag__in=ids)
        unnamed = Q(**{f"{name}__isnull": True}) & Q(Exists(tags))
        return queryset.filter(Q(**{f"{name}__in": ids}) | unnamed)
