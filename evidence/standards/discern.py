"""DISCERN, sixteen questions on texts about treatment: Charnock 1999, doi:10.1136/jech.53.2.105.

Each is rated from 1 to 5 by people. Lay raters agreed weakly (kappa 0.23), so two are needed, and
no program does it for them: it sees that something is there, and not how good it is.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial.states import Kind
from evidence.standards import shared
from evidence.standards.facts import Facts
from evidence.standards.items import Item, Standard, met_if, not_assessed

QUESTIONS = (
    gettext_lazy("Clear aims"),
    gettext_lazy("Achieves its aims"),
    gettext_lazy("Relevant"),
    gettext_lazy("Clear sources"),
    gettext_lazy("Date of the information"),
    gettext_lazy("Balanced"),
    gettext_lazy("Further support"),
    gettext_lazy("What is uncertain"),
    gettext_lazy("How treatments work"),
    gettext_lazy("Benefits"),
    gettext_lazy("Risks"),
    gettext_lazy("Without treatment"),
    gettext_lazy("Quality of life"),
    gettext_lazy("More than one choice"),
    gettext_lazy("Deciding together"),
    gettext_lazy("Overall"),
)
SOURCES = 4


def discern(facts: Facts) -> Standard:
    return Standard(
        "discern",
        _("DISCERN’s sixteen questions"),
        _(
            "For texts about treatment, from 1999. Two people should rate each from 1 to 5; we "
            "have no such rating of this page. A program sees only that something is there, not "
            "how good it is."
        ),
        list(_items(facts)),
    )


def _items(facts: Facts) -> Iterator[Item]:
    told = _told(facts)
    for number, question in enumerate(QUESTIONS, 1):
        name = f"{number}. {question}"
        if facts.kind == Kind.TERM:
            yield not_assessed(name, _("This page explains a word, and compares no treatments."))
        elif number == SOURCES:
            yield shared.tells_its_sources(name, facts)
        elif number in told:
            is_met, how, otherwise = told[number]
            yield met_if(is_met, name, how, otherwise)
        else:
            yield not_assessed(name, _("People have to read the page and rate this."))


def _told(facts: Facts) -> dict[int, tuple[bool, str, str]]:
    """What a program can see, by number: whether it is there, how we know, what is missing."""
    text, claims = facts.text, facts.claims
    return {
        1: (
            not text.first_words_lack,
            _("Its first 50 words say for whom it is, and what for."),
            _("Its first 50 words do not say %(lacking)s.")
            % {"lacking": _(" or ").join(text.first_words_lack)},
        ),
        5: (
            facts.searched_on is not None,
            shared.tells_its_day(facts),
            _("It does not say how far evidence was searched."),
        ),
        7: (
            text.leads_to_support,
            _("It leads to support that sells nothing."),
            _("It leads to no support from our list of trusted sites."),
        ),
        8: ("unknowns" in text.parts, *_section(_("what is not known"))),
        10: (
            bool(claims.effects),
            ngettext(
                "%(count)d finding says whether a treatment helped.",
                "%(count)d findings say whether a treatment helped.",
                claims.effects,
            )
            % {"count": claims.effects},
            _("It lists no finding on whether a treatment helped."),
        ),
        11: ("harms" in text.parts, *_section(_("harms"))),
        12: (
            text.tells_of_no_treatment,
            _("The section on other treatments tells it."),
            _("It does not say what happens without treatment."),
        ),
        13: ("daily-life" in text.parts, *_section(_("daily life"))),
        14: ("alternatives" in text.parts, *_section(_("other treatments"))),
        15: (
            "questions" in text.parts and text.says_not_to_stop,
            _("It has questions to ask, and says to ask before stopping a treatment."),
            _("It lacks questions to ask, or does not say to ask before stopping a treatment."),
        ),
    }


def _section(on: str) -> tuple[str, str]:
    there, missing = _("It has a section on %(what)s."), _("It has no section on %(what)s.")
    return there % {"what": on}, missing % {"what": on}
