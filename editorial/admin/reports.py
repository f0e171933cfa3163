"""What readers told: reports to take and to close, and whether pages helped them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.feedback import reports
from editorial.feedback.helpful import unhelpful_pages
from editorial.models import HelpfulCount, Report, Version
from editorial.names import name_of
from editorial.refusals import Refused

Outcome = Report.Outcome
MAY_ANSWER = "editorial.answer_report"


class ReadOnly(admin.ModelAdmin):
    """Rows that the public makes: no stock page of the admin writes them."""

    class Media:
        css = {"all": ["editorial/reports.css"]}

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class VersionChoice(forms.ModelChoiceField):
    def label_from_instance(self, version: Version) -> str:
        live_on = timezone.localdate(version.published_at)
        lane, number = version.get_lane_display(), version.number
        return _("version %(number)s, %(lane)s, live since %(day)s") % {
            "number": number,
            "lane": lane,
            "day": date_format(live_on),
        }


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        widget=forms.RadioSelect,
        choices=[
            (it.value, it.label)
            for it in (Outcome.CORRECTED, Outcome.NO_ERROR, Outcome.ANSWERED, Outcome.SPAM)
        ],
        error_messages={"required": gettext_lazy("Choose what came of it.")},
    )
    correction = VersionChoice(
        Version.objects.none(),
        label=gettext_lazy("Corrected by"),
        required=False,
        empty_label=gettext_lazy("Choose a version"),
        help_text=gettext_lazy("The versions of the page that went live since the report came."),
    )
    for_readers = forms.CharField(
        label=gettext_lazy("For the public corrections log"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "In a line, what was put right. Name nobody. A quick correction needs none: the log "
            "shows the words that changed."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("For your colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 4}),
        help_text=gettext_lazy("Why it is no error, or what you answered. Erased with the report."),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        if report.page_id:
            self.fields["correction"].queryset = reports.corrections_of(report)
        else:
            del self.fields["correction"], self.fields["for_readers"]


class StandingFilter(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = gettext_lazy("where it stands")
    parameter_name = "show"
    KINDS = {
        None: gettext_lazy("Waiting"),
        "closed": gettext_lazy("Closed"),
        "suspect": gettext_lazy("Probably spam"),
        "all": gettext_lazy("All"),
    }

    def lookups(self, request, model_admin):
        return [(key, name) for key, name in self.KINDS.items() if key]

    def choices(self, changelist):
        for key, name in self.KINDS.items():
            is_here, remove = self.value() == key, [] if key else [self.parameter_name]
            query = changelist.get_query_string({self.parameter_name: key} if key else {}, remove)
            yield {"selected": is_here, "query_string": query, "display": name}

    def queryset(self, request, queryset):
        match self.value():
            case "closed":
                return queryset.exclude(outcome="")
            case "suspect":
                return queryset.filter(is_suspect=True, outcome="")
            case "all":
                return queryset
        # What came of it is asked of closed ones.
        return queryset if "outcome__exact" in request.GET else queryset.waiting()


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ["what", "about", "age", "owner", "standing"]
    list_filter = [StandingFilter, "kind", "outcome"]
    ordering = ["sent_at", "pk"]
    show_full_result_count = False

    def get_queryset(self, request):
        return reports.with_titles(super().get_queryset(request).seen_by(request.user))

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("editorial.view_report")

    @admin.display(description=gettext_lazy("report"), ordering="kind")
    def what(self, report: Report) -> str:
        return report.get_kind_display()

    @admin.display(description=gettext_lazy("about"), ordering="address")
    def about(self, report: Report) -> str:
        return report.page_title or report.address or _("no page")

    @admin.display(description=gettext_lazy("age"), ordering="sent_at")
    def age(self, report: Report) -> str:
        return timesince(report.sent_at, depth=1)

    @admin.display(description=gettext_lazy("owner"))
    def owner(self, report: Report) -> str:
        return name_of(report.page.owner) if report.page and report.page.owner else "–"

    @admin.display(description=gettext_lazy("where it stands"), ordering="outcome")
    def standing(self, report: Report) -> str:
        if not report.is_open:
            return report.get_outcome_display()
        if report.is_suspect:
            return _("probably spam")
        name = name_of(report.taken_by) if report.taken_by else _("nobody yet")
        return _("with %s") % name

    # --- addresses ------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Reports from readers")})

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="editorial_report_changelist"),
            path("<int:pk>/change/", view(self.show), name="editorial_report_change"),
            path("<int:pk>/take/", view(self.take), name="editorial_report_take"),
            path("<int:pk>/keep/", view(self.let_through), name="editorial_report_let_through"),
        ]

    def show(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was written, and the form that closes it, which keeps what was typed if refused."""
        report = self._report(request, pk)
        may_answer = request.user.has_perm(MAY_ANSWER)
        if request.method == "POST" and not may_answer:
            raise PermissionDenied
        form = CloseForm(request.POST or None, report=report)
        if request.method == "POST" and form.is_valid():
            try:
                reports.close(report, by=request.user, now=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Closed: %s.") % report.get_outcome_display())
                return HttpResponseRedirect(reverse("admin:editorial_report_changelist"))
        return self._page(request, report, form if may_answer and report.is_open else None)

    def _page(self, request: HttpRequest, report: Report, form: CloseForm | None) -> HttpResponse:
        page = report.page
        context = {
            **self.admin_site.each_context(request),
            "title": report.get_kind_display(),
            "opts": self.opts,
            "report": report,
            "head": page.versions.heads().select_related("page").first() if page else None,
            "form": form,
        }
        return TemplateResponse(request, "editorial/admin/report.html", context)

    def take(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._press(request, pk, reports.take, _("It is yours: colleagues see your name."))

    def let_through(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._press(request, pk, reports.let_through, _("It waits with the others now."))

    def _press(self, request: HttpRequest, pk: int, deed, done: str) -> HttpResponse:
        report = self._report(request, pk)
        if not request.user.has_perm(MAY_ANSWER):
            raise PermissionDenied
        if request.method == "POST":
            try:
                deed(report, by=request.user, now=timezone.now())
                messages.success(request, done)
            except Refused as refused:
                messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("admin:editorial_report_change", args=[pk]))

    def _report(self, request: HttpRequest, pk: int) -> Report:
        """Raises PermissionDenied, or Http404 for what is not theirs to see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)


class UnhelpfulFilter(admin.SimpleListFilter):
    title = gettext_lazy("what readers found")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [("unhelpful", _("Pages many found unhelpful"))]

    def queryset(self, request, queryset):
        if self.value() != "unhelpful":
            return queryset
        return queryset.filter(page__in=unhelpful_pages(timezone.localdate()))


@admin.register(HelpfulCount)
class HelpfulCountAdmin(ReadOnly):
    list_display = ["place", "month", "helped", "did_not_help"]
    list_filter = [UnhelpfulFilter]
    list_display_links = None
    search_fields = ["place"]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Was this page helpful?")})

    def get_urls(self):
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="editorial_helpfulcount_changelist")]

    @admin.display(description=gettext_lazy("month"), ordering="month_begins_on")
    def month(self, count: HelpfulCount) -> str:
        return date_format(count.month_begins_on, "YEAR_MONTH_FORMAT")
