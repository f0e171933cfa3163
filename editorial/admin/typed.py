"""How a form that is being typed will look once it is saved, without saving it.

The text is taken from the form. Rows are read from the database by the steps of rendering, so
rows that were changed are written, and taken back before anybody can see them; while only the
text changes, nothing is written at all.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.db import DatabaseError, transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy

from editorial.models import Version
from editorial.parts import derive_parts
from editorial.previewing import as_preview

# Behind the rows that are there.
LAST = 30_000
# What rows are derived from when a text is saved.
CITED = re.compile(r"<cite\b[^>]*>")


@contextmanager
def typed(
    version: Version,
    form_class: type[forms.ModelForm],
    formsets: Iterable[BaseInlineFormSet],
    request: HttpRequest,
) -> Iterator[None]:
    """Inside, the version in hand and its rows in the database are as they were typed."""
    cited = CITED.findall(version.body)
    tags = fill(version, form_class, request)
    changed = [row for formset in formsets for row in changed_rows(formset)]
    is_tagged_anew = tags is not None and set(tags) != set(version.tags.all())
    cites_anew = CITED.findall(version.body) != cited
    if not (changed or is_tagged_anew or cites_anew):
        yield
        return
    with transaction.atomic():
        for formset, row in changed:
            put(formset, row)
        if is_tagged_anew:
            version.tags.set(tags)
        if cites_anew:
            derive_parts(version)
        yield
        transaction.set_rollback(True)


def preview_of_typed(
    request: HttpRequest,
    version: Version,
    form_class: type[forms.ModelForm],
    formsets: Iterable[BaseInlineFormSet],
) -> HttpResponse:
    """The public page of what was sent, for a frame of the admin; unfinished rows are left out."""
    tags = fill(version, form_class, request)
    changed = [row for formset in formsets for row in changed_rows(formset)]
    if changed:
        with transaction.atomic():
            left_out = sum(not put(formset, row) for formset, row in changed)
            response = as_preview(request, version, tags=tags, left_out=left_out)
            transaction.set_rollback(True)
    else:
        response = as_preview(request, version, tags=tags)
    response["X-Frame-Options"] = "SAMEORIGIN"
    policy = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}
    response[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
    return response


def fill(version: Version, form_class: type[forms.ModelForm], request: HttpRequest) -> list | None:
    """Put the text that was typed into the version in hand; what is no good stays as stored.

    Returns the tags that were chosen.
    """

    # Without the question whether somebody saved since: a look at the text is refused to nobody.
    unlocked = type("Unlocked", (form_class,), {"clean": forms.ModelForm.clean})
    form = unlocked(request.POST, instance=version)
    form.full_clean()
    tags = form.cleaned_data.get("tags")
    return None if tags is None else list(tags)


def changed_rows(formset: BaseInlineFormSet) -> list[tuple[BaseInlineFormSet, forms.ModelForm]]:
    return [(formset, row) for row in formset.forms if row.has_changed()]


def put(formset: BaseInlineFormSet, form: forms.ModelForm) -> bool:
    """Write, change or delete the row as the form says. False if it cannot stand as it is."""
    form.full_clean()
    is_new = form.instance.pk is None
    try:
        with transaction.atomic():
            if form.cleaned_data.get("DELETE"):
                if not is_new:
                    form.instance.delete()
            elif form.errors:
                return False
            else:
                if is_new and getattr(form.instance, "position", None) == 0:
                    form.instance.position = LAST
                form.save()
    except DatabaseError:
        return False
    return True
