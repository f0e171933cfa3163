from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from editorial import ledger
from editorial.models import Version
from editorial.progress import progress_bar
from editorial.publishing import store_rendering
from editorial.rendering import render


class Command(BaseCommand):
    help = "Render every live page again. The site stays up: each page changes over in one step."

    def handle(self, *args, **options) -> None:
        live = Version.objects.live().order_by("pk").values_list("pk", flat=True)
        count = 0
        for pk in progress_bar(self.stdout)(live, "Rendering pages"):
            count += self.render_again(pk)
        if count:
            ledger.move_stamp()
        self.stdout.write(f"Rendered {count} pages.")

    @transaction.atomic
    def render_again(self, pk: int) -> int:
        """0 for a version that has left the public meanwhile."""
        version = Version.objects.live().select_related("page").filter(pk=pk).first()
        if version is None:
            return 0
        store_rendering(version, render(version), now=timezone.now())
        return 1
