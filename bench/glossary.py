"""How long it takes to link 10,000 terms in 1,000 words of HTML. Budget: 3 ms."""

import random
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from lxml import html as lxml_html

from articles.corpus import vocabulary
from glossary.matcher import Entry, Matcher
from glossary.rendering import link_in

TERMS, WORDS, ROUNDS = 10_000, 1_000, 60
# As in the starter content: 1,242 uses of a term in 22,800 words, half of them linked.
ONE_TERM_IN = 18


def run() -> Iterator[dict[str, Any]]:
    """One line: medians in milliseconds, and their ratio to `str.split` of the same text."""
    dice = random.Random(1)  # noqa: S311 - no secret
    names = made_up_names(dice)
    matcher = Matcher.of(
        Entry(number, f"/glossary/term-{number}/", "What it means.", (name,))
        for number, name in enumerate(names, 1)
    )
    body = made_up_body(dice, names)
    text = lxml_html.fromstring(body).text_content()
    split_ms = _median_ms(lambda: text, str.split)
    find_ms = _median_ms(lambda: text, lambda it: list(matcher.find(it)))
    # A tree for each round: what was linked is linked no more.
    link_ms = _median_ms(
        lambda: lxml_html.fromstring(body), lambda tree: link_in(tree, matcher, page_id=0)
    )
    yield {
        "bench": "glossary",
        "terms": len(names),
        "words": len(text.split()),
        "links": len(link_in(lxml_html.fromstring(body), matcher, page_id=0)),
        "find_ms": round(find_ms, 3),
        "link_ms": round(link_ms, 3),
        "split_ms": round(split_ms, 4),
        "ratio": round(link_ms / split_ms, 1),
        "budget_ms": 3.0,
    }


def made_up_names(dice: random.Random) -> list[str]:
    """All different: of one word, of two and of three, and one abbreviation in five."""
    rare = vocabulary()[2_000:]
    names: dict[str, None] = {}
    while len(names) < TERMS:
        words = dice.sample(rare, dice.choice([1, 2, 2, 3]))
        is_short = dice.random() < 0.2
        names["".join(words)[:5].upper() if is_short else " ".join(words)] = None
    return list(names)


def made_up_body(dice: random.Random, names: list[str]) -> str:
    """Paragraphs of 50 words under headings, with emphasis and a link in each."""
    paragraphs = []
    for number in range(WORDS // 50):
        words = dice.choices(vocabulary()[:2_000], k=50)
        for place in range(0, 50, ONE_TERM_IN):
            words[place] = dice.choice(names)
        words[10] = f"<em>{words[10]}</em>"
        words[20] = f'<a href="/x/">{words[20]}</a>'
        heading = "<h2>A heading</h2>" if number % 4 == 0 else ""
        paragraphs.append(f"{heading}<p>{' '.join(words)}.</p>")
    return f"<div>{''.join(paragraphs)}</div>"


def _median_ms[T](make: Callable[[], T], do: Callable[[T], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        given = make()
        begun = time.perf_counter()
        do(given)
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)
