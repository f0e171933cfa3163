"""The moves of a version's life, as buttons on its form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from editorial import actions
from editorial.admin.base import VersionBase
from editorial.models import Version
from editorial.refusals import Refused
from editorial.rights import may_edit
from editorial.states import State


class Moves(VersionBase):
    def get_urls(self):
        return [
            self.route("start", self.start),
            self.route("correct", self.correct),
            self.route("submit", self.submit),
            *super().get_urls(),
        ]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        user, page = request.user, version.page
        return super().standing(request, version) | {
            "can_start": not version.is_open
            and not page.versions.open().filter(lane="full").exists()
            and user.has_perm("editorial.change_version"),
            "can_correct": version.is_live
            and user.has_perm("editorial.correct_version")
            and not page.versions.open().filter(lane="correction").exists(),
            "can_submit": version.state == State.DRAFT and may_edit(user, version),
        }

    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._move(
            request,
            pk,
            lambda version: actions.start_version(
                version.page, by=request.user, now=timezone.now()
            ),
            "A new version is open. The live page stays as it is until this one is published.",
        )

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._move(
            request,
            pk,
            lambda version: actions.start_correction(
                version.page, by=request.user, now=timezone.now()
            ),
            "A quick correction is open: at most 20 words of the title and body.",
        )

    def submit(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._move(
            request,
            pk,
            lambda version: version.submit(by=request.user, now=timezone.now()),
            "Submitted: it is with the editors now.",
        )

    def _move(self, request: HttpRequest, pk: int, move, done: str) -> HttpResponse:
        """One move of a version's life. What the model refuses is shown as its sentence."""
        version = self.version_for(request, pk)
        if request.method != "POST":
            return HttpResponseRedirect(self.address(pk))
        try:
            moved = move(version) or version
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(self.address(pk))
        messages.success(request, done)
        return HttpResponseRedirect(self.address(moved.pk))
