"""RIS files, by which reference managers hand references on: their text and nothing of the site.

Tags after the RIS specification of 2001 and the variants that EndNote, Zotero, PubMed exports and
Ovid write (https://refdb.sourceforge.net/manual-0.9.6/sect1-ris-format.html). Abstracts, keywords
and notes are other people's text, and are left out; of notes, only identifiers are kept.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date

from django.utils.translation import gettext as _

from evidence import identifiers
from evidence.documents.document import Unreadable
from evidence.documents.encodings import decode
from evidence.identifiers import BadIdentifier

MAX_BYTES = 5_000_000
MOST_RECORDS = 500
LINE_END = "\r\n"

TAG = re.compile(r"([A-Z][A-Z0-9])(  ?)-(?: (.*)|\s*)$")
BEGIN = re.compile(r"^TY  ?-", re.MULTILINE)
TITLE = ("TI", "T1", "CT")
JOURNAL = ("JO", "JF", "T2", "JA", "J2", "BT", "PB")
AUTHORS = ("AU", "A1")
YEAR = ("PY", "Y1", "DA")
URL = ("UR", "L2", "LK")
# Where programs put numbers for which the form has no tag.
FREE = ("AN", "ID", "N1", "M1", "M2", "C1", "C2", "C7", "C8", "U1", "U2")
ONE_EACH = ("TY", "VL", "IS", "SP", "EP", "DO", "DB", "LA", "M3")
KNOWN = {*TITLE, *JOURNAL, *AUTHORS, *YEAR, *URL, *FREE, *ONE_EACH, "ER"}
PMID_IN_NOTE = re.compile(r"\bPMID:?\s*([1-9][0-9]{0,7})\b", re.IGNORECASE)
PMCID_IN_NOTE = re.compile(r"\b(PMC[1-9][0-9]{0,7})\b", re.IGNORECASE)
DAY = re.compile(r"([12][0-9]{3})(?:[/-]([0-9]{1,2}))?(?:[/-]([0-9]{1,2}))?")


@dataclass(frozen=True)
class Reference:
    """One reference of a RIS file. `line` is where it begins, counted from 1."""

    title: str
    type: str = "JOUR"
    design: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    published_on: date | None = None
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    language: str = ""
    key: str = ""
    registrations: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Reading:
    """What a file holds: its references, those that are no good and why, and what was left out."""

    references: list[Reference]
    problems: list[str]
    notes: list[str]


class BadReference(Exception):
    """One reference cannot be used. `str()` says why."""


def read(data: bytes) -> Reading:
    """Every reference of a file. Bad ones are told and skipped. Raises Unreadable for no RIS."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file is larger than %(most)s MB: split it.") % {"most": MAX_BYTES // 1_000_000}
        )
    text, warnings = decode(data)
    if not BEGIN.search(text):
        raise Unreadable(_("The file holds no reference: a RIS reference begins with “TY  - ”."))
    left_out: Counter[str] = Counter()
    reading = Reading([], [], list(warnings))
    for raw in _records(text, reading, left_out):
        try:
            reading.references.append(_reference(raw))
        except (BadReference, BadIdentifier) as bad:
            reading.problems.append(
                _("Line %(line)s: %(problem)s") % {"line": raw.line, "problem": bad}
            )
    if len(reading.references) > MOST_RECORDS:
        raise Unreadable(
            _("The file holds %(count)s references. At most %(most)s are read at once: split it.")
            % {"count": len(reading.references), "most": MOST_RECORDS}
        )
    if left_out:
        tags = ", ".join(f"{tag} ({count}×)" for tag, count in sorted(left_out.items()))
        reading.notes.append(
            _("Left out, as the site does not keep them: %(tags)s.") % {"tags": tags}
        )
    return reading


def write(references: Iterable[Reference]) -> str:
    """A RIS file of these references, which `read` reads back as they are."""
    return "".join(
        "".join(f"{tag}  - {value}{LINE_END}" for tag, value in _lines(reference)) + LINE_END
        for reference in references
    )


# --- from lines to records ------------------------------------------------------------------


class _Raw:
    """The tags of one record in their order, with what was written behind each."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.rows: list[tuple[str, str]] = []

    def add(self, tag: str, value: str) -> None:
        self.rows.append((tag, value))

    def go_on(self, more: str) -> None:
        tag, value = self.rows[-1]
        self.rows[-1] = (tag, f"{value} {more}")

    def all(self, *tags: str) -> list[str]:
        """The values of these tags, the first tag's first; without empty ones."""
        return [
            tidy
            for wanted in tags
            for tag, value in self.rows
            if tag == wanted and (tidy := " ".join(value.split()))
        ]

    def one(self, *tags: str) -> str:
        return next(iter(self.all(*tags)), "")


def _records(text: str, reading: Reading, left_out: Counter[str]) -> Iterator[_Raw]:
    """The records of the text; tells what stands outside them and what does not end."""
    raw: _Raw | None = None
    stray = 0
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = _tag_of(line)
        if tag == "TY":
            if raw:
                reading.notes.append(
                    _("Line %(line)s: the reference has no end (ER).") % {"line": raw.line}
                )
                yield raw
            raw, stray = _Raw(number), 0
            raw.add(tag, value)
        elif tag == "ER":
            if raw:
                yield raw
            raw, stray = None, 0
        elif raw is None:
            if line.strip() and not stray:
                stray = number
                reading.problems.append(
                    _("Line %(number)s: this stands before any “TY  - ” line.") % {"number": number}
                )
        elif tag:
            raw.add(tag, value)
            left_out.update([tag] if tag not in KNOWN else [])
        elif line.strip():
            raw.go_on(line.strip())
    if raw:
        reading.notes.append(
            _("Line %(line)s: the reference has no end (ER).") % {"line": raw.line}
        )
        yield raw


def _tag_of(line: str) -> tuple[str, str]:
    """("TI", "A title"), or ("", "") for a line that goes on with the one before it."""
    match = TAG.match(line.rstrip())
    # With one space only it may be a sentence, unless we know the tag.
    if not match or (match[2] == " " and match[1] not in KNOWN):
        return "", ""
    return match[1], match[3] or ""


# --- from records to references ---------------------------------------------------------------


def _reference(raw: _Raw) -> Reference:
    title = raw.one(*TITLE)
    if not title:
        raise BadReference(_("the reference has no title (TI or T1), so it was skipped."))
    notes = raw.all(*FREE)
    year, published_on = _day(raw.all(*YEAR))
    first_page, last_page = _pages(raw.one("SP"), raw.one("EP"))
    return Reference(
        title=title,
        type=raw.one("TY").upper() or "JOUR",
        design=raw.one("M3"),
        authors=tuple(raw.all(*AUTHORS)),
        journal=raw.one(*JOURNAL),
        year=year,
        published_on=published_on,
        volume=raw.one("VL"),
        issue=raw.one("IS"),
        first_page=first_page,
        last_page=last_page,
        doi=identifiers.doi(raw.one("DO")) if raw.one("DO") else "",
        pmid=_pmid(raw, notes),
        pmcid=_first(PMCID_IN_NOTE, notes).upper(),
        url=next((url for url in raw.all(*URL) if re.match(r"https?://", url)), ""),
        language=raw.one("LA"),
        key=raw.one("ID") if re.fullmatch(r"[-a-zA-Z0-9_]{3,100}", raw.one("ID")) else "",
        registrations=tuple(
            dict.fromkeys(number for note in notes for number in identifiers.registrations_in(note))
        ),
        line=raw.line,
    )


def _pages(first: str, last: str) -> tuple[str, str]:
    """Many programs write both pages behind SP."""
    if not last and (match := re.fullmatch(r"(\w+)\s*[-–]+\s*(\w+)", first)):
        return match[1], match[2]
    return first, last


def _pmid(raw: _Raw, notes: list[str]) -> str:
    """Behind AN where the database is PubMed or not named: other databases count otherwise."""
    number, database = raw.one("AN"), raw.one("DB").lower()
    is_pubmed = not database or "pubmed" in database or "medline" in database
    if is_pubmed and re.fullmatch(r"[1-9][0-9]{0,7}", number):
        return number
    return _first(PMID_IN_NOTE, notes)


def _first(pattern: re.Pattern[str], notes: list[str]) -> str:
    return next((match[1] for note in notes if (match := pattern.search(note))), "")


def _day(told: list[str]) -> tuple[int | None, date | None]:
    """The year, and the day where a valid one is told: 2019, 2019/01/15/, 2019/01/15/Spring."""
    year, day = None, None
    for text in told:
        if match := DAY.match(text):
            year = year or int(match[1])
            if not day and match[2] and match[3]:
                try:
                    day = date(int(match[1]), int(match[2]), int(match[3]))
                except ValueError:
                    continue
    return year, day


# --- from references to lines -------------------------------------------------------------------


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    told = {name.name: getattr(reference, name.name) for name in fields(reference)}
    yield "TY", told["type"]
    one_line_each = (
        *(("ID", "key"), ("TI", "title"), ("T2", "journal"), ("PY", "year")),
        *(("VL", "volume"), ("IS", "issue"), ("SP", "first_page"), ("EP", "last_page")),
        *(("DO", "doi"), ("UR", "url"), ("LA", "language"), ("M3", "design"), ("C2", "pmcid")),
    )
    for author in reference.authors:
        yield "AU", author
    for tag, name in one_line_each:
        if told[name]:
            yield tag, " ".join(str(told[name]).split())
    if reference.published_on:
        yield "DA", f"{reference.published_on:%Y/%m/%d}/"
    if reference.pmid:
        yield "AN", reference.pmid
        yield "DB", "PubMed"
    for number in reference.registrations:
        yield "N1", f"Registered as {number}"
    yield "ER", ""
