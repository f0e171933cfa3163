"""What a reader meets: the live version of a page, and who stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from editorial.models import Contributor, Exemption, SignOff, Version
from editorial.states import State

WORDS_A_MINUTE = 200


class Gone(Exception):
    """The page was withdrawn. `version` is its last one, with the reason."""

    def __init__(self, version: Version) -> None:
        super().__init__(version.reason)
        self.version = version


@dataclass(frozen=True)
class Provenance:
    """Who wrote, who signed, and what is missing."""

    exemption: Exemption | None
    sign_offs: list[SignOff]
    writers: list[Contributor]
    is_demonstration: bool
    is_overdue: bool


def live_version(kind: str, slug: str) -> Version:
    """The live version with its page, rendering and exemption: one query.

    Raises Gone for a withdrawn page, Http404 for one that never was public.
    """
    versions = Version.objects.of_kind(kind).filter(page__slug=slug)
    version = versions.live().select_related("page", "rendering", "exemption").defer("body").first()
    if version is None:
        last = versions.filter(state=State.WITHDRAWN).order_by("-closed_at").first()
        if last:
            raise Gone(last)
        raise Http404("There is no such page.")
    return version


def provenance(version: Version, *, today: date) -> Provenance:
    """Two queries. A correction shows the sign-offs of the version whose reviews it keeps."""
    signed = version.corrects_id or version.pk
    sign_offs = list(
        SignOff.objects.filter(version__in={signed, version.pk})
        .select_related("contributor")
        .order_by("signed_at")
    )
    writers = list(Contributor.objects.filter(user__wrote__version=version))
    return Provenance(
        exemption=getattr(version, "exemption", None),
        sign_offs=sign_offs,
        writers=writers,
        is_demonstration=any(sign_off.is_demonstration for sign_off in sign_offs),
        is_overdue=version.review_due_on is not None and version.review_due_on < today,
    )


def reading_minutes(words: int) -> int:
    return max(1, round(words / WORDS_A_MINUTE))


def show_page(request: HttpRequest, kind: str, slug: str, template: str) -> HttpResponse:
    """The stored rendering of the live version in its template; 410 for a withdrawn page."""
    try:
        version = live_version(kind, slug)
    except Gone as gone:
        return render(request, "gone.html", {"version": gone.version}, status=410)
    return render(
        request,
        template,
        {
            "version": version,
            "page": version.page,
            "rendering": version.rendering,
            "reading_minutes": reading_minutes(version.rendering.words),
            "provenance": provenance(version, today=timezone.localdate()),
            "tags": list(version.tags.all()),
        },
    )


def by_letter(versions: Iterable[Version]) -> list[tuple[str, list[Version]]]:
    """Versions under the first letter of their title, A to Z."""
    ordered = sorted(versions, key=lambda version: version.title.lower())
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, key=lambda version: version.title[:1].upper())
    ]
