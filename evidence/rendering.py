"""This room's step of rendering: citations become numbers, and numbers a list of references."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from lxml import html as lxml_html

from evidence.models import Claim, RegulatoryStatus, Source
from evidence.models.claim import Direction

if TYPE_CHECKING:
    from editorial.rendering import Document


def number_citations(document: "Document") -> None:
    """Number the sources in the order in which the page shows them: checked claims, claims, body.

    Leaves on the document: `references` (keys), `cited` (sources in the order of their numbers),
    `statuses` (regulatory, on a therapy's page); and on each citation its `number`.
    """
    version = document.version
    prefetch_related_objects(
        [version],
        "claims__citations__source",
        "claims__therapy",
        "claims__disease",
        "checked_claims__citations__source",
        "checked_claims__source",
    )
    statuses = _statuses(version)
    nodes = list(document.tree.iter("cite"))
    in_body = Source.objects.in_bulk(
        {node.get("data-source", "") for node in nodes}, field_name="key"
    )
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
        _replace(node, number(source) if source else None)
    _join_neighbours(document.tree)
    for status in statuses:
        status.number = number(status.source)
    document.references = list(numbers)
    document.shown |= {"cited": cited, "statuses": statuses}


def _as_shown(version) -> Iterator[Claim]:
    """The claims in the order of their templates: by group, and effects before harms."""
    group_by = {"disease": "therapy_id", "therapy": "disease_id"}.get(version.page.kind, "")
    groups = groupby(version.claims.all(), key=lambda claim: getattr(claim, group_by, None))
    for _, group in groups:
        yield from sorted(group, key=lambda claim: claim.direction == Direction.HARM)


def _statuses(version) -> list[RegulatoryStatus]:
    if version.page.kind != "therapy":
        return []
    return list(
        RegulatoryStatus.objects.filter(therapy=version.page.tag_id).select_related(
            "source", "disease", "therapy"
        )
    )


def _replace(node: lxml_html.HtmlElement, number: int | None) -> None:
    """A citation node becomes a raised link to its line in the references."""
    if number is None:
        node.drop_tree()
        return
    sup = lxml_html.Element("sup")
    sup.set("class", "cite")
    link = lxml_html.Element("a")
    link.set("href", f"#ref-{number}")
    link.set("aria-label", f"Reference {number}")
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
