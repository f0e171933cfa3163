"""A save that came too late: both texts are shown, and nothing that was typed is lost."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import BaseInlineFormSet, BaseModelForm
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, QueryDict

from editorial.admin.base import VersionBase
from editorial.differences import (
    Difference,
    compare_lines,
    compare_text,
)
from editorial.history import events_of, names_of_actors
from editorial.models import Event, Version
from editorial.sanitising import clean_html
from editorial.wording import Line, as_text, words_of


@dataclass(frozen=True)
class Stale:
    """What is stored now, against what was typed into a form that was opened before."""

    stored: Version
    saved: Event | None
    saved_by: str
    differences: list[Difference]


class StaleSaves(VersionBase):
    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        sent = kwargs.get("data")
        if sent is not None and obj.pk and sent.get("lock_number") != str(obj.lock_number):
            formset = inline.get_formset(request, obj)
            stored = formset(instance=obj, prefix=prefix, queryset=inline.get_queryset(request))
            kwargs["data"] = on_stored_rows(sent, stored)
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if stored := getattr(form, "stored", None):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["stale"] = stale(stored, form, formsets)
            context["is_own_save"] = self._is_own(request, context["stale"])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _is_own(self, request: HttpRequest, stale: Stale) -> bool:
        return stale.saved is not None and stale.saved.actor_id == request.user.pk


def stale(stored: Version, form: BaseModelForm, formsets: list[BaseInlineFormSet]) -> Stale:
    saved = events_of(stored.page).filter(version_id=stored.pk, verb="edited").first()
    names = names_of_actors([saved] if saved else [])
    found = [*text_differences(stored, form), *(row_differences(it) for it in formsets)]
    return Stale(
        stored,
        saved,
        names.get(saved.actor_id, saved.actor) if saved else "",
        [difference for difference in found if difference.changes],
    )


def text_differences(stored: Version, form: BaseModelForm) -> Iterator[Difference]:
    """Even where a field was refused, it is what was typed that is compared."""
    typed = Version(**{name: getattr(form.instance, name) for name in Version.TEXT_FIELDS})
    for name in {"title", "summary", "body"} & form.fields.keys():
        setattr(typed, name, str(form.cleaned_data.get(name) or form[name].value() or ""))
    typed.body = clean_html(typed.body)
    yield from compare_text(stored, typed)
    if "tags" not in form.fields:
        return
    tags = [
        sorted(map(str, them)) for them in (stored.tags.all(), form.cleaned_data.get("tags", ()))
    ]
    yield compare_lines("Tags", *([Line(tag) for tag in them] for them in tags))


def row_differences(formset: BaseInlineFormSet) -> Difference:
    beside = ("position", formset.fk.name)
    fields = [name for name in formset.form.base_fields if name not in beside]
    stored = formset.get_queryset().all()  # Afresh: what was typed is in the objects of the forms.
    label = str(formset.model._meta.verbose_name_plural)
    return compare_lines(
        label[:1].upper() + label[1:],
        [in_words(row, fields) for row in stored],
        [in_words(row, fields) for row in typed_rows(formset)],
    )


def typed_rows(formset: BaseInlineFormSet) -> list[Model]:
    """The rows that a save of this form would leave, in their order."""
    forms = [
        form
        for form in formset.forms
        if (form.instance.pk or form.has_changed())
        and not getattr(form, "cleaned_data", {}).get(DELETION_FIELD_NAME)
    ]
    rows = [form.instance for form in forms]
    return sorted(rows, key=lambda row: (row.pk is None, getattr(row, "position", 0) or 0))


def in_words(row: Model, fields: list[str]) -> Line:
    pairs = list(words_of(row, fields))
    return Line(pairs[0][1] if len(fields) == 1 and pairs else as_text(pairs))


# --- rows -----------------------------------------------------------------------------------


def on_stored_rows(sent: QueryDict, stored: BaseInlineFormSet) -> QueryDict:
    """What was typed, set upon the rows that are stored by now.

    Rows that were taken away meanwhile become new ones, as they were typed here; rows that came
    meanwhile are added. Otherwise a form that is saved over another would name rows that are gone.
    """
    prefix, key = stored.prefix, stored.model._meta.pk.name
    rows = _rows(sent, prefix)
    theirs = {str(form.instance.pk): _values(form) for form in stored.initial_forms}
    mine = {pk: row for row in rows if (pk := row.get(key, [""])[-1]) in theirs}
    new = [
        {**row, key: [""]}
        for row in rows
        if row.get(key, [""])[-1] not in theirs and not row.get(DELETION_FIELD_NAME, [""])[-1]
    ]
    if stored.max_num == 1 and len(theirs) == 1 and not mine and new:
        # A row that there is once was begun by both.
        blank = _values(stored.empty_form)
        names = stored.form.base_fields
        if any(new[0].get(name, [""]) != blank.get(name, [""]) for name in names):
            mine = {pk: {**new[0], key: [pk]} for pk in theirs}
        new = []
    old = [mine.get(pk, row) for pk, row in theirs.items()]
    return _with_rows(sent, prefix, old, new)


def _rows(sent: QueryDict, prefix: str) -> list[dict[str, list[str]]]:
    total = sent.get(f"{prefix}-TOTAL_FORMS", "")
    rows: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for name, values in sent.lists():
        number, _, field = name.removeprefix(f"{prefix}-").partition("-")
        if name.startswith(f"{prefix}-") and number.isdecimal():
            rows[int(number)][field] = values
    last = int(total) if total.isdecimal() else 0
    return [row for number, row in sorted(rows.items()) if number < last]


def _values(form: BaseModelForm) -> dict[str, list[str]]:
    """The fields of a stored row as a browser would send them back."""
    values: dict[str, Any] = {name: form[name].value() for name in form.fields}
    return {
        name: ["on" if value is True else str(value)]
        for name, value in values.items()
        if value not in (None, False) and name != DELETION_FIELD_NAME
    }


def _with_rows(sent: QueryDict, prefix: str, old: list, new: list) -> QueryDict:
    data = sent.copy()
    for name in list(data):
        if name.startswith(f"{prefix}-") and name.removeprefix(f"{prefix}-")[:1].isdecimal():
            del data[name]
    for number, row in enumerate([*old, *new]):
        for field, values in row.items():
            data.setlist(f"{prefix}-{number}-{field}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(old))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(old) + len(new))
    return data
