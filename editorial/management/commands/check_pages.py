import json as jsons
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.checks import Level, recheck
from editorial.models import Version


class Command(BaseCommand):
    help = (
        "Run every check on every live page, for the desk as well. "
        "Ends with 1 if one finds what should block it."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object for each page.")

    def handle(self, *args, json: bool, **options) -> None:
        pages = findings = blocks = 0
        for version in Version.objects.live().select_related("page").iterator(chunk_size=200):
            found = recheck(version, now=timezone.now())
            pages += 1
            findings += len(found)
            blocks += sum(finding.level == Level.BLOCK for finding in found)
            if json:
                row = {"page": version.get_absolute_url(), "findings": [asdict(f) for f in found]}
                self.stdout.write(jsons.dumps(row, ensure_ascii=False))
                continue
            for finding in found:
                self.stdout.write(
                    f"{version.get_absolute_url()}: {finding.level} {finding.rule} {finding.reason}"
                )
        if not json:
            self.stdout.write(f"{pages} pages, {findings} findings, {blocks} of them blocking.")
        if blocks:
            raise SystemExit(1)
