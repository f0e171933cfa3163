"""This room's step of rendering: citations become numbers, and numbers a list of references."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext
from lxml import html as lxml_html

from editorial.readings import read_together
from evidence.models import Claim, RegulatoryStatus, ReviewFlag, Source
from evidence.models.claim import Direction
from evidence.statuses import by_place, check_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from editorial.models import Version
    from editorial.rendering import Document

CITED_KEY = re.compile(r'data-source="([a-z0-9-]+)"')


def number_citations(document: "Document") -> None:
    """Number the sources in the order in which the page shows them: checked claims, claims, body.

    Leaves on the document: `references` (keys), `cited` (sources in the order of their numbers),
    `statuses` (regulatory, on a therapy's page); and on each citation its `number`.
    """
    version = document.version
    in_body = _fetch_claims_and_sources(version)
    statuses = _statuses(version)
    nodes = list(document.tree.iter("cite"))
    numbers: dict[str, int] = {}
    cited: list[Source] = []

    def number(source: Source) -> int:
        if source.key not in numbers:
            numbers[source.key] = len(numbers) + 1
            cited.append(source)
        return numbers[source.key]

    for shown in [*version.checked_claims.all(), *_as_shown(version)]:
        for citation in shown.citations.all():
            citation.number = number(citation.source)
    for node in nodes:
        source = in_body.get(node.get("data-source", ""))
        _replace(node, number(source) if source else None, source)
    _join_neighbours(document.tree)
    today = timezone.localdate()
    for status in statuses:
        status.number = number(status.source)
        status.how_checked = check_of(status, today)
    document.references = list(numbers)
    document.shown |= {"cited": cited, "statuses": statuses, "places": by_place(statuses)}


def tell_what_changed(document: "Document") -> None:
    """What changed behind the page and nobody has looked at yet, for the notice at its top."""
    document.shown["changed_sources"] = _standing_flags(document.version)


@read_together
def _standing_flags(versions: "Sequence[Version]") -> "Mapping[int, list[ReviewFlag]]":
    found: dict[int, list[ReviewFlag]] = {version.page_id: [] for version in versions}
    flags = ReviewFlag.objects.standing().filter(page__in=found)
    for flag in flags.select_related("source__superseded_by"):
        found[flag.page_id].append(flag)
    return {version.pk: found[version.page_id] for version in versions}


@read_together
def _fetch_claims_and_sources(versions: "Sequence[Version]") -> "Mapping[int, dict[str, Source]]":
    """Fetch the claims with what they point to; returns the sources cited in the bodies."""
    prefetch_related_objects(
        versions,
        "claims__citations__source",
        "claims__therapy",
        "claims__disease",
        "claims__certainty_by",
        "checked_claims__citations__source",
        "checked_claims__source",
    )
    keys = {key for version in versions for key in CITED_KEY.findall(version.body)}
    sources = Source.objects.in_bulk(keys, field_name="key") if keys else {}
    return {version.pk: sources for version in versions}


def _as_shown(version) -> Iterator[Claim]:
    """The claims in the order of their templates: by group, and effects before harms."""
    group_by = {"disease": "therapy_id", "therapy": "disease_id"}.get(version.page.kind, "")
    groups = groupby(version.claims.all(), key=lambda claim: getattr(claim, group_by, None))
    for _, group in groups:
        yield from sorted(group, key=lambda claim: claim.direction == Direction.HARM)


def _statuses(version) -> list[RegulatoryStatus]:
    if version.page.kind != "therapy":
        return []
    statuses = RegulatoryStatus.objects.filter(therapy=version.page.tag_id)
    return list(statuses.select_related("source", "disease", "therapy"))


def _replace(node: lxml_html.HtmlElement, number: int | None, source: Source | None) -> None:
    """A citation node becomes a raised link to its line in the references."""
    if number is None or source is None:
        node.drop_tree()
        return
    sup = lxml_html.Element("sup")
    sup.set("class", "cite")
    link = lxml_html.Element("a")
    link.set("href", f"#ref-{number}")
    link.set("aria-label", gettext("Reference %(number)s") % {"number": number})
    if not source.stands:
        link.set("class", "fallen")
        link.set(
            "aria-label",
            gettext("Reference %(number)s: %(state)s")
            % {"number": number, "state": source.get_status_display()},
        )
    place = node.get("data-place")
    if place:
        link.set("title", place)
    link.text = str(number)
    sup.append(link)
    sup.tail = node.tail
    node.getparent().replace(node, sup)


def _join_neighbours(tree: lxml_html.HtmlElement) -> None:
    """Two citations side by side share one raised group, with a comma between."""
    for sup in list(tree.iter("sup")):
        following = sup.getnext()
        while (
            sup.getparent() is not None
            and sup.get("class") == "cite"
            and following is not None
            and following.get("class") == "cite"
            and not (sup.tail or "").strip()
        ):
            sup[-1].tail = ", "
            sup.tail = following.tail
            for link in list(following):
                sup.append(link)
            following.tail = None
            following.getparent().remove(following)
            following = sup.getnext()
