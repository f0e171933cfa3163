"""Sources, the picker that cites them, and reading documents in."""

import re

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editorial import ledger
from editorial.admin.forms import SeveralChoices
from editorial.admin.rows import NamedRowsInline
from editorial.admin.versions import address_of
from editorial.models import Version
from editorial.refusals import Refused
from editorial.states import Kind
from evidence import identifiers
from evidence.admin.changing import Changing
from evidence.admin.marking import Marking
from evidence.admin.ris import RisAdmin
from evidence.duplicates import Catalogue, Likeness
from evidence.forms import UploadForm
from evidence.identifiers import BadIdentifier
from evidence.importing import Imported
from evidence.models import DocumentText, Registration, Source
from evidence.uploading import import_uploads

MOST_PICKED = 12
NUMBER_OF_A_ROW = re.compile(r"registrations-[0-9]+-number")


class SourceForm(forms.ModelForm):
    """Asks once more before a source is written that looks like one that is there.

    `likenesses` are those that it looks like; the box to tick names them, so that a tick for one
    is no tick for another.
    """

    likenesses: list[Likeness] = []

    def clean(self) -> dict:
        cleaned = super().clean()
        self.likenesses = self._likenesses()
        confirmed = set(self.data.getlist("is_another"))
        if {likeness.key for likeness in self.likenesses} - confirmed:
            raise ValidationError(
                gettext(
                    "This looks like a source that is here already. Look at it below; if yours is "
                    "another one, tick the box and save again."
                )
            )
        return cleaned

    def _likenesses(self) -> list[Likeness]:
        """By title and by registration. The same DOI or PubMed number is refused outright."""
        numbers = self._registrations()
        stored = {row.number for row in self.instance.registrations.all()} if self._is_old else ()
        if self._is_old and "title" not in self.changed_data and numbers <= set(stored):
            return []
        source = Source(pk=self.instance.pk, title=self.cleaned_data.get("title", ""))
        return [found for found in Catalogue().like(source, numbers) if not found.is_same]

    @property
    def _is_old(self) -> bool:
        return self.instance.pk is not None

    def _registrations(self) -> set[str]:
        """As typed in the rows below, which are read only after this form."""
        found = set()
        for name, value in self.data.items():
            if NUMBER_OF_A_ROW.fullmatch(name) and value:
                try:
                    found.add(identifiers.registration(value))
                except BadIdentifier:
                    continue  # Its row says so.
        return found


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


# What changes these is the verb that tells every page that leans on the source.
STANDING = ["status", "superseded_by", "status_note", "status_changed_on"]


@admin.register(Source)
class SourceAdmin(Changing, Marking, RisAdmin):
    form = SourceForm
    list_display = ["__str__", "design", "people", "year", "status", "verification", "checked_on"]
    list_filter = [
        *("kind", "design", "status", "verification", "subjects", "trial_status", "is_private"),
        ("checked_on", admin.EmptyFieldListFilter),
    ]
    search_fields = [
        *("key", "title", "short_name", "authors", "doi", "pmid", "pmcid"),
        "registrations__number",
    ]
    autocomplete_fields = ["tags", "superseded_by"]
    readonly_fields = ["checked_on", "checked_by"]
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
    }
    inlines = [RegistrationInline, DocumentInline]
    change_list_template = "editorial/admin/sources.html"
    change_form_template = "editorial/admin/source.html"
    fieldsets = [
        (None, {"fields": ["key", "kind", "title", "short_name", "finding", "caveat", "tags"]}),
        (
            _("What it is"),
            {"fields": ["design", "design_note", "subjects", "people", "people_note"]},
        ),
        (
            _("Where it stands"),
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
        (_("Who paid"), {"fields": ["funder", "commercial_interest"]}),
        (_("A trial still running"), {"fields": [("trial_status", "trial_status_on")]}),
        (
            _("Whether it holds"),
            {
                "fields": [
                    ("status", "superseded_by"),
                    ("status_note", "status_changed_on"),
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
        return [*self.readonly_fields, "key", *STANDING] if obj else self.readonly_fields

    # --- saving ---------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Somebody saved the same number meanwhile: asked again, the form says so beside it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        ledger.move_stamp()

    def response_change(self, request, obj):
        """Saved by “I have checked this source today”: dated, and stays on the page."""
        if "_check" not in request.POST:
            return super().response_change(request, obj)
        try:
            obj.mark_checked(by=request.user, now=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request,
                gettext("“%(obj)s” is saved, and dated as checked by you today.") % {"obj": obj},
            )
        return HttpResponseRedirect(request.path)

    # --- the form -------------------------------------------------------------------------

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
            "title": gettext("Read documents in"),
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
