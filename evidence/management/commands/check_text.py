import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editorial.checks import Finding, Level
from editorial.progress import progress_bar
from evidence.language import RULES_VERSION, findings


class Command(BaseCommand):
    help = (
        "Check any text: red flags of stem-cell marketing, statements that are missing, and how "
        "hard it is to read. Ends with 0 when the text was checked, whatever was found, and with "
        "1 when it could not be read."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE", help="A text file, or - for standard input.")
        parser.add_argument(
            "--json", action="store_true", help="A JSON list of findings; offsets in characters."
        )
        parser.add_argument(
            "--lines",
            action="store_true",
            help="Each line is a text of its own; with --json one list of findings per line.",
        )

    def handle(self, *args, file: str, lines: bool, **options) -> None:
        text = _read(file)
        if not lines:
            self._tell(list(findings(text)), as_json=options["json"])
            return
        walk = progress_bar(self.stdout) if file != "-" and not options["json"] else None
        parts: Iterable[str] = text.split("\n")[: -1 if text.endswith("\n") else None]
        for number, part in enumerate(walk(parts, "Checking") if walk else parts, start=1):
            found = list(findings(part))
            if options["json"]:
                self._write_json(found)
            else:
                self._list(found, part, before=f"{number}: ")

    def _tell(self, found: list[Finding], *, as_json: bool) -> None:
        if as_json:
            self._write_json(found)
            return
        self._list(found, "", before="")
        counts = Counter(finding.level for finding in found)
        told = ", ".join(f"{counts[level]} {level.value}" for level in Level)
        self.stdout.write(f"{len(found)} findings ({told}). Rules {RULES_VERSION}.")

    def _list(self, found: list[Finding], part: str, *, before: str) -> None:
        for finding in found:
            words = f" “{' '.join(finding.text.split())}”" if finding.text else ""
            self.stdout.write(
                f"{before}{finding.level.value} {finding.rule}{words}: {finding.reason} "
                f"({finding.standard})"
            )

    def _write_json(self, found: list[Finding]) -> None:
        self.stdout.write(json.dumps([_as_json(finding) for finding in found], ensure_ascii=False))


def _read(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} could not be read: it is not text in UTF-8.") from error


def _as_json(finding: Finding) -> dict[str, object]:
    names = ("rule", "level", "start", "end", "text", "reason", "standard")
    told = asdict(finding)
    return {name: told[name] for name in names}
