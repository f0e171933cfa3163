"""Whether a source is there already: by its numbers, or by a title that is nearly the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process, utils

from evidence.models import Registration, Source

# Of 100, letter by letter and with the words in any order. Measured on the 92 starter sources: the
# two closest titles of different studies (a trial and a meta-analysis of one treatment) are at 89
# and 84; one title in two spellings is at 99, and without its subtitle at 93 in either way.
NEAR_SAME = ((fuzz.ratio, 93), (fuzz.token_sort_ratio, 90))
# Shorter titles ("Editorial", "Reply") are near-same by chance: they must be equal.
SHORT = 25
MOST_SHOWN = 5


@dataclass(frozen=True)
class Likeness:
    """A source that may be the same. `is_same`: it certainly is, since it has the number."""

    key: str
    pk: int
    name: str
    reason: str
    is_same: bool


@dataclass(frozen=True)
class _Known:
    pk: int
    key: str
    name: str
    title: str


class Catalogue:
    """Every source as far as it is compared, read with two queries; new ones can be added."""

    def __init__(self) -> None:
        self._titles: dict[int, str] = {}
        self._known: dict[int, _Known] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._trials: dict[str, list[int]] = {}
        told = Source.objects.values_list(
            "pk", "key", "short_name", "title", "doi", "pmid", "pmcid"
        )
        for pk, key, short_name, title, *numbers in told:
            self._add(_Known(pk, key, short_name or title, title), numbers)
        for pk, number in Registration.objects.values_list("source", "number"):
            self._trials.setdefault(number, []).append(pk)

    def add(self, source: Source, registrations: Iterable[str] = ()) -> None:
        """Count a source that is not stored yet as there, under a number below zero."""
        pk = source.pk or -len(self._known) - 1
        known = _Known(pk, source.key, str(source), source.title)
        self._add(known, [source.doi, source.pmid, source.pmcid])
        for number in registrations:
            self._trials.setdefault(number, []).append(pk)

    def like(
        self, source: Source, registrations: Iterable[str] = (), *, told: Iterable[str] = ()
    ) -> list[Likeness]:
        """What this source may be the same as, without itself and the keys `told` already."""
        found: dict[int, Likeness] = {}
        for pk, reason, is_same in self._reasons(source, registrations):
            known = self._known[pk]
            if pk != source.pk and known.key not in told:
                found.setdefault(pk, Likeness(known.key, pk, known.name, reason, is_same))
        return list(found.values())[:MOST_SHOWN]

    def _reasons(self, source: Source, registrations: Iterable[str]):
        """(id, why, is it certain) for each likeness; the certain ones first."""
        for kind, number in _numbered(source.doi, source.pmid, source.pmcid):
            if (pk := self._numbers.get((kind, number))) is not None:
                yield pk, _("the same %(kind)s") % {"kind": kind}, True
        for number in registrations:
            for pk in self._trials.get(number, ()):
                yield pk, _("about the same trial, %(number)s") % {"number": number}, False
        for pk in self._titled_like(source.title):
            yield pk, _("nearly the same title"), False

    def _titled_like(self, title: str) -> Iterable[int]:
        plain = utils.default_process(title)
        close = [
            pk
            for scorer, near in NEAR_SAME
            for _title, _score, pk in process.extract(
                plain,
                self._titles,
                scorer=scorer,
                score_cutoff=100 if len(plain) < SHORT else near,
                limit=MOST_SHOWN + 1,
            )
        ]
        return dict.fromkeys(close)

    def _add(self, known: _Known, numbers: Iterable[str]) -> None:
        self._known[known.pk] = known
        self._titles[known.pk] = utils.default_process(known.title)
        for kind_and_number in _numbered(*numbers):
            self._numbers.setdefault(kind_and_number, known.pk)


def _numbered(doi: str, pmid: str, pmcid: str) -> list[tuple[str, str]]:
    """Numbers that are one publication's alone. Case makes no difference in a DOI."""
    told = (("DOI", doi.lower()), (_("PubMed number"), pmid), (_("PubMed Central number"), pmcid))
    return [(kind, number) for kind, number in told if number]
