"""What a reader meets: the live version of a page, and who stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from editorial import structured
from editorial.addresses import destination_of
from editorial.databases import connection_to_read
from editorial.models import (
    Contributor,
    Exemption,
    Page,
    Rendering,
    SignOff,
    Version,
)
from editorial.release import release
from editorial.rendering import Rendered
from editorial.same_for_everyone import StampedResponse, is_signed_in
from editorial.states import Overdue, State
from editorial.translations import in_its_language

WORDS_A_MINUTE = 200
# In plain SQL: to put the same question together from models took four times as long as asking it.
WHOLE_PAGE = """
    SELECT s.before, r.html, s.after, (SELECT stamp FROM editorial_ledger WHERE id = 1)
    FROM editorial_page p
    JOIN editorial_version v ON v.page_id = p.id
    JOIN editorial_rendering r ON r.version_id = v.id
    JOIN editorial_surround s ON s.rendering_id = r.id
    WHERE p.kind = %s AND p.slug = %s AND v.state = %s AND s.made_with = %s
"""


class Gone(Exception):
    """The page was withdrawn. `version` is its last one, with the reason."""

    def __init__(self, version: Version) -> None:
        super().__init__(version.reason)
        self.version = version


class Moved(Exception):
    """The page has another address now, or another page in its place: `str()` says which."""


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

    Raises Moved for an address that leads to another one, Gone for a withdrawn page, Http404 for
    one that never was public.
    """
    versions = Version.objects.of_kind(kind).filter(page__slug=slug)
    version = versions.live().select_related("page", "rendering", "exemption").defer("body").first()
    if version is None:
        if elsewhere := destination_of(Page(kind=kind, slug=slug).get_absolute_url()):
            raise Moved(elsewhere)
        last = versions.filter(state=State.WITHDRAWN).order_by("-closed_at").first()
        if last:
            raise Gone(last)
        raise Http404(_("There is no such page."))
    return version


def provenance(version: Version) -> Provenance:
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
        # As the clock last marked it: cached answers, which cannot look at a clock, agree.
        is_overdue=version.page.overdue != Overdue.NO,
    )


def reading_minutes(words: int) -> int:
    return max(1, round(words / WORDS_A_MINUTE))


def show_page(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The stored rendering of the live version in its template.

    301 for a page that has moved, 410 for one that was withdrawn.
    """
    if not is_signed_in(request) and (kept := whole_page(request, kind, slug)):
        return kept
    try:
        version = live_version(kind, slug)
    except Moved as moved:
        return HttpResponsePermanentRedirect(str(moved))
    except Gone as gone:
        return render(request, "gone.html", {"version": gone.version}, status=410)
    with in_its_language(version.page):
        return render(request, page_template(kind), shown(version, version.rendering))


def whole_page(request: HttpRequest, kind: str, slug: str) -> StampedResponse | None:
    """The page as it is kept, if it is: one query, which tells the stamp of what it read, too."""
    at_home = request.path == Page(kind=kind, slug=slug).get_absolute_url()
    if settings.DEBUG or request.GET or not at_home:
        return None
    with connection_to_read().cursor() as cursor:
        cursor.execute(WHOLE_PAGE, [kind, slug, State.LIVE, release()])
        row = cursor.fetchone()
    return StampedResponse("".join(row[:3]), stamp=row[3]) if row else None


def page_template(kind: str) -> str:
    return f"{kind}/page.html"


def shown(version: Version, rendering: Rendering | Rendered) -> dict[str, Any]:
    """What the template of a page shows: this text in this form, and who stands behind it."""
    behind = provenance(version)
    return {
        "version": version,
        "page": version.page,
        "rendering": rendering,
        "reading_minutes": reading_minutes(rendering.words),
        "provenance": behind,
        "structured": structured.reading_page(version, behind),
        "tags": version.tags.all().standing(),
    }


def by_letter(versions: Iterable[Version]) -> list[tuple[str, list[Version]]]:
    """Versions under the first letter of their title, A to Z."""
    ordered = sorted(versions, key=lambda version: version.title.lower())
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, key=lambda version: version.title[:1].upper())
    ]
