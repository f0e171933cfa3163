"""What changed between two texts of a page, word by word, for people: no markup is ever shown.

Blocks and rows are paired first, so that a new paragraph does not drag the others with it; then
each pair is compared by words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.text import capfirst

from editorial.alignment import matches, without_stray
from editorial.parts import names_in, parts_of
from editorial.wording import Line, Note, body_lines, in_words

if TYPE_CHECKING:
    from editorial.models import SignedText, Version

# Two blocks with fewer words in common than this are shown as one removed and one added.
ALIKE = 0.4
# So many blocks are weighed against as many others; further ones in the next batch.
BATCH = 25
# Unchanged passages in a row are folded away when there are more than these.
FEW = 2


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    """Words that stayed, went or came, with single spaces between them."""

    change: Change
    text: str


@dataclass(frozen=True)
class Passage:
    """One block or row, before and after, one of which may be missing."""

    before: Line | None
    after: Line | None
    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        return self.before is None or self.after is None or _key(self.before) != _key(self.after)

    @property
    def old_runs(self) -> list[Run]:
        return [run for run in self.runs if run.change != Change.ADDED]

    @property
    def new_runs(self) -> list[Run]:
        return [run for run in self.runs if run.change != Change.REMOVED]

    @property
    def sort(self) -> str:
        line = self.after or self.before
        return line.sort if line else ""

    @property
    def was(self) -> str:
        """What it was, if it became something else: a paragraph, say, a list item."""
        if self.before is None or self.after is None or self.before.sort == self.after.sort:
            return ""
        return self.before.sort or "Paragraph"

    @property
    def is_change_of_form(self) -> bool:
        """Neither a word nor its sort changed: bold, italics, the joining of cells."""
        all_kept = all(run.change == Change.KEPT for run in self.runs)
        return self.is_changed and all_kept and not self.was

    @property
    def notes(self) -> tuple[Note, ...]:
        line = self.after or self.before
        return line.notes if line else ()


@dataclass(frozen=True)
class Stretch:
    """Passages in a row that all changed, or of which none did."""

    is_changed: bool
    passages: tuple[Passage, ...]

    @property
    def is_folded(self) -> bool:
        return not self.is_changed and len(self.passages) > FEW


@dataclass(frozen=True)
class Difference:
    """One field or part of a version, compared."""

    label: str
    passages: tuple[Passage, ...]

    @cached_property
    def changes(self) -> int:
        return sum(passage.is_changed for passage in self.passages)

    @property
    def stretches(self) -> list[Stretch]:
        grouped = groupby(self.passages, key=lambda passage: passage.is_changed)
        return [Stretch(is_changed, tuple(passages)) for is_changed, passages in grouped]


def compare(before: "Version", after: "Version") -> list[Difference]:
    """Everything that a sign-off covers, compared: the text first, then what belongs to it."""
    lines = (
        compare_lines(str(part.label), part.lines(before), part.lines(after))
        for part in parts_of(after)
    )
    return [*compare_text(before, after), *lines]


def compare_signed(signed: "SignedText", after: "Version") -> list[Difference]:
    """The same, from a text as somebody signed it, in the names that things have today."""
    lines = (
        compare_lines(
            str(part.label), part.lines_of(signed.content.get(part.name, [])), part.lines(after)
        )
        for part in parts_of(after)
    )
    return [*compare_text(signed.as_version(), after), *lines]


def compare_text(before: "Version", after: "Version") -> list[Difference]:
    """The columns of the text alone."""
    return [
        compare_bodies(before.body, after.body)
        if name == "body"
        else compare_values(_label(after, name), _value(before, name), _value(after, name))
        for name in after.TEXT_FIELDS
    ]


def compare_bodies(before: str, after: str) -> Difference:
    names = names_in(before + after)
    return compare_lines("Body", body_lines(before, names), body_lines(after, names))


def compare_values(label: str, before: str, after: str) -> Difference:
    """Of a field there is one: however little the two have in common, one became the other."""
    if before and after:
        passage = Passage(Line(before), Line(after), compare_words(before, after))
        return Difference(label, (passage,))
    return compare_lines(label, [Line(before)] if before else [], [Line(after)] if after else [])


def compare_lines(label: str, before: Sequence[Line], after: Sequence[Line]) -> Difference:
    """Rows that stayed, went, came or changed inside, in the order of the newer text."""
    found: list[Passage] = []
    i = j = 0
    common = matches([_key(line) for line in before], [_key(line) for line in after])
    for m, n, size in [*common, (len(before), len(after), 0)]:
        found += _replaced(before[i:m], after[j:n])
        kept = zip(before[m : m + size], after[n : n + size], strict=True)
        found += [Passage(old, new, _whole(Change.KEPT, new)) for old, new in kept]
        i, j = m + size, n + size
    return Difference(label, tuple(found))


def compare_words(before: str, after: str) -> tuple[Run, ...]:
    """What stayed, went and came. Both texts come back from the runs, but for extra spaces."""
    old, new = words(before), words(after)
    common = without_stray(matches(old, new), len(old), len(new))
    runs: list[Run] = []
    i = j = 0
    for m, n, size in [*common, (len(old), len(new), 0)]:
        went, came, stayed = old[i:m], new[j:n], new[n : n + size]
        for change, stretch in zip(
            (Change.REMOVED, Change.ADDED, Change.KEPT), (went, came, stayed), strict=True
        ):
            if stretch:
                runs.append(Run(change, " ".join(stretch)))
        i, j = m + size, n + size
    return tuple(runs)


def words(text: str) -> list[str]:
    """The words of a text in order; the end of a line counts as one."""
    return [word for line in text.splitlines() for word in (*line.split(), "\n")][:-1]


def _replaced(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Passage]:
    for start in range(0, max(len(before), len(after)), BATCH):
        yield from _paired(before[start : start + BATCH], after[start : start + BATCH])


def _paired(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Passage]:
    """Blocks in the place of others: those most alike in pairs, in order; the rest whole."""
    old_bags, new_bags = _bags(before), _bags(after)
    alike = [[_likeness(old, new) for new in new_bags] for old in old_bags]
    # best[i][j] is the most likeness that pairs of before[i:] and after[j:] can have together.
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and best[i][j] == best[i + 1][j]:
            yield Passage(before[i], None, _whole(Change.REMOVED, before[i]))
            i += 1
        elif j < len(after) and best[i][j] == best[i][j + 1]:
            yield Passage(None, after[j], _whole(Change.ADDED, after[j]))
            j += 1
        else:
            runs = compare_words(before[i].text, after[j].text)
            yield Passage(before[i], after[j], runs)
            i, j = i + 1, j + 1


def _bags(lines: Sequence[Line]) -> list[Counter[str]]:
    return [Counter(words(line.text)) for line in lines]


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, from 0 to 1, in whatever order."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _whole(change: Change, line: Line) -> tuple[Run, ...]:
    return (Run(change, line.text),) if line.text else ()


def _key(line: Line) -> tuple[str, str, str]:
    return (line.sort, line.text, line.markup)


def _label(version: "Version", name: str) -> str:
    return next(capfirst(str(it.verbose_name)) for it in version._meta.fields if it.name == name)


def _value(version: "Version", name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    return str(display()) if display else in_words(getattr(version, name))
