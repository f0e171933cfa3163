from django.core.management.base import BaseCommand, CommandError

from editorial import ledger
from editorial.models import Ledger, Version


class Command(BaseCommand):
    help = (
        "Walk the audit trail: how many events, the head's hash, the first that does not fit, and "
        "whether it tells the state and text that every version has."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--expect", metavar="HASH", help="A head noted earlier, to be found.")

    def handle(self, *args, expect: str | None = None, **options) -> None:
        seen = False
        hashes = 0

        def watched():
            nonlocal seen, hashes
            for event in ledger.walk_chain():
                seen = seen or event.hash == expect
                hashes += 1
                yield event

        try:
            told = ledger.replay(watched())
        except ledger.BrokenChain as broken:
            raise CommandError(str(broken)) from broken
        if expect and not seen:
            raise CommandError(f"No event has the hash {expect}: the trail's end was cut.")
        self._compare(told)
        head = Ledger.objects.values_list("event_hash", flat=True).first() or "none"
        self.stdout.write(f"{hashes} events, all fit; the head is {head}.")

    def _compare(self, told: dict) -> None:
        for pk, state, content_hash in Version.objects.values_list("pk", "state", "content_hash"):
            if told.get(pk) != {"state": state, "content_hash": content_hash}:
                raise CommandError(
                    f"Version {pk} is not in the state or text that the trail tells."
                )
