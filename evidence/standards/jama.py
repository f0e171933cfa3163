"""The four benchmarks of Silberg WM and others, JAMA 1997; 277(15): 1244-1245."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evidence.standards import shared
from evidence.standards.facts import Facts
from evidence.standards.items import Item, Standard, met


def jama(facts: Facts) -> Standard:
    return Standard(
        "jama",
        _("JAMA’s four benchmarks"),
        _("What a medical journal, JAMA, asked of health websites in 1997."),
        list(_items(facts)),
    )


def _items(facts: Facts) -> Iterator[Item]:
    yield shared.names_its_author(_("Who wrote it (authorship)"), facts)
    yield shared.tells_its_sources(_("Sources (attribution)"), facts)
    yield shared.declares_interests(_("Interests (disclosure)"), facts)
    published = _("The day of publication stands at the end of the page.")
    yield met(_("How old it is (currency)"), f"{published} {shared.tells_its_day(facts)}".strip())
