"""Sources, and the places of the evidence map where something was found."""

from editorial.sitemap import Entry, Section
from evidence.map import read_map
from evidence.models import Source


def sources() -> Section:
    public = Source.objects.public().order_by("pk").only("key")
    return Section(public, lambda rows: (Entry(source.get_absolute_url()) for source in rows))


def cells() -> Section:
    """A place where nothing was found is on the map, and not worth a visit of its own."""
    found = read_map()
    places = [
        cell.get_absolute_url()
        for therapy in found.therapies
        for disease in found.diseases
        if (cell := found.cell(therapy, disease)).is_shown
    ]
    return Section(places, lambda rows: map(Entry, rows))
