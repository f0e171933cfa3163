import json as jsons
from collections import Counter
from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.checks import Finding
from editorial.gate import Judgement, recheck
from editorial.models import Version
from editorial.progress import progress_bar

# Texts in memory at once.
AT_ONCE = 20


class Command(BaseCommand):
    help = (
        "Run every check on every live page, for the desk as well. Ends with 1 if one finds what "
        "should block it; what an exemption excuses does not count."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object for each page.")

    def handle(self, *args, json: bool, **options) -> None:
        counted: Counter[str] = Counter()
        live = Version.objects.live().order_by("pk")
        batches = list(batched(live.values_list("pk", flat=True), AT_ONCE))
        for pks in progress_bar(self.stdout)(batches, "Checking"):
            for version in live.filter(pk__in=pks).select_related("page"):
                judged = recheck(version, now=timezone.now())
                counted += counts(judged)
                self.tell(version.get_absolute_url(), judged, as_json=json)
        if not json:
            self.stdout.write(
                "{pages} pages: {block} findings block, {warn} warn, {passed} were passed with a "
                "reason, {advise} advise, {excused} are excused by an exemption.".format_map(
                    Counter(counted)
                )
            )
        if counted["block"]:
            raise SystemExit(1)

    def tell(self, address: str, judged: Judgement, *, as_json: bool) -> None:
        if as_json:
            row = {"page": address} | in_json(judged)
            self.stdout.write(jsons.dumps(row, ensure_ascii=False))
            return
        for finding in (*judged.blocks, *judged.warnings, *judged.advice):
            self.stdout.write(f"{address}: {finding.level} {finding.rule} {finding.reason}")


def counts(judged: Judgement) -> Counter[str]:
    return Counter(
        pages=1,
        block=len(judged.blocks),
        warn=len(judged.warnings),
        passed=len(judged.passed),
        advise=len(judged.advice),
        excused=len(judged.excused),
    )


def in_json(judged: Judgement) -> dict[str, Any]:
    """What counts, then what was answered and what is excused."""

    def rows(*found: Finding) -> list[dict[str, Any]]:
        return [finding.as_row() | {"part": finding.part} for finding in found]

    return {
        "findings": rows(*judged.blocks, *judged.warnings, *judged.advice),
        "passed": [
            rows(passed.finding)[0] | {"why": passed.answer.reason} for passed in judged.passed
        ],
        "excused": rows(*judged.excused),
    }
