"""While a form is open: who has it open, and what was typed into it and is not saved yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, F, When
from django.utils.translation import gettext

from editorial.models import KeptForm, Presence, Version
from editorial.names import name_of
from editorial.refusals import NotReady
from editorial.rights import may_edit, require_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

# An open form tells of itself every 20 seconds: whoever missed three times is gone.
STAYS = timedelta(seconds=60)
MOST_NAMED = 5
LARGEST = 2_000_000


@dataclass(frozen=True)
class Other:
    """Somebody else who has the form open, to write in it or only to read."""

    name: str
    since: datetime
    writes: bool


# --- who is there -------------------------------------------------------------------------


def arrive(version: Version, *, by: "Person", now: datetime) -> None:
    """Note that this person has the form open; told again and again while it is."""
    here = Presence.objects.filter(version=version, user=by)
    since = Case(When(seen_at__lt=now - STAYS, then=now), default=F("came_at"))
    if not here.update(came_at=since, seen_at=now):
        Presence.objects.get_or_create(
            version=version, user=by, defaults={"came_at": now, "seen_at": now}
        )


def leave(version: Version, *, by: "Person") -> None:
    Presence.objects.filter(version=version, user=by).delete()


def others(version: Version, *, than: "Person", now: datetime) -> list[Other]:
    """Who else has the form open, the longest first; of many, some."""
    there = (
        Presence.objects.filter(version=version, seen_at__gte=now - STAYS)
        .exclude(user=than)
        .select_related("user")
        .order_by("came_at", "pk")[:MOST_NAMED]
    )
    return [
        Other(
            name=name_of(one.user),
            since=one.came_at,
            writes=may_edit(one.user, version),
        )
        for one in there
    ]


# --- what was typed -----------------------------------------------------------------------


def keep(
    version: Version,
    *,
    by: "Person",
    now: datetime,
    lock_number: int,
    data: Mapping[str, Sequence[str]],
) -> KeptForm:
    """Keep the form as it was typed, in the place of what was kept before. It is no edit."""
    require_edit(by, version)
    if sum(len(name) + sum(map(len, values)) for name, values in data.items()) > LARGEST:
        raise NotReady(
            gettext(
                "This form is too large to be kept while you type: save it, so that "
                "nothing is lost."
            )
        )
    kept, _ = KeptForm.objects.update_or_create(
        version=version,
        user=by,
        defaults={
            "lock_number": lock_number,
            "data": {name: list(values) for name, values in data.items()},
            "kept_at": now,
        },
    )
    return kept


def kept_for(version: Version, *, by: "Person") -> KeptForm | None:
    """What this person typed into this version and may still save."""
    if not may_edit(by, version):
        return None
    return KeptForm.objects.filter(version=version, user=by).first()


def forget(version: Version, *, by: "Person") -> None:
    """It was saved, or its writer does not want it."""
    KeptForm.objects.filter(version=version, user=by).delete()
