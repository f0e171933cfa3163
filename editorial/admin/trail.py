"""The audit trail: to be read, searched and taken away as CSV, never written here."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.models import Event

EXPORTED = (
    "number",
    "at",
    "verb",
    "actor",
    "address",
    "version_number",
    "state",
    "comment",
    "content_hash",
    "previous_hash",
    "hash",
)
AT_A_TIME = 2000
# What a spreadsheet takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class TypedFilter(admin.SimpleListFilter):
    """A filter whose value is typed, not chosen."""

    template = "editorial/admin/typed_filter.html"
    input_type = "text"

    def has_output(self) -> bool:
        return True

    def lookups(self, request, model_admin):
        return ()

    def choices(self, changelist) -> Iterator[Any]:
        """What else is filtered by, for the form to keep, and the address without this filter."""
        others = changelist.get_filters_params()
        others.pop(self.parameter_name, None)
        without = changelist.get_query_string(remove=[self.parameter_name])
        kept = [(name, value) for name, values in others.items() for value in values]
        if changelist.query:
            kept.append((SEARCH_VAR, changelist.query))
        yield {"kept": kept, "without": without}


class AddressFilter(TypedFilter):
    title = _("page address")
    parameter_name = "address"

    def queryset(self, request, queryset):
        return queryset.filter(address__contains=self.value().strip()) if self.value() else queryset


class SinceFilter(TypedFilter):
    title = _("first day")
    parameter_name = "since"
    input_type = "date"
    lookup = "at__date__gte"

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        try:
            return queryset.filter(**{self.lookup: date.fromisoformat(self.value())})
        except ValueError as error:
            raise IncorrectLookupParameters from error


class UntilFilter(SinceFilter):
    title = _("last day")
    parameter_name = "until"
    lookup = "at__date__lte"


class ActorFilter(admin.SimpleListFilter):
    title = _("person")
    parameter_name = "actor"
    SITE = "-"

    def lookups(self, request, model_admin):
        """Everybody who ever did anything. The site's own deeds carry no name."""
        names = Event.objects.order_by("actor").values_list("actor", flat=True).distinct()
        return [(name or self.SITE, name or gettext("the site itself")) for name in names]

    def queryset(self, request, queryset):
        value = self.value()
        return queryset.filter(actor="" if value == self.SITE else value) if value else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["number", "at", "verb", "by", "address", "comment"]
    list_filter = [SinceFilter, UntilFilter, AddressFilter, ActorFilter, "verb"]
    search_fields = ["address", "actor", "verb", "comment", "hash"]
    change_list_template = "editorial/admin/trail.html"
    show_full_result_count = False
    # Each count would read the whole trail.
    show_facets = admin.ShowFacets.NEVER

    @admin.display(description=_("by"), ordering="actor")
    def by(self, event: Event) -> str:
        return event.actor or gettext("the site itself")

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name="editorial_event_export"), *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The list as it is filtered and searched, however long, as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:editorial_event_changelist"))
        events = listed.get_queryset(request).order_by("number")
        name = f"audit-{timezone.now():%Y-%m-%d-%H%M}.csv"
        return StreamingHttpResponse(
            csv_lines(events.iterator(chunk_size=AT_A_TIME)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class Echo:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(events: Iterable[Event]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(EXPORTED)
    for event in events:
        yield writer.writerow([cell(getattr(event, name)) for name in EXPORTED])


def cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
