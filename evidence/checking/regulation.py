"""Checks of what a page says of approval and of trials: where, since when, under which number."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from editorial.checks import Finding, Level
from editorial.readings import read_once
from editorial.rulebook import Rule, of_rule
from editorial.states import Kind
from evidence.checking.reading import key_messages_of, sources_of, text_of
from evidence.identifiers import registrations_in
from evidence.models import RegulatoryStatus, Source

if TYPE_CHECKING:
    from editorial.models import Version

MONTHS_OF_RULES = 12
STATUS = RegulatoryStatus.Status
# What was withdrawn is approved nowhere any more.
ELSEWHERE = (STATUS.NOT_APPROVED, STATUS.IN_TRIALS, STATUS.PROCEDURE)
# “Approved in December 2024 for another use”, and not “not approved”.
APPROVED_ELSEWHERE = re.compile(r"(?<!not )(?<!never )\b(?:approved|authorised|licensed)\b", re.I)
NOT_FOR_THIS = re.compile(
    r"\b(?:not|never|no|none)\b[^.!?]{0,60}"
    r"\b(?:approved|authorised|licensed|for (?:any|this|these))\b"
    r"|\bwithdrawn\b|\bleft the\b[^.!?]{0,20}\bmarket\b|\boff the market\b|\bnot for\b",
    re.IGNORECASE,
)
FREE_ASK = re.compile(
    r"\b(?:should|must|ought to) (?:be|cost)\b[^.!?]{0,20}\b(?:free|nothing)\b[^.!?]{0,30}\bask",
    re.IGNORECASE,
)
RUNNING = frozenset({
    Source.TrialStatus.NOT_YET_RECRUITING, Source.TrialStatus.RECRUITING, Source.TrialStatus.ACTIVE,
})  # fmt: skip


# --- P06: rules change -------------------------------------------------------------------------


@of_rule("P06")
def what_tells_of_rules_is_reviewed_each_year(version: "Version", rule: Rule) -> Iterator[Finding]:
    if version.page.review_months <= MONTHS_OF_RULES:
        return
    told = [it for it in sources_of(version) if it.kind == Source.Kind.REGULATORY]
    if told:
        yield rule.found(
            _(
                "It tells what regulators said (“%(told)s”) and is to be reviewed "
                "every %(review_months)s months: %(MONTHS_OF_RULES)s is the most. An "
                "editor can change it on the page’s own form."
            )
            % {
                "told": told[0],
                "review_months": version.page.review_months,
                "MONTHS_OF_RULES": MONTHS_OF_RULES,
            },
            text=str(told[0]),
            part="page",
        )


# --- P26 and P27: approval ---------------------------------------------------------------------


@read_once
def statuses_of(version: "Version") -> list[RegulatoryStatus]:
    """Of the therapy that the page is about."""
    statuses = RegulatoryStatus.objects.filter(therapy=version.page.tag_id)
    return list(statuses.select_related("disease")) if version.page.tag_id else []


@of_rule("P26")
def statuses_were_checked_lately(version: "Version", rule: Rule) -> Iterator[Finding]:
    today = timezone.localdate()
    old = [status for status in statuses_of(version) if not was_checked_lately(status, today)]
    if old:
        what = ", ".join(dict.fromkeys(described(status) for status in old))
        yield rule.found(
            _(
                "Nobody has checked within six months whether this still holds: "
                "%(what)s. An editor looks it up and dates it."
            )
            % {"what": what},
            text=what,
            part="statuses",
            needs_person=True,
        )


def was_checked_lately(status: RegulatoryStatus, today: date) -> bool:
    has_check = status.checked_on is not None and status.checked_by_id is not None
    return has_check and not status.is_overdue(today)


def described(status: RegulatoryStatus) -> str:
    what = status.product or status.disease
    return f"{status.jurisdiction} ({what})" if what else status.jurisdiction


@read_once
def approved_for_something_else(version: "Version") -> dict[str, RegulatoryStatus]:
    """Products that are on sale for another use than the diseases here, by name."""
    with_product = RegulatoryStatus.objects.filter(status__in=ELSEWHERE).exclude(product="")
    return {
        name: status
        for status in with_product.order_by("pk")
        if APPROVED_ELSEWHERE.search(status.note)
        and (name := status.product.partition("(")[0].strip())
    }


@of_rule("P27")
def says_what_a_product_is_not_for(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    whole = "\n\n".join([version.title, version.summary, *key_messages_of(version), plain.text])
    for name in approved_for_something_else(version):
        named = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
        if named.search(whole) and not says_not_for_this(whole, named):
            first = named.search(plain.text)
            place = {"start": first.start(), "end": first.end()} if first else {}
            yield rule.found(
                _(
                    "%(name)s is approved for something else. Beside the name, say "
                    "that it is not approved for these diseases."
                )
                % {"name": name},
                text=name,
                **place,
            )


def says_not_for_this(text: str, named: re.Pattern[str]) -> bool:
    """Once, in the paragraph that names the product."""
    return any(NOT_FOR_THIS.search(it) for it in text.split("\n\n") if named.search(it))


# --- P29: trials -------------------------------------------------------------------------------


@of_rule("P29")
def trials_say_where_they_stand(version: "Version", rule: Rule) -> Iterator[Finding]:
    """A trial whose number nobody could find is a warning, where its source says so."""
    for source in sources_of(version):
        if source.kind != Source.Kind.REGISTRATION:
            continue
        if missing := what_a_trial_lacks(source):
            looked_for = missing == [_("its registry number")] and "registration" in source.not_seen
            yield rule.found(
                _(
                    "The trial “%(source)s” does not say %(missing)s. An editor adds it to "
                    "the source."
                )
                % {"source": source, "missing": get_text_list(missing, _("and"))},
                text=str(source),
                part="citations",
                level=Level.WARN if looked_for else rule.level,
            )


def what_a_trial_lacks(source: Source) -> list[str]:
    asked = {
        _("its registry number"): bool(source.registrations.all()),
        _("its status"): bool(source.trial_status),
        _("on which day the registry said so"): source.trial_status_on is not None,
    }
    return [what for what, is_there in asked.items() if not is_there]


@of_rule("P29")
def trials_named_in_the_text_are_cited(version: "Version", rule: Rule) -> Iterator[Finding]:
    numbers = list(registrations_in(text_of(version).text))
    cited = {it.number for source in sources_of(version) for it in source.registrations.all()}
    for number in numbers:
        if number not in cited:
            start = max(text_of(version).text.find(number), 0)
            yield rule.found(
                _(
                    "The text names the trial %(number)s and cites no source with "
                    "that number: its status and its day are missing."
                )
                % {"number": number},
                text=number,
                start=start,
                end=start + len(number),
            )


@of_rule("P29")
def running_trials_should_be_free(version: "Version", rule: Rule) -> Iterator[Finding]:
    """Of pages that tell readers of trials; a glossary term invites nobody."""
    if version.page.kind == Kind.TERM:
        return
    running = [source for source in sources_of(version) if is_running(source)]
    if running and not FREE_ASK.search(text_of(version).text):
        yield rule.found(
            _(
                "It names a trial that still runs (“%(running)s”) and does not say: "
                "“Taking part in a trial should be free: ask.”"
            )
            % {"running": running[0]},
            text=str(running[0]),
        )


def is_running(source: Source) -> bool:
    """One whose status nobody wrote down may well run."""
    if source.kind != Source.Kind.REGISTRATION:
        return False
    return source.trial_status in RUNNING or source.trial_status in ("", Source.TrialStatus.UNKNOWN)
