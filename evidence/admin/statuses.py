"""Whether a therapy may be used, country by country, and who looked when."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editorial.refusals import Refused
from evidence import statuses
from evidence.models import RegulatoryStatus
from evidence.statuses import Check

IN_WORDS = {
    Check.NEVER: _("not yet"),
    Check.OVERDUE: _("overdue: six months ago or longer"),
    Check.LATELY: _("in the last six months"),
}


class CheckedFilter(admin.SimpleListFilter):
    title = _("checked")
    parameter_name = "checked"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [(str(check), words) for check, words in IN_WORDS.items()]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        overdue = RegulatoryStatus.objects.overdue(today).values("pk")
        match self.value():
            case Check.NEVER:
                return queryset.filter(checked_on__isnull=True)
            case Check.OVERDUE:
                return queryset.filter(pk__in=overdue)
            case Check.LATELY:
                return queryset.filter(checked_on__isnull=False).exclude(pk__in=overdue)
        return queryset


@admin.register(RegulatoryStatus)
class RegulatoryStatusAdmin(admin.ModelAdmin):
    list_display = ["therapy", "last_check", "where", "status"]
    list_filter = [CheckedFilter, "jurisdiction", "status", "therapy"]
    list_select_related = ["therapy", "disease"]
    search_fields = ["product", "note", "therapy__name"]
    autocomplete_fields = ["therapy", "disease", "source"]
    readonly_fields = ["checked_on", "checked_by"]
    actions = ["checked_today"]
    change_form_template = "evidence/admin/status.html"

    @admin.display(description=_("Where and for what"), ordering="jurisdiction")
    def where(self, status: RegulatoryStatus) -> str:
        about = (status.disease and status.disease.name, status.product)
        return ", ".join([status.jurisdiction, *filter(None, about)])

    @admin.display(description=_("Checked"), ordering="checked_on")
    def last_check(self, status: RegulatoryStatus) -> str:
        if status.checked_on is None:
            return gettext("Not yet")
        day = date_format(status.checked_on)
        if status.is_overdue(timezone.localdate()):
            return gettext("%(day)s: overdue") % {"day": day}
        return day

    @admin.action(description=_("I checked this today"), permissions=["change"])
    def checked_today(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = statuses.mark_checked(queryset, by=request.user, now=timezone.now())
        messages.success(
            request,
            ngettext(
                "%(count)s row is dated as checked by you today; readers see it.",
                "%(count)s rows are dated as checked by you today; readers see it.",
                count,
            )
            % {"count": count},
        )

    def save_model(self, request, obj, form, change) -> None:
        is_checked = "_check" in request.POST
        was_checked = obj.checked_on
        statuses.keep(obj, by=request.user, now=timezone.now(), is_checked=is_checked)
        if was_checked and not obj.checked_on:
            messages.warning(
                request,
                gettext(
                    "Readers are told that this has not been checked since it was changed. "
                    "Once you have looked it up, press “Save: I checked this today”."
                ),
            )

    def delete_model(self, request, obj) -> None:
        statuses.remove(obj, by=request.user, now=timezone.now())

    def delete_queryset(self, request, queryset) -> None:
        for status in queryset:
            self.delete_model(request, status)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.path)

    def response_change(self, request, obj) -> HttpResponse:
        if "_check" not in request.POST:
            return super().response_change(request, obj)
        messages.success(
            request,
            gettext("“%(obj)s” is saved, and dated as checked by you today.") % {"obj": obj},
        )
        return HttpResponseRedirect(request.path)
