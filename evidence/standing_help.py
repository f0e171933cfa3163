"""The two boxes that stand on every therapy page: for who feels unwell after a treatment, and for
who was offered one for money.

What to do is the same on every page. What has happened to others is told only from a source that
this site holds and that still stands, numbered like every reference of the page.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editorial.models import Page
from editorial.readings import read_together
from editorial.states import Kind
from evidence.models import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version
    from editorial.rendering import Document

# The EMA's warning of 2020 lists harms; the FDA's notice of 2021 says what a charge tells.
HARMS = "reg-ema-2020"
CHARGED = "reg-fda-consumer-2021"
GUIDE = "how-to-judge-a-clinics-offer"


@dataclass(frozen=True)
class Help:
    """What the boxes may say: numbers of references, None where no source stands for it."""

    harms: int | None
    charged: int | None
    guide: str


def tell_where_help_is(document: "Document") -> None:
    """Leaves on the document: `help`, on a therapy's page. Comes after the citations' numbers."""
    version = document.version
    if version.page.kind != Kind.THERAPY:
        return
    known = _known(version)

    def number(key: str) -> int | None:
        source = known.get(key)
        if not isinstance(source, Source):
            return None
        if key not in document.references:
            document.references.append(key)
            document.shown["cited"].append(source)
        return document.references.index(key) + 1

    guide = known.get(GUIDE)
    document.shown["help"] = Help(
        harms=number(HARMS),
        charged=number(CHARGED),
        guide=guide.get_absolute_url() if isinstance(guide, Page) else "",
    )


@read_together
def _known(versions: "Sequence[Version]") -> "Mapping[int, dict[str, Source | Page]]":
    """The sources of the boxes that stand, and the page on judging an offer where there is one."""
    known: dict[str, Source | Page] = {
        source.key: source
        for source in Source.objects.filter(key__in=[HARMS, CHARGED])
        if source.stands
    }
    guide = Page.objects.filter(kind=Kind.ARTICLE, slug=GUIDE).first()
    if guide is not None:
        known[GUIDE] = guide
    return dict.fromkeys((version.pk for version in versions), known)
