"""What the admins of the four kinds share beneath their form: who sees, addresses, standing."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from editorial.models import Version
from editorial.rights import may_edit
from editorial.states import Kind


class VersionBase(admin.ModelAdmin):
    """A mixin of the version admin adds its addresses to `get_urls`, and what its part of the
    form shows to `standing`; both by way of super().
    """

    kind: Kind

    def get_queryset(self, request):
        return super().get_queryset(request).of_kind(self.kind)

    # --- who may --------------------------------------------------------------------------

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("editorial.view_version")

    def has_add_permission(self, request) -> bool:
        return request.user.has_perm("editorial.add_version")

    def has_change_permission(self, request, obj=None) -> bool:
        if obj is None:
            return request.user.has_perm("editorial.change_version")
        return may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    # --- for the mixins -------------------------------------------------------------------

    def route(self, verb: str, view: Callable[..., HttpResponse], rest: str = "") -> URLPattern:
        """The address `<pk>/<verb>/` of a view that takes `request, pk` and what `rest` holds."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_{verb}"
        return path(f"<int:pk>/{verb}/{rest}", self.admin_site.admin_view(view), name=name)

    def address(self, pk: int, verb: str = "change") -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{verb}"
        return reverse(name, args=[pk])

    def version_for(self, request: HttpRequest, pk: int) -> Version:
        """The version of an address under this admin. Raises PermissionDenied, Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("page"), pk=pk)

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        """What the form shows around the text of this version, to this person, now."""
        return {"version": version}
