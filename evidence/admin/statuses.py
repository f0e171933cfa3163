"""Whether a therapy may be used, country by country."""

from django.contrib import admin

from evidence.models import RegulatoryStatus


@admin.register(RegulatoryStatus)
class RegulatoryStatusAdmin(admin.ModelAdmin):
    list_display = ["therapy", "disease", "jurisdiction", "product", "status", "checked_on"]
    list_filter = ["jurisdiction", "status", "therapy"]
    list_select_related = ["therapy", "disease"]
    search_fields = ["product", "note", "therapy__name"]
    autocomplete_fields = ["therapy", "disease", "source"]
    readonly_fields = ["checked_by"]
