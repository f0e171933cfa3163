"""“How this page was made”: a step of rendering, stored with the page like the rest of it.

It tells what could be told on the day of rendering, and names the day. That a review is overdue by
now is no part of it: the page's own notice says so.
"""

from typing import TYPE_CHECKING

from evidence.standards import facts
from evidence.standards.discern import discern
from evidence.standards.facts import Facts
from evidence.standards.hon import hon
from evidence.standards.items import Standard
from evidence.standards.jama import jama
from evidence.standards.pif import pif

if TYPE_CHECKING:
    from editorial.rendering import Document


def tell_how_it_was_made(document: "Document") -> None:
    """Comes after the citations are numbered. Leaves `standards` and `held_on` on the document."""
    found = facts.read(document)
    document.shown |= {"standards": hold_against(found), "held_on": found.today}


def hold_against(found: Facts) -> list[Standard]:
    return [standard(found) for standard in (jama, hon, pif, discern)]
