"""Words that put the illness before the person, with the words to use in their place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from editorial.checks import Level
from evidence.language.html_text import Plain

# Diseases by which people get called, as “MS patients”, “a lupus sufferer”.
DISEASES = (
    r"(?:MS|ALS|SSc|SLE|RA|T1D|IBD|lupus|Crohn['’]s|diabetes|arthritis|scleroderma|myasthenia"
    r"|(?:multiple|systemic|amyotrophic lateral) sclerosis|rheumatoid arthritis|type 1 diabetes)"
)


class Wording(NamedTuple):
    """`better` may name the words found: {0} all of them, {1} the first group.

    The pattern is tried where one of the `stems` is in the text: most texts hold none of them.
    """

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    better: str
    level: Level


class Worded(NamedTuple):
    start: int
    end: int
    text: str
    better: str
    level: Level


def _wording(stems: str, pattern: str, better: str, level: Level = Level.WARN) -> Wording:
    return Wording(
        tuple(stems.split()), re.compile(rf"\b{pattern}\b", re.IGNORECASE), better, level
    )


# After the NHS digital service manual, “Inclusive content”: the person, then the illness.
WORDINGS = (
    _wording("sufferer victim", rf"({DISEASES})[\s-]+(?:sufferers?|victims?)", "people with {1}"),
    _wording("sufferer", r"sufferers?", "people with the condition"),
    _wording("diabetics", r"diabetics", "people with diabetes"),
    _wording("diabetic", r"(?:a|the|every|each|any) diabetic"
             r"(?=[.,;:!?]|\s+(?:who|has|is|can|may|should))", "a person with diabetes"),
    _wording("ics", r"(?:epileptics|arthritics|asthmatics|schizophrenics)",
             "people with the condition"),
    _wording("suffer", r"suffer(?:s|ed|ing)? (?:from|with)", "have”, “has” or “living with"),
    _wording("afflicted stricken", r"(?:afflicted|stricken) (?:with|by)", "with"),
    _wording("victim", r"victims? of (?:[\w’'-]+ ){0,3}(?:disease|illness|condition|lupus)",
             "people with the condition"),
    _wording("wheelchair", r"(?:wheelchair[\s-]bound|(?:bound|confined) to"
             r" (?:a|the|their|his|her) wheelchairs?)", "uses a wheelchair"),
    _wording("ridden", r"bed-?ridden", "has to stay in bed"),
    _wording("disabled sick afflicted", r"(?:the|these|those) (?:disabled|sick|afflicted)"
             r"(?=[.,;:!?]|\s+(?:who|are|have|can|may))", "people with an illness"),
    _wording("cripple handicap", r"(?:cripples?|crippled|the handicapped"
             r"|handicapped (?:people|person))", "disabled people"),
    _wording("normal", r"normal (?:people|persons?|individuals?)", "people without the condition"),
    _wording("bodied", r"able[\s-]bodied", "people without a disability", Level.ADVISE),
    _wording("battl fight", rf"(?:battling|(?:battles?|fights?|fighting) (?:against |with )?"
             rf"(?:their|his|her)) (?:illness|{DISEASES})", "living with it", Level.ADVISE),
    _wording("complian", r"non-?complian(?:t|ce)", "did not take the medicine as planned",
             Level.ADVISE),
    _wording("patients", rf"({DISEASES})[\s-]+patients", "people with {1}", Level.ADVISE),
    _wording("diabetic arthritic epileptic", r"(?:diabetic|arthritic|epileptic)"
             r" (?:patients?|people|children|women|men)", "people with the condition",
             Level.ADVISE),
    _wording("patient", r"patients? (?:failed|who failed|failing)(?: to respond to)?"
             r"(?: \w+)? (?:treatment|therapy)",
             "the treatment did not work for them", Level.ADVISE),
)  # fmt: skip
# Other people's words, which a careful page may have to quote.
QUOTED = re.compile(r"[“\"][^“”\"\n]{1,200}[”\"]")


def worded_better(plain: Plain) -> Iterator[Worded]:
    """Each place once, in order; the first wording that finds it keeps it. Quotations are left."""
    taken: list[tuple[int, int]] = [match.span() for match in QUOTED.finditer(plain.text)]
    lowered = plain.text.lower()
    found = []
    for wording in WORDINGS:
        if not any(stem in lowered for stem in wording.stems):
            continue
        for match in wording.pattern.finditer(plain.text):
            start, end = match.span()
            if plain.is_quoted(start, end) or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            better = wording.better.format(match.group(), *match.groups())
            found.append(Worded(start, end, match.group(), better, wording.level))
    yield from sorted(found)
