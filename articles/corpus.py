"""Synthetic articles for benchmarks and load tests: live, of real size, and about nothing.

Their words are drawn by Zipf's law, as those of real texts fall: the word of rank r about 1/r times
as often as the first. The words are made up but for the commonest of English, and each page says
so. Tags are those of the vocabulary; claims are about therapies and diseases that are made up too,
so that nothing is said of any real treatment. The same seed makes the same pages.
"""

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate, batched
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.functions import Length

from articles.corpus_workers import in_processes
from articles.starter import CLAIM_DEFAULTS, load_tags
from editorial.filling import Filling, NewPage, publish_written, write_new
from editorial.models import Page, Tag, Version
from editorial.parts import Row
from editorial.signals import send_all, version_went_live
from editorial.states import HowMade, Kind, State
from evidence.models import Source
from evidence.models.claim import Certainty, Direction

REASON = (
    "Synthetic article, made up by a program for load tests. Its words mean nothing: no check was "
    "run on it, and no clinician has read it."
)
AT_A_TIME = 500
PREFIX = "corpus-"
VOCABULARY = 12_000
SOURCES, THERAPIES, DISEASES = 20, 4, 6
ONE_CLAIM_IN = 10
Progress = Callable[[Iterable[Any], str], Iterator[Any]]

# The commonest words of English prose, which say nothing by themselves.
COMMON: list[str] = """
the of and to in a is that for it as was with be by on not he this are or his from at which but
have an had they you were their one all we can her has there been if more when will would who so
no out up into than them some could time these two may then do first any my now such like our over
me even most made after also well many before must through back years where much your way down
should because each those people how too little good very still own between long here both under
never same another know while last us might great old year off come since against go came right
""".split()  # noqa: SIM905 - a list of 150 lines says no more
SYLLABLES = [a + b for a, b in itertools.product("bdfglmnprstv", ["a", "e", "i", "o", "u", "ar"])]


def make_corpus(
    count: int, *, seed: int, now: datetime, progress: Progress, processes: int = 1
) -> tuple[int, int]:
    """So many articles more than there are. Returns the numbers of the first and the last.

    Each batch is there as a whole or not at all: after a kill, run it again for the rest.
    """
    load_tags()
    surroundings = Surroundings.make()
    finish_what_was_begun(now=now)
    first = last_number() + 1
    numbers = range(first, first + count)
    batches = [range(each[0], each[-1] + 1) for each in batched(numbers, AT_A_TIME)]
    if processes > 1 and len(batches) > 1:
        done = in_processes(batches, processes=processes, seed=seed, now=now)
    else:
        done = (publish_batch(batch, surroundings, seed=seed, now=now) for batch in batches)
    for _ in progress(batches, "Articles"):
        next(done)
    # Who follows the public text looks at the table of changes: one word to look there is enough.
    send_all(version_went_live, list(_live(numbers[-ONE_CLAIM_IN:])))
    return first, numbers[-1]


def publish_batch(numbers: range, around: "Surroundings", *, seed: int, now: datetime) -> range:
    drafts = write_new([article(number, seed, around) for number in numbers], now=now)
    publish_written(drafts, now=now, reason=REASON)
    return numbers


def finish_what_was_begun(*, now: datetime) -> None:
    """Put live what a run wrote before it was killed."""
    written = Version.objects.filter(state=State.DRAFT, wrote=None, lock_number=1)
    left = written.filter(page__in=_pages()).select_related("page").order_by("pk")
    for batch in batched(left, AT_A_TIME):
        publish_written(batch, now=now, reason=REASON)


def _live(numbers: Sequence[int]) -> QuerySet[Version]:
    pages = Page.objects.filter(slug__in=[f"{PREFIX}{number}" for number in numbers])
    return Version.objects.live().filter(page__in=pages).select_related("page").defer("body")


def _pages() -> QuerySet[Page]:
    return Page.objects.filter(kind=Kind.ARTICLE, slug__regex=rf"^{PREFIX}[0-9]+$")


def last_number() -> int:
    longest = _pages().annotate(length=Length("slug")).order_by("-length", "-slug")
    slug = longest.values_list("slug", flat=True).first()
    return int(slug.removeprefix(PREFIX)) if slug else 0


@dataclass(frozen=True)
class Surroundings:
    """What the articles point to: the vocabulary's tags, and what is made up for their claims."""

    tags: Sequence[int]
    sources: Sequence[str]
    therapies: Sequence[int]
    diseases: Sequence[int]

    @classmethod
    def make(cls) -> Self:
        """Whatever of it is not there yet is made."""
        therapies = _made_up_tags(Tag.Kind.THERAPY, THERAPIES)
        diseases = _made_up_tags(Tag.Kind.DISEASE, DISEASES)
        current = Tag.objects.current().exclude(slug__startswith=PREFIX).order_by("slug")
        return cls(
            tags=list(current.values_list("pk", flat=True)),
            sources=_made_up_sources(),
            therapies=therapies,
            diseases=diseases,
        )


def _made_up_tags(kind: str, count: int) -> list[int]:
    tags = [
        Tag(slug=f"{PREFIX}{kind}-{number}", name=f"Made-up {kind} {number}", kind=kind)
        for number in range(1, count + 1)
    ]
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
    mine = Tag.objects.filter(slug__in=[tag.slug for tag in tags]).order_by("slug")
    return list(mine.values_list("pk", flat=True))


def _made_up_sources() -> list[str]:
    """Private: they stand under the claims that cite them, and in no bibliography."""
    sources = [
        Source(
            key=f"{PREFIX}source-{number}",
            kind=Source.Kind.TRIAL,
            title=f"Made-up study {number}, for load tests",
            design=Source.Design.RANDOMISED_TRIAL,
            is_private=True,
        )
        for number in range(1, SOURCES + 1)
    ]
    Source.objects.bulk_create(sources, ignore_conflicts=True)
    return [source.key for source in sources]


# --- one article ----------------------------------------------------------------------------


def article(number: int, seed: int, around: Surroundings) -> tuple[NewPage, Filling]:
    """The same for the same number and seed, among the same tags."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret
    title = f"Made-up article {number}: {' '.join(_words(dice, dice.randint(3, 7)))}"
    text = {
        "title": title,
        "summary": f"Made up by a program for load tests. {_sentence(dice)}",
        "body": _body(dice),
        "how_made": HowMade.AI_ASSISTED,
    }
    tags = dice.choices(around.tags, cum_weights=_zipf(len(around.tags)), k=dice.randint(1, 5))
    parts: dict[str, list[Row]] = {
        "key_messages": [{"text": _sentence(dice)} for _ in range(3)],
        "tags": [{"tag_id": pk} for pk in tags],
        "claims": [_claim(dice, around)] if number % ONE_CLAIM_IN == 0 else [],
    }
    return NewPage(Kind.ARTICLE, f"{PREFIX}{number}", title), Filling(text, parts)


def _body(dice: random.Random) -> str:
    """300 to 600 words under headings, as the sanitiser leaves it."""
    wanted, pieces = dice.randint(310, 520), []
    while wanted > 0:
        heading = _words(dice, dice.randint(2, 5))
        pieces.append(f"<h2>{' '.join(heading).capitalize()}</h2>")
        wanted -= len(heading)
        for _ in range(dice.randint(1, 3)):
            sentences = [_sentence(dice) for _ in range(dice.randint(2, 4))]
            pieces.append(f"<p>{' '.join(sentences)}</p>")
            wanted -= sum(len(sentence.split()) for sentence in sentences)
            if wanted <= 0:
                break
    return "".join(pieces)


def _sentence(dice: random.Random) -> str:
    return " ".join(_words(dice, dice.randint(6, 18))).capitalize() + "."


def _words(dice: random.Random, count: int) -> list[str]:
    return dice.choices(vocabulary(), cum_weights=_zipf(VOCABULARY), k=count)


@cache
def vocabulary() -> list[str]:
    """The commonest words, then made-up ones, the shorter first: all different."""
    made_up = (
        "".join(syllables)
        for length in (2, 3)
        for syllables in itertools.product(SYLLABLES, repeat=length)
    )
    common = list(dict.fromkeys(COMMON))
    rest = (word for word in made_up if word not in common)
    return [*common, *itertools.islice(rest, VOCABULARY - len(common))]


@cache
def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _claim(dice: random.Random, around: Surroundings) -> dict[str, Any]:
    people_treated, people_compared = dice.randint(20, 400), dice.randint(20, 400)
    return CLAIM_DEFAULTS | {
        "statement": "A made-up claim for load tests: it tells of no treatment that there is.",
        "therapy_id": dice.choice(around.therapies),
        "disease_id": dice.choice(around.diseases),
        "outcome": "a made-up outcome",
        "direction": dice.choice(Direction.values),
        "certainty": dice.choice(Certainty.values),
        "certainty_reason": "Made up, like the claim.",
        "comparator": "nothing",
        "events_treated": dice.randint(0, people_treated),
        "people_treated": people_treated,
        "events_compared": dice.randint(0, people_compared),
        "people_compared": people_compared,
        "citations": [{"source": dice.choice(around.sources), "place": "Table 1"}],
    }
