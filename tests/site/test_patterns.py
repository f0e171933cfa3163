"""No pattern of the project runs away: four times the text takes about four times as long.

Each compiled pattern of the rooms, and each written in a call, meets texts made of its own letters,
repeated, with an end that fails it. Times are compared with each other in one run, never with a
clock.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

from django.conf import settings

ROOMS = ("editorial", "evidence", "glossary", "articles", "search", "stemcell_site")
SIZES = ((5, 20), (60, 240), (1_000, 4_000))
YARDSTICK, YARDSTICKS = re.compile(".*word"), 10
# Straight growth is 4, the square 16, the cube 64.
MOST = 8
CALLS = {"compile", "sub", "subn", "match", "search", "fullmatch", "findall", "finditer", "split"}
FAILING_END = "\x00!"


# --- which patterns -----------------------------------------------------------------------


@cache
def patterns() -> dict[tuple[str | bytes, int], re.Pattern]:
    found = {}
    for module in _modules():
        for value in vars(module).values():
            for pattern in _within(value, 3):
                found[pattern.pattern, pattern.flags] = pattern
    for room in ROOMS:
        for file in Path(settings.BASE_DIR, room).rglob("*.py"):
            text = file.read_text("utf-8")
            for written in _in_calls(ast.parse(text)) if "import re\n" in text else ():
                pattern = re.compile(written)
                found.setdefault((pattern.pattern, pattern.flags), pattern)
    return found


def _modules() -> Iterator:
    for room in ROOMS:
        package = importlib.import_module(room)
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{room}."):
            if ".migrations." not in info.name and not info.name.endswith("wsgi"):
                yield importlib.import_module(info.name)


def _within(value: object, depth: int) -> Iterator[re.Pattern]:
    """Patterns in a value, in what it holds, and in the fields of its objects."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _within(one, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from _within(one, depth - 1)
    elif depth and type(value).__module__.split(".")[0] in ROOMS and hasattr(value, "__dict__"):
        for one in vars(value).values():
            yield from _within(one, depth - 1)


def _in_calls(tree: ast.AST) -> Iterator[str | bytes]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CALLS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value


# --- texts against them -------------------------------------------------------------------


def units(pattern: re.Pattern) -> set[str]:
    """Short texts that the pattern's repeated parts can read, to be repeated against it."""
    written = pattern.pattern
    if isinstance(written, bytes):
        written = written.decode("latin-1")
    tree = parser.parse(
        written, pattern.flags & ~re.DEBUG if isinstance(pattern.pattern, str) else 0
    )
    found = {"a", " ", "1", "a ", "1 ", "a-", "<a "}
    for repeated in _repeated(tree):
        text = "".join(_example(repeated))
        if text:
            found |= {text, f"{text} ", f"{text}a"}
    return {text[:40] for text in found}


def _repeated(tree) -> Iterator:
    for kind, value in tree:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            if value[1] is kinds.MAXREPEAT or value[1] > 20:
                yield value[2]
            yield from _repeated(value[2])
        elif kind is kinds.SUBPATTERN:
            yield from _repeated(value[3])
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from _repeated(value[1])
        elif kind is kinds.ATOMIC_GROUP:
            yield from _repeated(value)


def _example(tree) -> Iterator[str]:
    """One text that this part of a pattern reads, or nearly."""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            yield chr(value)
        elif kind is kinds.NOT_LITERAL:
            yield "b" if value == ord("a") else "a"
        elif kind is kinds.ANY:
            yield "a"
        elif kind is kinds.IN:
            yield _member(value)
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            yield "".join(_example(value[2])) * max(1, min(value[0], 8))
        elif kind is kinds.SUBPATTERN:
            yield from _example(value[3])
        elif kind is kinds.BRANCH:
            yield from _example(value[1][0])
        elif kind is kinds.ATOMIC_GROUP:
            yield from _example(value)


def _member(members) -> str:
    if members[0][0] is kinds.NEGATE:
        pattern = re.compile("|".join(re.escape(chr(v)) for k, v in members if k is kinds.LITERAL))
        return next(
            (sign for sign in "a 1-.x" if not pattern.pattern or not pattern.match(sign)), "a"
        )
    kind, value = members[0]
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.RANGE:
        return chr(value[0])
    return {
        kinds.CATEGORY_DIGIT: "1",
        kinds.CATEGORY_SPACE: " ",
        kinds.CATEGORY_WORD: "a",
    }.get(value, "a")


# --- how long they take -------------------------------------------------------------------


def taken(pattern: re.Pattern, unit: str, letters: int) -> float:
    """Of the processor alone, so that a busy machine tells the same."""
    text: str | bytes = unit * (letters // len(unit)) + FAILING_END
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8")
    begun = time.thread_time()
    pattern.match(text)  # type: ignore[arg-type]
    return time.thread_time() - begun


def growth(pattern: re.Pattern, unit: str) -> float:
    """How many times longer four times the text takes, at most: the least of three tries.

    Short texts first, so that what runs away is caught before it takes long. Times no longer than
    searching the same text for one word ten times say nothing, and count as straight.
    """
    for small, large in SIZES:
        longest = taken(pattern, unit, large)
        if longest < YARDSTICKS * taken(YARDSTICK, unit, large):
            continue
        tries = [longest / taken(pattern, unit, small)]
        tries += [taken(pattern, unit, large) / taken(pattern, unit, small) for _ in range(2)]
        if min(tries) > MOST:
            return min(tries)
    return 4.0


def test_the_walk_finds_the_patterns_of_every_room():
    assert len(patterns()) > 150


def test_a_pattern_that_runs_away_would_be_caught():
    assert growth(re.compile(r"(?:a+)+$"), "a") > MOST
    assert growth(re.compile(r"a*a*a*$"), "a") > MOST
    assert growth(re.compile(r"(?:a|aa)+$"), "a") > MOST
    assert growth(re.compile(r"a+b?c"), "a") <= MOST


def test_no_pattern_runs_away():
    away = [
        (pattern.pattern, unit)
        for pattern in patterns().values()
        for unit in units(pattern)
        if growth(pattern, unit) > MOST
    ]
    assert away == []
