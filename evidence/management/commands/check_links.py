from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.progress import progress_bar
from editorial.timing import timed
from evidence.asking import ask_all, forget_others, keep, outbound_addresses

# Between two steps of the bar.
AT_ONCE = 40


class Command(BaseCommand):
    help = (
        "Ask every outside address that a live page links to whether it still answers. Run it "
        "each week. Ends with 1 if one is broken."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--pause", type=float, default=1.0, help="Seconds between two questions to one site."
        )

    @timed("check_links")
    def handle(self, *args: Any, pause: float, **options: Any) -> None:
        addresses = outbound_addresses()
        forget_others(addresses)
        broken = []
        for some in progress_bar(self.stdout)(batched(addresses, AT_ONCE), "Asking"):
            for answer in ask_all(some, pause=pause):
                keep(answer, now=timezone.now())
                if not answer.works:
                    broken.append(answer)
        for answer in sorted(broken, key=lambda it: it.url):
            self.stderr.write(f"{answer.url}: {answer.said}")
        self.stdout.write(f"{len(addresses)} outside addresses: {len(broken)} broken.")
        if broken:
            raise SystemExit(1)
