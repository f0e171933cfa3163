"""The forms of a line of the account, and the words that several lines use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from editorial.checks import Level
from tests.evidence.gate.texts import source as study


@dataclass(frozen=True)
class Stops:
    """A check, what it stops, and what it lets pass, unless another line shows that already."""

    check: Callable
    stopped: dict[str, Any]
    passed: dict[str, Any] | None = None
    level: Level | None = None


@dataclass(frozen=True)
class Proved:
    """It cannot be otherwise, or is found in stored rows: the test that shows it."""

    test: str
    check: Callable | None = None


@dataclass(frozen=True)
class Judged:
    """Why a person must judge."""

    why: str


Line = Stops | Proved | Judged


def part(name: str, words: str, *, tag: str = "p") -> str:
    return f'<h2 data-part="{name}">A heading</h2><{tag}>{words}</{tag}>'


def link(href: str, words: str = "the page of the NHS") -> str:
    return f'<p><a href="{href}">{words}</a></p>'


CITE = '<cite data-source="a-trial" data-place=""></cite>'
LAB = study("a-dish", subjects="lab")
NHS, CLINIC = "https://www.nhs.uk/lupus/", "https://clinic.example.com/"
PUBLISHING = "tests/editorial/test_publishing.py"
SIGNING = "tests/editorial/test_sign_off.py"
TOLD = "tests/site/test_structured_data.py"
EVIDENCE = "tests/evidence/test_checks.py"
WORN = " ".join(f"word{number}" for number in range(12))
LONG = " ".join(["The transplant can calm the illness of some people"] * 4) + "."
HARD = (
    "Immunological reconstitution necessitates considerable institutional multidisciplinary "
    "coordination. Ambulatory rehabilitation facilitates individualised physiological recuperation."
)
