"""The audit trail: to be read, never written here."""

from django.contrib import admin

from editorial.models import Event


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["number", "at", "verb", "actor", "address", "comment"]
    list_filter = ["verb", "at"]
    search_fields = ["address", "actor", "comment", "hash"]
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
