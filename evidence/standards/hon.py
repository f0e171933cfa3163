"""The eight principles of the HONcode. HON closed on 15 December 2022: there is no badge."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.standards import shared
from evidence.standards.facts import Claims, Facts
from evidence.standards.items import Item, Standard, met, met_if, not_assessed, not_met


def hon(facts: Facts) -> Standard:
    return Standard(
        "hon",
        _("The eight HON principles"),
        _(
            "Principles for health websites. HON, which set them, closed on 15 December 2022, "
            "and we show no badge."
        ),
        list(_items(facts)),
    )


def _items(facts: Facts) -> Iterator[Item]:
    site = facts.site
    yield shared.was_signed_by_a_clinician(_("Clinicians (authority)"), facts)
    yield met(
        _("Your doctor (complementarity)"),
        _("Every page says that it does not replace your doctor."),
    )
    yield met_if(
        site.tells_what_it_keeps,
        _("Privacy"),
        _("No cookies and no trackers for readers: see “Privacy”."),
        _("The site does not say what it keeps about readers."),
    )
    yield shared.tells_its_sources(_("Sources (attribution)"), facts)
    yield _is_justified(_("Proof (justifiability)"), facts.claims)
    yield shared.takes_reports(_("Reaching us (transparency)"), facts)
    yield shared.pays(
        _("Who pays (financial disclosure)"), facts, _("The page “Who pays” says it.")
    )
    yield met_if(
        site.tells_of_adverts,
        _("Adverts (advertising policy)"),
        _("No adverts and no sponsored pages: see “Who pays”."),
        _("The site does not say whether it shows adverts."),
    )


def _is_justified(name: str, claims: Claims) -> Item:
    """Every claim has its source, and says why we are so sure or unsure (checks P10 and P15)."""
    if not claims.count:
        return not_assessed(name, _("It lists no claims about a treatment."))
    if short := max(claims.uncited, claims.unexplained):
        return not_met(
            name,
            _("%(part)d of %(count)d claims lack a source, or how sure we can be.")
            % {"part": short, "count": claims.count},
        )
    return met(
        name,
        ngettext(
            "%(count)d claim has its source, and says how sure we can be and why.",
            "All %(count)d claims have their source, and say how sure we can be and why.",
            claims.count,
        )
        % {"count": claims.count},
    )
