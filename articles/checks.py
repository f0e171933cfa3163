"""Checks of this room: what only therapies, or only articles, must say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from articles.models import ArticleFacts, TherapyFacts
from editorial.checks import Finding
from editorial.readings import read_once
from editorial.rulebook import Rule, of_rule
from editorial.states import Kind
from evidence.checking.regulation import statuses_of
from evidence.checking.wording import red_flags_of
from evidence.models import RegulatoryStatus

if TYPE_CHECKING:
    from editorial.models import Version

JURISDICTIONS = RegulatoryStatus.Jurisdiction


@read_once
def facts_of(version: "Version") -> ArticleFacts | TherapyFacts | None:
    """What only this kind of page says, if it is of a kind that says more."""
    if version.page.kind == Kind.ARTICLE:
        return ArticleFacts.objects.filter(version=version).first()
    if version.page.kind == Kind.THERAPY:
        return TherapyFacts.objects.filter(version=version).first()
    return None


@of_rule("P26")
def says_whether_it_is_approved(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Standard care is many treatments, each approved for itself: it has no one status."""
    facts = facts_of(version)
    if isinstance(facts, TherapyFacts) and facts.status == TherapyFacts.Status.STANDARD_CARE:
        return
    told = {status.jurisdiction for status in statuses_of(version)}
    missing = [str(place.label) for place in JURISDICTIONS if place not in told]
    if missing:
        yield rule.found(
            _(
                "It does not say whether this may be used in the %(places)s: "
                "approved, given as a procedure, in trials, not approved or "
                "withdrawn. An editor adds the status."
            )
            % {"places": get_text_list(missing, _("or the"))},
            part="statuses",
        )


@of_rule("P30")
def facts_have_no_red_flags(version: "Version", rule: Rule) -> Iterator[Finding]:
    """In the bottom line of an article; in the status and the cells of a therapy."""
    facts = facts_of(version)
    for name in ("bottom_line", "status_note", "cells"):
        yield from red_flags_of(getattr(facts, name, ""), part=f"{version.page.kind}_facts")
