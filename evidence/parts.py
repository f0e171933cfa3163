"""What this room adds to a version: claims, checked claims and citations.

Sources stand in the plain values by their key, which never changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from lxml import html as lxml_html

from editorial.parts import Part, Row, canonical
from editorial.wording import Line, Note, as_text, words_of
from evidence.models import Citation, Source

if TYPE_CHECKING:
    from editorial.models import Version

COUNTED = ("_treated", "_compared")


class CitedPart(Part):
    """Rows that carry citations of their own, as [{"source": key, "place": …}]."""

    def __init__(
        self, name: str, model: str, fields: Sequence[str], *, owner: str, label: str | Promise = ""
    ) -> None:
        super().__init__(name, model, fields, label=label)
        self.owner = owner

    def rows(self, version: "Version") -> list[Row]:
        stored = list(self.stored(version).values("pk", *self.fields))
        if not stored:
            return []
        cited: dict[int, list[Row]] = {}
        citations = Citation.objects.filter(version=version, **{f"{self.owner}__isnull": False})
        for owner, key, place in citations.order_by("position", "pk").values_list(
            self.owner, "source__key", "place"
        ):
            cited.setdefault(owner, []).append({"source": key, "place": place})
        return [
            {**{name: row[name] for name in self.fields}, "citations": cited.get(row["pk"], [])}
            for row in stored
        ]

    def write(self, version: "Version", rows: Sequence[Row]) -> None:
        present = self.rows(version)
        if canonical(rows) == canonical(present):
            return
        if present:
            self.stored(version).delete()
        self.write_new([(version, rows)])

    def write_new(self, given: "Sequence[tuple[Version, Sequence[Row]]]") -> list[list[Row]]:
        """The rows first, then the citations that point to them."""
        made = [self.made(version, rows) for version, rows in given]
        self.model.objects.bulk_create(chain.from_iterable(made))
        cited = write_citations(
            [
                (
                    version,
                    [
                        (citation, {self.owner: owner})
                        for owner, row in zip(mine, rows, strict=True)
                        for citation in row.get("citations", [])
                    ],
                )
                for mine, (version, rows) in zip(made, given, strict=True)
            ]
        )
        return [
            [
                {
                    **self.plain(owner),
                    "citations": list(islice(citations, len(row.get("citations", ())))),
                }
                for owner, row in zip(mine, rows, strict=True)
            ]
            for mine, (_, rows), citations in zip(made, given, map(iter, cited), strict=True)
        ]

    def made(self, version: "Version", rows: Sequence[Row]) -> list[Model]:
        without = [
            {name: value for name, value in row.items() if name != "citations"} for row in rows
        ]
        return super().made(version, without)

    def lines_of(self, rows: Sequence[Row]) -> list[Line]:
        """Each row with the names of its sources, and beside it what they found."""
        cited = [row.get("citations", []) for row in rows]
        citations = iter(with_sources([citation for them in cited for citation in them]))
        found = []
        for row, them in zip(self.with_targets(rows), cited, strict=True):
            mine = list(islice(citations, len(them)))
            text = as_text([*self.in_words(row), *(("Source", str(it)) for it in mine)])
            found.append(Line(text, notes=tuple(note_on(it) for it in mine)))
        return found


class ClaimsPart(CitedPart):
    """Claims, the people counted for them in sentences."""

    COUNTS = (
        (gettext_lazy("With the treatment"), "treated"),
        (gettext_lazy("Without it"), "compared"),
    )

    def in_words(self, row: Model) -> Iterator[tuple[str, str]]:
        yield from words_of(row, [name for name in self.fields if not name.endswith(COUNTED)])
        for label, group in self.COUNTS:
            events, people = (
                getattr(row, f"{counted}_{group}") for counted in ("events", "people")
            )
            if people is not None:
                happened = gettext("number not given") if events is None else events
                yield (
                    str(label),
                    gettext("%(happened)s of %(people)s people")
                    % {
                        "happened": happened,
                        "people": people,
                    },
                )


class BodyCitations(Part):
    """Citations in the body: derived from its citation nodes, in order."""

    def names_in(self, body: str) -> Mapping[str, str]:
        keys = {node["source"] for node in citation_nodes(body)}
        return {it.key: str(it) for it in Source.objects.filter(key__in=keys)} if keys else {}

    def lines_of(self, rows: Sequence[Row]) -> list[Line]:
        return [Line(str(it), notes=(note_on(it),)) for it in with_sources(rows)]

    def stored(self, version: "Version"):
        return Citation.objects.filter(
            version=version, claim__isnull=True, checked_claim__isnull=True
        ).order_by("position", "pk")

    def rows(self, version: "Version") -> list[Row]:
        return [
            {"source": key, "place": place}
            for key, place in self.stored(version).values_list("source__key", "place")
        ]

    def write(self, version: "Version", rows: Sequence[Row]) -> None:
        present = self.rows(version)
        if canonical(rows) == canonical(present):
            return
        if present:
            self.stored(version).delete()
        write_citations([(version, [(row, {}) for row in rows])])

    def write_new(self, given: "Sequence[tuple[Version, Sequence[Row]]]") -> list[list[Row]]:
        """What stands in the bodies: rows that were given would be derived anew."""
        nodes = [citation_nodes(version.body) for version, _ in given]
        known = known_keys(chain.from_iterable(nodes))
        return write_citations(
            [
                (version, [(node, {}) for node in mine if node["source"] in known])
                for (version, _), mine in zip(given, nodes, strict=True)
            ]
        )

    def kin(self) -> list[tuple[str, str, str, str, str]]:
        ((table, column),) = self.tables()
        return [
            (table, column, f"{owner.owner}_id", *owner.tables()[0])
            for owner in (claims, checked_claims)
        ]

    def derive(self, version: "Version") -> None:
        """Nodes that name no source we have are left to the check that reports them."""
        nodes = citation_nodes(version.body)
        known = known_keys(nodes)
        self.write(version, [node for node in nodes if node["source"] in known])


def with_sources(rows: Sequence[Row]) -> list[Citation]:
    """Citations not for saving, with their sources; one that is gone goes by its key."""
    keys = {row["source"] for row in rows}
    sources = Source.objects.in_bulk(keys, field_name="key")
    return [
        Citation(
            source=sources.get(row["source"]) or Source(key=row["source"], title=row["source"]),
            place=row.get("place", ""),
        )
        for row in rows
    ]


def note_on(citation: Citation) -> Note:
    """What a reviewer asks of a source: what it is, what it found, and whether it stands."""
    source = citation.source
    if source.pk is None:
        return Note(str(citation), gettext("This source is no longer there."))
    what = [source.get_design_display(), str(source.year or "")]
    if source.people is not None:
        what.append(f"{source.people} people")
    sentences = [
        ", ".join(filter(None, what)),
        ""
        if source.stands
        else gettext("Take care: this source is %(status)s")
        % {"status": source.get_status_display()},
        source.finding and f"It found: {source.finding}",
        source.caveat and f"But: {source.caveat}",
        ""
        if source.verification == Source.Verification.VERIFIED
        else gettext("Checked against the source: %(verification)s")
        % {"verification": source.get_verification_display()},
    ]
    text = " ".join(f"{sentence.rstrip('.')}." for sentence in sentences if sentence)
    return Note(str(citation), text, "" if source.is_private else source.get_absolute_url())


def known_keys(nodes: Iterable[Row]) -> set[str]:
    keys = {node["source"] for node in nodes}
    return set(Source.objects.filter(key__in=keys).values_list("key", flat=True))


def citation_nodes(body: str) -> list[Row]:
    """The citation nodes of a body, in order: [{"source": key, "place": …}]."""
    if "<cite" not in body:
        return []
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    return [
        {"source": node.get("data-source", ""), "place": node.get("data-place", "")}
        for node in tree.iter("cite")
    ]


# A citation as its row {"source": key, "place": …}, and what it proves: {"claim": …} or the like.
Cited = tuple[Row, dict[str, Any]]


def write_citations(given: "Sequence[tuple[Version, Sequence[Cited]]]") -> list[list[Row]]:
    """The citations of each version, in order. Returns their rows.

    Raises Source.DoesNotExist.
    """
    keys = {row["source"] for _, cited in given for row, _ in cited}
    ids = dict(Source.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
    if missing := keys - set(ids):
        raise Source.DoesNotExist(
            gettext("No source has the key %(join)s.") % {"join": ", ".join(sorted(missing))}
        )
    Citation.objects.bulk_create(
        Citation(
            version=version,
            source_id=ids[row["source"]],
            place=row.get("place", ""),
            position=position,
            **proves,
        )
        for version, cited in given
        for position, (row, proves) in enumerate(cited)
    )
    return [
        [{"source": row["source"], "place": row.get("place", "")} for row, _ in cited]
        for _, cited in given
    ]


claims = ClaimsPart(
    "claims",
    "evidence.Claim",
    [
        "statement",
        "therapy_id",
        "disease_id",
        "outcome",
        "outcome_kind",
        "direction",
        "certainty",
        "certainty_reason",
        "certainty_by_id",
        "comparator",
        "follow_up",
        "events_treated",
        "people_treated",
        "events_compared",
        "people_compared",
    ],
    owner="claim",
    label=gettext_lazy("Claims"),
)
checked_claims = CitedPart(
    "checked_claims",
    "evidence.CheckedClaim",
    ["quote", "source_id", "verdict", "why", "therapy_id", "disease_id"],
    owner="checked_claim",
    label=gettext_lazy("Claims we checked"),
)
citations = BodyCitations(
    "citations",
    "evidence.Citation",
    ["source", "place"],
    label=gettext_lazy("Sources cited in the body"),
)
