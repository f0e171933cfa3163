"""Searches a sentence for the words of all rules at once.

Each rule is hundreds of alternatives, and most cannot begin at a given word. So they are filed
under the letters they begin with, and at each word only those under its first letters are tried,
compiled when first needed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

from evidence.language.red_flags.rule import FAMILIES, FAMILY, Rule, compiled

# Letters by which an alternative is filed. A shorter key is filed when anything may follow.
REACH = 3
START = re.compile(r"(?<!\w)\S")
# One piece of a pattern. Groups are found by counting brackets.
PIECE = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|[^()|]")
REPEATED = re.compile(r"\?|\{(\d+)(?:,\d*)?\}|[*+]")
DIGITS = "0123456789"
# A key, and whether the letters of the next piece may still be added to it.
Key = tuple[str, bool]
NOTHING: frozenset[Key] = frozenset({("", True)})
ANYTHING: frozenset[Key] = frozenset({("", False)})


@dataclass
class Drawer:
    """The alternatives of one rule that can begin with the same letters."""

    rule: Rule
    alternatives: dict[str, None] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compiled(tuple(self.alternatives))


def matches(text: str, rules: tuple[Rule, ...]) -> Iterator[tuple[Rule, list[tuple[int, int]]]]:
    """(rule, where it matches, in the order of the text), for each rule that matches."""
    drawers = _drawers(rules)
    found: dict[Rule, list[tuple[int, int]]] = {}
    for drawer in drawers.get("", ()):
        spans = [match.span() for match in drawer.pattern.finditer(text)]
        if spans:
            found.setdefault(drawer.rule, []).extend(spans)
    for start in START.finditer(text):
        position = start.start()
        for key in {text[position : position + length] for length in range(1, REACH + 1)}:
            for drawer in drawers.get(key, ()):
                match = drawer.pattern.match(text, position)
                if match:
                    found.setdefault(drawer.rule, []).append(match.span())
    return ((rule, sorted(spans)) for rule, spans in found.items())


@cache
def _drawers(rules: tuple[Rule, ...]) -> dict[str, tuple[Drawer, ...]]:
    """By first letters. Asked for a fixed set of rules, and so built once."""
    drawers: dict[tuple[Rule, frozenset[str]], Drawer] = {}
    for rule in rules:
        for pattern in rule.patterns:
            for alternative in alternatives_of(FAMILY.sub(lambda it: FAMILIES[it[1]], pattern)):
                keys = frozenset(letters for letters, _ in _keys_of_one(alternative))
                drawer = drawers.setdefault((rule, keys), Drawer(rule))
                drawer.alternatives[alternative] = None
    filed: dict[str, list[Drawer]] = defaultdict(list)
    for (_, keys), drawer in drawers.items():
        for key in keys:
            filed[key].append(drawer)
    return {key: tuple(them) for key, them in filed.items()}


# --- reading a pattern ---------------------------------------------------------------------------


def alternatives_of(pattern: str) -> list[str]:
    """The parts between the bars that stand in no bracket."""
    parts = [""]
    for piece in _pieces(pattern):
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _pieces(pattern: str) -> Iterator[str]:
    """Letters, classes, whole groups and bars, one after the other."""
    position = 0
    while position < len(pattern):
        start, depth = position, 0
        while True:
            one = PIECE.match(pattern, position)
            depth += {"(": 1, ")": -1}.get(pattern[position], 0)
            position = one.end() if one else position + 1
            if depth == 0:
                break
        yield pattern[start:position]


@cache
def _keys(pattern: str) -> frozenset[Key]:
    return frozenset(key for part in alternatives_of(pattern) for key in _keys_of_one(part))


@cache
def _keys_of_one(alternative: str) -> frozenset[Key]:
    keys = NOTHING
    position = 0
    pieces = list(_pieces_with_repeats(alternative))
    while position < len(pieces) and any(_is_open(key) for key in keys):
        piece, repeat = pieces[position]
        more = _keys_of_piece(piece)
        if repeat and repeat != "?":
            more = frozenset((letters, False) for letters, _ in more)
        if repeat[:1] in ("?", "*") or repeat.startswith("{0"):
            more |= NOTHING
        keys = frozenset(
            (left[0] + right[0], right[1]) if _is_open(left) else left
            for left, right in product(keys, more)
        )
        position += 1
    return frozenset((letters[:REACH], is_open) for letters, is_open in keys)


def _is_open(key: Key) -> bool:
    return key[1] and len(key[0]) < REACH


def _pieces_with_repeats(alternative: str) -> Iterator[tuple[str, str]]:
    """Each piece with the sign behind it that says how often: "?", "{0,3}" or ""."""
    position = 0
    while position < len(alternative):
        piece = next(_pieces(alternative[position:]))
        position += len(piece)
        repeat = REPEATED.match(alternative, position)
        position = repeat.end() if repeat else position
        yield piece, repeat.group() if repeat else ""


def _keys_of_piece(piece: str) -> frozenset[Key]:
    if piece.startswith(("(?=", "(?!", "(?<", "\\b")):
        return NOTHING
    if piece.startswith("(?:"):
        return _keys(piece[3:-1])
    if piece == "\\d":
        return frozenset((digit, True) for digit in DIGITS)
    if piece.startswith("[") and not re.search(r"[\\^]|\w-\w", piece):
        return frozenset((letter, True) for letter in piece[1:-1])
    if piece in (".", "\\w", "\\S", "\\s") or piece.startswith("["):
        return ANYTHING
    return frozenset({(piece.removeprefix("\\"), True)})
