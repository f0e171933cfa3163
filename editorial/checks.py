"""The checks a version must pass: listed in settings, run here.

A check is a generator of findings. Those of level `block` stop a version from going live; those
of level `warn` need a written reason; `advise` is advice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from editorial.models import Version


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    ADVISE = "advise"


@dataclass(frozen=True)
class Finding:
    """One thing a check found. `start` and `end` are offsets in characters of the text named."""

    rule: str
    level: Level
    reason: str
    standard: str
    text: str = ""
    start: int = 0
    end: int = 0


Check = Callable[["Version"], Iterable[Finding]]


@cache
def listed_checks() -> tuple[Check, ...]:
    return tuple(import_string(path) for path in settings.EDITORIAL_CHECKS)


def run_checks(version: "Version") -> list[Finding]:
    return [finding for check in listed_checks() for finding in check(version)]


def recheck(version: "Version", *, now: datetime) -> list[Finding]:
    """Run the checks on a live version again, and keep for the desk what blocks by now."""
    from editorial.models import Rendering

    findings = run_checks(version)
    failing = "\n".join(found.reason for found in findings if found.level == Level.BLOCK)
    Rendering.objects.filter(version=version).update(failing=failing, checked_at=now)
    return findings


def has_a_title_and_a_summary(version: "Version") -> Iterator[Finding]:
    for name in ("title", "summary"):
        if not getattr(version, name).strip():
            yield Finding("P34", Level.BLOCK, f"The {name} is empty.", "NHS content standard")


def has_three_to_five_key_messages(version: "Version") -> Iterator[Finding]:
    if version.page.kind == "term":
        return
    count = version.key_messages.count()
    if not 3 <= count <= 5:
        yield Finding(
            "P34",
            Level.BLOCK,
            f"A page has three to five key messages; this one has {count}.",
            "Cochrane plain-language summaries; PEMAT",
        )


def says_how_far_evidence_was_searched(version: "Version") -> Iterator[Finding]:
    if version.page.kind in ("disease", "therapy") and version.evidence_searched_on is None:
        yield Finding(
            "P08",
            Level.BLOCK,
            "“Evidence searched to” is empty: readers cannot tell how old the facts are.",
            "Cochrane plain-language summaries; DISCERN 5",
        )
