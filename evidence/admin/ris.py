"""Sources in from a RIS file, and out into one. What a reference becomes: `bibliography`."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evidence import ris
from evidence.bibliography import Candidate, bring_in, candidates, reference_of
from evidence.documents.document import Unreadable
from evidence.models import Source

KINDS = [choice for choice in Source.Kind.choices if choice[0] != Source.Kind.WEB_TEXT]


class RisForm(forms.Form):
    """A RIS file; `reading` is what it holds."""

    file = forms.FileField(
        label=_("RIS file"),
        help_text=format_lazy(
            _("From EndNote, Zotero, PubMed or Ovid; up to {most} references."),
            most=ris.MOST_RECORDS,
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".ris,.txt"}),
    )
    kind = forms.ChoiceField(
        label=_("What they are"),
        choices=KINDS,
        help_text=_("For references whose design the file does not tell, which is most."),
    )
    reading: ris.Reading

    def clean_file(self) -> ris.Reading:
        try:
            self.reading = ris.read(self.cleaned_data["file"].read(ris.MAX_BYTES + 1))
        except Unreadable as unreadable:
            raise forms.ValidationError(unreadable.reason) from unreadable
        return self.reading


class SureForm(forms.Form):
    """The references once more, as the first step sent them, and those that were ticked."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=KINDS)

    def clean_text(self) -> list[ris.Reference]:
        try:
            references = ris.read(self.cleaned_data["text"].encode()).references
        except Unreadable as unreadable:
            raise forms.ValidationError(unreadable.reason) from unreadable
        taken = set(self.data.getlist("take"))
        return [one for number, one in enumerate(references) if str(number) in taken]


class RisAdmin(admin.ModelAdmin):
    """The addresses and the action of the list of sources."""

    actions = ["export_selected"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("ris/", view(self.import_ris), name="evidence_source_import_ris"),
            path("export/", view(self.export_ris), name="evidence_source_export_ris"),
            *super().get_urls(),
        ]

    # --- out ------------------------------------------------------------------------------

    @admin.action(description=_("Download the chosen sources as a RIS file"), permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return _file(queryset, "sources.ris")

    def export_ris(self, request: HttpRequest) -> HttpResponse:
        """All that the public may see; private texts are other people's."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _file(Source.objects.public(), "all-sources.ris")

    # --- in -------------------------------------------------------------------------------

    def import_ris(self, request: HttpRequest) -> HttpResponse:
        """First what the file holds, and which of it is new; then what was ticked comes in."""
        if not request.user.has_perm("evidence.add_source"):
            raise PermissionDenied
        if "_sure" in request.POST:
            return self._bring_in(request)
        sent = request.method == "POST"
        form = RisForm(request.POST, request.FILES) if sent else RisForm()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Bring sources in from a RIS file"),
            "form": form,
        }
        if sent and form.is_valid():
            context |= _preview(form.reading, form.cleaned_data["kind"])
        return TemplateResponse(request, "editorial/admin/import_ris.html", context)

    def _bring_in(self, request: HttpRequest) -> HttpResponse:
        form = SureForm(request.POST)
        again = HttpResponseRedirect(reverse("admin:evidence_source_import_ris"))
        if not form.is_valid():
            messages.error(
                request, gettext("The references did not arrive whole: choose the file again.")
            )
            return again
        # Compared once more: somebody may have added one of them since the preview.
        wanted = candidates(form.cleaned_data["text"], kind=form.cleaned_data["kind"])
        written = bring_in(wanted, by=request.user, now=timezone.now())
        if missing := len(wanted) - len(written):
            messages.warning(
                request,
                gettext("%(missing)s of them are here already, and were left out.")
                % {"missing": missing},
            )
        if not written:
            messages.error(request, gettext("Nothing was brought in: no reference was ticked."))
            return again
        messages.success(
            request,
            ngettext(
                "%(count)s source brought in, marked as not seen yet.",
                "%(count)s sources brought in, each marked as not seen yet.",
                len(written),
            )
            % {"count": len(written)},
        )
        return HttpResponseRedirect(reverse("admin:evidence_source_changelist"))


def _preview(reading: ris.Reading, kind: str) -> dict[str, Any]:
    found = candidates(reading.references, kind=kind)
    return {
        "reading": reading,
        "candidates": found,
        "counts": Counter(_standing(candidate) for candidate in found),
        # Written anew, without abstracts: what comes back is small, and read like any file.
        "sure": SureForm(initial={"text": ris.write(reading.references), "kind": kind}),
    }


def _standing(candidate: Candidate) -> str:
    if candidate.why_not:
        return "bad"
    if candidate.is_there:
        return "there"
    return "doubtful" if candidate.is_doubtful else "new"


def _file(sources: QuerySet, name: str) -> HttpResponse:
    references = map(reference_of, sources.order_by("key").prefetch_related("registrations"))
    return HttpResponse(
        ris.write(references),
        content_type="application/x-research-info-systems; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
