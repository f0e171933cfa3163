"""What readers search for, and what to do about words that lead nowhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import tagging
from editorial.filtering import page_of
from editorial.models import Tag
from editorial.refusals import Refused
from search.asking import Asked
from search.finding import find
from search.models import SearchLog

ROWS_A_PAGE = 25
PERIODS = {
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
}
LISTS = {
    "top": gettext_lazy("Most asked"),
    "nothing": gettext_lazy("Nothing found"),
    "unopened": gettext_lazy("Seldom opened"),
}
# Fewer searches say little about the results; one in five readers opens nothing anywhere.
FEWEST_TO_JUDGE = 5
SELDOM = 0.2


@dataclass(frozen=True)
class Row:
    """Words as they were asked in a period, and what they find today."""

    words: str
    times: int
    opened: int
    ranks: int
    finds_now: int

    @property
    def opened_percent(self) -> int:
        """More than one result can be opened for one search."""
        return min(100, round(100 * self.opened / self.times)) if self.times else 0

    @property
    def place(self) -> str:
        """The mean place of the results that were opened."""
        return f"{self.ranks / self.opened:.1f}" if self.opened else ""


def asked_since(day: date, show: str) -> QuerySet[SearchLog, dict[str, Any]]:
    """Each word or words with its numbers, of one of LISTS, the most asked first."""
    kept = SearchLog.objects.filter(searched_on__gt=day).exclude(words="")
    rows = kept.values("words").annotate(
        asked=Sum("times"), all_opened=Sum("opened"), all_ranks=Sum("ranks"), most=Max("found")
    )
    if show == "nothing":
        rows = rows.filter(most=0)
    elif show == "unopened":
        seldom = F("asked") * SELDOM
        rows = rows.filter(most__gt=0, asked__gte=FEWEST_TO_JUDGE, all_opened__lt=seldom)
    return rows.filter(asked__gt=0).order_by("-asked", "words")


class SynonymForm(forms.Form):
    """Which tag these words mean."""

    name = forms.CharField(label=gettext_lazy("What readers type"), max_length=100)
    tag = forms.ModelChoiceField(
        Tag.objects.current(),
        label=gettext_lazy("The tag it means"),
        help_text=gettext_lazy("Readers who type the words find what carries this tag."),
    )


@admin.register(SearchLog)
class SearchReport(admin.ModelAdmin):
    """The report in the place of a list of rows, which say little one by one."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        report = self.admin_site.admin_view(self.changelist_view)
        synonym = self.admin_site.admin_view(self.synonym)
        return [
            path("", report, name="search_searchlog_changelist"),
            path("synonym/", synonym, name="search_searchlog_synonym"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        days = request.GET.get("days") if request.GET.get("days") in PERIODS else "30"
        show = request.GET.get("show") if request.GET.get("show") in LISTS else "top"
        since = timezone.localdate() - timedelta(days=int(days))
        page = page_of(asked_since(since, show), request.GET, size=ROWS_A_PAGE)
        totals = SearchLog.objects.filter(searched_on__gt=since).aggregate(
            times=Sum("times"), opened=Sum("opened")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("What readers search for"),
            "opts": self.opts,
            "page_obj": page,
            "rows": [_row(found) for found in page],
            "totals": totals,
            "show": show,
            "days": days,
            "lists": LISTS.items(),
            "periods": PERIODS.items(),
            "may_tag": request.user.has_perm("editorial.change_tag"),
            "may_promote": request.user.has_perm("search.add_promotion"),
        }
        return TemplateResponse(request, "search/admin/report.html", context)

    def synonym(self, request: HttpRequest) -> HttpResponse:
        """Make the words of a search a synonym of a tag."""
        if not request.user.has_perm("editorial.change_tag"):
            raise PermissionDenied
        form = SynonymForm(request.POST or None, initial={"name": request.GET.get("words", "")})
        if form.is_valid():
            tag, name = form.cleaned_data["tag"], form.cleaned_data["name"]
            try:
                tagging.add_synonym(tag, name, by=request.user, now=timezone.now())
            except Refused as refused:
                form.add_error("name", str(refused))
            else:
                messages.success(request, _("“%s” now means “%s”.") % (name, tag))
                back = reverse("admin:search_searchlog_changelist")
                return HttpResponseRedirect(f"{back}?show=nothing")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Make a synonym"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "search/admin/synonym.html", context)


def _row(found: dict[str, Any]) -> Row:
    return Row(
        words=found["words"],
        times=found["asked"],
        opened=found["all_opened"],
        ranks=found["all_ranks"],
        finds_now=find(Asked(words=found["words"], size=1)).total,
    )
