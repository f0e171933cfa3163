"""The audit trail held against what it tells of: is it whole, and is every version as it says?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS

from editorial import ledger
from editorial.models import Event, Version


@dataclass(frozen=True)
class Audit:
    events: int
    head: str


def audit(*, expect: str = "", using: str = DEFAULT_DB_ALIAS) -> Audit:
    """Walk the whole trail. `expect` is a head noted earlier. Raises BrokenChain."""
    events, head, is_found = 0, "", not expect

    def counted() -> Iterator[Event]:
        nonlocal events, head, is_found
        for event in ledger.walk_chain(using=using):
            events, head = events + 1, event.hash
            is_found = is_found or head == expect
            yield event

    told = ledger.replay(counted())
    if not is_found:
        raise ledger.BrokenChain(f"No event has the hash {expect}: the trail's end was cut.")
    versions = Version.objects.using(using).values_list("pk", "state", "content_hash")
    for pk, state, content_hash in versions.iterator():
        if told.get(pk) != {"state": state, "content_hash": content_hash}:
            raise ledger.BrokenChain(
                f"Version {pk} is not in the state or text that the trail tells."
            )
    return Audit(events, head)
