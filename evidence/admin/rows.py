"""The inlines for claims, checked claims and their citations."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial.admin.versions import PartInline, StackedPartInline
from evidence.certainty import rater, verb_misfit
from evidence.models import CheckedClaim, Citation, Claim


class ClaimForm(forms.ModelForm):
    class Meta:
        labels = {
            "outcome": _("What was looked at"),
            "outcome_kind": _("Kind of outcome"),
            "certainty_reason": _("Why this certainty"),
            "certainty_by": _("Who rated it"),
            "comparator": _("Compared with"),
            "follow_up": _("After how long"),
            "events_treated": _("Treated: it happened to"),
            "people_treated": _("Treated: people in all"),
            "events_compared": _("Compared: it happened to"),
            "people_compared": _("Compared: people in all"),
        }
        help_texts = {
            "statement": _(
                "One plain sentence. High certainty: “results in”. Moderate: “probably”. "
                "Low: “may”. Very low: “we are very uncertain”. Not rated: “In this one trial …”."
            ),
            "outcome": _("In a few words, for example “Disease getting worse”."),
            "outcome_kind": _("Readers can sort by it. A death from the treatment is a harm."),
            "certainty_reason": _("In a sentence or two: how many studies, how large, how alike."),
            "certainty_by": _("The person here who gave the rating. Readers see the name."),
            "comparator": _(
                "What the other group was given, for example “placebo”. "
                "“none” if there was no other group."
            ),
            "follow_up": _("For example “median 2 years”."),
            "events_treated": _("Leave both empty if the study gave no count."),
        }


class ClaimInline(StackedPartInline):
    model = Claim
    form = ClaimForm
    template = "editorial/admin/folded_rows.html"
    autocomplete_fields = ["therapy", "disease", "certainty_by"]
    readonly_fields = ["readers_see"]
    fields = [
        "position",
        "statement",
        ("therapy", "disease"),
        ("outcome", "outcome_kind", "direction"),
        ("comparator", "follow_up"),
        ("events_treated", "people_treated"),
        ("events_compared", "people_compared"),
        ("certainty", "certainty_by"),
        "certainty_reason",
        "readers_see",
    ]
    verbose_name_plural = _("Claims: what a therapy does in a disease, with its numbers")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("certainty_by")

    @admin.display(description=_("Readers see"))
    def readers_see(self, claim: Claim) -> SafeString | str:
        """The numbers as readers get them, as they were saved last, and whether the verb fits."""
        if claim.pk is None:
            return gettext(
                "Save the claim to see it in the words of readers; the preview shows it too."
            )
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", as_read(claim)))


def as_read(claim: Claim) -> list[tuple[str]]:
    numbers = claim.numbers
    lines = []
    for label, frequency in (
        (gettext("With the treatment"), numbers.treated),
        (f"With {claim.comparator}", numbers.compared),
    ):
        if frequency:
            counts = f" ({frequency.counts})" if frequency.counts else ""
            lines.append(f"{label}: {frequency}{counts}.")
    if not lines:
        lines.append(gettext("No numbers: neither group has a count."))
    lines += [numbers.difference, rater(claim), verb_misfit(claim.statement, claim.certainty)]
    return [(capfirst(line),) for line in lines if line]


class CheckedClaimInline(StackedPartInline):
    model = CheckedClaim
    template = "editorial/admin/folded_rows.html"
    autocomplete_fields = ["source", "therapy", "disease"]
    fields = ["position", "quote", "source", "verdict", "why", ("therapy", "disease")]
    verbose_name_plural = _("Claims we checked: a few quoted words and our verdict")


class CitationForm(forms.ModelForm):
    """A citation of a claim: one without would count as one of the body's, and be lost."""

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen = [name for name in ("claim", "checked_claim") if cleaned.get(name)]
        if len(chosen) != 1 and not self.errors:
            raise forms.ValidationError(gettext("Choose the one claim that this source bears out."))
        return cleaned


class CitationInline(PartInline):
    """Citations of claims. Those in the body are made in the editor."""

    model = Citation
    form = CitationForm
    autocomplete_fields = ["source"]
    fields = ["claim", "source", "place"]
    verbose_name_plural = _("Citations of claims: save a new claim first, then cite for it")

    def get_queryset(self, request):
        of_claims = Q(claim__isnull=False) | Q(checked_claim__isnull=False)
        return super().get_queryset(request).filter(of_claims).select_related("source")

    def get_formset(self, request, obj=None, **kwargs):
        self.version = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in ("claim", "checked_claim"):
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(version=self.version)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AnyCitationInline(CitationInline):
    """Where a page has checked claims as well."""

    fields = ["claim", "checked_claim", "source", "place"]
