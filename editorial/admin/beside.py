"""Beside the form while it is open: who else is there, what is kept, and how it will look."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import BaseInlineFormSet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.utils import timezone
from js_asset import Script

from editorial import keeping
from editorial.admin.base import VersionBase
from editorial.admin.typed import preview_of_typed
from editorial.models import KeptForm, Version
from editorial.previewing import preview_response
from editorial.refusals import NotAllowed, Refused
from editorial.rights import may_edit
from editorial.sanitising import clean_html

# What a form sends of its own, besides what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "_kept_stays"}


class Beside(VersionBase):
    class Media:
        css = {"all": ["editorial/beside.css"]}
        js = [
            Script(f"editorial/{name}.js", type="module")
            for name in ("beside", "keeping", "preview")
        ]

    def get_urls(self):
        return [
            self.route("here", self.here),
            self.route("keep", self.keep),
            self.route("forget", self.forget),
            self.route("preview", self.preview),
            *super().get_urls(),
        ]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        restored = getattr(request, "restored", None)
        return super().standing(request, version) | {
            "others": keeping.others(version, than=request.user, now=timezone.now()),
            "writes": may_edit(request.user, version),
            "restored": restored,
            "kept": None if restored else self._offered(request, version),
        }

    # --- who else is there ----------------------------------------------------------------

    def here(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The open form tells of itself, and is told who else has it open."""
        version = self.version_for(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if "leaving" in request.POST:
            keeping.leave(version, by=request.user)
            return HttpResponse(status=204)
        now = timezone.now()
        keeping.arrive(version, by=request.user, now=now)
        opened_with = request.POST.get("lock_number", "")
        return render(
            request,
            "editorial/admin/_others.html",
            {
                "others": keeping.others(version, than=request.user, now=now),
                "writes": may_edit(request.user, version),
                "is_stale": opened_with not in ("", str(version.lock_number)),
            },
        )

    # --- what is kept ---------------------------------------------------------------------

    def keep(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self.version_for(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.POST.get("lock_number", "").isdecimal():
            return HttpResponseBadRequest("A form is kept with the lock number it was opened with.")
        data = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
        try:
            kept = keeping.keep(
                version,
                by=request.user,
                now=timezone.now(),
                lock_number=int(request.POST["lock_number"]),
                data=data,
            )
        except Refused as refused:
            status = 403 if isinstance(refused, NotAllowed) else 409
            return JsonResponse({"refused": str(refused)}, status=status)
        return JsonResponse({"kept_at": kept.kept_at})

    def forget(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self.version_for(request, pk)
        if request.method == "POST":
            keeping.forget(version, by=request.user)
        return HttpResponseRedirect(self.address(pk))

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        # What was offered and neither restored nor discarded is not what was saved.
        if change and "_kept_stays" not in request.POST:
            keeping.forget(form.instance, by=request.user)

    def _offered(self, request: HttpRequest, version: Version) -> KeptForm | None:
        """What this person typed before, if it says anything that the stored text does not."""
        if request.method != "GET":
            return None  # A form that was sent and refused still shows what was typed.
        kept = keeping.kept_for(version, by=request.user)
        return kept if kept and self._differs(request, version, kept) else None

    def _differs(self, request: HttpRequest, version: Version, kept: KeptForm) -> bool:
        data = as_sent(kept)
        form = self.get_form(request, version, change=True)(data, instance=version)
        changed = set(form.changed_data) - {"lock_number"}
        if "body" in changed and clean_html(data.get("body", "")) == version.body:
            changed.remove("body")
        return bool(changed) or any(
            formset.has_changed() for formset in self._formsets(request, version, data)
        )

    # --- restoring: the form is filled with what was kept, as if it had just been sent --------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "GET" or "restore" not in request.GET or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # In a transaction, as a form that is sent: it locks the text that it is compared with.
        with transaction.atomic():
            version = self.get_object(request, object_id)
            request.restored = version and keeping.kept_for(version, by=request.user)
            if request.restored is None:
                return HttpResponseRedirect(request.path)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        restored = getattr(request, "restored", None)
        return filled_with(as_sent(restored), form) if restored else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        restored = getattr(request, "restored", None)
        return kwargs | {"data": as_sent(restored), "files": {}} if restored else kwargs

    # --- how it will look -----------------------------------------------------------------

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The stored text for whoever may read it; the text as it is being typed, if sent."""
        version = self.version_for(request, pk)
        if request.method != "POST":
            return preview_response(request, version)
        if not may_edit(request.user, version):
            raise PermissionDenied
        form = self.get_form(request, version, change=True)
        formsets = self._formsets(request, version, request.POST)
        return preview_of_typed(request, version, form, formsets)

    def _formsets(
        self, request: HttpRequest, version: Version, data: QueryDict
    ) -> Iterator[BaseInlineFormSet]:
        """The rows of the form, filled with what was typed."""
        for formset, inline in self.get_formsets_with_inlines(request, version):
            yield formset(
                data,
                instance=version,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )


def as_sent(kept: KeptForm) -> QueryDict:
    """What was kept, in the form in which a browser sends it."""
    data = QueryDict(mutable=True)
    for name, values in kept.data.items():
        data.setlist(name, values)
    return data


def filled_with(data: QueryDict, form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form for one request: with these data, although none were sent."""

    def begin(self, **kwargs) -> None:
        form.__init__(self, data, **kwargs)

    return type("Filled", (form,), {"__init__": begin})
