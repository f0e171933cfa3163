"""“How this page was made”: a step of rendering, stored with the page like the rest of it.

It tells what could be told on the day of rendering, and names the day. That a review is overdue by
now is no part of it: the page's own notice says so.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

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
    """Comes after the citations are numbered. Leaves `how_made` on the document."""
    found = facts.read(document)
    document.shown["how_made"] = (
        draw(found) if found.people.all else _drawn_once(found, translation.get_language())
    )


def draw(found: Facts) -> SafeString:
    told = {"standards": hold_against(found), "held_on": found.today}
    return render_to_string("_partials/content/how_made.html", told)


@lru_cache(maxsize=256)
def _drawn_once(found: Facts, language: str) -> SafeString:
    """It is most of what rendering a page costs, and the same for pages alike in all of this.

    People are known by more than their ids: what is told of them is drawn anew.
    """
    return draw(found)


def hold_against(found: Facts) -> list[Standard]:
    return [standard(found) for standard in (jama, hon, pif, discern)]
