"""The public forms of live versions, as they are stored and made again."""

from datetime import datetime

from django.db import transaction

from editorial import ledger, rendering
from editorial.models import Rendering, Version
from editorial.states import State


def store_rendering(version: Version, rendered: rendering.Rendered, *, now: datetime) -> None:
    fields = {
        "html": rendered.html,
        "contents": rendered.contents,
        "references": rendered.references,
        "terms": rendered.terms,
        "words": rendered.words,
        "rendered_at": now,
    }
    Rendering.objects.bulk_create(
        [Rendering(version=version, **fields)],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=list(fields),
    )


@transaction.atomic
def render_again(pk: int, *, now: datetime) -> bool:
    """Whether it was done: a version that has left the public meanwhile is left alone.

    The caller moves the stamp.
    """
    version = Version.objects.live().select_related("page").filter(pk=pk).first()
    if version is None:
        return False
    store_rendering(version, rendering.render(version), now=now)
    return True


def render_links_to(address: str, *, now: datetime) -> int:
    """Render again the live pages that link to an address. Returns how many."""
    linking = Rendering.objects.filter(
        version__state=State.LIVE, html__contains=f'href="{address}'
    ).values_list("version_id", flat=True)
    count = sum(render_again(pk, now=now) for pk in list(linking))
    if count:
        ledger.move_stamp()
    return count
