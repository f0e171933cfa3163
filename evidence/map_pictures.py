"""The evidence map as one picture: where everything stands, in units of the drawing."""

from dataclasses import dataclass

from evidence import map_words
from evidence.map import Cell, EvidenceMap
from evidence.summing_up import Side

HEAD, LINE, MARGIN = 118, 15, 20
FIRST, WIDTH, PADDING = 210, 176, 10
INDENT = 14
# Letters of the drawing's 12-unit sans-serif: 6.1 wide on average, 7 when bold.
LETTER, BOLD_LETTER = 6.1, 7.0


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    words: str
    is_bold: bool = False


@dataclass(frozen=True)
class Shape:
    name: str
    x: float
    y: float


@dataclass
class Box:
    """One cell. `shapes` repeat in form what its first lines say in words."""

    x: float
    y: float
    height: float
    is_empty: bool
    texts: list[Text]
    shapes: list[Shape]


@dataclass
class Picture:
    width: float
    height: float
    texts: list[Text]
    boxes: list[Box]
    lines: list[float]

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def foot(self) -> float:
        return self.height - 30


def picture_of(found: EvidenceMap) -> Picture:
    texts: list[Text] = []
    boxes: list[Box] = []
    lines: list[float] = []
    for number, disease in enumerate(found.diseases):
        x = MARGIN + FIRST + number * WIDTH + PADDING
        heading = wrapped(disease.name, WIDTH - 2 * PADDING, BOLD_LETTER)
        texts += _block(heading, x, HEAD - LINE * (len(heading) - 1) - 10, is_bold=True)
    y: float = HEAD
    for line in found.rows:
        cells = [
            _box(cell, MARGIN + FIRST + number * WIDTH, y) for number, cell in enumerate(line.cells)
        ]
        indent = line.heading.depth * INDENT
        name = wrapped(line.heading.name, FIRST - PADDING - indent, BOLD_LETTER)
        texts += _block(name, MARGIN + indent, y + LINE + 6, is_bold=True)
        height = max([len(name) * LINE + 2 * PADDING, *(box.height for box in cells)])
        for box in cells:
            box.height = height
        boxes += cells
        lines.append(y)
        y += height
    width = MARGIN * 2 + FIRST + max(len(found.diseases), 3) * WIDTH
    return Picture(width, y + 70, texts, boxes, lines)


def _box(cell: Cell, x: float, y: float) -> Box:
    room = WIDTH - 2 * PADDING
    box = Box(x, y, 0, not cell.is_shown, [], [])
    at = y + LINE + 6
    for sentence, side in _told(cell):
        indent = 18 if side else 0
        if side:
            box.shapes.append(Shape(side.direction, x + PADDING, at - 12))
        letter = BOLD_LETTER if side else LETTER
        block = wrapped(sentence, room - indent, letter)
        box.texts += _block(block, x + PADDING + indent, at, is_bold=bool(side))
        at += len(block) * LINE + 3
    box.height = at - y
    return box


def _told(cell: Cell) -> list[tuple[str, Side | None]]:
    sides = [cell.effect, cell.harm] if cell.is_shown else []
    sentences = map_words.sentences(cell)
    return [
        (sentence, sides[number] if number < len(sides) else None)
        for number, sentence in enumerate(sentences)
    ]


def _block(lines: list[str], x: float, y: float, *, is_bold: bool = False) -> list[Text]:
    return [Text(x, y + number * LINE, line, is_bold) for number, line in enumerate(lines)]


def wrapped(words: str, room: float, letter: float) -> list[str]:
    """Words in lines no wider than the room, as far as single words allow."""
    most = max(1, int(room / letter))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
