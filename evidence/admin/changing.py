"""What leans on a source; saying that something about it changed; and looking at pages again."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editorial.admin.versions import address_of
from editorial.refusals import Refused
from evidence.changing import how_it_stands, mark, may_answer, require_told, still_holds
from evidence.leaning import cells_of, leaning_on
from evidence.models import ReviewFlag, Source

LONG_TEXT = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})


class SuccessorField(forms.ModelChoiceField):
    """One of the sources that stand, by the name that staff know it by."""

    def label_from_instance(self, source: Source) -> str:
        year = f" ({source.year})" if source.year else ""
        return f"{source}{year}: {source.key}"


class ChangeForm(forms.Form):
    """What became of a source. `seen` is how it stood when the question was asked."""

    status = forms.ChoiceField(
        label=_("What became of it"),
        widget=forms.RadioSelect,
        choices=[(value, capfirst(label)) for value, label in Source.Status.choices],
    )
    note = forms.CharField(
        label=_("What happened, and who says so"),
        required=False,
        widget=LONG_TEXT,
        help_text=_("In plain words: readers are told in these."),
    )
    superseded_by = SuccessorField(
        label=_("Superseded by"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("No other source"),
        help_text=_("Only for a superseded source: the one to read instead."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, source: Source, **kwargs) -> None:
        self.source = source
        initial = {
            "status": source.status,
            "note": source.status_note,
            "superseded_by": source.superseded_by_id,
            "seen": how_it_stands(source),
        }
        super().__init__(*args, initial=initial, label_suffix="", **kwargs)
        others = Source.objects.public().exclude(pk=source.pk)
        standing = others.filter(status__in=[Source.Status.STANDS, Source.Status.CORRECTED])
        self.fields["superseded_by"].queryset = standing.order_by("short_name", "title")


class AnswerForm(forms.Form):
    """Why a page holds although a source behind it changed."""

    reason = forms.CharField(
        label=_("Why the page still holds"),
        widget=LONG_TEXT,
        help_text=_("For colleagues: it is kept in the audit trail."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class Changing(admin.ModelAdmin):
    """Adds its addresses to the admin of sources."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/leaning/", view(self.leaning), name="evidence_source_leaning"),
            path("<int:pk>/changed/", view(self.changed), name="evidence_source_changed"),
            path("flags/<int:pk>/", view(self.answer), name="evidence_reviewflag_answer"),
            *super().get_urls(),
        ]

    def leaning(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What leans on a source."""
        source = get_object_or_404(Source.objects.select_related("superseded_by"), pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        context = self._about(source) | {
            "title": gettext("What leans on this"),
            "may_mark": self.has_change_permission(request, source),
            "flags": source.review_flags.standing().select_related("page"),
        }
        return self._page(request, "evidence/admin/leaning.html", context)

    def changed(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask what happened; then show everything that will be flagged; then do it."""
        source = get_object_or_404(Source.objects.select_related("superseded_by"), pk=pk)
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        form = ChangeForm(request.POST or None, source=source)
        told = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
        try:
            if told and "confirmed" in request.POST:
                flags = mark(source, by=request.user, now=timezone.now(), **told)
                messages.success(request, _done(source, len(flags)))
                return HttpResponseRedirect(self._leaning_address(source))
            if told:
                require_told(source, told["status"], told["note"], told["superseded_by"])
        except Refused as refused:
            form.add_error(None, str(refused))
        is_asking = bool(told) and not form.errors and "again" not in request.POST
        context = self._about(source) | {
            "title": gettext("Is this right?") if is_asking else gettext("Something changed"),
            "form": form,
            "is_asking": is_asking,
            "told": told,
            "stands": told.get("status") == Source.Status.STANDS,
            "status": dict(Source.Status.choices).get(told.get("status", "")),
        }
        return self._page(request, "evidence/admin/changed.html", context)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Somebody has looked at a flagged page again, and says why it holds."""
        flags = ReviewFlag.objects.select_related("page", "source__superseded_by", "answered_by")
        flag = get_object_or_404(flags, pk=pk)
        if not may_answer(request.user):
            raise PermissionDenied
        live = flag.page.versions.live().first()
        there = address_of(live) if live else self._leaning_address(flag.source)
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                still_holds(
                    flag, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"]
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, gettext("Answered: readers no longer see the notice."))
                return HttpResponseRedirect(there)
        context = {
            "title": gettext("The page still holds"),
            "flag": flag,
            "live": live,
            "form": form,
        }
        return self._page(request, "evidence/admin/answer.html", context | {"there": there})

    def _about(self, source: Source) -> dict[str, Any]:
        leaning = leaning_on(source)
        return {
            "source": source,
            "live": [it for it in leaning if it.is_live],
            "drafts": [it for it in leaning if not it.is_live],
            "cells": cells_of(leaning),
        }

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)

    def _leaning_address(self, source: Source) -> str:
        return reverse("admin:evidence_source_leaning", args=[source.pk])


def _done(source: Source, flagged: int) -> str:
    if source.status == Source.Status.STANDS:
        return gettext("It stands: no page shows a notice about it any more.")
    return ngettext(
        "Marked as %(status)s. %(count)s page is flagged for review.",
        "Marked as %(status)s. %(count)s pages are flagged for review.",
        flagged,
    ) % {"status": source.get_status_display(), "count": flagged}
