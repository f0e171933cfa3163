from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.progress import progress_bar
from editorial.refusals import Refused
from stemcell_site.backups import restoring


class Command(BaseCommand):
    help = (
        "Put a backup back: database and uploads. Everything is checked before anything is "
        "touched; the search index is built anew. Stop the web processes first."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="What `backup` made.")
        parser.add_argument(
            "--replace", action="store_true", help="Even where there are pages: they are lost."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only check whether it could be restored."
        )

    def handle(self, *args, folder: Path, replace: bool, dry_run: bool, **options) -> None:
        watched = progress_bar(self.stdout)
        try:
            if dry_run:
                told = restoring.check(folder, watched=watched)
                self.stdout.write(f"Whole: {len(told.files)} files of {told.made_at}.")
                return
            told = restoring.restore(folder, replace=replace, now=timezone.now(), watched=watched)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        pages = restoring.rebuild_search(watched=watched)
        found = "" if pages is None else f"; {pages} pages in the search index"
        self.stdout.write(
            f"Restored what was put away at {told.made_at}: {sum(told.database.counts.values())} "
            f"rows, {len(list(told.media()))} uploads, {told.database.events} events{found}. "
            f"Start the web processes again."
        )
