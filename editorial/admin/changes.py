"""Seeing change: the history of a page, and any two of its versions compared."""

from itertools import pairwise
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from editorial.admin.stale import StaleSaves
from editorial.differences import Difference, compare, compare_signed
from editorial.history import events_of, last_signed, names_of_actors
from editorial.models import SignedText, Version
from editorial.rights import may_edit
from editorial.states import Lane, State

VERSIONS_A_PAGE = 20
EVENTS_A_PAGE = 50
SIGNED = "signed"  # Asked for in the place of another version.


class Changes(StaleSaves):
    class Media:
        css = {"all": ["editorial/changes.css"]}

    def get_urls(self):
        return [self.route("compare", self.compare), *super().get_urls()]

    def standing(self, request: HttpRequest, version: Version) -> dict[str, Any]:
        return super().standing(request, version) | {
            "signed": _signed(request, version),
            "can_compare": version.page.versions.exclude(pk=version.pk).exists(),
        }

    # --- two versions ---------------------------------------------------------------------

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """This version against another one of the same page, the older of the two first, or
        against what whoever asks has signed last.
        """
        version = self.version_for(request, pk)
        siblings = list(version.page.versions.defer("body").order_by("number"))
        signed = _signed(request, version)
        asked = request.GET.get("with", "")
        since = signed if asked == SIGNED or (not asked and len(siblings) == 1) else None
        other = None if since else _other(siblings, version, asked)
        context = {
            **self._around(request, version, _("What changed")),
            "siblings": siblings,
            "live": next((it for it in siblings if it.is_live), None),
            "signed": signed,
            "since": since,
            "other": other,
            "with": SIGNED if since else other and other.pk,
            "view": "side" if request.GET.get("view") == "side" else "inline",
        }
        if since is not None:
            context |= {"after": version, **_sorted(compare_signed(since, version))}
        elif other is not None:
            context |= _compared(siblings, *sorted((other, version), key=lambda it: it.number))
        return TemplateResponse(request, "editorial/admin/compare.html", context)

    # --- the history of a page ------------------------------------------------------------

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None):
        """Every version of the page and every event of the trail, in the place of Django's log."""
        if not object_id.isdecimal():
            raise Http404
        version = self.version_for(request, int(object_id))
        page = version.page
        events = Paginator(events_of(page), EVENTS_A_PAGE).get_page(request.GET.get("p"))
        known = list(page.versions.values_list("number", "pk", "state", named=True))
        pks = {it.number: it.pk for it in known}
        stored = (
            page.versions.order_by("-number")
            .defer("body")
            .select_related("created_by", "exemption")
            .prefetch_related("wrote__user", "sign_offs__contributor")
        )
        paginator = Paginator(stored, VERSIONS_A_PAGE)
        paginator.count = len(known)
        versions = paginator.get_page(request.GET.get("v"))
        names = names_of_actors(events)
        context = {
            **self._around(request, version, _("History")),
            "versions": versions,
            "rows": [(it, pks.get(it.number - 1)) for it in versions],
            "events": events,
            "told": [(it, names.get(it.actor_id, it.actor)) for it in events],
            "pks": set(pks.values()),
            "live": next((it for it in known if it.state == State.LIVE), None),
            "revertible": self._revertible(request, version),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "editorial/admin/history.html", context)

    def _revertible(self, request: HttpRequest, version: Version) -> Version | None:
        """The open draft of the page, if this person may put an earlier text into it."""
        draft = version.page.versions.open().filter(lane=Lane.FULL).select_related("page").first()
        return draft if draft and may_edit(request.user, draft) else None

    def _around(self, request: HttpRequest, version: Version, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": str(version),
            "version": version,
            "media": self.media,
        }


def _signed(request: HttpRequest, version: Version) -> SignedText | None:
    """What this person signed last, unless that came after this version."""
    signed = last_signed(version.page, by=request.user)
    return signed if signed and signed.version.number <= version.number else None


def _other(siblings: list[Version], version: Version, asked: str) -> Version | None:
    """The version asked for, or else the live one, or the one before. Raises Http404."""
    others = [it for it in siblings if it.pk != version.pk]
    if asked:
        found = next((it for it in siblings if str(it.pk) == asked), None)
        if found is None:
            raise Http404(_("This page has no such version."))
        return found
    live = next((it for it in others if it.is_live), None)
    earlier = [it for it in others if it.number < version.number]
    return live or next(reversed(earlier), None) or next(iter(others), None)


def _compared(siblings: list[Version], before: Version, after: Version) -> dict[str, Any]:
    steps = list(pairwise(siblings))
    return {
        "before": before,
        "after": after,
        **_sorted(compare(before, after)),
        "step_back": next((step for step in steps if step[1].pk == before.pk), None),
        "step_on": next((step for step in steps if step[0].pk == after.pk), None),
    }


def _sorted(differences: list[Difference]) -> dict[str, Any]:
    return {
        "changed": [it for it in differences if it.changes],
        "unchanged": [it for it in differences if not it.changes],
    }
