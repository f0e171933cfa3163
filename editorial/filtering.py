"""What every public list's filters share: forgiving of unknown values, and saying so.

Values of one filter combine with OR, filters with AND. The address is the state.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import AlsoCalled, Tag
from editorial.vocabulary import Vocabulary

MOST_LETTERS = 200
# Each word is four more conditions on every row.
MOST_WORDS = 12
TAG_NAMES = ("disease", "therapy", "tag")


class PublicFilterSet(django_filters.FilterSet):
    """Filters of a public list. After `qs`: `ignored` tells what was left out, `chips` what is on.

    An unknown value is dropped with a note, so that an old or mistyped address still answers.
    """

    def __init__(self, data: QueryDict, queryset: QuerySet, *, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.ignored: list[str] = []
        super().__init__(self._forgive(data), queryset)

    def choices_of(self, name: str) -> Iterable[tuple[str, str]]:
        """The values a filter knows, as (value, label). Tags come from the vocabulary."""
        kinds = {"disease": [Tag.Kind.DISEASE], "therapy": [Tag.Kind.THERAPY], "tag": []}
        if name in kinds:
            return self.vocabulary.choices(*kinds[name])
        return self.base_filters[name].extra.get("choices", ())

    def _forgive(self, data: QueryDict) -> QueryDict:
        forgiven = data.copy()
        for name, filter_ in self.base_filters.items():
            if "choices" not in filter_.extra:
                continue
            known = {str(value) for value, _label in self.choices_of(name)}
            kept = []
            for value in data.getlist(name):
                standing = self.vocabulary.by_slug.get(value) if name in TAG_NAMES else None
                slug = standing.slug if standing else value
                if slug in known:
                    kept.append(slug)
                elif value:
                    self._ignore(name, value)
            forgiven.setlist(name, list(dict.fromkeys(kept)))
        if "q" in data:
            forgiven["q"] = data["q"].replace("\x00", "").strip()[:MOST_LETTERS]
        return forgiven

    def _ignore(self, name: str, value: str) -> None:
        self.ignored.append(
            gettext("“%(value)s” is not a %(name)s we know, so it was left out.")
            % {"value": value[:60], "name": name}
        )

    def get_form_class(self) -> type[forms.Form]:
        for name in TAG_NAMES:
            if name in self.filters:
                self.filters[name].extra["choices"] = self.choices_of(name)
        return super().get_form_class()

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is filtered by, each with the address that takes it away."""
        found = []
        for name, filter_ in self.filters.items():
            labels = {str(value): str(label) for value, label in filter_.extra.get("choices", ())}
            if name == "sort":
                continue
            for value in self.data.getlist(name):
                if value:
                    label = labels.get(value) or self._label(name, value)
                    found.append({"label": label, "url": self._without(name, value)})
        return found

    def _label(self, name: str, value: str) -> str:
        tag = self.vocabulary.by_slug.get(value)
        return tag.name if tag and name != "q" else f"“{value}”"

    def _without(self, name: str, value: str) -> str:
        data = self.data.copy()
        data.setlist(name, [other for other in data.getlist(name) if other != value])
        data.pop("page", None)
        return f"?{data.urlencode()}"


class TagFilters(PublicFilterSet):
    """Filters for lists of versions: words and tags."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words", strip=True)
    tag = django_filters.MultipleChoiceFilter(label=_("Topic"), choices=(), method="with_tags")

    def with_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Every word somewhere in the title, the summary, a name or the body."""
        for word in value.split()[:MOST_WORDS]:
            named = AlsoCalled.objects.filter(name__icontains=word).values("version")
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(body__icontains=word)
                | Q(pk__in=named)
            )
        return queryset

    def with_tags(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        return queryset.tagged(self.vocabulary.ids_below(value)) if value else queryset


def page_of(rows: Any, data: QueryDict, *, size: int) -> Page:
    """One page of a list. Past the end is a 404; what is no number is the first page."""
    number = data.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        number = "1"
    try:
        return Paginator(rows, size).page(int(number))
    except EmptyPage as error:
        raise Http404("There is no such page of this list.") from error


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month."""
    month = day.month - 1 - months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
