"""What is asked: 200 different questions a class, drawn from the words of the site itself."""

import random
from collections.abc import Container, Iterator
from dataclasses import replace

from editorial.models import Tag, Version
from search.asking import Asked
from search.documents import plain_text
from search.engine import Snapshot
from search.words import PLAIN_WORDS, words_of

MANY = 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def questions(snapshot: Snapshot, dice: random.Random) -> dict[str, list[Asked]]:
    """By class. Few words stand in half of the pages: these are asked for page after page."""
    words = snapshot.words("vocabulary")
    telling = {
        word: count for word, count in words.items() if word.isalpha() and word not in PLAIN_WORDS
    }
    pages = snapshot.pages
    middling = [word for word, count in telling.items() if pages / 100 < count < pages / 8]
    longer = [word for word in middling if len(word) > 5]
    rare = [word for word, count in telling.items() if count <= max(3, pages // 2000)]
    tags = list(Tag.objects.current().values_list("slug", flat=True))
    return {
        "rare word": [Asked(word) for word in dice.sample(rare, min(MANY, len(rare)))],
        "word in a tenth": _near(telling, pages / 10, different=50),
        "word in half": _near(telling, pages / 2, different=10),
        "two words and a tag": [
            Asked(" ".join(dice.sample(middling, 2)), tags=(dice.choice(tags),))
            for _ in range(MANY)
        ],
        "misspelt word": [Asked(word) for word in _misspelt(longer, words, dice)],
        "phrase": [Asked(f'"{phrase}"') for phrase in _phrases(dice)],
    }


def _near(telling: dict[str, int], wanted: float, *, different: int) -> list[Asked]:
    """Words on about so many pages, and of each as many pages of results as make up the number."""
    words = sorted(telling, key=lambda word: abs(telling[word] - wanted))[:different]
    asked = [Asked(word) for word in words]
    return [
        replace(each, offset=page * each.size)
        for page in range(MANY // different)
        for each in asked
    ]


def _misspelt(longer: list[str], known: Container[str], dice: random.Random) -> list[str]:
    """Words with a letter left out, another in its place, or two changed over."""
    drawn = (_mistyped(dice.choice(longer), dice) for _ in range(20 * MANY))
    return list(dict.fromkeys(word for word in drawn if word not in known))[:MANY]


def _mistyped(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    swapped = before + after[0] + letter + after[1:]
    return dice.choice([before + after, before + dice.choice(LETTERS) + after, swapped])


def _phrases(dice: random.Random) -> Iterator[str]:
    """Two words that stand side by side in a body."""
    pks = list(Version.objects.live().values_list("pk", flat=True))
    chosen = Version.objects.filter(pk__in=dice.sample(pks, min(MANY, len(pks))))
    for body in chosen.values_list("body", flat=True):
        words = words_of(plain_text(body)) or ("nothing", "there")
        place = dice.randrange(max(len(words) - 1, 1))
        yield " ".join(words[place : place + 2])


def beginnings(snapshot: Snapshot, dice: random.Random) -> list[str]:
    """What somebody has typed so far: of titles and other names, from one letter on."""
    words = [word for word in snapshot.words("called") if len(word) > 2 and word.isalpha()]
    drawn = (dice.choice(words) for _ in range(20 * MANY))
    typed = dict.fromkeys(word[: dice.randint(1, len(word))] for word in drawn)
    return list(typed)[:MANY]
