"""The inlines for claims, checked claims and their citations."""

from django import forms
from django.db.models import Q

from editorial.admin.versions import PartInline, StackedPartInline
from evidence.models import CheckedClaim, Citation, Claim


class ClaimInline(StackedPartInline):
    model = Claim
    template = "editorial/admin/folded_rows.html"
    autocomplete_fields = ["therapy", "disease"]
    fields = [
        "position",
        "statement",
        ("therapy", "disease"),
        ("outcome", "outcome_kind", "direction"),
        ("certainty", "certainty_reason"),
        ("comparator", "follow_up"),
        ("events_treated", "people_treated", "events_compared", "people_compared"),
    ]
    verbose_name_plural = "Claims: what a therapy does in a disease, with its numbers"


class CheckedClaimInline(StackedPartInline):
    model = CheckedClaim
    template = "editorial/admin/folded_rows.html"
    autocomplete_fields = ["source", "therapy", "disease"]
    fields = ["position", "quote", "source", "verdict", "why", ("therapy", "disease")]
    verbose_name_plural = "Claims we checked: a few quoted words and our verdict"


class CitationForm(forms.ModelForm):
    """A citation of a claim: one without would count as one of the body's, and be lost."""

    def clean(self) -> dict:
        cleaned = super().clean()
        chosen = [name for name in ("claim", "checked_claim") if cleaned.get(name)]
        if len(chosen) != 1 and not self.errors:
            raise forms.ValidationError("Choose the one claim that this source bears out.")
        return cleaned


class CitationInline(PartInline):
    """Citations of claims. Those in the body are made in the editor."""

    model = Citation
    form = CitationForm
    autocomplete_fields = ["source"]
    fields = ["claim", "source", "place"]
    verbose_name_plural = "Citations of claims: save a new claim first, then cite for it"

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
