from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.starter import load_starter
from articles.starter_files import BadStarterFile
from editorial.progress import progress_bar


class Command(BaseCommand):
    help = "Add the starter content that is missing. Changes nothing that is there already."

    def handle(self, *args, **options) -> None:
        try:
            added = load_starter(now=timezone.now(), progress=progress_bar(self.stdout))
        except BadStarterFile as error:
            raise CommandError(str(error)) from error
        if not sum(added.values()):
            self.stdout.write("The starter content is there already.")
            return
        told = ", ".join(f"{count} {name}" for name, count in added.items())
        self.stdout.write(f"Added {told}.")
