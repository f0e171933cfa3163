"""The pages that editors put first for given words. The staff see them, editors change them."""

from django.contrib import admin
from django.utils import timezone

from search.models import Promotion


@admin.register(Promotion)
class PromotionAdmin(admin.ModelAdmin):
    list_display = ["words", "position", "page"]
    list_select_related = ["page"]
    search_fields = ["words", "page__slug"]
    fields = ["words", "page", "position"]
    autocomplete_fields = ["page"]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        self._record("changed a promotion" if change else "promoted a page", obj, request)

    def delete_model(self, request, obj) -> None:
        self._record("stopped promoting a page", obj, request)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset) -> None:
        for promotion in queryset.select_related("page"):
            self.delete_model(request, promotion)

    def _record(self, verb: str, promotion: Promotion, request) -> None:
        promotion.record(verb, by=request.user, now=timezone.now())
