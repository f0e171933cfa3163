"""The desk: the first page of the admin, and the full list behind each of its sections."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import desk
from editorial.admin.versions import VersionAdmin
from editorial.feedback.desk import waiting_for
from editorial.filtering import page_of

ROWS_A_PAGE = 50


def index(request: HttpRequest) -> HttpResponse:
    """The admin's own first page, with the desk above its list of everything."""
    notices = desk.unread(request.user)
    today = timezone.localdate()
    context = {
        "heaps": list(desk.first_rows(request.user, today)),
        "reports": waiting_for(request.user),
        "pointers": desk.pointers(request.user, today),
        "notices": notices,
        "unread_notices": notices[0].total if notices else 0,
        "begin": _can_begin(request),
        "now": timezone.now(),
    }
    return admin.site.index(request, context)


def section(request: HttpRequest, key: str) -> HttpResponse:
    found = next((it for it in desk.sections() if it.key == key), None)
    if found is None:
        raise Http404(_("The desk has no such section."))
    if not found.is_for(request.user):
        raise PermissionDenied
    rows = desk.for_lists(found.rows(request.user, timezone.localdate()))
    context = {
        **admin.site.each_context(request),
        "title": found.title,
        "section": found,
        "page_obj": page_of(rows, request.GET, size=ROWS_A_PAGE),
        "now": timezone.now(),
    }
    return TemplateResponse(request, "editorial/admin/desk_list.html", context)


def _can_begin(request: HttpRequest) -> list[dict[str, Any]]:
    """The kinds of page that this person can begin, each with its address."""
    return [
        {"name": model._meta.verbose_name, "url": reverse(f"admin:{_name(model)}_add")}
        for model, model_admin in admin.site._registry.items()
        if isinstance(model_admin, VersionAdmin) and model_admin.has_add_permission(request)
    ]


def _name(model) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


urlpatterns = [
    path("", admin.site.admin_view(index), name="desk"),
    path("desk/<slug:key>/", admin.site.admin_view(section), name="desk_section"),
]
