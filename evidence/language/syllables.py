"""How many syllables a word has when it is read aloud.

Hyphenation patterns alone miss syllables (nobody parts “area” at the end of a line), and vowels
alone miss the seams between them (“creation”). So: vowels are counted within the hyphenated
pieces, a few rules of English spelling say which are silent or said apart, and a table holds what
follows no rule.
"""

import re
from functools import cache, lru_cache

import pyphen

SEAM = "-"
VOWELS = re.compile(r"[aeiouyáàâéèêëíïóôöúüæœ]+")
NOT_A_LETTER = re.compile(r"[^a-zà-öø-ÿœ]")
# Ends with a syllable more than their vowels show: organism, rhythm, area, cornea.
LONGER_END = re.compile(r"[aeiouy](?:(?:s|th)ms?|[^aeiouy]{1,2}eas?)$")
# First parts that keep their last vowel to themselves: auto-immune.
FIRST_PART = re.compile(
    r"(?:auto|neuro|cardio|immuno|ha?emato|haplo|cyto|osteo|gastro|keto|myelo|leuko|lympho|micro"
    r"|psycho)(?=[aeou]|i(?!d$|ds$))|re(?=in[fjtv])"
)
SILENT = (
    # movement, safely, lifetime, guideline, platelet.
    re.compile(
        r"(?:(?<=[aeiouy][^aeiouy-])|(?<=dg))e(?=-?(?:ments?|ly|ful|ful-?ly|less|ness|long|times?"
        r"|things?|where|fore|wise|ways?|made|work|tak(?:er|ers|ing)|lines?|lik(?:e|ely)|lets?|one"
        r"|ty|ing)$)"
    ),
    re.compile(r"(?<=[^aeiouytd-])e(?=d-?ness$)"),
    # fatigue, technique.
    re.compile(r"(?<=[gq])ue(?=s?$)"),
    # immune, genes, approved; not table, doses, treated, studied.
    re.compile(r"(?<=[^aeiouy-])(?<![^aeiouy-]l)(?<![^aeiouy]-l)e$"),
    re.compile(r"(?<=[^aeiouysxzcg-])(?<!ch|sh)(?<![^aeiouy-]l)(?<![^aeiouy]-l)e(?=s$)"),
    re.compile(r"(?<=[^aeiouytd-])(?<![^aeiouyl-]l)(?<![^aeiouy]-l)e(?=d$)"),
)
# Two vowels that are said apart though no pattern parts them: idiot, continuous, anxiety, apnoea.
APART = re.compile(
    r"i(?=a(?!ge)|o(?!us$)|u)|(?<![aeioucg])e(?=o)|u(?=a[lt]|ou)|(?<=[^-])y(?=[aio]|e-?l)"
    r"|e(?=i(?:ty|ng$))|i(?=e(?:t|nt|nc|r$|rs$))|u(?=en)|oe(?=as?$)|(?<=g)e(?=al$)"
)
# One sound, whatever the letters: special, patient, vision, opinion, quality, cautious.
ONE_SOUND = re.compile(
    r"(?:(?<=[txg])|(?<=[^s]c)|(?<=s))-?i-?(?=a[ln]|o[nu]|a$)|(?:(?<=t)|(?<=[^s]c))-?i-?(?=en)"
    r"|(?<=[ln])-?i-?(?=on)|(?<=q)u|(?<=g)u(?=[aei])"
)


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """At least one. A word with hyphens has as many as its parts together."""
    word = word.lower().replace("’", "'").replace("\xad", "")
    if "-" in word:
        return max(1, sum(syllables(part) for part in word.split("-") if part))
    stem = word.removesuffix("'s")
    letters = NOT_A_LETTER.sub("", stem)
    extra = stem != word and letters.endswith(("s", "x", "z", "ce", "ge", "ch", "sh", "se"))
    return max(1, _of_letters(letters)) + extra


def _of_letters(word: str) -> int:
    if count := EXCEPTIONS.get(word) or EXCEPTIONS.get(word.removesuffix("s")):
        return count
    if first := FIRST_PART.match(word):
        return _counted(first.group()) + _of_letters(word[first.end() :])
    return _counted(word)


def _counted(word: str) -> int:
    pieces = _patterns().inserted(word, SEAM)
    if len(VOWELS.findall(word)) > 1:
        for silent in SILENT:
            pieces = silent.sub("", pieces)
    pieces = ONE_SOUND.sub("", pieces)
    pieces = APART.sub(lambda match: match.group() + SEAM, pieces)
    more = LONGER_END.search(word) is not None
    return sum(len(VOWELS.findall(piece)) for piece in pieces.split(SEAM)) + more


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def _table(*rows: str) -> dict[str, int]:
    """Words by their number of syllables: the first row has those of one."""
    return {word: count for count, row in enumerate(rows, start=1) for word in row.split()}


EXCEPTIONS = _table(
    "isle aisle real",
    "acne cement earache headache every people wednesday really naked wicked sacred hundred lion"
    " riot iron argue acre being",
    "everyone everything everybody everyday genuine suicide pancreas recipe element"
    " ganglion syncope",
    "diabetes catastrophe apostrophe epitome",
)
