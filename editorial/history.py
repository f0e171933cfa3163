"""The history of a page: what was done with its versions, and what each person signed of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from editorial.models import Event, Page, Version
from editorial.states import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

SIGNED = tuple(f"{role.value} sign-off" for role in Role)


@dataclass(frozen=True)
class Signed:
    """The last text that somebody signed and that is still as it was then.

    `lost` is a later sign-off of theirs whose text was edited afterwards: no copy of that is kept.
    """

    version: Version
    at: datetime
    lost: Event | None


def events_of(page: Page) -> QuerySet[Event]:
    """What the audit trail tells of a page, the newest first."""
    return Event.objects.filter(page_id=page.pk).order_by("-number")


def last_signed(page: Page, *, by: "Person") -> Signed | None:
    """The trail names what was signed by its hash: a version with that hash is that text."""
    events = list(events_of(page).filter(actor_id=by.pk, verb__in=SIGNED))
    if not events:
        return None
    hashes = {event.content_hash for event in events}
    kept = page.versions.filter(content_hash__in=hashes).defer("body").order_by("-number")
    for event in events:
        same = [version for version in kept if version.content_hash == event.content_hash]
        # A copy has the hash of what it was copied from: the version that was signed goes first.
        version = next((it for it in same if it.pk == event.version_id), next(iter(same), None))
        if version:
            lost = events[0] if events[0] != event else None
            return Signed(version, event.at, lost)
    return None


def names_of_actors(events: Iterable[Event]) -> dict[int, str]:
    """Names by id, as people read them; those who have left keep the name in the trail."""
    found = get_user_model().objects.in_bulk({event.actor_id for event in events} - {None})
    return {pk: person.get_full_name() or person.get_username() for pk, person in found.items()}
