"""The checks a version must pass: listed in settings, run here.

A check is a generator of findings. Those of level `block` stop a version from going live; those
of level `warn` need a written reason; `advise` is advice.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from editorial import readings

if TYPE_CHECKING:
    from editorial.models import Version

logger = logging.getLogger(__name__)


class Level(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    ADVISE = "advise"


@dataclass(frozen=True)
class Finding:
    """One thing a check found, in one `part` of a version.

    `text` is the passage it is about, if there is one; `start` and `end` say where it stands, in
    characters of the part's words. `needs_person` marks a rule that only a real person can meet:
    an exemption excuses it, nothing else does.
    """

    rule: str
    level: Level
    reason: str
    standard: str
    text: str = ""
    start: int = 0
    end: int = 0
    part: str = "body"
    needs_person: bool = False

    @property
    def mark(self) -> str:
        """Names the finding by what it says and what it says it of, wherever that stands."""
        said = "\0".join((self.rule, self.text, self.reason))
        return sha256(said.encode()).hexdigest()

    def as_row(self) -> dict[str, str | int]:
        """As the commands print it in JSON."""
        names = ("rule", "level", "start", "end", "text", "reason", "standard")
        return {name: getattr(self, name) for name in names}


Check = Callable[["Version"], Iterable[Finding]]


# Findings are told in this order of their parts; those of other parts come after, by name.
PARTS_IN_ORDER = ("title", "summary", "key_messages", "body")
LEVELS_IN_ORDER = tuple(Level)


@cache
def listed_checks() -> tuple[Check, ...]:
    return tuple(import_string(path) for path in settings.EDITORIAL_CHECKS)


def forget_listed_checks(*, setting: str, **kwargs: object) -> None:
    """The list is read once; a setting that is changed under it, as tests do, is read again."""
    if setting == "EDITORIAL_CHECKS":
        listed_checks.cache_clear()


def run_checks(version: "Version") -> list[Finding]:
    """What every listed check finds: what blocks first, then by part and place."""
    with readings.kept():
        found = [finding for check in listed_checks() for finding in _run(check, version)]
    return sorted(found, key=_order)


def _run(check: Check, version: "Version") -> list[Finding]:
    """One check that breaks neither hides what the others find, nor lets a text pass unread."""
    try:
        return list(check(version))
    except Exception:
        name = getattr(check, "__name__", str(check))
        logger.exception("The check %s could not be run on version %s", name, version.pk)
        return [
            Finding(
                "broken",
                Level.BLOCK,
                _(
                    "The check “%(replace)s” could not be run. This is no fault of "
                    "the text: whoever runs the site finds the cause in its log."
                )
                % {"replace": name.replace("_", " ")},
                "Our own: no page goes live unchecked",
                part="site",
            )
        ]


def _order(finding: Finding) -> tuple:
    known = finding.part in PARTS_IN_ORDER
    place = PARTS_IN_ORDER.index(finding.part) if known else len(PARTS_IN_ORDER)
    level = LEVELS_IN_ORDER.index(finding.level)
    return level, place, finding.part, finding.start, finding.rule


def has_a_title_and_a_summary(version: "Version") -> Iterator[Finding]:
    empty = {"title": _("The title is empty."), "summary": _("The summary is empty.")}
    for name, reason in empty.items():
        if not getattr(version, name).strip():
            yield Finding("P34", Level.BLOCK, reason, "NHS content standard", part=name)


def has_three_to_five_key_messages(version: "Version") -> Iterator[Finding]:
    if version.page.kind == "term":
        return
    count = version.key_messages.count()
    if not 3 <= count <= 5:
        yield Finding(
            "P34",
            Level.BLOCK,
            _("A page has three to five key messages; this one has %(count)s.") % {"count": count},
            "Cochrane plain-language summaries; PEMAT",
            part="key_messages",
        )


def says_how_far_evidence_was_searched(version: "Version") -> Iterator[Finding]:
    if version.page.kind in ("disease", "therapy") and version.evidence_searched_on is None:
        yield Finding(
            "P08",
            Level.BLOCK,
            _("“Evidence searched to” is empty: readers cannot tell how old the facts are."),
            "Cochrane plain-language summaries; DISCERN 5",
            part="evidence_searched_on",
        )
