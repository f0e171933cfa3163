"""Comments on a version, and the links by which people without an account read it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import sharing, talking, threads
from editorial.admin.base import VersionBase
from editorial.models import Comment, PreviewLink, Version
from editorial.refusals import NotReady, Refused


class ShareForm(forms.Form):
    """A new preview link."""

    made_for = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=150,
        required=False,
        help_text=gettext_lazy(
            "So that you know it again: “Dr Example, by e-mail”. Readers do not see it."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days it lasts"),
        min_value=1,
        max_value=sharing.MOST_DAYS,
        initial=sharing.USUAL_DAYS,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs, auto_id="id_share_%s", label_suffix="")


class Talk(VersionBase):
    class Media:
        css = {"all": ["editorial/talk.css"]}
        js = [forms.Script("editorial/talk.js", type="module")]

    def get_urls(self):
        return [
            self.route("comment", self.comment),
            self.route("resolve", self.resolve),
            self.route("reopen", self.reopen),
            self.route("share", self.share),
            self.route("unshare", self.unshare),
            *super().get_urls(),
        ]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        context = super().standing(request, version) | self.talk_about(version)
        links = list(PreviewLink.objects.filter(version=version).with_comments())
        for link in links:
            link.may_be_revoked = sharing.may_revoke(request.user, link)
            link.url = settings.SITE_URL + sharing.address_of(link)
        return context | {
            "preview_links": links,
            "share_form": ShareForm(),
            "asked_at": timezone.now(),
        }

    def talk_about(self, version: Version) -> dict[str, Any]:
        return {
            "talk": threads.talk_about(version),
            "can_comment": version.is_open,
            "most_letters": talking.MOST_LETTERS,
        }

    # --- comments -------------------------------------------------------------------------

    def comment(self, request: HttpRequest, pk: int) -> HttpResponse:
        def write(version: Version) -> str:
            text, now = request.POST.get("text", ""), timezone.now()
            if first := request.POST.get("answers"):
                answered = self._comment_for(version, first)
                talking.answer(answered, by=request.user, now=now, text=text)
                return _("Your answer is there.")
            quote = request.POST.get("quote", "")
            talking.comment(version, by=request.user, now=now, text=text, quote=quote)
            return _("Your comment is there.")

        return self._talk(request, pk, write)

    def resolve(self, request: HttpRequest, pk: int) -> HttpResponse:
        def resolve(version: Version) -> str:
            comment = self._comment_for(version, request.POST.get("comment"))
            talking.resolve(comment, by=request.user, now=timezone.now())
            return _("Resolved: it is folded away below the open comments.")

        return self._talk(request, pk, resolve)

    def reopen(self, request: HttpRequest, pk: int) -> HttpResponse:
        def reopen(version: Version) -> str:
            comment = self._comment_for(version, request.POST.get("comment"))
            talking.reopen(comment, by=request.user, now=timezone.now())
            return _("Open again.")

        return self._talk(request, pk, reopen)

    def _comment_for(self, version: Version, pk: str | None) -> Comment:
        numbered = int(pk) if pk and pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
        comments = version.comments.select_related("answers", "author", "version__page")
        return get_object_or_404(comments, pk=numbered)

    def _talk(self, request: HttpRequest, pk: int, act: Callable[[Version], str]) -> HttpResponse:
        """One thing said or settled. A script gets the comments anew and stays on its page."""
        version = self.version_for(request, pk)
        is_script = request.headers.get("X-Requested-With") == "fetch"
        there = HttpResponseRedirect(f"{self.address(pk)}#talk")
        if request.method != "POST":
            return there
        try:
            done = act(version)
        except Refused as refused:
            if is_script:
                return HttpResponse(str(refused), status=409, content_type="text/plain")
            messages.error(request, str(refused))
            return there
        if is_script:
            context = {"version": version, "opts": self.opts, "done": done}
            return render(
                request, "editorial/admin/_threads.html", context | self.talk_about(version)
            )
        messages.success(request, done)
        return there

    # --- preview links --------------------------------------------------------------------

    def share(self, request: HttpRequest, pk: int) -> HttpResponse:
        def share(version: Version) -> str:
            form = ShareForm(request.POST)
            if not form.is_valid():
                raise NotReady(
                    _("A preview link lasts between 1 and %(most)s days.")
                    % {"most": sharing.MOST_DAYS}
                )
            link = sharing.share(version, by=request.user, now=timezone.now(), **form.cleaned_data)
            address = settings.SITE_URL + sharing.address_of(link)
            return _("The preview link is ready: %(address)s") % {"address": address}

        return self._share(request, pk, share)

    def unshare(self, request: HttpRequest, pk: int) -> HttpResponse:
        def revoke(version: Version) -> str:
            numbered = request.POST.get("link", "")
            pk = int(numbered) if numbered.isascii() and numbered.isdigit() else 0
            link = get_object_or_404(version.preview_links.select_related("version__page"), pk=pk)
            sharing.revoke(link, by=request.user, now=timezone.now())
            return _("The preview link has ended: its address shows nothing any more.")

        return self._share(request, pk, revoke)

    def _share(self, request: HttpRequest, pk: int, act: Callable[[Version], str]) -> HttpResponse:
        version = self.version_for(request, pk)
        if request.method == "POST":
            try:
                messages.success(request, act(version))
            except Refused as refused:
                messages.error(request, str(refused))
        return HttpResponseRedirect(f"{self.address(pk)}#previews")
