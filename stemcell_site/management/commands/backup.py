from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.progress import progress_bar
from editorial.refusals import Refused
from stemcell_site.backups.making import make


class Command(BaseCommand):
    help = (
        "Put database and uploads away in a new folder, while the site goes on. A backup that was "
        "cut is never in its place."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Not there yet, or empty.")

    def handle(self, *args, folder: Path, **options) -> None:
        try:
            made = make(folder, now=timezone.now(), watched=progress_bar(self.stdout))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        told = made.database
        self.stdout.write(
            f"Put away in {folder}: {sum(told.counts.values())} rows and {len(list(made.media()))} "
            f"uploads, {made.bytes / 1e6:.1f} MB; {told.events} events, the head is "
            f"{told.head or 'none'}."
        )
        if told.trail_fits:
            raise CommandError(
                f"The backup was made, but the audit trail in it does not fit. {told.trail_fits}"
            )
