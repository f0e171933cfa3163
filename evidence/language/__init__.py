"""What the words of a text tell: how hard they are to read, and what they promise."""

from collections.abc import Iterator

from editorial.checks import Finding
from evidence.language import measures
from evidence.language.flagging import red_flags_in, red_flags_in_html
from evidence.language.omissions import omissions_in
from evidence.language.red_flags import RULES_VERSION

__all__ = ["RULES_VERSION", "findings", "omissions_in", "red_flags_in", "red_flags_in_html"]


def findings(text: str) -> Iterator[Finding]:
    """All that can be said of a text on its own: red flags, what is missing, and its measures."""
    yield from red_flags_in(text)
    yield from omissions_in(text)
    yield from measures.findings(text)
