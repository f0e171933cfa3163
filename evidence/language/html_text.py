"""A body as plain text that remembers where it came from.

`plain_of(html)` gives one string, `.text`, in which every paragraph, heading, list item and table
cell stands alone with a blank line between, so that no sentence runs from one into the next. All
offsets count characters of that string:

    plain = plain_of(version.body)
    for sentence in plain.sentences():           # of paragraphs and lists, not headings and tables
        plain.text[sentence.start : sentence.end]
        plain.block_at(sentence.start).sort      # "p", "li", "blockquote", "h2", "td" …
        plain.citations_in(sentence.start, sentence.end)   # a citation node is no text, but known
        plain.is_quoted(sentence.start)          # inside <blockquote> or <q>
        plain.links_in(sentence.start, sentence.end)

`plain_of_text(text)` gives the same for text that never was HTML.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree
from lxml import html as lxml_html

from editorial.sanitising import fit_for_markup
from editorial.wording import RAISED
from evidence.documents.sentences import HASHES, sentence_spans, units

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th", "caption"})
# Blocks whose name says what stands in them. A paragraph in one of them is of its sort.
NAMED = HEADINGS | CELLS | {"li", "blockquote", "dt", "dd", "figcaption", "pre"}
BLOCKS = NAMED | {
    *("p", "div", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "hr", "section"),
    *("article", "aside", "header", "footer", "main", "nav", "figure", "address", "details"),
    *("summary", "form", "fieldset", "body"),
}
UNREAD = frozenset({"script", "style", "template", "noscript", "head", "title"})
BOLD = frozenset({"strong", "b"})
# What is remembered by where it begins and ends.
RANGES = BOLD | {"a", "q", "blockquote"}
# What may follow a citation without a space.
CLOSING = tuple(".,;:!?)]”’…")
POWERS = {sign: RAISED[sign] for sign in map(ord, "0123456789")}
# In plain text a line without a full stop is a heading when it is as short as this.
WORDS_OF_A_HEADING = 10


class Span(NamedTuple):
    start: int
    end: int


class Block(NamedTuple):
    """A paragraph, heading, list item or cell. `part` is the required section a heading opens."""

    start: int
    end: int
    sort: str
    part: str = ""

    @property
    def is_heading(self) -> bool:
        return self.sort in HEADINGS

    @property
    def is_cell(self) -> bool:
        return self.sort in CELLS

    @property
    def is_prose(self) -> bool:
        return not self.is_heading and not self.is_cell


class Cited(NamedTuple):
    """A citation node. It stands right behind the words that end at `offset`."""

    offset: int
    source: str
    place: str


class Link(NamedTuple):
    """`page` is the id of the page it leads to, as written, or ""."""

    start: int
    end: int
    href: str
    page: str


@dataclass(frozen=True)
class Plain:
    text: str
    blocks: tuple[Block, ...] = ()
    citations: tuple[Cited, ...] = ()
    quoted: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    bold: tuple[Span, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block_at(self, offset: int) -> Block | None:
        """The block that holds this character; None between two blocks."""
        position = bisect_right(self._starts, offset) - 1
        if position < 0 or offset > self.blocks[position].end:
            return None
        return self.blocks[position]

    def sentences(self, *, prose: bool = True) -> Iterator[Span]:
        """Every sentence, none across two blocks. `prose=False` adds headings and cells."""
        for block, sentences in self._sentences:
            if block.is_prose or not prose:
                yield from sentences

    def sentences_by_block(self) -> Iterator[tuple[Block, list[Span]]]:
        """The paragraphs, list items and quotations, each with its sentences."""
        return ((block, sentences) for block, sentences in self._sentences if block.is_prose)

    @cached_property
    def _sentences(self) -> list[tuple[Block, list[Span]]]:
        return [(block, list(self._sentences_of(block))) for block in self.blocks]

    def _sentences_of(self, block: Block) -> Iterator[Span]:
        for start, end in sentence_spans(self.text[block.start : block.end]):
            yield Span(block.start + start, block.start + end)

    def is_quoted(self, start: int, end: int | None = None) -> bool:
        """Whether these characters stand inside one quotation, as the markup says."""
        end = start + 1 if end is None else end
        return any(quote.start <= start and end <= quote.end for quote in self.quoted)

    def labels(self, span: Span) -> bool:
        """Whether this sentence is a label in bold that runs into its paragraph: “Death.”"""
        block = self.block_at(span.start)
        return bool(block and block.start == span.start < span.end < block.end) and any(
            bold.start == span.start and span.end <= bold.end + 1 for bold in self.bold
        )

    def citations_in(self, start: int, end: int) -> list[Cited]:
        """What is cited in these words or right behind them."""
        return [cited for cited in self.citations if start < cited.offset <= end]

    def links_in(self, start: int, end: int) -> list[Link]:
        return [link for link in self.links if link.start < end and start < link.end]


def plain_of(html: str) -> Plain:
    if not html.strip():
        return Plain("")
    tree = lxml_html.fragment_fromstring(fit_for_markup(html), create_parent="div")
    reader = _Reader()
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            reader.open(node)
        else:
            reader.close(node)
    return reader.plain()


def plain_of_text(text: str) -> Plain:
    """Blocks of a text without markup: parted by blank lines, by bullets and by short lines."""
    blocks = []
    for start, end in units(text):
        line = text.rfind("\n", 0, start) + 1
        is_heading = HASHES.match(text, line) or _looks_like_a_heading(text, line, start, end)
        is_item = bool(text[line:start].strip()) and not HASHES.match(text, line)
        blocks.append(Block(start, end, "h2" if is_heading else "li" if is_item else "p"))
    return Plain(text, tuple(blocks))


def _looks_like_a_heading(text: str, line: int, start: int, end: int) -> bool:
    if text[line:start].strip() or text[end - 1] in '.!?…:;,"”’)]':
        return False
    # "Is it safe?" is caught above: a question is read as a sentence, which costs a reader little.
    return len(text[start:end].split()) <= WORDS_OF_A_HEADING and "\n" not in text[start:end]


@dataclass
class _Reader:
    """Collects the text of a tree as it is walked."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    # Where the block that is being read began; -1 when none has.
    begun: int = -1
    ends_in_space: bool = False
    owes_a_space: bool = False
    unread: int = 0
    raised: int = 0
    sorts: list[tuple[str, str]] = field(default_factory=lambda: [("p", "")])
    opened: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    citations: list[Cited] = field(default_factory=list)
    quoted: list[Span] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bold: list[Span] = field(default_factory=list)

    def open(self, node: lxml_html.HtmlElement) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            return
        if tag in UNREAD:
            self.unread += 1
        if tag in BLOCKS:
            self._end_block()
            self.sorts.append((self._sort(tag), node.get("data-part", "")))
        elif tag == "br" and self.begun >= 0:
            self._strip_end()
            self._break()
        elif tag == "cite" and node.get("data-source"):
            self._cite(node)
        if tag in RANGES:
            self.opened.append(self.length)
        self.raised += tag == "sup"
        self._write(node.text or "")

    def close(self, node: lxml_html.HtmlElement) -> None:
        tag = node.tag
        if isinstance(tag, str):
            if tag in BLOCKS:
                self._end_block()
                self.sorts.pop()
            if tag in RANGES:
                self._end_range(node, self.opened.pop())
            self.raised -= tag == "sup"
            self.unread -= tag in UNREAD
        self._write(node.tail or "")

    def plain(self) -> Plain:
        self._end_block()
        text = "".join(self.pieces).rstrip()
        return Plain(
            text,
            tuple(self.blocks),
            # One behind the last block stands at the end of the text, which has lost its spaces.
            tuple(cited._replace(offset=min(cited.offset, len(text))) for cited in self.citations),
            tuple(self.quoted),
            tuple(self.links),
            tuple(self.bold),
        )

    def _sort(self, tag: str) -> str:
        around = self.sorts[-1][0]
        if around in CELLS and tag not in CELLS:
            return around
        return tag if tag in NAMED else around

    def _write(self, text: str) -> None:
        if self.unread or not text:
            return
        if self.raised:
            text = text.translate(POWERS)
        words = " ".join(text.split())
        leads = text[0].isspace()
        if self.begun < 0:
            words = words.lstrip()
            if not words:
                return
            self.begun = self.length
        elif leads and not self.ends_in_space:
            words = f" {words}" if words else " "
        elif self.owes_a_space and not leads and not words.startswith(CLOSING):
            words = f" {words}"
        if words and text[-1].isspace() and not words[-1].isspace():
            words += " "
        if words:
            self.owes_a_space = False
            self.pieces.append(words)
            self.length += len(words)
            self.ends_in_space = words[-1].isspace()

    def _break(self) -> None:
        """A new line inside a block: nothing in a part that is not read."""
        if not self.unread:
            self.pieces.append("\n")
            self.length += 1
            self.ends_in_space = True

    def _cite(self, node: lxml_html.HtmlElement) -> None:
        """The space before a citation waits until it is known what follows."""
        if self.unread:
            return
        if self.begun >= 0:
            self.owes_a_space = self._strip_end() or self.owes_a_space
        self.citations.append(
            Cited(self.length, node.get("data-source"), node.get("data-place", ""))
        )

    def _end_block(self) -> None:
        self.owes_a_space = False
        if self.begun < 0:
            return
        self._strip_end()
        sort, part = self.sorts[-1]
        self.blocks.append(Block(self.begun, self.length, sort, part))
        self.pieces.append("\n\n")
        self.length += 2
        self.begun = -1
        self.ends_in_space = False

    def _strip_end(self) -> bool:
        """Take back the white space written last; whether there was any."""
        stripped = self.pieces[-1].rstrip() if self.pieces else ""
        dropped = len(self.pieces[-1]) - len(stripped) if self.pieces else 0
        if dropped:
            self.pieces[-1] = stripped
            self.length -= dropped
            self.ends_in_space = False
        return bool(dropped)

    def _end_range(self, node: lxml_html.HtmlElement, start: int) -> None:
        end = self.length - self.ends_in_space
        if self.begun < 0 and self.blocks:
            end = self.blocks[-1].end
        if end <= start:
            return
        if node.tag == "a":
            link = Link(start, end, node.get("href", ""), node.get("data-page", ""))
            self.links.append(link)
        elif node.tag in BOLD:
            self.bold.append(Span(start, end))
        else:
            self.quoted.append(Span(start, end))
