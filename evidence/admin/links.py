"""The sites that pages may link to. Editors keep the list; everybody on the staff can read it."""

from django.contrib import admin
from django.utils import timezone

from editorial import ledger
from evidence.models import TrustedSite


@admin.register(TrustedSite)
class TrustedSiteAdmin(admin.ModelAdmin):
    list_display = ["name", "host", "gives_support", "why"]
    list_filter = ["gives_support"]
    search_fields = ["host", "name", "why"]
    fields = ["host", "name", "why", "gives_support"]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        self._record("changed a trusted site" if change else "trusted a site", obj, request)

    def delete_model(self, request, obj) -> None:
        self._record("stopped trusting a site", obj, request)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for site in queryset:
            self.delete_model(request, site)

    def _record(self, verb: str, site: TrustedSite, request) -> None:
        told = f"{site.host}: {site.name}. {site.why}"
        ledger.record(verb, by=request.user, now=timezone.now(), comment=told)
