"""The moves of a version's life: a button each on its form, and a page for those that ask."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from editorial.admin.base import VersionBase
from editorial.admin.move_form import MoveForm, sentence_about_signers
from editorial.admin.move_forms import MOVES
from editorial.gate import judge
from editorial.models import Version
from editorial.offers import offered
from editorial.parts import parts_of
from editorial.refusals import Refused
from editorial.rights import may_edit
from editorial.states import State
from editorial.warnings import may_pass_warnings

# What only looks at the stored text, besides the moves.
LOOKS = ("compare", "history")
NOT_NOW = _("This version is {state}: this is not to be done with it now, or not by you.")


class Moves(VersionBase):
    class Media:
        css = {"all": ["editorial/moves.css"]}
        js = [Script("editorial/leaving.js", type="module")]

    def get_urls(self):
        routes = [self.route(verb, partial(self.move, verb=verb)) for verb in MOVES]
        return [*routes, *super().get_urls()]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        verbs = offered(request.user, version)
        ends = sentence_about_signers(version) if may_edit(request.user, version) else ""
        return super().standing(request, version) | {
            "moves": [(verb, MOVES[verb]) for verb in verbs],
            "saving_ends": ends,
        }

    def move(self, request: HttpRequest, pk: int, *, verb: str) -> HttpResponse:
        """GET says what will happen and asks; POST does it, or shows why it was refused."""
        version = self.version_for(request, pk)
        asking = MOVES[verb]
        if request.method == "POST":
            form = asking(request.POST, version=version)
            return self._make(request, version, form) or self._page(request, version, form)
        if verb not in offered(request.user, version):
            messages.error(request, NOT_NOW.format(state=version.get_state_display()))
            return HttpResponseRedirect(self.address(pk))
        if asking.is_one_press:
            return HttpResponseRedirect(self.address(pk))
        form = asking(version=version, initial=request.GET.dict())
        return self._page(request, version, form)

    def response_change(self, request: HttpRequest, obj: Version) -> HttpResponse:
        """Saved on the way to a move, where `_then` names it: go on to that."""
        saved = super().response_change(request, obj)
        verb, _, query = request.POST.get("_then", "").partition("/?")
        if verb in LOOKS:
            return HttpResponseRedirect(f"{self.address(obj.pk, verb)}?{query}".rstrip("?"))
        if verb not in MOVES:
            return saved
        version = self.version_for(request, obj.pk)
        if MOVES[verb].is_one_press and verb in offered(request.user, version):
            return self._make(request, version, MOVES[verb]({}, version=version)) or saved
        return HttpResponseRedirect(self.address(obj.pk, verb))

    def _make(self, request: HttpRequest, version: Version, form: MoveForm) -> HttpResponse | None:
        """Nothing if it was refused and something typed is to be kept."""
        if not form.is_valid():
            return None
        try:
            moved = form.make(by=request.user, now=timezone.now()) or version
        except Refused as refused:
            if form.fields:
                form.add_error(None, str(refused))
                return None
            messages.error(request, str(refused))
            return HttpResponseRedirect(self.address(version.pk))
        messages.success(request, form.say_done())
        return HttpResponseRedirect(self.address(moved.pk))

    def _page(self, request: HttpRequest, version: Version, form: MoveForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": form.label,
            "opts": self.opts,
            "version": version,
            "form": form,
            "has_view_permission": True,
        }
        if form.shows_text:
            context |= self._text(version)
            context["passes_warnings"] = may_pass_warnings(request.user, version)
        return TemplateResponse(request, "editorial/admin/move.html", context)

    def _text(self, version: Version) -> dict[str, Any]:
        """What whoever signs or publishes answers for, and who answers for it already."""
        return {
            "gate": judge(version),
            "body": self.body_as_read(version),
            "parts": [
                (part.label, lines) for part in parts_of(version) if (lines := part.lines(version))
            ],
            "writers": [writer.user for writer in version.wrote.select_related("user")],
            "sign_offs": version.sign_offs.select_related("contributor"),
            "still_to_sign": version.still_to_sign(),
            "open_comments": version.comments.filter(answers=None, resolved_at=None).count(),
            "live": version.page.versions.filter(state=State.LIVE).exclude(pk=version.pk).first(),
        }
