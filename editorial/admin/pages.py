"""The identity of pages, and the picker that the editor uses to link to one."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path

from editorial.models import Page, Version

MOST_PICKED = 12


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    list_display = ["slug", "kind", "owner", "backup_owner", "review_months", "specialty"]
    list_filter = ["kind", "specialty", "owner"]
    list_select_related = ["owner", "backup_owner"]
    search_fields = ["slug", "versions__title"]
    autocomplete_fields = ["owner", "backup_owner"]
    fields = ["owner", "backup_owner", "review_months", "specialty", "language"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        pick = path("pick/", self.admin_site.admin_view(self.pick), name="editorial_page_pick")
        return [pick, *super().get_urls()]

    def pick(self, request: HttpRequest) -> JsonResponse:
        """Live pages whose title holds the words: {"results": [{id, title, kind, url}]}."""
        if not request.user.has_perm("editorial.view_page"):
            raise PermissionDenied
        found = Version.objects.live().select_related("page").only("title", "page")
        for word in request.GET.get("q", "")[:100].split():
            found = found.filter(title__icontains=word)
        results = [
            {
                "id": version.page_id,
                "title": version.title,
                "kind": version.page.get_kind_display(),
                "url": version.get_absolute_url(),
            }
            for version in found.order_by("title")[:MOST_PICKED]
        ]
        return JsonResponse({"results": results})
