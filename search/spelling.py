"""British and American spellings of one word, and misspelt words put right.

The table is our own, of the word parts that medical English spells in two ways.
"""

import math
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

# (American, British): parts of words, and endings.
PARTS = (
    *(("hemat", "haemat"), ("hemo", "haemo"), ("hemorr", "haemorr"), ("anemi", "anaemi")),
    *(("leukem", "leukaem"), ("glycem", "glycaem"), ("septicem", "septicaem")),
    *(("ischem", "ischaem"), ("uremi", "uraemi"), ("anesth", "anaesth"), ("pediatr", "paediatr")),
    *(("orthoped", "orthopaed"), ("gynec", "gynaec"), ("cesar", "caesar"), ("feca", "faeca")),
    *(("feces", "faeces"), ("hemangi", "haemangi"), ("edema", "oedema"), ("etiolog", "aetiolog")),
    *(("esophag", "oesophag"), ("estrogen", "oestrogen"), ("fetal", "foetal"), ("fetus", "foetus")),
    *(("celiac", "coeliac"), ("diarrhea", "diarrhoea"), ("apnea", "apnoea")),
    *(("dyspnea", "dyspnoea"), ("homeopath", "homoeopath"), ("maneuver", "manoeuvre")),
    *(("tumor", "tumour"), ("behavior", "behaviour"), ("color", "colour"), ("favor", "favour")),
    *(("labor", "labour"), ("humor", "humour"), ("odor", "odour"), ("vapor", "vapour")),
    *(("rumor", "rumour"), ("honor", "honour"), ("neighbor", "neighbour")),
    *(("signaling", "signalling"), ("labeled", "labelled"), ("labeling", "labelling")),
    *(("counseling", "counselling"), ("traveling", "travelling"), ("modeling", "modelling")),
    *(("enrollment", "enrolment"), ("fulfill", "fulfil"), ("sulf", "sulph")),
    *(("leuko", "leuco"), ("leukaph", "leucaph"), ("skeptic", "sceptic"), ("aging", "ageing")),
    *(("defense", "defence"), ("license", "licence"), ("offense", "offence")),
)
ENDINGS = (
    *(("ization", "isation"), ("izations", "isations"), ("ized", "ised"), ("izes", "ises")),
    *(("izing", "ising"), ("ize", "ise"), ("yzed", "ysed"), ("yzes", "yses"), ("yze", "yse")),
    *(("center", "centre"), ("centers", "centres"), ("centered", "centred"), ("fiber", "fibre")),
    *(("fibers", "fibres"), ("liter", "litre"), ("liters", "litres")),
    *(("emia", "aemia"), ("emic", "aemic"), ("emias", "aemias"), ("program", "programme")),
    *(("neuron", "neurone"), ("neurons", "neurones"), ("catalog", "catalogue")),
)
# What looks like one of them and is not.
ALIKE = frozenset({"academia", "academic", "epidemic", "endemic", "polemic", "systemic", "size"})


def _both(part: str, ending: str) -> str:
    return rf"(?:{part})|(?:{ending})$"


def _table(way: int) -> tuple[re.Pattern[str], dict[str, str]]:
    parts, endings = ({pair[way]: pair[1 - way] for pair in both} for both in (PARTS, ENDINGS))
    longest = sorted(parts, key=len, reverse=True)
    return re.compile(_both("|".join(longest), "|".join(endings))), {**parts, **endings}


_AMERICAN, _TO_BRITISH = _table(0)
_BRITISH, _TO_AMERICAN = _table(1)


@lru_cache(maxsize=20_000)
def british(word: str) -> str:
    if word in ALIKE or _BRITISH.search(word):
        return word
    return _AMERICAN.sub(lambda found: _TO_BRITISH[found.group()], word)


def american(word: str) -> str:
    if word in ALIKE:
        return word
    return _BRITISH.sub(lambda found: _TO_AMERICAN[found.group()], word)


def spellings(word: str) -> tuple[str, ...]:
    """The word as it was typed, and as the other side of the Atlantic spells it."""
    return tuple(dict.fromkeys((word, british(word), american(word))))


# --- misspelt words -------------------------------------------------------------------------

SHORTEST = 4
# How much nearer a word is for being ten times as frequent, for standing in a name, for standing
# beside its neighbour in one, and for being made of the same letters. In single-letter mistakes.
FREQUENT, IN_A_NAME, WITH_NEIGHBOUR, SAME_LETTERS = 0.15, 0.4, 1.0, 0.8


def most_mistakes(word: str) -> int:
    return 1 if len(word) < 6 else 2


@dataclass(frozen=True)
class Vocabulary:
    """The words of the site with the number of pages that hold each; the words of its names, and
    which stand beside which in them."""

    counts: Mapping[str, int]
    in_names: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    _by_initial: dict[str, list[str]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for word in {*self.counts, *self.in_names}:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_initial.setdefault(word[0], []).append(word)

    def knows(self, word: str) -> bool:
        """Whether a page holds it, in either spelling, in the singular or the plural."""
        forms = {*spellings(word), *spellings(word + "s"), *spellings(word.removesuffix("s"))}
        return any(form in self.counts or form in self.in_names for form in forms)

    def corrected(self, word: str, neighbours: Iterable[str] = ()) -> str:
        """The nearest word of the site; the word itself where it is known, short or no word."""
        if len(word) < SHORTEST or not (word.isascii() and word.isalpha()) or self.knows(word):
            return word
        # Hardly anybody misspells the first letter: the other words are asked only without luck.
        found = self._near(word, self._by_initial.get(word[0], ()), neighbours)
        if found is None:
            rest = [
                other
                for key, group in self._by_initial.items()
                if key != word[0]
                for other in group
            ]
            found = self._near(word, rest, neighbours)
        return found or word

    def _near(self, word: str, among: Sequence[str], neighbours: Iterable[str]) -> str | None:
        nearest, least = None, math.inf
        forms = dict.fromkeys((*spellings(word), word.removesuffix("s")))
        for form in forms:
            for other, mistakes, _ in process.extract(
                form, among, scorer=OSA.distance, score_cutoff=most_mistakes(word), limit=20
            ):
                far = mistakes - self._likely(form, other, neighbours)
                if (far, other) < (least, nearest or other):
                    nearest, least = other, far
        return nearest

    def _likely(self, form: str, other: str, neighbours: Iterable[str]) -> float:
        likely = FREQUENT * math.log10(1 + self.counts.get(other, 0))
        likely += IN_A_NAME if other in self.in_names else 0
        likely += SAME_LETTERS if sorted(form) == sorted(other) else 0
        beside = any(
            (other, near) in self.pairs or (near, other) in self.pairs for near in neighbours
        )
        return likely + (WITH_NEIGHBOUR if beside else 0)


def put_right(
    words: Iterable[str], vocabulary: Vocabulary, *, but: Container[str] = ()
) -> tuple[str, ...]:
    """The words with each misspelt one corrected, its neighbours telling which word was meant."""
    words = tuple(words)
    found = []
    for place, word in enumerate(words):
        if word in but:
            found.append(word)
            continue
        neighbours = (*words[max(place - 1, 0) : place], *words[place + 1 : place + 2])
        found.append(vocabulary.corrected(word, neighbours))
    return tuple(found)
