"""Sentences that claim something to check: the skeleton of a document's claims.

Better one too many than one too few: an editor strikes out what needs no check.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from evidence.documents.sentences import HASHES, sentence_spans

_EFFECTS = (
    "accelerat|alleviat|ameliorat|boost|combat|control|correct|cur|dampen|decreas|delay|diminish"
    "|eliminat|enhanc|eradicat|halt|heal|improv|increas|lower|mend|minimi[sz]|moderat|modif|modulat"
    "|prevent|protect|rebalanc|reboot|rebuild|reduc|regenerat|regulat|rejuvenat|reliev|remov|repair"
    "|replac|reprogram|reset|restor|revers|slow|stabili[sz]|stimulat|stop|suppress|transform|treat"
)
_ENDINGS = r"(?:e|es|ed|s|ing|ted|ting|med|ming|ped|ping|y|ies|ied|ying|ation|ment|ments)?"
EFFECT = re.compile(rf"\b(?:{_EFFECTS}|re-?establish){_ENDINGS}\b", re.IGNORECASE)
# These words are about treating as such: alone they claim no effect.
NO_EFFECT = re.compile(
    r"\b(?:treatments?|treating|controls?|controlled|regulation|regulated|treated|modified)\b",
    re.IGNORECASE,
)

STRONG = re.compile(
    r"\b(?:cures?|cured|heals?|healed|revers(?:e|es|ed)|eliminat(?:e|es|ed)|eradicat(?:e|es|ed)"
    r"|repairs?|repaired|resets?|stops?|stopped|remission|guarantee[sd]?)\b",
    re.IGNORECASE,
)

NUMBER = re.compile(
    r"\d[\d,.]{0,12}\s?(?:%|per ?cent\b|-?fold\b|times\b)"
    r"|\b\d[\d,]{0,10} (?:of|in|out of) (?:the |every )?\d[\d,]{0,10}\b"
    r"|\b(?:at least|over|more than|up to|about|around|nearly|almost|only|fewer than"
    r"|less than|some) \d[\d,.]{0,12}\b"
    r"|\b\d[\d,.]{0,12} (?:\w{1,20} )?(?:patients|people|participants|studies|trials|cases|days"
    r"|weeks|months|years|deaths|types|countries|clinics)\b"
    r"|\b(?:most|the majority of|half of|a third of|two thirds of|many|few|all) (?:\w{1,20} )?"
    r"(?:patients|people|participants|cases)\b",
    re.IGNORECASE,
)

COMPARISON = re.compile(
    r"\b(?:better|worse|safer|cheaper|faster|fewer|higher|greater|superior|inferior|more|less)"
    r"(?: \w{1,20}){0,2} (?:than|to)\b|\b(?:compared (?:with|to)|unlike|instead of|rather than"
    r"|alternatives? to|as (?:effective|safe|good) as|fewer relapses|outperform(?:s|ed)?)\b"
    r"|\b(?:promising|new|novel|better) (?:alternatives?|options?)\b",
    re.IGNORECASE,
)

SAFETY = re.compile(
    r"\b(?:safe|safely|safety|side[ -]effects?|adverse|risks?|risk-free|harmless|toxic"
    r"|complications?|well[ -]tolerated|tolerable|painless|non-?invasive|minimally invasive"
    r"|rejection|infections?|mortality|deaths?|die[sd]?|fatal|natural)\b",
    re.IGNORECASE,
)

# The short names stay in capitals: a nice result is not the institute's.
RULES = re.compile(
    r"\b(?:FDA|EMA|MHRA|NICE)\b|(?i:\b(?:approv(?:ed|al|es)|licen[sc]ed|authori[sz]ed|regulators?"
    r"|regulatory(?! (?:T[ -])?cells?)|registered|accredited|certified|cleared by|unapproved"
    r"|experimental|standard of care|insurance)\b)"
)

EVIDENCE = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers)?|trials?|evidence|scientists|experts?|data|results?|findings"
    r"|literature)\b(?: \w{1,20}){0,4}? (?:show|shown|shows|showed|suggest|suggests|suggested"
    r"|demonstrat(?:e|ed|es)|found|find|prove[ns]?|proved|indicat(?:e|ed|es)|report(?:s|ed)?"
    r"|reveal(?:s|ed)?|confirm(?:s|ed)?|resulted)\b"
    r"|\b(?:proven|clinically tested|scientifically|preclinical|early results"
    r"|success stor(?:y|ies))\b",
    re.IGNORECASE,
)

POWERS = re.compile(
    r"\b(?:differentiate|become|develop|transform|turn|divide) into\b|\bbecomes? an?\b"
    r"|\bremission\b|\b(?:root|underlying) (?:cause|issue|immune dysfunction)\b"
    r"|\bat (?:their|its) source\b"
    r"|\blong-(?:term|lasting)\b|\bquality of life\b|\b(?:derived from|found in)\b"
    r"|\b(?:has|have|in) (?:the |their |its )?(?:potential|capacity|ability)\b"
    r"|\b(?:promise|promising|potential|hope|helps?|benefits?|relief|regeneration|effective"
    r"|effectiveness|mainstream)\b"
    r"|\b(?:anti-inflammatory|immunomodulatory|immunosuppressive)"
    r" (?:substances?|properties|effects?)\b"
    r"|\b(?:breakthrough|groundbreaking|revolutionary|game[ -]changer|miracle)s?\b"
    r"|\bwe (?:provide|offer|treat)\b",
    re.IGNORECASE,
)

MOST_HEADING_WORDS = 14
LONGEST_BULLET = 20


class Assertion(NamedTuple):
    """`text[start:end]` is the sentence; `why` names what in it there is to check."""

    sentence: str
    start: int
    end: int
    why: str


def sentences_that_assert(text: str) -> list[Assertion]:
    """The sentences that claim an effect, number, comparison, safety, approval or evidence.

    Questions assert nothing. A heading counts only where it says something strong outright.
    """
    found = []
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if why := _why(sentence, _is_heading(text, start, sentence)):
            found.append(Assertion(sentence, start, end, why))
    return found


def _why(sentence: str, heading: bool) -> str:
    if sentence.rstrip("\"'”’)").endswith("?"):
        return ""
    if heading:
        return _because(_strong_words(sentence))
    return _because(
        (name, match)
        for name, match in (
            ("an effect", _effect(sentence)),
            ("a number", NUMBER.search(sentence)),
            ("a comparison", COMPARISON.search(sentence)),
            ("safety", SAFETY.search(sentence)),
            ("approval or rules", RULES.search(sentence)),
            ("evidence", EVIDENCE.search(sentence)),
            ("a power or a promise", POWERS.search(sentence)),
        )
    )


def _because(reasons: Iterable[tuple[str, re.Match[str] | None]]) -> str:
    named = [f"{name} (“{' '.join(match.group().split())}”)" for name, match in reasons if match]
    return f"Claims {'; '.join(named)}." if named else ""


def _strong_words(heading: str) -> list[tuple[str, re.Match[str] | None]]:
    if re.match(r"(?:how|what|why|when|can|does|do|is|are|will)\b", heading, re.IGNORECASE):
        return []
    return [("an effect", STRONG.search(heading)), ("a number", NUMBER.search(heading))]


def _effect(sentence: str) -> re.Match[str] | None:
    matches = EFFECT.finditer(sentence)
    return next((match for match in matches if not NO_EFFECT.fullmatch(match.group())), None)


def _is_heading(text: str, start: int, sentence: str) -> bool:
    """A short line of its own without an end mark, and not an item of a list."""
    # Not far back: a bullet is short, and a text may be one line of millions of letters.
    line_start = text.rfind("\n", max(0, start - LONGEST_BULLET), start) + 1
    if not line_start and start > LONGEST_BULLET:
        return False
    if HASHES.match(text, line_start):
        return True
    own_line = not text[line_start:start].strip()
    return (
        own_line
        and sentence[-1] not in '.!?…:;"”’)'
        and "\n" not in sentence
        and len(sentence.split()) <= MOST_HEADING_WORDS
    )
