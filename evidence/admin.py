"""Sources, regulatory statuses, and the inlines for claims and citations."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from editorial.admin.forms import SeveralChoices
from editorial.admin.rows import NamedRowsInline
from editorial.admin.versions import PartInline, StackedPartInline, address_of
from editorial.models import Version
from editorial.states import Kind
from evidence.forms import UploadForm
from evidence.importing import Imported
from evidence.models import (
    CheckedClaim,
    Citation,
    Claim,
    DocumentText,
    Registration,
    RegulatoryStatus,
    Source,
)
from evidence.uploading import import_uploads

MOST_PICKED = 12


class ClaimInline(StackedPartInline):
    model = Claim
    template = "editorial/admin/folded_rows.html"
    autocomplete_fields = ["therapy", "disease"]
    fields = [
        "position",
        "statement",
        ("therapy", "disease"),
        ("outcome", "direction"),
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


class RegistrationInline(NamedRowsInline):
    model = Registration


class DocumentInline(admin.StackedInline):
    model = DocumentText
    extra = 0
    can_delete = False
    fields = readonly_fields = ["file_name", "media_type", "sha256", "read_at", "warnings", "text"]

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("evidence.view_source")

    def has_add_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["__str__", "design", "people", "year", "status", "verification"]
    list_filter = ["kind", "design", "status", "verification", "subjects", "is_private"]
    search_fields = ["key", "title", "short_name", "authors", "doi", "pmid"]
    autocomplete_fields = ["tags", "superseded_by"]
    readonly_fields = ["checked_on", "checked_by"]
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
    }
    inlines = [RegistrationInline, DocumentInline]
    change_list_template = "editorial/admin/sources.html"
    fieldsets = [
        (None, {"fields": ["key", "kind", "title", "short_name", "finding", "caveat", "tags"]}),
        ("What it is", {"fields": ["design", "design_note", "subjects", "people", "people_note"]}),
        (
            "Where it stands",
            {
                "fields": [
                    ("authors", "publisher"),
                    ("year", "published_on", "citation"),
                    ("doi", "pmid", "pmcid"),
                    "url",
                    "language",
                ]
            },
        ),
        ("Who paid", {"fields": ["funder", "commercial_interest"]}),
        (
            "Whether it holds",
            {
                "fields": [
                    ("status", "superseded_by"),
                    ("verification", "not_seen"),
                    "where_seen",
                    ("checked_on", "checked_by"),
                    "is_private",
                ]
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        """Texts and signed hashes name a source by its key: it stays what it was."""
        return [*self.readonly_fields, "key"] if obj else self.readonly_fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "tags":
            kwargs["widget"] = SeveralChoices(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("pick/", view(self.pick), name="evidence_source_pick"),
            path("import/", view(self.import_documents), name="evidence_import"),
            *super().get_urls(),
        ]

    def import_documents(self, request: HttpRequest) -> HttpResponse:
        """Read uploaded documents in, and say what became of each."""
        if not request.user.has_perm("evidence.import_documents"):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        results = []
        if request.method == "POST" and form.is_valid():
            uploads = form.cleaned_data["documents"]
            for imported in import_uploads(uploads, by=request.user, now=timezone.now()):
                results.append((imported, _draft_address(imported)))
        context = {
            **self.admin_site.each_context(request),
            "title": "Read documents in",
            "form": form,
            "results": results,
        }
        return TemplateResponse(request, "editorial/admin/import.html", context)

    def pick(self, request: HttpRequest) -> JsonResponse:
        """Sources that hold the words: {"results": [{key, label, detail}]}.

        Those that the text cites already (`cited`, their keys) come first.
        """
        if not request.user.has_perm("evidence.view_source"):
            raise PermissionDenied
        is_cited = When(key__in=request.GET.getlist("cited")[:100], then=0)
        found = Source.objects.public().order_by(Case(is_cited, default=1), "-year", "key")
        for word in request.GET.get("q", "")[:100].split():
            found = found.filter(
                Q(key__icontains=word)
                | Q(short_name__icontains=word)
                | Q(title__icontains=word)
                | Q(authors__icontains=word)
            )
        results = [
            {
                "key": source.key,
                "label": str(source),
                "detail": ", ".join(
                    str(part) for part in (source.authors, source.publisher, source.year) if part
                ),
            }
            for source in found[:MOST_PICKED]
        ]
        return JsonResponse({"results": results})


def _draft_address(imported: Imported) -> str:
    drafts = Version.objects.heads().filter(page__kind=Kind.ARTICLE, page__slug=imported.article)
    found = drafts.select_related("page").first() if imported.article else None
    return address_of(found) if found else ""


@admin.register(RegulatoryStatus)
class RegulatoryStatusAdmin(admin.ModelAdmin):
    list_display = ["therapy", "disease", "jurisdiction", "product", "status", "checked_on"]
    list_filter = ["jurisdiction", "status", "therapy"]
    list_select_related = ["therapy", "disease"]
    search_fields = ["product", "note", "therapy__name"]
    autocomplete_fields = ["therapy", "disease", "source"]
    readonly_fields = ["checked_by"]
