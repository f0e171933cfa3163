"""Numbers as pictures, drawn on the server: a bar, and a mark for each person.

What is filled and what is only outlined differ in shape, so colour carries nothing alone; each
picture says in words what it shows. Marks are the round ends of dashes without length: a row of
twenty is one short line, and a hundred of them cost some three hundred bytes.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.numbers import Frequency

ACROSS = 20
BAR = 0.7  # how high the bar is, in widths of a mark
GAP = 0.5  # between the bar and the marks
RADIUS = 0.36


def picture(frequency: Frequency, *, with_marks: bool) -> SafeString:
    """A bar that is filled as far as it happened and, below it, the marks.

    Widths and colours are those of claims.css.
    """
    rows = -(-frequency.base // ACROSS) if with_marks else 0
    return format_html(
        '<svg class="often" viewBox="0 0 {} {}" role="img" focusable="false">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        ACROSS,
        f"{BAR + GAP + rows:g}" if rows else f"{BAR:g}",
        str(frequency),
        in_words(frequency, with_marks=with_marks),
        _bar(frequency),
        _marks(frequency) if rows else "",
    )


def in_words(frequency: Frequency, *, with_marks: bool) -> str:
    """What the picture shows, for whoever does not see it."""
    happened, people = frequency.arm.events, frequency.arm.people
    words = _("A bar: it happened to %(happened)s people and not to %(spared)s.") % {
        "happened": f"{happened:,}",
        "spared": f"{people - happened:,}",
    }
    if not with_marks:
        return words
    filled, half, empty = frequency.marks
    marks = ngettext(
        "Under it %(base)s mark: %(filled)s filled, %(half)s%(empty)s empty.",
        "Under it %(base)s marks: %(filled)s filled, %(half)s%(empty)s empty.",
        frequency.base,
    ) % {
        "base": frequency.base,
        "filled": filled,
        "half": _("one half filled, ") if half else "",
        "empty": empty,
    }
    return f"{words} {marks}"


def _bar(frequency: Frequency) -> SafeString:
    """What happened at all is seen, and so is what did not happen to all."""
    events, people = frequency.arm.events, frequency.arm.people
    width = ACROSS * events / people
    if 0 < events < people:
        width = min(max(width, 0.15), ACROSS - 0.15)
    return format_html(
        '<path class="whole" d="M0 0h{}v{}H0z"/><path class="part" d="M0 0h{}v{}H0z"/>',
        ACROSS,
        BAR,
        f"{width:.2f}".rstrip("0").rstrip("."),
        BAR,
    )


def _marks(frequency: Frequency) -> SafeString:
    filled, half, empty = frequency.marks
    pieces = []
    if filled:
        pieces.append(f'<path class="full" d="{_dots(0, filled)}"/>')
    if half or empty:
        rest = _dots(filled, half + empty)
        pieces.append(f'<path class="full" d="{rest}"/><path class="hole" d="{rest}"/>')
    if half:
        across, down = _place(filled)
        arc = f"a{RADIUS} {RADIUS} 0 0 0 {2 * RADIUS:g} 0z"
        pieces.append(f'<path class="part" d="M{across - RADIUS:g} {down:g}{arc}"/>')
    return mark_safe("".join(pieces))  # noqa: S308 - nothing but numbers


def _place(index: int) -> tuple[float, float]:
    """The middle of a mark."""
    row, column = divmod(index, ACROSS)
    return column + 0.5, BAR + GAP + row + 0.5


def _dots(first: int, number: int) -> str:
    """A path through so many marks from the first on, row by row.

    Each line ends a hair behind its last mark, which otherwise could fall to rounding.
    """
    path = []
    last = first + number
    while first < last:
        end = min(last, (first // ACROSS + 1) * ACROSS)
        across, down = _place(first)
        path.append(f"M{across:g} {down:g}h{end - first - 1 + 0.01:g}")
        first = end
    return "".join(path)
