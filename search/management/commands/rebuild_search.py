import time

from django.core.management.base import BaseCommand, CommandError

from editorial.progress import progress_bar
from search import following, places, rebuilding


class Command(BaseCommand):
    help = "Build the search index anew. The one in place answers until the new one is finished."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Say nothing when it is done.")
        parser.add_argument(
            "--if-needed", action="store_true", help="Only where there is none that can be read."
        )

    def handle(self, *args, quiet: bool, if_needed: bool, **options) -> None:
        if not places.is_in_use():
            raise CommandError("This site does without a search index: SEARCH_DIR is not set.")
        if if_needed and following.is_ready():
            return
        began = time.monotonic()
        try:
            pages = rebuilding.rebuild(watched=progress_bar(self.stdout))
        except places.Busy as busy:
            if if_needed:
                return  # Somebody else sees to it.
            raise CommandError("The search index is being rebuilt already.") from busy
        if not quiet:
            taken = time.monotonic() - began
            self.stdout.write(f"Built the search index: {pages} pages in {taken:.1f} seconds.")
