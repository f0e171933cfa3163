"""The table of threats names tests, and each of them is there."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_every_test_that_the_table_names_exists():
    table = (ROOT / "docs/security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_[a-z0-9_]+)`", table))
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    assert len(named) > 40
    assert named - there == set()


def test_every_row_of_the_table_has_a_guard_and_a_test():
    table = (ROOT / "docs/security.md").read_text("utf-8")
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    rows = [line.strip("| ").split(" | ") for line in lines if not line.startswith("| **")][1:]
    assert len(rows) > 20
    for threat, guard, test in rows:
        assert guard, threat
        assert "`test_" in test or "docs/" in test, threat
