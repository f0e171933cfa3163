import os
from argparse import ArgumentTypeError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.corpus import make_corpus
from editorial.progress import progress_bar

# They take turns at writing.
MOST_PROCESSES = 4


def how_many(told: str) -> int:
    if not told.isdecimal() or int(told) < 1:
        raise ArgumentTypeError("say how many, one or more")
    return int(told)


class Command(BaseCommand):
    help = "Add N synthetic live articles, for benchmarks and load tests. Only under DEMO."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", metavar="N", type=how_many, help="How many more to make.")
        parser.add_argument(
            "--seed", type=int, default=1, help="The same seed makes the same articles (1)."
        )

        parser.add_argument(
            "--processes",
            type=how_many,
            default=min(os.cpu_count() or 1, MOST_PROCESSES),
            help="How many processes share the work (one for each processor, up to 4).",
        )

    def handle(self, *args, **options) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is not set: made-up articles belong on no real site.")
        first, last = make_corpus(
            options["count"],
            seed=options["seed"],
            now=timezone.now(),
            progress=progress_bar(self.stdout),
            processes=options["processes"],
        )
        self.stdout.write(f"Made {options['count']} articles: corpus-{first} to corpus-{last}.")
