"""How sure we can be, in words: what each rating means, who gave it, and the verbs that fit it.

The verbs are those of GRADE's informative statements (Santesso 2020,
doi:10.1016/j.jclinepi.2019.10.014): high “results in”, moderate “probably” or “likely”, low “may”,
very low “we are very uncertain”. Without a rating a claim tells what one study found.
"""

import re
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.models.claim import Certainty

if TYPE_CHECKING:
    from evidence.models import Claim

# As on the page of editorial policy.
MEANING: dict[str, Promise] = {
    Certainty.HIGH: gettext_lazy("New studies are unlikely to change the finding."),
    Certainty.MODERATE: gettext_lazy("The finding is probably near the truth."),
    Certainty.LOW: gettext_lazy("The truth may be quite different."),
    Certainty.VERY_LOW: gettext_lazy("The truth is probably quite different, or we cannot tell."),
    Certainty.NOT_RATED: gettext_lazy("We have seen no rating, and have made none."),
}

VERBS: dict[str, str] = {
    Certainty.HIGH: "results in",
    Certainty.MODERATE: "probably",
    Certainty.LOW: "may",
    Certainty.VERY_LOW: "we are very uncertain",
    Certainty.NOT_RATED: "in this one trial …",
}

PROBABLY = re.compile(r"\bprobabl[ye]\b|(?<!more )(?<!less )(?<!as )\blikely\b", re.IGNORECASE)
# Not the month.
MAY = re.compile(r"\b(?:may|might)\b|^May\b(?! \d)")
UNCERTAIN = re.compile(
    r"\bvery uncertain\b|\b(?:do|does) not know\b|\bnot known\b|\bunknown\b", re.IGNORECASE
)
# The statement opens with what it reports: “In this one trial”, “Across 15 studies”.
REPORT = re.compile(
    r"^(?:in|on|for|across|among|of)\b[^.;:]{0,60}?"
    r"\b(?:trials?|stud(?:y|ies)|registr(?:y|ies)|reports?|reviews?)\b",
    re.IGNORECASE,
)
# The present tense holds for whoever reads it, beyond the people who were counted.
SURE = re.compile(
    r"\b(?:results? in|leads? to|cures?|heals?|prevents?|stops|restores|repairs|regenerates"
    r"|reverses|improves|reduces|lowers|raises|increases|slows|works|helps|is effective)\b",
    re.IGNORECASE,
)


def meaning(certainty: str) -> str:
    """One plain sentence for readers."""
    return str(MEANING[certainty])


def rater(claim: "Claim") -> str:
    """Who gave the rating, in a sentence: a person, or plainly nobody."""
    if claim.certainty == Certainty.NOT_RATED:
        return _("Nobody we know of has rated this yet.")
    if claim.certainty_by is None:
        return _("No named person here gave this rating; it rests on the sources cited.")
    if claim.certainty_by.is_demonstration:
        return _("Demonstration: no real person gave this rating.")
    return _("Rated by %(name)s.") % {"name": claim.certainty_by.name}


def verb_fits(statement: str, certainty: str) -> bool:
    return not verb_misfit(statement, certainty)


def verb_misfit(statement: str, certainty: str) -> str:
    """Why the words of a claim promise more, or less, than its certainty; empty if they fit.

    The present tense holds for everybody and so needs its rating; “In this one trial, 3 of 55
    people …” reports what was counted, whatever the rating.
    """
    found = {
        Certainty.MODERATE: bool(PROBABLY.search(statement)),
        Certainty.LOW: bool(MAY.search(statement)),
        Certainty.VERY_LOW: bool(UNCERTAIN.search(statement)),
    }
    only_reports = bool(REPORT.match(statement)) and not SURE.search(statement)
    match certainty:
        case Certainty.HIGH:
            fits = not any(found.values())
        case Certainty.MODERATE:
            fits = found[Certainty.MODERATE] or (only_reports and not any(found.values()))
        case Certainty.LOW:
            fits = not found[Certainty.MODERATE] and (found[Certainty.LOW] or only_reports)
        case Certainty.VERY_LOW:
            fits = found[Certainty.VERY_LOW] or (only_reports and not any(found.values()))
        case _:
            fits = not found[Certainty.MODERATE] and (
                only_reports or found[Certainty.LOW] or found[Certainty.VERY_LOW]
            )
    return "" if fits else _misfit(certainty)


def _misfit(certainty: str) -> str:
    if certainty == Certainty.HIGH:
        return _("The certainty is high, so say it plainly, without “probably” or “may”.")
    if certainty == Certainty.NOT_RATED:
        return _(
            "Nobody has rated the certainty, so say what was found and where: "
            "“In this one trial …”."
        )
    return _("The certainty is %(certainty)s, so say “%(verb)s”.") % {
        "certainty": Certainty(certainty).label,
        "verb": VERBS[certainty],
    }
