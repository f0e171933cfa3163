"""Checks of claims: what they rest on, how sure they are, and harms beside benefits."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext

from editorial.checks import Finding
from editorial.rulebook import Rule, of_rule
from evidence.certainty import verb_misfit
from evidence.checking.reading import claims_of
from evidence.models import Claim, Source
from evidence.models.claim import Certainty, Direction, OutcomeKind

if TYPE_CHECKING:
    from editorial.models import Version

DESIGN = Source.Design
# Our own rule: fewer people than this in all is a small study.
SMALL = 100
UNCONTROLLED = frozenset({DESIGN.COHORT, DESIGN.SINGLE_ARM, DESIGN.CASE_REPORT})
TRIED_IN_PEOPLE = frozenset({*UNCONTROLLED, DESIGN.RANDOMISED_TRIAL, DESIGN.COMPARATIVE_COHORT})
# The sentence itself tells how little it rests on, and so does not stand alone.
SAYS_ITS_LIMITS = re.compile(
    r"\b(?:one|single|small|only|early|first) (?:\w+ ){0,3}(?:trial|study|registry|report|review)"
    r"|\bno comparison|\bwithout (?:a )?comparison|\btoo small\b|\bvery uncertain\b",
    re.IGNORECASE,
)
UNCOMPARED = re.compile(r"\bno comparison\b|\bwithout (?:a )?comparison", re.IGNORECASE)
# “3 of 55”, “86 in 100”, “1 in every 10”.
OUT_OF = re.compile(r"\b[\d,.]+ (?:of|in|out of) (?:every |the )?[\d,]+", re.IGNORECASE)


@of_rule("P14")
def benefits_were_seen_in_people(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, sources in claims_of(version):
        if rests_on_animals_alone(claim, sources):
            yield of_claim(
                rule,
                claim,
                gettext(
                    "tells of a benefit and rests on animals or cells in a dish alone. "
                    "Cite a study of people, or say in the body what was seen, and in what."
                ),
            )


def rests_on_animals_alone(claim: Claim, sources: Sequence[Source]) -> bool:
    is_benefit = claim.direction == Direction.BENEFIT
    return is_benefit and bool(sources) and all(source.is_preclinical for source in sources)


@of_rule("P15")
def certainty_has_its_reason(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, _ in claims_of(version):
        if not claim.certainty_reason.strip():
            yield of_claim(rule, claim, gettext("does not say why we are this sure, or not rated."))


@of_rule("P15")
def certainty_was_rated_by_somebody(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, _ in claims_of(version):
        if claim.certainty != Certainty.NOT_RATED and claim.certainty_by_id is None:
            yield of_claim(
                rule,
                claim,
                gettext(
                    "is rated “%(certainty)s”, and nobody stands for the rating: "
                    "choose the person who rated it."
                )
                % {"certainty": claim.get_certainty_display()},
                needs_person=True,
            )


@of_rule("P16")
def words_fit_the_certainty(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, _ in claims_of(version):
        if misfit := verb_misfit(claim.statement, claim.certainty):
            yield of_claim(
                rule,
                claim,
                gettext("says more or less than we know. %(misfit)s") % {"misfit": misfit},
            )


@of_rule("P17")
def benefits_are_counted(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, _ in claims_of(version):
        if claim.direction == Direction.BENEFIT and (missing := what_is_not_counted(claim)):
            yield of_claim(
                rule,
                claim,
                gettext("tells of a benefit without %(missing)s.")
                % {"missing": get_text_list(missing, gettext("and"))},
            )


def what_is_not_counted(claim: Claim) -> list[str]:
    """In both groups; in the one there was, where the claim says that nothing was compared."""
    told = len(OUT_OF.findall(claim.statement))
    counted = claim.has_treated_numbers + claim.has_compared_numbers
    groups = 1 if UNCOMPARED.search(claim.statement) else 2
    asked = {
        gettext("how many people in each group (“3 of 55, and 34 of 55”)"): max(told, counted)
        >= groups,
        gettext("what it was compared with"): bool(claim.comparator.strip()),
        gettext("how long people were followed"): bool(claim.follow_up.strip()),
    }
    return [what for what, is_there in asked.items() if not is_there]


@of_rule("P18")
def harms_are_claims_too(version: "Version", rule: Rule) -> Iterator[Finding]:
    """In the same form as the benefits, so that readers can set them side by side."""
    claims = [claim for claim, _ in claims_of(version)]
    if any(is_benefit(claim) for claim in claims) and not any(is_harm(claim) for claim in claims):
        yield rule.found(
            gettext(
                "Its claims tell of benefits and of no harm. Add what went wrong as claims "
                "too, with numbers where there are any."
            ),
            part="claims",
        )


@of_rule("P19")
def trials_without_benefit_are_listed(version: "Version", rule: Rule) -> Iterator[Finding]:
    others = [claim for claim, _ in claims_of(version) if not is_harm(claim)]
    if others and all(is_benefit(claim) for claim in others):
        yield rule.found(
            gettext(
                "Every result on this page is a benefit. Look for trials that showed none, and add "
                "them; if there are none, say so here."
            ),
            part="claims",
        )


def is_benefit(claim: Claim) -> bool:
    return claim.direction == Direction.BENEFIT


def is_harm(claim: Claim) -> bool:
    return claim.direction == Direction.HARM or claim.outcome_kind == OutcomeKind.HARM


@of_rule("P21")
def benefits_do_not_hang_on_one_small_study(version: "Version", rule: Rule) -> Iterator[Finding]:
    for claim, sources in claims_of(version):
        if is_benefit(claim) and (weak := only_weak_study(claim.statement, sources)):
            yield of_claim(
                rule,
                claim,
                gettext(
                    "tells of a benefit and rests on “%(weak)s” alone, which is "
                    "small or compares with nothing. Say so in the same sentence."
                )
                % {"weak": weak},
            )


def only_weak_study(statement: str, sources: Sequence[Source]) -> Source | None:
    """The one study of people a claim rests on, if it is weak and the sentence hides that."""
    if len(sources) != 1 or SAYS_ITS_LIMITS.search(statement):
        return None
    (study,) = sources
    is_small = study.design in TRIED_IN_PEOPLE and study.people is not None and study.people < SMALL
    return study if is_small or study.design in UNCONTROLLED else None


def of_claim(rule: Rule, claim: Claim, what: str, **more: bool) -> Finding:
    return rule.found(
        gettext("The claim “%(statement)s” %(what)s")
        % {"statement": claim.statement, "what": what},
        text=claim.statement,
        part="claims",
        **more,
    )
