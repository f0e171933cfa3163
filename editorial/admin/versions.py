"""The form in which a version is written, and the list of the pages of one kind.

Rules live in the models: this module asks them who may do what, and shows what they refuse.
"""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.forms import BaseInlineFormSet, Textarea
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import Media

from editorial import actions, prose
from editorial.admin.bulk import Bulk
from editorial.admin.changes import Changes
from editorial.admin.forms import BeginForm, WriteForm
from editorial.admin.gate import Gate
from editorial.admin.moves import Moves
from editorial.admin.rows import NamedRowsInline
from editorial.admin.talk import Talk
from editorial.corrections import MOST_WORDS
from editorial.models import AlsoCalled, KeyMessage, Page, Version
from editorial.rights import may_edit
from editorial.states import Kind, State


def address_of(version: Version) -> str:
    """The admin address of a version: its form in the admin of its kind, whichever room that is."""
    for model, model_admin in admin.site._registry.items():
        if isinstance(model_admin, VersionAdmin) and model_admin.kind == version.page.kind:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            return reverse(name, args=[version.pk])
    raise LookupError(f"No admin is registered for pages of the kind {version.page.kind!r}.")


CITATION = re.compile(r'<cite data-source="([^"]*)"(?: data-place="([^"]*)")?></cite>')


# What a quick correction leaves as it is: `corrections.require_within_bounds` refuses it.
BEYOND_CORRECTION = ("summary", "how_made", "evidence_searched_on", "tags")


def cited_in_brackets(match: re.Match) -> str:
    return f'<span class="cited">[{", ".join(filter(None, match.groups()))}]</span>'


TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def in_a_box(table: re.Match) -> str:
    """A wide table is scrolled in a box, by the keyboard too. Texts have no tables in tables."""
    return f'<div class="wide" role="group" aria-label="{_("Table")}" tabindex="0">{table[0]}</div>'


def sections_of(inline_formsets) -> list[dict[str, Any]]:
    """The parts of a long form, for the links at its top."""
    return [
        {
            "id": f"{inline.formset.prefix}-group",
            "name": str(inline.opts.verbose_name_plural).partition(":")[0],
            "count": inline.formset.initial_form_count(),
        }
        for inline in inline_formsets
    ]


def put_new_rows_last(formset) -> None:
    """New rows whose position was left at 0 come after those that are there, in their order."""
    there = [
        form.instance.position
        for form in formset.initial_forms
        if hasattr(form.instance, "position") and form.instance not in formset.deleted_objects
    ]
    last = max(there, default=-1)
    for row in formset.new_objects:
        if getattr(row, "position", None) == 0:
            last += 1
            row.position = last


class OnePerPage(ChangeList):
    """Lists show one row a page, its head; every other version stays reachable by its address."""

    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).heads()

    def get_results(self, request) -> None:
        super().get_results(request)
        pages = {version.page_id for version in self.result_list}
        withdrawn = set(Page.objects.withdrawn().filter(pk__in=pages).values_list("pk", flat=True))
        for version in self.result_list:
            version.is_of_withdrawn_page = version.page_id in withdrawn


class PartInline(NamedRowsInline):
    """Rows that belong to a version: they may be changed by whoever may edit the version."""

    extra = 0
    formfield_overrides = {
        models.TextField: {"widget": Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}
    }

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    def has_change_permission(self, request, obj=None) -> bool:
        # A quick correction changes words of the title and the body, and no rows.
        return obj is not None and not obj.is_correction and may_edit(request.user, obj)

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission


class StackedPartInline(PartInline):
    """A part with too many fields for a row: each field has its own label."""

    template = "admin/edit_inline/stacked.html"
    formset = BaseInlineFormSet


class OneRowInline(StackedPartInline):
    """Facts that a version has once."""

    max_num = 1
    can_delete = False

    def get_min_num(self, request, obj=None, **kwargs) -> int:
        """No empty fields before somebody who may not fill them."""
        return 1 if self.has_change_permission(request, obj) else 0


class KeyMessageInline(PartInline):
    model = KeyMessage
    fields = ["position", "text"]
    verbose_name_plural = gettext_lazy(
        "Key messages: three to five, what a hurried reader takes away"
    )


class AlsoCalledInline(PartInline):
    model = AlsoCalled
    fields = ["position", "name"]


class VersionAdmin(Moves, Bulk, Changes, Gate, Talk):
    """Base of the four kinds. A subclass says its `kind` and adds its inlines."""

    form = WriteForm
    change_form_template = "editorial/admin/version.html"
    list_display = ["title", "state_label", "page_owner", "next_review", "edited_at"]
    list_filter = ["state", ("page__owner", admin.RelatedOnlyFieldListFilter), "how_made", "tags"]
    list_select_related = ["page", "page__owner"]
    search_fields = ["title", "summary", "page__slug", "also_called__name"]
    ordering = ["title"]
    # The full count would be one of versions, the list is one of pages.
    show_full_result_count = False
    # The form links to the live page itself, where there is one.
    view_on_site = False
    inlines: list = [KeyMessageInline, AlsoCalledInline]
    fieldsets = [
        (None, {"fields": ["lock_number", "title", "summary", "body", "tags"]}),
        (gettext_lazy("For the record"), {"fields": ["how_made", "evidence_searched_on"]}),
    ]

    class Media:
        css = {"all": ["editorial/editor.css"]}

    @property
    def media(self):
        return super().media + Media(importmap=prose.MODULES)

    # --- the list -------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return OnePerPage

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_label(self, version: Version) -> SafeString:
        words = str(version.get_state_display())
        if version.is_correction:
            words = _("%(state)s, correction") % {"state": words}
        shown = format_html('<span class="state state-{}">{}</span>', version.state, words)
        if version.is_open and version.is_of_withdrawn_page:
            shown += format_html(
                ' <span class="state state-withdrawn">{}</span>', _("page withdrawn")
            )
        return shown

    @admin.display(description=gettext_lazy("owner"), ordering="page__owner")
    def page_owner(self, version: Version) -> str:
        return str(version.page.owner or _("nobody yet"))

    @admin.display(description=gettext_lazy("next review"), ordering="review_due_on")
    def next_review(self, version: Version):
        return version.review_due_on

    # --- the form -------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            return type("BeginForm", (BeginForm,), {"kind": self.kind})
        # The lock number is the form's own: the model's field of that name is not for editing.
        kwargs["fields"] = flatten_fieldsets(self._without_lock())
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            fields = ["title", "slug"]
            if self.kind in (Kind.DISEASE, Kind.THERAPY):
                fields.append("page_tag")
            return [(None, {"fields": fields})]
        return self.fieldsets if may_edit(request.user, obj) else self._without_lock("body_as_read")

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return self.readonly_fields
        if may_edit(request.user, obj):
            return [*self.readonly_fields, *(BEYOND_CORRECTION if obj.is_correction else ())]
        return [*self.readonly_fields, "body_as_read"]

    def _without_lock(self, body: str = "body") -> list:
        name, options = self.fieldsets[0]
        shown = {"lock_number": None, "body": body}
        fields = [field for name in options["fields"] if (field := shown.get(name, name))]
        return [(name, {**options, "fields": fields}), *self.fieldsets[1:]]

    @admin.display(description=gettext_lazy("body"))
    def body_as_read(self, version: Version) -> SafeString:
        """The text as text, for whoever may only read it; citations stand as [key, place]."""
        text = TABLE.sub(in_a_box, CITATION.sub(cited_in_brackets, version.body))
        return mark_safe(f'<div class="body-as-read">{text}</div>')  # noqa: S308 - cleaned on its way in

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self.standing(request, obj)
            context["sections"] = sections_of(context["inline_admin_formsets"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        page = version.page
        return super().standing(request, version) | {
            "live": page.versions.filter(state=State.LIVE).first(),
            "other_open": page.versions.open().exclude(pk=version.pk).order_by("number").first(),
            "most_words": MOST_WORDS,
            "show_delete": False,
            "show_save_and_add_another": False,
        }

    def save_model(self, request, obj, form, change) -> None:
        if change:
            obj.begin_edit(lock_number=form.cleaned_data["lock_number"])
            super().save_model(request, obj, form, change)
            return
        begun = actions.begin_page(
            kind=self.kind,
            slug=form.cleaned_data["slug"],
            title=obj.title,
            by=request.user,
            now=timezone.now(),
            identity=form.identity(),
        )
        obj.pk = begun.pk
        obj.refresh_from_db()

    def save_formset(self, request, form, formset, change) -> None:
        rows = formset.save(commit=False)
        put_new_rows_last(formset)
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            row.save()

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            form.instance.finish_edit(by=request.user, now=timezone.now())

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(
            request,
            _("“%(obj)s” is begun. Write it here; save as often as you like.") % {"obj": obj},
        )
        return HttpResponseRedirect(self.address(obj.pk))
