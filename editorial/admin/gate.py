"""What the checks find, beside the form and before each move; and what people answer to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Script

from editorial import patients, warnings
from editorial.admin.beside import Beside
from editorial.admin.typed import typed
from editorial.checks import Finding, Level, run_checks
from editorial.gate import Judgement, judge
from editorial.models import Version
from editorial.refusals import Refused
from editorial.rights import may_edit


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it does not hold here"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("One or two sentences. They stay on record under your name."),
    )


class PatientForm(forms.Form):
    reader = forms.CharField(
        label=gettext_lazy("Who read it"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy(
            "How they describe themselves, without a name: “has lupus, had no transplant”."
        ),
    )
    said = forms.CharField(
        label=gettext_lazy("What they said"),
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "What was clear, what was not, what was missing, in their words where you can."
        ),
    )
    read_on = forms.DateField(
        label=gettext_lazy("Read on"), widget=forms.DateInput(attrs={"type": "date"})
    )


class Gate(Beside):
    class Media:
        css = {"all": ["editorial/findings.css"]}
        js = [Script("editorial/findings.js", type="module")]

    def get_urls(self):
        return [
            self.route("findings", self.findings),
            self.route("pass_warning", self.pass_warning),
            self.route("take_back_warning", self.take_back_warning),
            self.route("patient_reading", self.patient_reading),
            *super().get_urls(),
        ]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        readings = version.page.patient_readings.select_related("version")
        return (
            super().standing(request, version)
            | self.judged(request, version, judge(version) if version.is_open else None)
            | {"patient_readings": readings, "records_readings": patients.may_record(request.user)}
        )

    def judged(
        self, request: HttpRequest, version: Version, judgement: Judgement | None
    ) -> dict[str, Any]:
        """What a list of findings shows of this version, to this person."""
        return {
            "gate": judgement,
            "takes_back": True,
            "passes_warnings": version.is_open
            and warnings.may_pass_warnings(request.user, version),
        }

    # --- while somebody types -------------------------------------------------------------

    def findings(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the checks find in the stored text; in the text as it is typed, if it was sent."""
        version = self.version_for(request, pk)
        if request.method != "POST":
            return self._findings(request, version, judge(version))
        if not may_edit(request.user, version):
            raise PermissionDenied
        form = self.get_form(request, version, change=True)
        formsets = self._formsets(request, version, request.POST)
        with typed(version, form, formsets, request):
            found = run_checks(version)
        return self._findings(request, version, judge(version, found))

    def _findings(
        self, request: HttpRequest, version: Version, judgement: Judgement
    ) -> HttpResponse:
        context = {"version": version, "is_form": may_edit(request.user, version)}
        return render(
            request,
            "editorial/admin/_findings.html",
            context | self.judged(request, version, judgement),
        )

    # --- warnings -------------------------------------------------------------------------

    def pass_warning(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the reason, then puts it on record. It is about the text as it is stored."""
        version = self.version_for(request, pk)
        finding = self._warning(version, request.GET.get("mark") or request.POST.get("mark", ""))
        form = ReasonForm(request.POST or None, label_suffix="")
        try:
            warnings.require_passing(request.user, version)
            if finding is None:
                messages.info(
                    request,
                    _("The stored text has no such warning: save what you typed, then pass it."),
                )
            elif form.is_valid():
                reason = form.cleaned_data["reason"]
                warnings.pass_warning(
                    version, finding, by=request.user, now=timezone.now(), reason=reason
                )
                messages.success(request, _("Passed, with your reason."))
            else:
                context = {"form": form, "finding": finding}
                return self._asking(request, version, _("Pass a warning"), "pass_warning", context)
        except Refused as refused:
            messages.error(request, str(refused))
        return HttpResponseRedirect(f"{self.address(pk)}#findings")

    def _warning(self, version: Version, mark: str) -> Finding | None:
        found = (it for it in run_checks(version) if it.level == Level.WARN and it.mark == mark)
        return next(found, None)

    def take_back_warning(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self.version_for(request, pk)
        if request.method == "POST":
            number = request.POST.get("passed", "")
            if not (number.isascii() and number.isdigit() and len(number) < 19):
                raise Http404
            passed = get_object_or_404(version.passed_warnings, pk=int(number))
            try:
                warnings.take_back(passed, by=request.user, now=timezone.now())
                messages.success(request, _("Taken back: the warning waits for an answer again."))
            except Refused as refused:
                messages.error(request, str(refused))
        return HttpResponseRedirect(f"{self.address(pk)}#findings")

    # --- patients -------------------------------------------------------------------------

    def patient_reading(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self.version_for(request, pk)
        form = PatientForm(request.POST or None, label_suffix="")
        if form.is_valid():
            try:
                patients.record_patient_reading(
                    version, **form.cleaned_data, by=request.user, now=timezone.now()
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("What the patient said is on record."))
                return HttpResponseRedirect(f"{self.address(pk)}#patients")
        context = {"form": form, "may_record": patients.may_record(request.user)}
        context["patient_readings"] = version.page.patient_readings.select_related("version")
        return self._asking(
            request, version, _("A patient has read it"), "patient_reading", context
        )

    def _asking(
        self,
        request: HttpRequest,
        version: Version,
        title: str,
        template: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "version": version,
            "back": self.address(version.pk),
            "has_view_permission": True,
        }
        return TemplateResponse(request, f"editorial/admin/{template}.html", frame | context)
