"""The red flags of the standards (RF01 to RF26), and those of our own (from RF27)."""

from evidence.language.red_flags import (
    comparisons,
    mechanisms,
    persuasion,
    promises,
    selling,
    voices,
)
from evidence.language.red_flags.rule import Excuse, Rule

# Kept with each check: a pass under older rules can then be run again. Raised with any rule.
RULES_VERSION = "2026.4"

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *promises.RULES,
            *mechanisms.RULES,
            *persuasion.RULES,
            *voices.RULES,
            *comparisons.RULES,
            *selling.RULES,
        ),
        key=lambda rule: rule.id,
    )
)

__all__ = ["RULES", "RULES_VERSION", "Excuse", "Rule"]
