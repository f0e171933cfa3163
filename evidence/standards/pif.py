"""The ten criteria of the PIF TICK, as on pifonline.org.uk. We are not accredited."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.standards import shared
from evidence.standards.facts import Facts
from evidence.standards.items import Item, Standard, met, met_if, not_assessed, not_met


def pif(facts: Facts) -> Standard:
    return Standard(
        "pif",
        _("PIF’s ten criteria"),
        _(
            "What the Patient Information Forum (PIF) asks of publishers. We are not accredited by "
            "PIF, and do not show its mark."
        ),
        list(_items(facts)),
    )


def _items(facts: Facts) -> Iterator[Item]:
    yield met_if(
        facts.site.tells_its_process,
        _("Documented process"),
        _("“How our pages are made” tells it, and each step of this page is on record."),
        _("The site does not say how its pages are made."),
    )
    yield not_assessed(_("Trained staff"), _("A program cannot tell what people have learnt."))
    yield not_assessed(_("Genuine need"), _("We keep no record of why readers need this page."))
    yield _is_reliable(_("Reliable, up-to-date evidence"), facts)
    yield met_if(
        facts.people.was_read_by_a_patient,
        _("Users involved"),
        _("A patient read this page, and what they said is on record."),
        _("No patient has read this page for us yet."),
    )
    yield _is_for_all(_("Literacy, language and access"), facts)
    yield not_assessed(
        _("Content and design"),
        _("Programs test our pages; people who use assistive technology have not yet."),
    )
    yield shared.takes_reports(_("Feedback"), facts)
    yield not_assessed(_("Reaching readers"), _("We do not follow readers."))
    yield not_met(_("Impact measured"), _("Nobody has measured what it changes for readers."))


def _is_reliable(name: str, facts: Facts) -> Item:
    """Sources that can be found, stand, say what they are, and were looked at within a year."""
    sources = facts.sources
    if lacking := shared.what_sources_lack(sources, facts.claims):
        return not_met(name, lacking)
    for part, sentence in (
        (sources.fallen, _("%(part)d of %(count)d sources no longer stand as they were.")),
        (
            sources.undescribed,
            _("%(part)d of %(count)d sources do not tell their design, people or funder."),
        ),
        (
            sources.unchecked,
            _("No named person has checked %(part)d of %(count)d sources within a year."),
        ),
    ):
        if part:
            return not_met(name, sentence % {"part": part, "count": sources.count})
    return met(
        name,
        ngettext(
            "A named person checked its %(count)d source within a year.",
            "A named person checked each of its %(count)d sources within a year.",
            sources.count,
        )
        % {"count": sources.count},
    )


def _is_for_all(name: str, facts: Facts) -> Item:
    if facts.site.languages == 1:
        return not_met(name, _("It is in English only so far."))
    return not_assessed(name, _("A program cannot tell whom it leaves out."))
