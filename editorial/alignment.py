"""Which stretches two sequences have in common, in order, and never slowly.

Python's own matcher is quadratic at best and cubic on repetitive input. Here elements that occur
once in both hold the sequences together, and the matcher is given the short stretches between them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# A stretch longer than this, with nothing in it to hold on to, counts as replaced.
LONGEST = 120

type Match = tuple[int, int, int]


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Match]:
    """Common stretches as (start in before, start in after, length), in order, none empty."""
    found: list[Match] = []
    waiting = [(0, len(before), 0, len(after))]
    while waiting:
        i1, i2, j1, j2 = waiting.pop()
        first, last = i1, i2
        while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
            i1, j1 = i1 + 1, j1 + 1
        while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
            i2, j2 = i2 - 1, j2 - 1
        if i1 > first:
            found.append((first, j1 - (i1 - first), i1 - first))
        if last > i2:
            found.append((i2, j2, last - i2))
        if i1 == i2 or j1 == j2:
            continue
        if max(i2 - i1, j2 - j1) <= LONGEST:
            blocks = SequenceMatcher(None, before[i1:i2], after[j1:j2], autojunk=False)
            found += [(i1 + i, j1 + j, n) for i, j, n in blocks.get_matching_blocks() if n]
            continue
        anchors = [(i1 + i, j1 + j) for i, j in _anchors(before[i1:i2], after[j1:j2])]
        found += [(i, j, 1) for i, j in anchors]
        if anchors:
            edges = [(i1 - 1, j1 - 1), *anchors, (i2, j2)]
            for (i, j), (next_i, next_j) in pairwise(edges):
                waiting.append((i + 1, next_i, j + 1, next_j))
    return _joined(sorted(found))


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Places of the elements that occur once in both: the most of them that stand in one order."""
    in_before, in_after = Counter(before), Counter(after)
    places = {element: j for j, element in enumerate(after) if in_after[element] == 1}
    pairs = [
        (i, places[element])
        for i, element in enumerate(before)
        if in_before[element] == 1 and element in places
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence in which the second numbers rise (by patience sorting)."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j)
        previous.append(at[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [j]
        at[pile : pile + 1] = [index]
    found = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(pairs[index])
        index = previous[index]
    return found[::-1]


def _joined(found: list[Match]) -> list[Match]:
    """Stretches that touch in both sequences as one."""
    joined: list[Match] = []
    for i, j, size in found:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


def without_stray(found: list[Match], before: int, after: int) -> Iterator[Match]:
    """Without single words that stand alone between longer changes: they only make it choppy.

    `before` and `after` are the lengths of the two sequences.
    """
    i = j = 0
    for number, (m, n, size) in enumerate(found):
        next_m, next_n, _ = found[number + 1] if number + 1 < len(found) else (before, after, 0)
        changed_before = min(m - i, n - j) > 1
        changed_after = min(next_m - m, next_n - n) - size > 1
        if size == 1 and changed_before and changed_after:
            continue
        yield m, n, size
        i, j = m + size, n + size
