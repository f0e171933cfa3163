"""The line of a therapy or a disease on the evidence map, as it stands on their own pages.

It is stored with the page, between two marks, so that reading the page asks nothing more of the
database. When the claims of any page come or go, the stored lines are drawn again, and they alone.
"""

from itertools import groupby
from typing import TYPE_CHECKING

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from editorial import ledger
from editorial.models import Rendering
from editorial.states import Kind, State
from evidence.map import EvidenceMap, read_map
from evidence.map_words import empty_words
from evidence.models import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from editorial.models import Version
    from editorial.rendering import Document

KINDS = (Kind.THERAPY, Kind.DISEASE)
# Bodies hold no comments: they are cleaned away.
BEGIN, END = "<!-- evidence map -->", "<!-- end of evidence map -->"


def place_on_the_map(document: "Document") -> None:
    """A step of rendering. Leaves `map_line` on the document of a therapy or a disease."""
    version = document.version
    if version.page.kind in KINDS:
        drawn = draw_line(read_map(preparing=version), version.page.tag_id)
        document.shown["map_line"] = mark_safe(BEGIN + drawn + END)  # noqa: S308 - from a template


def draw_line(found: EvidenceMap, tag_id: int | None) -> SafeString:
    cells = found.line_of_tag(tag_id)
    shown = [cell for cell in cells if cell.is_shown]
    empty = sorted((cell for cell in cells if not cell.is_shown), key=empty_words)
    groups = [(words, list(group)) for words, group in groupby(empty, key=empty_words)]
    is_therapy = any(heading.pk == tag_id for heading in found.therapies)
    told = {"shown": shown, "empty": groups, "is_therapy": is_therapy}
    return render_to_string("_partials/content/map_line.html", told)


def follow(versions: "Sequence[Version]") -> None:
    """These versions came or went: draw the lines again if one has something to do with the map."""
    pages = [version.page for version in versions]
    touch_it = any(page.kind in KINDS for page in pages)
    if touch_it or Claim.objects.filter(version__page__in=pages).exists():
        # The pages have come or gone already: a line that fails to follow is logged.
        transaction.on_commit(redraw_lines, robust=True)


@transaction.atomic
def redraw_lines() -> int:
    """Draw the lines of all live pages again. Returns how many are different now.

    The stored pages are locked first: of two who draw at once, the second sees what both changed.
    """
    held = list(
        Rendering.objects.select_for_update(of=("self",))
        .filter(version__state=State.LIVE, version__page__kind__in=KINDS, html__contains=BEGIN)
        .select_related("version__page")
        .only("html", "version__page__tag")
        .order_by("pk")
    )
    if not held:
        return 0
    found = read_map()
    changed = []
    for rendering in held:
        line = draw_line(found, rendering.version.page.tag_id)
        html = _with_line(rendering.html, line)
        if html != rendering.html:
            rendering.html = html
            changed.append(rendering)
    if changed:
        Rendering.objects.bulk_update(changed, ["html"], batch_size=100)
        ledger.move_stamp()
    return len(changed)


def _with_line(html: str, line: str) -> str:
    before, begin, rest = html.partition(BEGIN)
    _old, end, after = rest.partition(END)
    return f"{before}{begin}{line}{end}{after}" if end else html
