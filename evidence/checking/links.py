"""Checks of links: they say where they lead, to sites we trust, and the places still answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

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
    yield from lacks_section(version, rule, "support", _("Nobody should be left alone with this."))
    plain = text_of(version)
    span = section(plain, "support")
    links = plain.links_in(span.start, span.end) if span else []
    giving = {host for host, gives in trusted_hosts(version).items() if gives}
    if span and not any(is_covered(host_of(link.href), giving) for link in links):
        yield rule.found(
            _(
                "The section on support has no link to a patient organisation or health "
                "service from the list of trusted sites. An editor keeps that list."
            ),
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
                _(
                    "The link “%(text)s” leads to %(place)s, which is not on the list of trusted "
                    "sites. Take the link out; an editor can add a site that sells no treatment."
                )
                % {"text": plain.text[link.start : link.end], "place": host or link.href},
                **_place(plain, link),
            )


@of_rule("P38")
def links_say_where_they_lead(version: "Version", rule: Rule) -> Iterator[Finding]:
    plain = text_of(version)
    for link in plain.links:
        words = plain.text[link.start : link.end].strip(" .→»›").lower()
        if words in SAYS_NOTHING or words.startswith(("http://", "https://", "www.")):
            yield rule.found(
                _(
                    "The link “%(text)s” does not say where it leads. Link the words "
                    "that name the page."
                )
                % {"text": plain.text[link.start : link.end]},
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
                _("Nobody has asked yet whether %(href)s answers.") % {"href": link.href},
                level=Level.ADVISE,
                **_place(plain, link),
            )
        elif not answer.works:
            yield rule.found(
                _(
                    "The link to %(href)s is broken (%(answer)s). Find where the "
                    "page went, or take the link out."
                )
                % {"href": link.href, "answer": answer.answer},
                **_place(plain, link),
            )
        elif answer.checked_at < oldest:
            yield rule.found(
                _(
                    "Whether %(href)s answers was asked more than a week ago. "
                    "Whoever runs the site runs `check_links`."
                )
                % {"href": link.href},
                **_place(plain, link),
            )


def _place(plain: Plain, link: Link) -> dict[str, Any]:
    return {"text": plain.text[link.start : link.end], "start": link.start, "end": link.end}
