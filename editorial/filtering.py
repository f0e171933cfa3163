"""What every public list's filters share: forgiving of unknown values, and saying so.

Values of one filter combine with OR, filters with AND. The address is the state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import AlsoCalled, Tag
from editorial.vocabulary import Vocabulary

MOST_LETTERS = 200
# Each word is four more conditions on every row.
MOST_WORDS = 12
TAG_NAMES = ("disease", "therapy", "tag")
NO_FACETS = ("q", "sort")


@dataclass(frozen=True)
class Choice:
    """One value of a facet. `count` is how many rows it would find; None where nobody counted."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter as it is drawn: boxes to tick where it takes several values, else one to choose."""

    name: str
    label: str
    takes_several: bool
    choices: list[Choice]

    @property
    def is_chosen(self) -> bool:
        return any(choice.is_chosen and choice.value for choice in self.choices)

    @property
    def boxes(self) -> SafeString:
        """Its choices as they are ticked, each with its count where that was counted.

        Not a template's work: a list shows more than a hundred, which took it longer than all else.
        """
        shown = []
        for choice in self.choices:
            before, after = _box(self.name, self.takes_several, choice.value, choice.label)
            shown.append(before + " checked" + after if choice.is_chosen else before + after)
            if choice.count is not None:
                shown.append(f'<span class="choice-count">{choice.count}</span>')
            shown.append("</label>")
        return mark_safe("".join(shown))  # noqa: S308 - of escaped parts: see `_box`


@lru_cache(maxsize=2000)
def _box(facet: str, several: bool, value: str, label: str) -> tuple[str, str]:
    """A choice up to its count, in two: between them stands whether it is chosen."""
    before = format_html(
        '<label class="choice"><input id="filter-{}-{}" type="{}" name="{}" value="{}"',
        facet,
        value or "any",
        "checkbox" if several else "radio",
        facet,
        value,
    )
    return before, format_html('> <span class="capital">{}</span> ', label)


NOT_KNOWN = {
    "disease": _("“%(value)s” is not a disease we know, so it was left out."),
    "therapy": _("“%(value)s” is not a therapy we know, so it was left out."),
    "tag": _("“%(value)s” is not a tag we know, so it was left out."),
}
NO_CHOICE = _("“%(value)s” is not a choice of “%(filter)s”, so it was left out.")


class PublicFilterSet(django_filters.FilterSet):
    """Filters of a public list. After `qs`: `ignored` tells what was left out, `chips` what is on.

    An unknown value is dropped with a note, so that an old or mistyped address still answers.
    `counts`, by facet and value, may be set before the facets are drawn.
    """

    # Facets that are drawn before the others.
    first_facets: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, queryset: QuerySet, *, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.ignored: list[str] = []
        self.counts: Mapping[str, Mapping[str, int]] = {}
        super().__init__(self._forgive(data), queryset)

    @property
    def words(self) -> str:
        return self.data.get("q", "")

    @property
    def orders(self) -> list[Choice]:
        """What a list can be ordered by, the usual order first."""
        if "sort" not in self.filters:
            return []
        known, chosen = self.filters["sort"].extra["choices"], self.data.get("sort")
        return [Choice(value, str(label), None, value == chosen) for value, label in known]

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
            NOT_KNOWN.get(name, NO_CHOICE)
            % {"value": value[:60], "filter": self.base_filters[name].label}
        )

    def get_form_class(self) -> type[forms.Form]:
        for name in TAG_NAMES:
            if name in self.filters:
                self.filters[name].extra["choices"] = self.choices_of(name)
        return super().get_form_class()

    @property
    def facets(self) -> list[Facet]:
        """The filters beside the words; where it was counted, without what would find nothing."""
        order = self.first_facets
        names = [name for name in self.filters if name not in NO_FACETS]
        names.sort(key=lambda name: order.index(name) if name in order else len(order))
        return [self._facet(name) for name in names]

    def _facet(self, name: str) -> Facet:
        """Of the choices as they are: what was given has been forgiven, and asks for no form."""
        filter_ = self.filters[name]
        chosen, counts = self.data.getlist(name), self.counts.get(name)
        none = filter_.extra.get("empty_label")
        choices = []
        for given, label in [*([("", none)] if none else []), *self.choices_of(name)]:
            value = str(given)
            count = counts.get(value, 0) if counts is not None and value else None
            if count != 0 or value in chosen:
                is_chosen = value in chosen if value else not any(chosen)
                choices.append(Choice(value, str(label), count, is_chosen))
        several = isinstance(filter_, django_filters.MultipleChoiceFilter)
        return Facet(name, str(filter_.label), several, choices)

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is filtered by, each with the address that takes it away."""
        found = []
        for name in self.filters:
            if name == "sort":
                continue
            for value in filter(None, self.data.getlist(name)):
                label, url = self._label(name, value), self._without(name, value)
                found.append({"label": label, "url": url})
        return found

    def _label(self, name: str, value: str) -> str:
        """Words in quotes, tags by their name, and other values beside the name of their filter."""
        if name == "q":
            return f"“{value}”"
        if name in TAG_NAMES and value in self.vocabulary.by_slug:
            return self.vocabulary.by_slug[value].name
        filter_ = self.filters[name]
        labels = {str(known): str(label) for known, label in filter_.extra.get("choices", ())}
        return f"{filter_.label}: {labels.get(value, value)}"

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
    try:
        return Paginator(rows, size).page(page_number(data))
    except EmptyPage as error:
        raise Http404(gettext("There is no such page of this list.")) from error


def page_number(data: QueryDict) -> int:
    number = data.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 1


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
