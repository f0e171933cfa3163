import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from editorial.progress import progress_bar
from evidence.documents.finding_files import find_documents
from evidence.importing import Imported, Words, import_file


class Command(BaseCommand):
    help = (
        "Read documents in (txt, md, html, docx, pdf): each becomes a private source and a draft "
        "article. A bad file is named and skipped, and the command then ends with 1."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="Files or folders.")
        parser.add_argument("--dry-run", action="store_true", help="Read, but write nothing.")
        parser.add_argument("--json", action="store_true", help="One JSON object for each file.")

    def handle(self, *args, paths, dry_run: bool, json: bool, **options) -> None:
        words = Words()
        counts: Counter = Counter()
        walk = progress_bar(self.stdout)
        for path in walk(find_documents(paths), "Reading documents"):
            imported = import_file(path, by=None, now=timezone.now(), words=words, dry_run=dry_run)
            counts[imported.status] += 1
            self.tell(imported, as_json=json)
        if not counts:
            raise CommandError("No documents were found: give txt, md, html, docx or pdf files.")
        if not json:
            told = ", ".join(f"{counts[name]} {name}" for name in ("created", "exists", "failed"))
            self.stdout.write(f"{'Dry run: ' if dry_run else ''}{told}.")
        if counts["failed"]:
            raise SystemExit(1)

    def tell(self, imported: Imported, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(imported.as_dict(), ensure_ascii=False))
            return
        if imported.status == "failed":
            self.stderr.write(f"{imported.path}: {imported.reason}")
            return
        tags = f" [{', '.join(imported.tags)}]" if imported.tags else ""
        reason = f" {imported.reason}" if imported.reason else ""
        self.stdout.write(f"{imported.path}: {imported.status}, “{imported.title}”{tags}{reason}")
        for warning in imported.warnings:
            self.stderr.write(f"{imported.path}: warning: {warning}")
