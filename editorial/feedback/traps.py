"""What gives a machine away that fills in forms. What is caught is kept apart, never thrown away.

A person may be caught as well (somebody who pastes many links, a browser that fills in every
field), so whoever is caught gets the same thanks, and staff can look through what was caught.
"""

import re
from datetime import datetime

from django.core.signing import BadSignature, Signer

FEWEST_SECONDS = 3
MOST_LINKS = 2
LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s", re.IGNORECASE)
SIGNER = Signer(salt="editorial.feedback.opened")


def opened(now: datetime) -> str:
    """When a form was opened, for the form to carry: signed, so that nobody can make one up."""
    return SIGNER.sign(str(int(now.timestamp())))


def seconds_since(told: str, now: datetime) -> float | None:
    """How long a form was open; None for what was never given out. Days are a person's."""
    try:
        return now.timestamp() - int(SIGNER.unsign(told))
    except (BadSignature, ValueError):
        return None


def looks_like_spam(text: str, *, trap: str, seconds: float | None) -> bool:
    """`trap` is what stands in the field that nobody sees."""
    too_fast = seconds is None or seconds < FEWEST_SECONDS
    return bool(trap) or too_fast or len(LINK.findall(text)) > MOST_LINKS
