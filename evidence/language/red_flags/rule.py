"""What a red flag is: the words it looks for, why they matter, and what excuses them."""

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache, cached_property

from editorial.checks import Level


class Excuse(Flag):
    """What makes a sentence with the words of a rule a careful one."""

    DENIED_BEFORE = auto()  # "not a cure"
    DENIED_WITHIN = auto()  # "doctors do not agree"
    DENIED_AFTER = auto()  # "a cure has not been found"
    WARNED = auto()  # "be cautious of clinics that promise a cure"
    MEASURED = auto()  # numbers of a study, or a citation, in the same sentence
    STUDIED = auto()  # "trials are testing whether", "it is not known"
    DEFINED = auto()  # "remission means", "regenerative medicine is the name for"
    ASKED = auto()  # a reader's question
    CAREFUL_VOICE = auto()  # all its words together are a careful writer's


DENIED = Excuse.DENIED_BEFORE | Excuse.DENIED_WITHIN | Excuse.DENIED_AFTER
JUDGED = DENIED | Excuse.WARNED | Excuse.CAREFUL_VOICE
PLAIN = JUDGED | Excuse.DEFINED | Excuse.ASKED
PROVABLE = PLAIN | Excuse.MEASURED | Excuse.STUDIED

# Families of words, written <so> in a pattern. All repetition is bounded: no text is slow to read.
FAMILIES = {
    "few": r"(?:[\w'%/-]{1,24},? ){0,3}",
    "some": r"(?:[\w'%/-]{1,24},? ){0,6}",
    "near": r"[^.!?;]{0,60}?",
    "disease": (
        r"(?:ms|multiple sclerosis|lupus|(?:rheumatoid )?arthritis|ra|crohn's(?: disease)?|colitis"
        r"|(?:type 1 )?diabetes|scleroderma|systemic sclerosis|psoriasis|hashimoto's|als"
        r"|parkinson's"
        r"|fibromyalgia|(?:chronic |autoimmune |degenerative |incurable |this |your |the )?"
        r"(?:disease|illness|condition|disorder|ailment|sickness|autoimmunity)(?:e?s)?)"
    ),
    "drugs": (
        r"(?:medications?|medicines?|meds|drugs?|pills?|tablets?|insulin|injections?|steroids?"
        r"|prednisone|methotrexate|biologics?|immunosuppress\w{1,6}|prescriptions?|painkillers?"
        r"|needles|pharmaceuticals?|chemotherapy)"
    ),
    "people": (
        r"(?:patients?|people|clients?|sufferers?|individuals?|men and women|customers|volunteers"
        r"|users|members|families|everyone|participants)"
    ),
    "tissue": (
        r"(?:tissues?|nerves?|nerve cells|neurons?|myelin|joints?|cartilage|organs?|skin|bowel|gut"
        r"|brain|spinal cord|pancreas|beta cells|islets|kidneys?|lungs?|bones?|knees?|muscles?"
        r"|cells|blood vessels|lining|damage|function|mobility|movement|vision|sight|body)"
    ),
    "therapy": (
        r"(?:therap(?:y|ies)|treatments?|procedures?|infusions?|injections?|protocols?|programmes?"
        r"|programs?|stem[ -]cells?|transplant(?:s|ation)?|cells)"
    ),
}
FAMILY = re.compile(r"<(\w+)>")

# Quotes, dashes and spaces as one types them, one character for one.
TYPED = (
    *(("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("‑", "-"), ("‐", "-")),
    *(("\n", " "), ("\t", " "), ("\u00a0", " "), ("\u202f", " ")),
)


def folded(text: str) -> str:
    """Small letters and plain marks, as the patterns expect them, of the same length as `text`."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    for letter, typed in TYPED:
        lowered = lowered.replace(letter, typed)
    return lowered


@cache
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that matches any of these, as whole words, in folded text."""
    joined = "|".join(FAMILY.sub(lambda name: FAMILIES[name[1]], each) for each in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@dataclass(frozen=True, eq=False)
class Rule:
    id: str
    name: str
    level: Level
    reason: str
    standard: str
    patterns: tuple[str, ...]
    excuses: Excuse

    @property
    def heeds_voice(self) -> bool:
        """A link to a seller is a fault in any voice, and advice is given in any."""
        return self.excuses != Excuse(0) and self.level != Level.ADVISE

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when first asked for: a process that checks no text does not wait for it."""
        return compiled(self.patterns)


def rule(
    id: str,
    name: str,
    *patterns: str,
    level: Level,
    reason: str,
    standard: str,
    excuses: Excuse = PLAIN,
) -> Rule:
    return Rule(id, name, level, reason, standard, patterns, excuses)
