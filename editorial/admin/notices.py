"""The notices of the person who looks: what happened to the versions that concern them."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.admin.versions import address_of
from editorial.filtering import page_of
from editorial.models import Notice

NOTICES_A_PAGE = 50


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Nobody writes notices, and everybody sees their own alone: no stock page of the admin."""

    def has_module_permission(self, request) -> bool:
        return False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.list_own), name="editorial_notice_changelist"),
            path("read/", view(self.read_all), name="editorial_notice_read"),
            path("<int:pk>/", view(self.open), name="editorial_notice_open"),
        ]

    def list_own(self, request: HttpRequest) -> HttpResponse:
        own = Notice.objects.of(request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Notices"),
            "page_obj": page_of(own, request.GET, size=NOTICES_A_PAGE),
            "has_unread": own.unread().exists(),
        }
        return TemplateResponse(request, "editorial/admin/notices.html", context)

    def read_all(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            Notice.objects.of(request.user).unread().update(read_at=timezone.now())
            messages.success(request, _("All your notices are marked as read."))
        return HttpResponseRedirect(reverse("admin:editorial_notice_changelist"))

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a notice is about. Following it is reading it, from the bell and from a mail."""
        own = Notice.objects.of(request.user)
        notice = get_object_or_404(own.select_related("version__page"), pk=pk)
        if request.method == "GET":
            own.unread().filter(pk=pk).update(read_at=timezone.now())
        if notice.report_id is not None:
            address = reverse("admin:editorial_report_change", args=[notice.report_id])
            return HttpResponseRedirect(address)
        if notice.version is None:
            return HttpResponseRedirect(reverse("admin:editorial_notice_changelist"))
        return HttpResponseRedirect(address_of(notice.version))
