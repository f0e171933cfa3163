"""The evidence map: what live claims say of each therapy in each disease, in one pass.

Nobody edits it by hand. How the claims of a cell become one summary is told in `summing_up.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from editorial.models import Tag
from editorial.states import Overdue, State
from evidence.models import Claim, ReviewFlag, Source
from evidence.summing_up import RANKS, Reading, Side, Study, best_of, without_repeats

if TYPE_CHECKING:
    from editorial.models import Version

THERAPY, DISEASE = str(Tag.Kind.THERAPY), str(Tag.Kind.DISEASE)
# What others are compared with. Nobody searched for all studies of it: none may be called missing.
COMPARATORS = frozenset({"usual-care"})
STUDIES = [design for design, rank in RANKS.items() if rank]


@dataclass(frozen=True)
class Heading:
    """A therapy or a disease on the map. Without a live page it has no `url`."""

    pk: int
    slug: str
    name: str
    kind: str
    url: str = ""
    searched_on: date | None = None
    depth: int = 0
    narrower: tuple["Heading", ...] = ()
    is_comparator: bool = False
    is_kept_up: bool = True

    @property
    def is_broader(self) -> bool:
        return bool(self.narrower)


@dataclass(frozen=True)
class Asked:
    """What a reader filters by. Empty: everything."""

    outcomes: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.outcomes or self.certainties or self.designs)


@dataclass(frozen=True)
class Cell:
    """What is known of one therapy in one disease, under what was asked.

    `is_studied`: studies in people are listed among our sources, though no claim sums them up.
    """

    therapy: Heading
    disease: Heading
    readings: Sequence[Reading] = ()
    asked: Asked = Asked()
    is_studied: bool = False

    @cached_property
    def effect(self) -> Side | None:
        """Of all that is no harm; of the outcomes asked for alone, where some are."""
        kinds = self.asked.outcomes
        return Side.of(
            it for it in self.readings if not it.is_harm and (not kinds or it.outcome_kind in kinds)
        )

    @cached_property
    def harm(self) -> Side | None:
        """Of all harms, whatever was asked: no filter can make a treatment look safe."""
        return Side.of(it for it in self.readings if it.is_harm)

    @cached_property
    def best(self) -> Study | None:
        return best_of([it for side in self.sides for it in side.readings])

    @property
    def sides(self) -> list[Side]:
        return [side for side in (self.effect, self.harm) if side]

    @property
    def main(self) -> Side | None:
        return self.effect or self.harm

    @property
    def claims(self) -> int:
        return sum(len(side.readings) for side in self.sides)

    @property
    def negative(self) -> int:
        """How many of them found no difference, or harm."""
        return sum(it.is_negative for side in self.sides for it in side.readings)

    @property
    def searched_on(self) -> date | None:
        dates = [it.searched_on for it in (self.therapy, self.disease) if it.searched_on]
        return max(dates, default=None)

    @property
    def is_flagged(self) -> bool:
        return any(it.is_flagged for it in self.readings)

    @property
    def claim_pks(self) -> list[int]:
        """Every live claim of the cell, those that say the same side by side."""
        return [pk for it in self.readings for pk in it.pks]

    @property
    def has_fallen(self) -> bool:
        """There are claims, and what they rested on was retracted, withdrawn or superseded."""
        return not self._in_full.sides and not all(it.stands for it in self._studies)

    @property
    def is_unproven(self) -> bool:
        """There are claims about people, and no study in people behind any of them."""
        return not self._in_full.sides and any(it.is_of_people for it in self._studies)

    @property
    def is_only_in_the_lab(self) -> bool:
        return bool(self._studies) and not any(it.is_of_people for it in self._studies)

    @property
    def is_left_out(self) -> bool:
        """There is something to show, but not under what was asked."""
        return bool(self.asked and self._in_full.sides and not self.is_shown)

    @cached_property
    def is_shown(self) -> bool:
        if not self.main:
            return False
        asked = self.asked
        return (
            (not asked.outcomes or self.effect is not None or "harm" in asked.outcomes)
            and (not asked.certainties or self.main.certainty in asked.certainties)
            and (not asked.designs or (self.best.design if self.best else "") in asked.designs)
        )

    @property
    def _studies(self) -> list[Study]:
        return [study for it in self.readings for study in it.studies]

    @cached_property
    def _in_full(self) -> "Cell":
        if not self.asked:
            return self
        return Cell(self.therapy, self.disease, self.readings)

    def get_absolute_url(self) -> str:
        """Built without a lookup: the map calls it for every cell."""
        return f"/evidence/{self.therapy.slug}/{self.disease.slug}/"


@dataclass(frozen=True)
class Line:
    """A row, or a column, with its cells in the order of the other headings."""

    heading: Heading
    cells: list[Cell]


@dataclass
class EvidenceMap:
    therapies: list[Heading]
    diseases: list[Heading]
    asked: Asked = Asked()
    readings: Mapping[tuple[int, int], Sequence[Reading]] = field(default_factory=dict)
    studied: frozenset[tuple[int, int]] = frozenset()
    _known: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def cell(self, therapy: Heading, disease: Heading) -> Cell:
        """A broader therapy's cell holds the claims of the narrower ones as well."""
        place = (therapy.pk, disease.pk)
        if place not in self._known:
            below = [it.pk for it in family(therapy)]
            self._known[place] = Cell(
                therapy,
                disease,
                without_repeats(
                    it for pk in below for it in self.readings.get((pk, disease.pk), ())
                ),
                self.asked,
                any((pk, disease.pk) in self.studied for pk in below),
            )
        return self._known[place]

    @property
    def rows(self) -> list[Line]:
        return [Line(it, self.row_of(it)) for it in self.therapies]

    @property
    def columns(self) -> list[Line]:
        return [Line(it, self.column_of(it)) for it in self.diseases]

    def kept_up(self) -> "EvidenceMap":
        """Without pages whose review is six months late: they are not put before anybody."""
        return replace(
            self,
            therapies=[it for it in self.therapies if it.is_kept_up],
            diseases=[it for it in self.diseases if it.is_kept_up],
        )

    def row_of(self, therapy: Heading) -> list[Cell]:
        return [self.cell(therapy, disease) for disease in self.diseases]

    def column_of(self, disease: Heading) -> list[Cell]:
        return [self.cell(therapy, disease) for therapy in self.therapies]

    def line_of_tag(self, tag_id: int | None) -> list[Cell]:
        """The row or the column of a tag, or nothing where it has none."""
        for therapy in self.therapies:
            if therapy.pk == tag_id:
                return self.row_of(therapy)
        for disease in self.diseases:
            if disease.pk == tag_id:
                return self.column_of(disease)
        return []


def family(therapy: Heading) -> Iterator[Heading]:
    """A therapy and all the narrower ones below it."""
    yield therapy
    for narrower in therapy.narrower:
        yield from family(narrower)


# --- reading it ---------------------------------------------------------------------------


def read_map(*, asked: Asked = Asked(), preparing: "Version | None" = None) -> EvidenceMap:
    """The whole map: three queries, however many claims there are.

    `preparing` is a version on its way to the public: it stands in the place of the live one.
    """
    tags = _tags(preparing)
    readings = _readings(tags, preparing)
    used = {pk for place in readings for pk in place}
    return EvidenceMap(
        therapies=_headings(tags, THERAPY, used),
        diseases=_headings(tags, DISEASE, used),
        asked=asked,
        readings=readings,
        studied=_studied(tags),
    )


@dataclass
class _Tags:
    """Current tags by id; `standing` leads from any tag's id to the one that took its place."""

    rows: dict[int, Heading]
    parents: dict[int, int | None]
    standing: dict[int, int]


def _tags(preparing: "Version | None") -> _Tags:
    live = FilteredRelation("pages__versions", condition=Q(pages__versions__state=State.LIVE))
    told = (
        Tag.objects.filter(kind__in=(THERAPY, DISEASE))
        .annotate(live=live)
        .values_list(
            *("pk", "slug", "name", "kind", "parent", "merged_into"),
            *("pages__slug", "live__title", "live__evidence_searched_on", "pages__overdue"),
        )
    )
    rows: dict[int, Heading] = {}
    parents: dict[int, int | None] = {}
    successors: dict[int, int | None] = {}
    for pk, slug, name, kind, parent, successor, page_slug, title, searched_on, overdue in told:
        parents[pk], successors[pk] = parent, successor
        if preparing and preparing.page.tag_id == pk:
            page_slug = preparing.page.slug
            title, searched_on = preparing.title, preparing.evidence_searched_on
        if title and page_slug:
            path = "therapies" if kind == THERAPY else "diseases"
            url = f"/{path}/{page_slug}/"
            rows[pk] = Heading(pk, page_slug, title, kind, url, searched_on)
        else:
            rows[pk] = Heading(pk, slug, name, kind)
        rows[pk] = replace(
            rows[pk],
            is_comparator=slug in COMPARATORS,
            is_kept_up=overdue != Overdue.LONG,
        )
    standing = {pk: _successor(pk, successors) for pk in rows}
    return _Tags(
        {pk: row for pk, row in rows.items() if standing[pk] == pk},
        {pk: standing.get(parent) if parent else None for pk, parent in parents.items()},
        standing,
    )


def _successor(pk: int, successors: Mapping[int, int | None]) -> int:
    while (after := successors.get(pk)) is not None:
        pk = after
    return pk


def _headings(tags: _Tags, kind: str, used: set[int]) -> list[Heading]:
    """Those with a live page, with live claims, or with such below them; below their parent."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, row in tags.rows.items():
        if row.kind == kind:
            parent = tags.parents[pk]
            is_below = parent in tags.rows and tags.rows[parent].kind == kind
            children[parent if is_below else None].append(pk)

    def below(pk: int | None, depth: int) -> Iterator[Heading]:
        for child in sorted(children[pk], key=lambda it: tags.rows[it].name.lower()):
            row = tags.rows[child]
            family = list(below(child, depth + 1))
            if row.url or child in used or family:
                narrower = tuple(it for it in family if it.depth == depth + 1)
                yield replace(row, depth=depth, narrower=narrower)
                yield from family

    return list(below(None, 0))


def _readings(tags: _Tags, preparing: "Version | None") -> dict[tuple[int, int], list[Reading]]:
    """Every live claim with the studies that it cites, by the ids of its two tags."""
    shown = Q(version__state=State.LIVE)
    if preparing is not None:
        shown = (shown & ~Q(version__page=preparing.page_id)) | Q(version=preparing)
    flags = ReviewFlag.objects.standing().filter(source=OuterRef("citations__source"))
    told = (
        Claim.objects.filter(shown)
        .annotate(is_flagged=Exists(flags))
        .order_by("pk")
        .values_list(
            *("pk", "therapy", "disease", "statement", "direction", "certainty", "outcome_kind"),
            "is_flagged",
            *(f"citations__source__{name}" for name in Study.FIELDS),
        )
    )
    studies: dict[int, Study] = {}
    found: dict[int, Reading] = {}
    places: dict[int, tuple[int, int]] = {}
    for pk, therapy, disease, *row in told.iterator(chunk_size=2000):
        if pk not in found:
            if therapy not in tags.standing or disease not in tags.standing:
                continue
            found[pk] = Reading([pk], *row[:4])
            places[pk] = (tags.standing[therapy], tags.standing[disease])
        is_flagged, source, *study = row[4:]
        if source is not None:
            if source not in studies:
                studies[source] = Study(source, *study)
            found[pk].studies.append(studies[source])
        found[pk].is_flagged |= is_flagged
    by_place: dict[tuple[int, int], list[Reading]] = defaultdict(list)
    for pk, reading in found.items():
        by_place[places[pk]].append(reading)
    return by_place


def _studied(tags: _Tags) -> frozenset[tuple[int, int]]:
    """Where a listed study in people carries both tags: there, none may be said to be missing."""
    about: dict[int, list[int]] = defaultdict(list)
    carried = Source.tags.through.objects.filter(
        source__subjects=Source.Subjects.HUMAN, source__design__in=STUDIES, source__is_private=False
    )
    for source, tag in carried.values_list("source", "tag"):
        if tag in tags.standing:
            about[source].append(tags.standing[tag])
    return frozenset(
        (therapy, disease)
        for carrying in about.values()
        for therapy in _of_kind(tags, carrying, THERAPY)
        for disease in _of_kind(tags, carrying, DISEASE)
    )


def _of_kind(tags: _Tags, pks: Iterable[int], kind: str) -> list[int]:
    return [pk for pk in pks if tags.rows[pk].kind == kind]
