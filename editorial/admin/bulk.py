"""Moves of several versions at once, from the list: asked, tried, shown, and only then done.

Two steps on one page. The first asks what to do, under the list of what was chosen. The second
names every page that will change and every one for which it is refused; with a refusal among them
nothing can be done until that page is left out.
"""

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editorial import actions
from editorial.admin.base import VersionBase
from editorial.admin.forms import ColleagueField
from editorial.admin.move_form import sentence_about_signers
from editorial.admin.move_forms import Schedule
from editorial.models import Tag, Version
from editorial.names import name_of
from editorial.several import Deed, do_to_all, try_on_all
from editorial.states import Priority

# More than these would keep everybody else waiting for the ledger.
MOST_AT_ONCE = 200


class SeveralForm(forms.Form):
    """What is to be done to each of the chosen versions."""

    label = ""

    def deed(self, *, by, now) -> Deed:
        raise NotImplementedError

    def note(self, version: Version) -> str:
        """What is to be known of this version beforehand."""
        return ""

    def answers(self) -> list[tuple[str, str]]:
        """What was answered, as people read it."""
        shown = []
        for field in self:
            value = self.cleaned_data[field.name]
            words = dict(getattr(field.field, "choices", ())) if field.name == "priority" else {}
            if isinstance(value, datetime):
                value = date_format(timezone.localtime(value), "j F Y, H:i e")
            elif isinstance(value, date):
                value = date_format(value, "j F Y")
            elif isinstance(field.field, ColleagueField):
                value = name_of(value)
            shown.append((field.label, str(words.get(value, value) or "—")))
        return shown


class AssignSeveral(SeveralForm):
    label = _("Assign")

    person = ColleagueField(label=_("Person"))
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority, coerce=int)

    def deed(self, *, by, now):
        given = self.cleaned_data
        return lambda version: version.assign(
            to=given["person"],
            due_on=given["due_on"],
            priority=given["priority"],
            by=by,
            now=now,
        )


class TagSeveral(SeveralForm):
    tag = forms.ModelChoiceField(Tag.objects.current(), label=_("Tag"))

    def note(self, version):
        ended = sentence_about_signers(version)
        return (
            gettext("This ends %(ended)s.") % {"ended": ended}
            if ended and self._changes(version)
            else ""
        )

    def _changes(self, version: Version) -> bool:
        raise NotImplementedError


class AddTag(TagSeveral):
    label = _("Add a tag")

    def deed(self, *, by, now):
        tag = self.cleaned_data["tag"]
        return lambda version: actions.add_tag(version, tag, by=by, now=now)

    def _changes(self, version):
        return self.cleaned_data["tag"].pk not in actions.tag_ids(version)

    def note(self, version):
        return (
            super().note(version) if self._changes(version) else gettext("It has this tag already.")
        )


class RemoveTag(TagSeveral):
    label = _("Remove a tag")

    def deed(self, *, by, now):
        tag = self.cleaned_data["tag"]
        return lambda version: actions.remove_tag(version, tag, by=by, now=now)

    def _changes(self, version):
        return self.cleaned_data["tag"].pk in actions.tag_ids(version)

    def note(self, version):
        return (
            super().note(version)
            if self._changes(version)
            else gettext("It does not have this tag.")
        )


class SetOwner(SeveralForm):
    label = _("Set the owner")

    owner = ColleagueField(label=_("Owner"))

    def deed(self, *, by, now):
        owner = self.cleaned_data["owner"]
        return lambda version: actions.set_owner(version.page, owner, by=by, now=now)

    def note(self, version):
        owner = version.page.owner
        return gettext("Owner now: %(owner)s.") % {
            "owner": name_of(owner) if owner else gettext("nobody")
        }


class ScheduleSeveral(SeveralForm):
    label = _("Schedule")

    publish_at = Schedule.base_fields["publish_at"]

    def deed(self, *, by, now):
        at = self.cleaned_data["publish_at"]
        return lambda version: version.schedule(by=by, now=now, publish_at=at)


class Bulk(VersionBase):
    actions = ["assign_several", "add_tag", "remove_tag", "set_owner", "schedule_several"]

    def has_assign_permission(self, request) -> bool:
        return request.user.has_perm("editorial.assign_version")

    def has_own_permission(self, request) -> bool:
        return request.user.has_perm("editorial.change_page")

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm("editorial.publish_version")

    @admin.action(description=_("Assign…"), permissions=["assign"])
    def assign_several(self, request, queryset):
        return self._several(request, queryset, AssignSeveral, "assign_several")

    @admin.action(description=_("Add a tag…"), permissions=["change"])
    def add_tag(self, request, queryset):
        return self._several(request, queryset, AddTag, "add_tag")

    @admin.action(description=_("Remove a tag…"), permissions=["change"])
    def remove_tag(self, request, queryset):
        return self._several(request, queryset, RemoveTag, "remove_tag")

    @admin.action(description=_("Set the owner…"), permissions=["own"])
    def set_owner(self, request, queryset):
        return self._several(request, queryset, SetOwner, "set_owner")

    @admin.action(description=_("Schedule those approved…"), permissions=["publish"])
    def schedule_several(self, request, queryset):
        return self._several(request, queryset, ScheduleSeveral, "schedule_several")

    # --- the steps ------------------------------------------------------------------------

    def _several(
        self,
        request: HttpRequest,
        queryset: QuerySet[Version],
        asking: type[SeveralForm],
        action: str,
    ) -> HttpResponse | None:
        versions = list(queryset.select_related("page", "page__owner").order_by("title", "pk"))
        if len(versions) > MOST_AT_ONCE:
            messages.error(
                request,
                gettext("At most %(most)s pages at once: choose fewer than these %(count)s.")
                % {"most": MOST_AT_ONCE, "count": len(versions)},
            )
            return None
        # The list comes here first with its own form, which does not answer these questions.
        form = asking(request.POST if "step" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, action, versions, form)
        deed = form.deed(by=request.user, now=timezone.now())
        pks = [version.pk for version in versions]
        if request.POST["step"] != "do":
            return self._show(request, action, versions, form, try_on_all(pks, deed))
        if _those_chosen(request) != set(pks):
            messages.error(
                request, gettext("Pages of this list changed meanwhile: choose them again.")
            )
            return None
        if refusals := do_to_all(pks, deed):
            return self._show(request, action, versions, form, refusals)
        messages.success(
            request,
            ngettext(
                "%(label)s: done for %(count)s page.",
                "%(label)s: done for %(count)s pages.",
                len(pks),
            )
            % {"label": form.label, "count": len(pks)},
        )
        return None

    def _ask(self, request, action, versions, form) -> HttpResponse:
        return self._several_page(
            request, action, versions, form, rows=[(version, "") for version in versions]
        )

    def _show(self, request, action, versions, form, refusals) -> HttpResponse:
        why_not = {version.pk: why for version, why in refusals}
        fit = [version for version in versions if version.pk not in why_not]
        return self._several_page(
            request,
            action,
            fit,
            form,
            is_tried=True,
            answers=form.answers(),
            rows=[(version, form.note(version)) for version in fit],
            refused=[
                (version, why_not[version.pk]) for version in versions if version.pk in why_not
            ],
        )

    def _several_page(self, request, action, chosen, form, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request,
            "editorial/admin/bulk.html",
            {
                **self.admin_site.each_context(request),
                "title": form.label,
                "opts": self.opts,
                "action": action,
                "chosen": chosen,
                "form": form,
                "checkbox_name": ACTION_CHECKBOX_NAME,
                **context,
            },
        )


def _those_chosen(request: HttpRequest) -> set[int]:
    return {int(pk) for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if pk.isdecimal()}
