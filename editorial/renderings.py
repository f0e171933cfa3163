"""The public forms of live versions, as they are stored and made again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from editorial import faults, ledger, rendering
from editorial.gate import judge, tell_unmet
from editorial.models import Rendering, Version
from editorial.states import State

STORED = ("html", "contents", "references", "terms", "words")


def store_rendering(version: Version, rendered: rendering.Rendered, *, now: datetime) -> None:
    store_renderings([(version, rendered)], now=now)


def store_renderings(made: Iterable[tuple[Version, rendering.Rendered]], *, now: datetime) -> None:
    Rendering.objects.bulk_create(
        (
            Rendering(
                version=version, rendered_at=now, **{it: getattr(rendered, it) for it in STORED}
            )
            for version, rendered in made
        ),
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=[*STORED, "rendered_at"],
    )


@transaction.atomic
def render_again(pk: int, *, now: datetime) -> bool:
    """Whether it was done: a version that has left the public meanwhile is left alone.

    The caller moves the stamp.
    """
    version = Version.objects.live().select_related("page", "exemption").filter(pk=pk).first()
    if version is None:
        return False
    rendered = rendering.render(version)
    if hasattr(version, "exemption"):
        rendered = tell_unmet(rendered, judge(version, is_exempt=True))
    faults.point("render.made")
    store_rendering(version, rendered, now=now)
    faults.point("render.stored")
    transaction.on_commit(lambda: faults.point("render.committed"))
    return True


def render_links_to(address: str, *, now: datetime) -> int:
    """Render again the live pages that name an address: to readers, or to machines.

    Returns how many.
    """
    linking = Rendering.objects.filter(
        version__state=State.LIVE, html__contains=address
    ).values_list("version_id", flat=True)
    count = sum(render_again(pk, now=now) for pk in list(linking))
    if count:
        ledger.move_stamp()
    return count
