import pytest

from editorial import checks
from editorial.checks import Finding, Level


@pytest.fixture(autouse=True)
def _pages_look_plain(plain_rendering):
    """The newsroom's rules hold whatever the rooms above make of a text."""


@pytest.fixture
def finds(monkeypatch):
    """Has the gate find these things and no others, in whatever text."""

    def find(*findings: Finding) -> None:
        monkeypatch.setattr(checks, "listed_checks", lambda: (lambda version: findings,))

    return find


@pytest.fixture
def warning() -> Finding:
    return Finding(
        "P32", Level.WARN, "A sentence has 40 words.", "NHS content standard", text="Doctors give"
    )
