from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.demo import make_demo_staff


class Command(BaseCommand):
    help = "Make the demonstration accounts that the README lists. Only under DEMO."

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is not set: demonstration accounts have public passwords.")
        made = make_demo_staff(now=timezone.now())
        self.stdout.write(
            f"Made {len(made)} demonstration accounts: {', '.join(made)}."
            if made
            else "The demonstration accounts are there already."
        )
