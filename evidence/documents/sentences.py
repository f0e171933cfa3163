"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

BULLET = re.compile(r"[ \t]*(?:[-*•·▪◦‣–—][ \t]+|\d{1,2}[.)][ \t]+)")
HASHES = re.compile(r"[ \t]*#{1,6}[ \t]+")

# The marks that end a sentence, with the quotes, brackets and citation numbers that belong to it.
# Bounded, so that a long row of marks costs nothing.
END = re.compile(r"[.!?…]{1,4}(?:[\"'”’»)\]]|\[[\d,\s–-]{1,12}\]){0,4}(?=\s|\Z)")

NEVER_LAST = frozenset({
    "e.g", "i.e", "eg", "ie", "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "vs", "v", "cf", "approx",
    "ca", "viz", "resp", "incl", "Rev", "Sr", "Jr",
})  # fmt: skip
BEFORE_A_NUMBER = frozenset({
    "no", "No", "Nos", "nos", "Fig", "Figs", "fig", "p", "pp", "Vol", "vol", "Ch", "ch", "Sec",
    "sec", "Eq", "Ref",
})  # fmt: skip

# Below this a line in a wrapped text is a heading or the last of its paragraph.
SHORT_LINE = 60
LONG_LINE = 120


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence, in order; bullets and blank space are outside."""
    for start, end in units(text):
        yield from _within(text, start, end)


def units(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each paragraph, heading and list item, without its bullet."""
    start = end = -1
    before = ""
    for offset, line in _lines(text):
        first = offset + _indent(line)
        last = offset + len(line.rstrip())
        if start >= 0 and (first >= last or _starts_anew(before, line)):
            yield start, end
            start = -1
        if first < last:
            start, end = (first if start < 0 else start), last
        before = line
    if start >= 0:
        yield start, end


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _indent(line: str) -> int:
    if mark := BULLET.match(line) or HASHES.match(line):
        return mark.end()
    return len(line) - len(line.lstrip())


def _starts_anew(before: str, line: str) -> bool:
    """Whether a line break parts two units, or only wraps one."""
    if BULLET.match(line) or HASHES.match(line) or HASHES.match(before):
        return True
    if len(before) > LONG_LINE or len(line) > LONG_LINE:
        return True
    ended = before.rstrip().endswith((".", "!", "?", ":"))
    return len(before) < SHORT_LINE and (ended or not _goes_on(before, line))


def _goes_on(before: str, line: str) -> bool:
    return line.lstrip()[:1].islower() or before.rstrip().endswith((",", ";"))


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in END.finditer(text, start, end):
        if mark.end() < end and not _ends_sentence(text, begin, mark, end):
            continue
        yield begin, mark.end()
        begin = mark.end() + _space(text, mark.end(), end)
    if begin < end:
        yield begin, end


def _space(text: str, start: int, end: int) -> int:
    step = 0
    while start + step < end and text[start + step].isspace():
        step += 1
    return step


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    following = text[mark.end() : min(mark.end() + 12, end)].lstrip(" \n\t\"'“‘«([")
    if following[:1].islower():
        return False
    if not mark.group().startswith(".") or mark.group().startswith(".."):
        return True
    # A few words back are enough, and keep a text without sentence ends from costing its square.
    before = text[max(begin, mark.start() - 60) : mark.start()]
    word = before.split()[-1:] or [""]
    return not _is_abbreviation(word[0].lstrip("(["), before, following)


def _is_abbreviation(word: str, before: str, following: str) -> bool:
    if word in NEVER_LAST:
        return True
    if word in BEFORE_A_NUMBER:
        return following[:1].isdigit()
    return len(word) == 1 and word.isupper() and _follows_a_name(before[:-1])


def _follows_a_name(before: str) -> bool:
    """An initial ("Mary J. Smith") comes first or after a capital; "vitamin D." does not."""
    word = before[-30:].split()[-1:] or [""]
    return not word[0] or word[0][0].isupper()
