"""Checks of sources: they can be found, somebody looked, and they say what they are."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from editorial.checks import Finding, Level
from editorial.rulebook import Rule, of_rule
from evidence import identifiers
from evidence.checking.reading import sources_of
from evidence.identifiers import BadIdentifier
from evidence.models import Source

if TYPE_CHECKING:
    from editorial.models import Version

LOOKED_AT_WITHIN = timedelta(days=365)
MOST_NAMED = 6
DESIGN = Source.Design
# Designs that count people.
COUNTS_PEOPLE = frozenset({
    DESIGN.META_ANALYSIS, DESIGN.SYSTEMATIC_REVIEW, DESIGN.RANDOMISED_TRIAL,
    DESIGN.COMPARATIVE_COHORT, DESIGN.COHORT, DESIGN.SINGLE_ARM, DESIGN.CASE_REPORT,
    DESIGN.REGISTRY_RECORD,
})  # fmt: skip
# What a regulator says it pays for itself, and a web text says who publishes it.
PAID_BY_THEMSELVES = frozenset({DESIGN.REGULATORY, DESIGN.WEB_TEXT, DESIGN.INSTRUMENT})


# --- P11: it can be found, and somebody looked ------------------------------------------------


@of_rule("P11")
def sources_can_be_found(version: "Version", rule: Rule) -> Iterator[Finding]:
    for source in sources_of(version):
        if source.is_private:
            continue
        if wrong := what_hides(source):
            yield rule.found(f"“{source}” {wrong}", text=str(source), part="citations")
        elif not has_address(source):
            yield rule.found(
                _(
                    "“%(source)s” cannot be opened with one press. Give its DOI, "
                    "PubMed or registry number, or its own address."
                )
                % {"source": source},
                text=str(source),
                part="citations",
                level=Level.WARN,
            )


def has_address(source: Source) -> bool:
    numbers = source.doi or source.pmid or source.pmcid or list(source.registrations.all())
    return bool(numbers or source.url)


def what_hides(source: Source) -> str:
    """Why readers cannot find this source; empty if they can."""
    numbers = [registration.number for registration in source.registrations.all()]
    if not has_address(source) and not (source.where_seen.strip() or source.citation.strip()):
        return _("cannot be found by readers: give its DOI, PubMed or registry number, or address.")
    written = [
        *((identifiers.doi, number) for number in (source.doi,) if number),
        *((identifiers.pmid, number) for number in (source.pmid,) if number),
        *((identifiers.pmcid, number) for number in (source.pmcid,) if number),
        *((identifiers.registration, number) for number in numbers),
    ]
    for form, number in written:
        try:
            form(number)
        except BadIdentifier as error:
            return _("has a number that leads nowhere. %(error)s") % {"error": error}
    return ""


@of_rule("P11")
def sources_were_checked_by_somebody(version: "Version", rule: Rule) -> Iterator[Finding]:
    unchecked = [
        source
        for source in sources_of(version)
        if source.checked_on is None or source.checked_by_id is None
    ]
    if unchecked:
        yield rule.found(
            _(
                "No named person has checked these sources against the original: "
                "%(named)s. An editor opens each and says so on its form."
            )
            % {"named": named(unchecked)},
            text=named(unchecked),
            part="citations",
            needs_person=True,
        )


@of_rule("P12")
def sources_were_looked_at_lately(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Whether a source fell since is seen by looking: a check holds for a year."""
    today = timezone.localdate()
    old = [source for source in sources_of(version) if not was_looked_at(source, today)]
    if old:
        yield rule.found(
            _(
                "Nobody has looked within a year whether these sources still stand: "
                "%(named)s. An editor opens each and says so on its form."
            )
            % {"named": named(old)},
            text=named(old),
            part="citations",
            needs_person=True,
        )


def was_looked_at(source: Source, today: date) -> bool:
    return source.checked_on is not None and source.checked_on >= today - LOOKED_AT_WITHIN


def named(sources: list[Source]) -> str:
    names = [str(source) for source in sources]
    listed = ", ".join(names[:MOST_NAMED])
    if (more := len(names) - MOST_NAMED) > 0:
        return _("%(names)s and %(count)s more") % {"names": listed, "count": more}
    return listed


# --- P13: it says what it is ------------------------------------------------------------------


@of_rule("P13")
def sources_say_what_they_are(version: "Version", rule: Rule) -> Iterator[Finding]:
    for source in sources_of(version):
        if missing := what_it_does_not_say(source):
            yield rule.found(
                _(
                    "“%(source)s” does not say %(missing)s. An editor adds it to the "
                    "source; “not stated” is an answer, if it is true."
                )
                % {"source": source, "missing": get_text_list(missing, _("and"))},
                text=str(source),
                part="citations",
            )


def what_it_does_not_say(source: Source) -> list[str]:
    """Of design, people, funder and subjects; a study counts the people, others need not."""
    missing = []
    if source.design == DESIGN.UNKNOWN:
        missing.append(_("which design it has"))
    if not source.subjects:
        missing.append(_("whether it is about people, animals or cells"))
    is_count = source.design in COUNTS_PEOPLE and source.is_about_people
    if is_count and source.people is None and not source.people_note.strip():
        missing.append(_("how many people it is about"))
    if source.design not in PAID_BY_THEMSELVES and not source.funder.strip():
        missing.append(_("who paid for it"))
    return missing
