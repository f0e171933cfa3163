"""Marking words of a stored document, and turning them into a checked claim of an open draft.

The text is somebody else's: staff read it here, the public never does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext

from editorial import ledger
from editorial.models import Tag, Version
from editorial.refusals import NotAllowed, NotReady
from editorial.states import OPEN_STATES, Kind, Lane, State
from evidence import parts
from evidence.documents.sentences import units
from evidence.language import red_flags_in
from evidence.models import CheckedClaim, DocumentText, Source
from evidence.models.claim import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person

    from editorial.parts import Row

MOST_LETTERS = 200
MOST_LETTERS_OF_TEXT = 200_000
# What a phone types for what stands in print, and the other way round.
SAME = ("'’‘‛", '"“”„', "-–—‑‐")


# --- the words ------------------------------------------------------------------------------------


def span_of(text: str, typed: str) -> tuple[int, int] | None:
    """Where the words stand in the text, whatever the spaces and marks they were typed with."""
    words = typed.split()
    if not words:
        return None
    found = re.search(r"\s+".join(_pattern(word) for word in words), text)
    return found.span() if found else None


def _pattern(word: str) -> str:
    return "".join(
        next((f"[{re.escape(it)}]" for it in SAME if letter in it), re.escape(letter))
        for letter in word
    )


def quote_at(text: str, start: int, end: int) -> str:
    """The words between, on one line; of a long sentence as many as a quote may have."""
    words = " ".join(text[start:end].split())
    if len(words) <= MOST_LETTERS:
        return words
    return words[: MOST_LETTERS + 1].rpartition(" ")[0] or words[:MOST_LETTERS]


# --- the text with its marks --------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """`text[start:end]` is something: `kind` says what, `label` in words; `number` is its note."""

    start: int
    end: int
    kind: str
    label: str
    number: int = 0


@dataclass(frozen=True)
class Piece:
    """Words under the same marks. `ends` are the marks that have their last word here."""

    words: str
    kinds: str
    ends: tuple[Mark, ...] = ()


@dataclass
class Checked:
    """Words that were checked: the verdict, and on which pages it stands."""

    claim: CheckedClaim
    versions: list[Version] = field(default_factory=list)


def checked_of(source: Source) -> list[Checked]:
    """The claims that live pages and open drafts check in this source; the same once."""
    rows = CheckedClaim.objects.filter(source=source, version__state__in=[State.LIVE, *OPEN_STATES])
    rows = rows.exclude(why="").select_related("version__page").defer("version__body")
    found: dict[tuple[str, str, str], Checked] = {}
    for claim in rows.order_by("version__page", "-version__number", "position", "pk"):
        said = (claim.quote, claim.verdict, claim.why)
        found.setdefault(said, Checked(claim)).versions.append(claim.version)
    return list(found.values())


def marks_of(document: DocumentText, checked: Sequence[Checked]) -> list[Mark]:
    """Sentences that assert something, red flags, and what was checked already."""
    text = document.text
    marks = [
        Mark(it["start"], it["end"], "asserts", it["why"])
        for it in document.assertions
        if text[it["start"] : it["end"]] == it["sentence"]
    ]
    flags = red_flags_in(text[:MOST_LETTERS_OF_TEXT])
    for number, flag in enumerate(flags, 1):
        marks.append(Mark(flag.start, flag.end, "flag", f"“{flag.text}”: {flag.reason}", number))
    for number, it in enumerate(checked, 1):
        if span := span_of(text, it.claim.quote):
            marks.append(Mark(*span, "checked", it.claim.get_verdict_display(), number))
    return marks


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[list[Piece]]:
    """The text block by block, cut where a mark begins or ends."""
    waiting = sorted(marks, key=lambda mark: mark.start)
    for start, end in units(text):
        here = [mark for mark in waiting if mark.start < end and mark.end > start]
        cuts = {start, end}
        for mark in here:
            cuts |= {max(mark.start, start), min(mark.end, end)}
        ordered = sorted(cuts)
        yield [_piece(text, begin, stop, here) for begin, stop in pairwise(ordered)]
        waiting = [mark for mark in waiting if mark.end > end]


def _piece(text: str, start: int, end: int, marks: Iterable[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= start and mark.end >= end]
    kinds = " ".join(sorted({f"said-{mark.kind}" for mark in over}))
    return Piece(text[start:end], kinds, tuple(mark for mark in over if mark.end == end))


# --- the draft ------------------------------------------------------------------------------------


def drafts_for(document: DocumentText, *, by: "Person") -> QuerySet[Version]:
    """The open versions of articles that this person may write in; that of the document first."""
    drafts = Version.objects.open().of_kind(Kind.ARTICLE).filter(lane=Lane.FULL)
    if not by.has_perm("editorial.change_version"):
        return drafts.none()
    if not by.has_perm("editorial.edit_any_version"):
        mine = Q(created_by=by) | Q(page__owner=by)
        drafts = drafts.filter(mine, state=State.DRAFT)
    own = When(page=document.article_id, then=0)
    return drafts.select_related("page").defer("body").order_by(Case(own, default=1), "title", "pk")


@transaction.atomic
def check_words(
    document: DocumentText,
    version: Version,
    *,
    by: "Person",
    now: datetime,
    typed: str,
    verdict: Verdict,
    why: str,
    citations: "Sequence[Row]",
    therapy: Tag | None = None,
    disease: Tag | None = None,
) -> str:
    """Add a checked claim to the draft, and return its quote as it stands in the document.

    Like any edit it ends the sign-offs of the version. A sketch of the same words, which has no
    reason yet, gives way.
    """
    quote = _quote(document, typed)
    if not why.strip():
        raise NotReady(
            gettext("Say in a sentence or two why: a verdict without a reason convinces nobody.")
        )
    if not citations:
        raise NotReady(gettext("Name at least one source that bears the verdict out."))
    if version.page.kind != Kind.ARTICLE or version.is_correction:
        raise NotAllowed(
            gettext("Claims are checked in the draft of an article: choose or start one.")
        )
    with version.editing(by=by, now=now):
        rows = parts.checked_claims.rows(version)
        place = _place(document, rows, quote)
        row = {
            "quote": quote,
            "source_id": document.source_id,
            "verdict": Verdict(verdict),
            "why": why.strip(),
            "therapy_id": therapy.pk if therapy else None,
            "disease_id": disease.pk if disease else None,
            "citations": list(citations),
        }
        parts.checked_claims.write(version, [*rows[: place.start], row, *rows[place.stop :]])
    told = f"{document.source.key}: “{quote}”: {Verdict(verdict).label}"
    ledger.record("checked words", by=by, now=now, version=version, comment=told)
    return quote


def _quote(document: DocumentText, typed: str) -> str:
    if not typed.strip():
        raise NotReady(gettext("Select the words to check in the text, or type them."))
    span = span_of(document.text, typed)
    if span is None:
        raise NotReady(
            gettext(
                "These words do not stand in the document: a quote is exact, so copy them from it."
            )
        )
    quote = " ".join(document.text[slice(*span)].split())
    if len(quote) > MOST_LETTERS:
        raise NotReady(
            gettext(
                "A quote is a few words, at most %(most)s letters, and this "
                "is %(count)s: choose the words that claim the most."
            )
            % {"most": MOST_LETTERS, "count": len(quote)}
        )
    return quote


def _place(document: DocumentText, rows: "Sequence[Row]", quote: str) -> slice:
    """Where the row goes: in the place of a sketch of the same words, or after all others."""
    mine = [(at, row) for at, row in enumerate(rows) if row["source_id"] == document.source_id]
    if any(row["quote"] == quote and row["why"].strip() for _, row in mine):
        raise NotReady(gettext("This draft has a verdict on these words already: change it there."))
    wanted = span_of(document.text, quote)
    for at, row in mine:
        sketched = span_of(document.text, row["quote"]) if not row["why"].strip() else None
        if wanted and sketched and sketched[0] < wanted[1] and wanted[0] < sketched[1]:
            return slice(at, at + 1)
    return slice(len(rows), len(rows))
