from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial import faults, ledger
from editorial.models import Version
from editorial.progress import progress_bar
from editorial.renderings import render_again
from editorial.timing import timed


class Command(BaseCommand):
    help = "Render every live page again. The site stays up: each page changes over in one step."

    @timed("render_pages")
    def handle(self, *args, **options) -> None:
        live = Version.objects.live().order_by("pk").values_list("pk", flat=True)
        count = 0
        for pk in progress_bar(self.stdout)(live, "Rendering pages"):
            count += render_again(pk, now=timezone.now())
        faults.point("render.all")
        if count:
            ledger.move_stamp()
        self.stdout.write(f"Rendered {count} pages.")
