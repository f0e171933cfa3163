from django.core.management.base import BaseCommand, CommandError

from editorial.auditing import audit
from editorial.ledger import BrokenChain
from editorial.timing import timed


class Command(BaseCommand):
    help = (
        "Walk the audit trail: how many events, the head's hash, the first that does not fit, and "
        "whether it tells the state and text that every version has."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--expect", metavar="HASH", help="A head noted earlier, to be found.")

    @timed("verify_audit")
    def handle(self, *args, expect: str | None = None, **options) -> None:
        try:
            found = audit(expect=expect or "")
        except BrokenChain as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(f"{found.events} events, all fit; the head is {found.head or 'none'}.")
