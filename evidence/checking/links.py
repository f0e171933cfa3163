"""Checks of links: they say where they lead, to sites we trust, and the places still answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from editorial.checks import Finding, Level
from editorial.readings import read_once, read_together
from editorial.rulebook import Rule, of_rule
from evidence.checking.reading import section, text_of
from evidence.checking.sections import lacks_section
from evidence.language.html_text import Link, Plain
from evidence.models import OutboundLink, TrustedSite
from evidence.outbound import host_of, is_covered, is_outside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version

ASKED_WITHIN = timedelta(days=7)
# “Here” tells somebody who goes from link to link with a screen reader nothing (WCAG 2.4.4).
SAYS_NOTHING = frozenset({
    "here", "click here", "this", "this link", "link", "this page", "more", "read more",
    "see more", "learn more", "find out more", "website", "this website",
})  # fmt: skip


def outside_links(plain: Plain) -> list[Link]:
    return [link for link in plain.links if is_outside(link.href)]


@read_once
@read_together
def trusted_hosts(versions: "Sequence[Version]") -> "Mapping[int, dict[str, bool]]":
    """Trusted hosts, and whether each gives support."""
    hosts = dict(TrustedSite.objects.values_list("host", "gives_support"))
    return {version.pk: hosts for version in versions}


@read_once
def answers_of(version: "Version") -> dict[str, OutboundLink]:
    """What each outside address of its body answered when it was last asked."""
    addresses = {link.href for link in outside_links(text_of(version))}
    return {link.url: link for link in OutboundLink.objects.filter(url__in=addresses)}


@of_rule("P25")
def leads_to_support(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(version, rule, "support", "Nobody should be left alone with this.")
    plain = text_of(version)
    span = section(plain, "support")
    links = plain.links_in(span.start, span.end) if span else []
    giving = {host for host, gives in trusted_hosts(version).items() if gives}
    if span and not any(is_covered(host_of(link.href), giving) for link in links):
        yield rule.found(
            "The section on support has no link to a patient organisation or health service from "
            "the list of trusted sites. An editor keeps that list.",
            start=span.start,
            end=span.end,
        )


@of_rule("P28")
def links_lead_to_trusted_sites(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    for link in plain.links:
        host = host_of(link.href)
        if link.href.startswith("mailto:"):
            host = link.href.removeprefix("mailto:").partition("?")[0].rpartition("@")[2].lower()
        elif not is_outside(link.href):
            continue
        if not is_covered(host, trusted_hosts(version)):
            yield rule.found(
                f"The link “{plain.text[link.start : link.end]}” leads to {host or link.href}, "
                f"which is not on the list of trusted sites. Take the link out; an editor can "
                f"add a site that sells no treatment.",
                **_place(plain, link),
            )


@of_rule("P38")
def links_say_where_they_lead(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    for link in plain.links:
        words = plain.text[link.start : link.end].strip(" .→»›").lower()
        if words in SAYS_NOTHING or words.startswith(("http://", "https://", "www.")):
            yield rule.found(
                f"The link “{plain.text[link.start : link.end]}” does not say where it leads. "
                f"Link the words that name the page.",
                **_place(plain, link),
            )


@of_rule("P42")
def links_still_answer(version: "Version", rule: Rule) -> Iterator[Finding]:
    """A link that nobody has asked yet is advice: `check_links` asks those of live pages."""
    plain = text_of(version)
    links = outside_links(plain)
    asked = answers_of(version) if links else {}
    oldest = timezone.now() - ASKED_WITHIN
    for link in links:
        answer = asked.get(link.href)
        if answer is None:
            yield rule.found(
                f"Nobody has asked yet whether {link.href} answers.",
                level=Level.ADVISE,
                **_place(plain, link),
            )
        elif not answer.works:
            yield rule.found(
                f"The link to {link.href} is broken ({answer.answer}). Find where the page went, "
                f"or take the link out.",
                **_place(plain, link),
            )
        elif answer.checked_at < oldest:
            yield rule.found(
                f"Whether {link.href} answers was asked more than a week ago. Whoever runs the "
                f"site runs `check_links`.",
                **_place(plain, link),
            )


def _place(plain: Plain, link: Link) -> dict[str, Any]:
    return {"text": plain.text[link.start : link.end], "start": link.start, "end": link.end}
