"""Criteria that several of the standards share, answered once and in the same words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.checking.people import is_named, says_what_they_do
from evidence.standards.facts import Claims, Facts, Sources
from evidence.standards.items import Item, met, met_if, not_met


def tells_its_sources(name: str, facts: Facts) -> Item:
    """Every reference can be found, and every claim has one (publication checks P10 and P11)."""
    if lacking := what_sources_lack(facts.sources, facts.claims):
        return not_met(name, lacking)
    count = facts.sources.count
    return met(
        name,
        ngettext(
            "%(count)d source is listed, and every claim has one.",
            "%(count)d sources are listed, and every claim has one.",
            count,
        )
        % {"count": count},
    )


def what_sources_lack(sources: Sources, claims: Claims) -> str:
    """In a sentence; empty if nothing."""
    if not sources.count:
        return _("No source is cited.")
    if claims.uncited:
        return _("%(part)d of %(count)d claims have no source.") % {
            "part": claims.uncited,
            "count": claims.count,
        }
    if sources.hidden:
        return _("%(part)d of %(count)d sources cannot be found by readers.") % {
            "part": sources.hidden,
            "count": sources.count,
        }
    return ""


def declares_interests(name: str, facts: Facts) -> Item:
    """Of everybody who stands behind the page, within a year (publication check P03)."""
    people = [person for person in facts.people.all if not person.is_demonstration]
    silent = [person.name for person in people if not person.has_declared_conflicts(facts.today)]
    if not people:
        return not_met(name, _("No author and no reviewer has declared their interests."))
    if silent:
        return not_met(
            name,
            _("%(names)s: no interests declared within a year.") % {"names": ", ".join(silent)},
        )
    return pays(name, facts, _("Author and reviewer have declared their interests."))


def pays(name: str, facts: Facts, told: str) -> Item:
    return met_if(
        facts.site.names_who_pays, name, told, _("The page “Who pays” names no funder yet.")
    )


def takes_reports(name: str, facts: Facts) -> Item:
    return met_if(
        facts.site.takes_reports,
        name,
        _("Readers can write to us and report an error."),
        _("Readers have no address yet at which to ask, or to report an error."),
    )


def names_its_author(name: str, facts: Facts) -> Item:
    """By name, role and training (publication check P01)."""
    authors = facts.people.authors
    real = [person for person in authors if not person.is_demonstration and is_named(person)]
    full = [person for person in real if says_what_they_do(person)]
    if full:
        people = "; ".join(f"{it.name}, {it.role}, {it.credentials}" for it in full)
        return met(name, _("Written by %(people)s.") % {"people": people})
    if real:
        names = ", ".join(person.name for person in real)
        return not_met(name, _("%(names)s: role and training are not told.") % {"names": names})
    if authors and all(person.is_demonstration for person in authors):
        return not_met(name, _("Its author is a demonstration account, not a person."))
    if facts.people.is_starter:
        return not_met(name, _("No author is named: this is starter text."))
    return not_met(name, _("No author is named."))


def was_signed_by_a_clinician(name: str, facts: Facts) -> Item:
    """Exactly this text, by somebody who tells their training (publication check P02)."""
    sign_off = facts.people.sign_off
    if sign_off is None:
        return not_met(name, _("No clinician has signed this text yet."))
    reviewer = sign_off.contributor
    if sign_off.is_demonstration or reviewer.is_demonstration:
        return not_met(name, _("A demonstration account signed it, not a clinician."))
    return met_if(
        bool(reviewer.credentials.strip()),
        name,
        _("%(name)s, %(training)s, signed exactly this text.")
        % {"name": reviewer.name, "training": reviewer.credentials},
        _("%(name)s signed it; their training is not told.") % {"name": reviewer.name},
    )


def tells_its_day(facts: Facts) -> str:
    if facts.searched_on is None:
        return ""
    return _("Evidence was searched to %(day)s.") % {"day": date_format(facts.searched_on)}
