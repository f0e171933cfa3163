"""Rows of a table in a form: each field says what it is, as the heading above it is no label."""

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.forms import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class NamedRows(BaseInlineFormSet):
    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            # A choice of related objects is wrapped in its links to add and change one.
            widget = getattr(field.widget, "widget", field.widget)
            label = capfirst(field.label or name.replace("_", " "))
            if index is not None:
                label = _("%(field)s, row %(number)s") % {"field": label, "number": index + 1}
            widget.attrs.setdefault("aria-label", label)


class NamedRowsInline(admin.TabularInline):
    """Rows that are seen and changed by whoever may see and change what they belong to."""

    formset = NamedRows
    template = "editorial/admin/rows.html"
    extra = 0

    def has_view_permission(self, request, obj=None) -> bool:
        return self._may(request, "view")

    def has_change_permission(self, request, obj=None) -> bool:
        return self._may(request, "change")

    has_add_permission = has_delete_permission = has_change_permission

    def _may(self, request, action: str) -> bool:
        owner = self.parent_model._meta
        codename = get_permission_codename(action, owner)
        return request.user.has_perm(f"{owner.app_label}.{codename}")
