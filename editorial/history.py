"""The history of a page: what was done with its versions, and what each person signed of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from editorial.models import Event, Page, SignedText, SignOff
from editorial.names import name_of
from editorial.parts import content

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def events_of(page: Page) -> QuerySet[Event]:
    """What the audit trail tells of a page, the newest first."""
    return Event.objects.filter(page_id=page.pk).order_by("-number")


def last_signed(page: Page, *, by: "Person") -> SignedText | None:
    """The text of this page that somebody signed last, even if it was edited since."""
    mine = {"version__page": page, "signed_by": by}
    last = ("-signed_at", "-pk")
    kept = SignedText.objects.filter(**mine).select_related("version").order_by(*last).first()
    if kept:
        return kept
    # Given before signed texts were kept. It stands, so its version still has that text.
    stands = SignOff.objects.filter(**mine).select_related("version__page").order_by(*last).first()
    if stands is None:
        return None
    return SignedText(
        version=stands.version,
        role=stands.role,
        signed_by=by,
        content_hash=stands.content_hash,
        content=content(stands.version),
        signed_at=stands.signed_at,
    )


def names_of_actors(events: Iterable[Event]) -> dict[int, str]:
    """Names by id, as people read them; those who have left keep the name in the trail."""
    found = get_user_model().objects.in_bulk({event.actor_id for event in events} - {None})
    return {pk: name_of(person) for pk, person in found.items()}
