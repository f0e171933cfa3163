"""A guess at a text's language, by its commonest small words."""

import re
from collections import Counter

SMALL_WORDS = {
    "en": "the of and to in is that for it with as are this be on by not or from have which",
    "de": "der die das und ist nicht ein eine den mit von zu für auf dem im sich bei auch werden",
    "fr": "le la les des et est une dans pour que qui par sur pas avec sont au ce plus cette",
    "es": "el la los las de y en que es una por con para del se no como más son este",
    "it": "il la di e che è un una per con del della sono non le gli nel alla come più",
    "pt": "o a os as de e que em um uma para com não por do da dos das são mais",
    "nl": "de het een en van is dat niet met voor op zijn aan er ook bij worden te of die",
}
MEMBERS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}

ENOUGH = 3
SHARE = 0.06
LEAD = 1.25
SAMPLE = 6_000


def guess(text: str) -> str:
    """Two-letter code, or "" where the text is too short or in a language not known here."""
    words = Counter(re.findall(r"[^\W\d_]{1,30}", text[:SAMPLE].lower()))
    counts = {
        language: sum(words[word] for word in members) for language, members in MEMBERS.items()
    }
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    best = counts[first]
    if best < ENOUGH or best < SHARE * words.total() or best < LEAD * counts[second]:
        return ""
    return first
