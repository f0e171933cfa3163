import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editorial.sanitising import clean_html


class Command(BaseCommand):
    help = "Clean HTML as every body is cleaned, and print it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE", help="A file, or - for standard input.")
        parser.add_argument("--lines", action="store_true", help="Each line is a text of its own.")

    def handle(self, *args, file: str, lines: bool, **options) -> None:
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} could not be read: {error}.") from error
        for part in text.splitlines() if lines else [text]:
            # A text that is one line stays one: the lines out are the lines in.
            cleaned = clean_html(part)
            self.stdout.write(cleaned.replace("\n", " ") if lines else cleaned)
