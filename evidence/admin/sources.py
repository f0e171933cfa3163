"""Sources, the picker that cites them, and reading documents in."""

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
from editorial.admin.versions import address_of
from editorial.models import Version
from editorial.states import Kind
from evidence.forms import UploadForm
from evidence.importing import Imported
from evidence.models import DocumentText, Registration, Source
from evidence.uploading import import_uploads

MOST_PICKED = 12


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
