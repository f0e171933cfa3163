"""The vocabulary: kept by editors, each change on record. Its rules are in `editorial.tagging`."""

from typing import Any

import taggit.admin  # noqa: F401 - registers taggit's own tags, which this site does not use
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag as TaggitTag

from editorial import tagging
from editorial.admin.rows import NamedRows, NamedRowsInline
from editorial.models import Tag, TagSynonym
from editorial.refusals import Refused

admin.site.unregister(TaggitTag)


class TagForm(forms.ModelForm):
    """Says beside its field what the rules would refuse."""

    class Meta:
        model = Tag
        fields = ["name", "slug", "kind", "parent"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        ask(tagging.require_free_name, self.instance, name)
        return name

    def clean_parent(self) -> Tag | None:
        parent = self.cleaned_data["parent"]
        ask(tagging.require_place, self.instance, parent)
        return parent


class SynonymForm(forms.ModelForm):
    class Meta:
        model = TagSynonym
        fields = ["name"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        ask(tagging.require_free_synonym, Tag(pk=self.instance.tag_id), name)
        return name


class Synonyms(NamedRows):
    def clean(self) -> None:
        super().clean()
        names = [name.lower() for name in self.names()]
        if len(names) != len(set(names)):
            raise ValidationError(_("A synonym stands there twice: capitals make no difference."))

    def names(self) -> list[str]:
        """What the synonyms are to be."""
        return [
            form.cleaned_data["name"]
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]


class SynonymInline(NamedRowsInline):
    model = TagSynonym
    form = SynonymForm
    formset = Synonyms
    extra = 1


class MergeForm(forms.Form):
    """Which tag is to take another's place: one of the same kind."""

    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label=gettext_lazy("The tag that stays"),
        help_text=gettext_lazy("Of the same kind. It takes over the name as a synonym."),
    )

    def __init__(self, *args, tag: Tag, **kwargs) -> None:
        super().__init__(*args, **kwargs, label_suffix="")
        others = Tag.objects.current().filter(kind=tag.kind).exclude(pk=tag.pk)
        self.fields["into"].queryset = others


def ask(rule, *about) -> None:
    """Raise what a rule refuses as an error of the field."""
    try:
        rule(*about)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    form = TagForm
    change_form_template = "editorial/admin/tag.html"
    list_display = ["name", "kind", "parent", "slug", "merged_into"]
    list_filter = ["kind", ("merged_into", admin.EmptyFieldListFilter)]
    list_select_related = ["parent", "merged_into"]
    search_fields = ["name", "slug", "synonyms__name"]
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SynonymInline]

    def get_search_results(self, request, queryset, search_term):
        """Merged tags keep their rows, but nobody tags with them any more."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            found = found.current()
        return found, may_repeat

    # --- who may --------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None) -> bool:
        """A merged tag is history: it is read, and the one that took its place changed."""
        is_merged = obj is not None and obj.merged_into_id is not None
        return super().has_change_permission(request, obj) and not is_merged

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_readonly_fields(self, request, obj=None):
        """A tag stays of its kind: disease and therapy pages, claims and rules lean on it."""
        return ["kind"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        """Only when a tag is new: later a slug is an address that people have kept."""
        return {} if obj else self.prepopulated_fields

    # --- saving ---------------------------------------------------------------------------

    def save_model(self, request, obj, form, change) -> None:
        now = timezone.now()
        if not change:
            tagging.add(obj, by=request.user, now=now)
            return
        told = {name: form.cleaned_data[name] for name in ("name", "slug", "parent")}
        tagging.change(obj, **told, by=request.user, now=now)

    def save_formset(self, request, form, formset, change) -> None:
        formset.save(commit=False)
        tagging.set_synonyms(form.instance, formset.names(), by=request.user, now=timezone.now())

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What somebody else changed between the form's questions and the saving is said."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(request.get_full_path())

    # --- merging --------------------------------------------------------------------------

    def get_urls(self):
        merge = self.admin_site.admin_view(self.merge)
        return [path("<int:pk>/merge/", merge, name="editorial_tag_merge"), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["may_merge"] = self.has_change_permission(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First which tag stays; then what will happen, in words; then it happens."""
        tag = get_object_or_404(Tag, pk=pk)
        if not self.has_change_permission(request, tag):
            raise PermissionDenied
        form = MergeForm(request.POST if request.method == "POST" else None, tag=tag)
        context: dict[str, Any] = {}
        if form.is_valid():
            into = form.cleaned_data["into"]
            try:
                with transaction.atomic():
                    if "_sure" in request.POST:
                        tagging.merge(tag, into=into, by=request.user, now=timezone.now())
                        return self._merged(request, tag, into)
                    tagging.require_mergeable(tag, into)
                    context = {"into": into, **self._what_will_happen(tag)}
            except Refused as refused:
                form.add_error("into", str(refused))
        context |= self.admin_site.each_context(request)
        context |= {
            "title": _("Merge “%(tag)s” into another tag") % {"tag": tag},
            "tag": tag,
            "form": form,
        }
        return TemplateResponse(request, "editorial/admin/merge_tag.html", context)

    def _what_will_happen(self, tag: Tag) -> dict[str, Any]:
        return {
            "reach": tagging.reach(tag),
            "synonyms": list(tag.synonyms.all()),
            "children": list(tag.children.all()),
        }

    def _merged(self, request: HttpRequest, tag: Tag, into: Tag) -> HttpResponse:
        messages.success(
            request,
            _("“%(tag)s” is merged: readers find its pages under “%(into)s”.")
            % {"tag": tag, "into": into},
        )
        return HttpResponseRedirect(reverse("admin:editorial_tag_change", args=[into.pk]))
