"""Turns of phrase, each a sign of a seller's or of a careful voice. Which, the weights say.

Short forms that single words do not show: "no surgery, no pills", "from forty units to none",
"gave me my life back", and on the other side "we found", "your own doctor", "has not been shown".
"""

import re
from collections.abc import Iterator

TOLD = r"(?:told|said)[^.]{0,30}(?:nothing|never|no |impossible|wheelchair|incurable|hopeless)"
CARER = (
    r"(?:doctors?|gp|nurse|team|consultant|neurologist|rheumatologist|specialist|hospital|system"
    r"|pharmacist)"
)
BAFFLED = (
    r"(?:impossible|speechless|jealous|shrugged|baffled|never|surprised|amazed|hate|mad|wrong"
    r"|afraid|scared|won't|doesn't|don't|couldn't|could not|gave up|given up|did not believe"
    r"|behind|nothing)"
)
# Each begins at a space, which is quick to find: a sentence is searched with one before it.
TURNS = {
    f"turn:{name}": re.compile(pattern)
    for name, pattern in {
        "from-to": r" from [\w' -]{2,40} to ",
        "no-no": r" no [\w -]{2,30}(?:, | and |\. ?)no ",
        "zero": r" (?:zero|0) \w",
        "bare percent": r"\d ?(?:%|percent|per cent)(?! (?:of (?:\d|the \d|people)|confidence|ci))",
        "not-but": r" (?:not|isn't|never) [^.,;]{2,40}, (?:but|it's|it is|just|we) ",
        "comma-not": r", not \w",
        "quotation": r"^ \"[^\"]{1,300}\"\.?$",
        "headed": r"^ [\w' ]{2,30}: ",
        "out of": r" \d{1,5} (?:of|out of|in) (?:the |every )?\d",
        "range": r"\d ?(?:to|-) ?\d",
        "now": r" (?:now|today) (?:i|she|he|my|her|his|they|we|it) ",
        "i was": r" i (?:was|had|used|came|went|could|did) ",
        "and then": r", and (?:now|then|today|you|it|i|we|he|she|they|the|my|our) ",
        "told": rf" {TOLD}",
        "given back": r" (?:gives?|gave|giving|got|get|hand|brought|bring|take|took)"
        r"[^.,]{0,25} back(?!\w)",
        "life": r" (?:your|my|her|his|their|our|new|normal|old|whole) (?:\w{1,12} )?"
        r"(?:life|lives|future|freedom|youth|body|self)(?!\w)",
        "the only": r" (?:the|our) (?:only|first|one|best|most|world|leading|ultimate) ",
        "you will": r" you(?:'ll| will| can) ",
        "you may": r" you (?:may|might|could|should|must|need) ",
        "we found": r" we (?:\w{1,10} )?(?:found|looked|asked|compared|measured|included"
        r"|excluded|followed|judged|do not|don't|did not|cannot|can't|are not|could not|rated) ",
        "your doctor": rf" your (?:\w{{1,12}} )?{CARER}(?!\w)",
        "doctor baffled": rf" {CARER} (?:[^.]{{0,40}} )?{BAFFLED}(?!\w)",
        "said by many": r" (?:patients|people|guests|clients|customers|everyone|colleagues"
        r"|doctors) (?:often )?(?:tell|say|call|describe|swear|agree|know) ",
        "what others cannot": r" (?:what|where|when) (?:\w{1,14} ){1,4}(?:cannot|could not"
        r"|can't|couldn't|failed|never|give up|ends?|stops?) ",
        "gone": r" (?:gone|vanished|history|behind (?:me|her|him|you|them)|off (?:everything"
        r"|all|steroids|insulin|medication|meds|tablets)|no longer|not a single|never again)(?!\w)",
        "who": r" (?:anyone|people|those|someone|clinics?|sellers?|company|firm) "
        r"(?:who|that) ",
        "a study": r" (?:the|this|that|one|each|both|another) (?:\w{1,12} )?(?:study|trial"
        r"|review|trials|studies|register|groups?|authors|committee|agency|regulator|court|paper)"
        r"(?!\w)",
        "whether": r" (?:whether|depends|not (?:known|clear|sure|certain))(?!\w)",
        "not done": r" (?:did|does|do|has|have|had|was|were|is|are|will|may|might|could|can)"
        r" ?not (?!only|just)",
        "not shown": r" (?:not|never) (?:\w{1,10} )?(?:been|shown|proven|approved|tested|known"
        r"|licensed|published|checked)(?!\w)",
        "exclaimed": r"!",
        "two short": r"^ [^.!?]{2,40}[.!?] [^.!?]{2,40}[.!?]$",
        "three": r"^ [^,.]{2,30}, [^,.]{2,30},? (?:and )?[^,.]{2,30}\.$",
    }.items()
}


def turns_in(sentence: str) -> Iterator[str]:
    """The signs of the turns in a sentence of folded letters."""
    padded = f" {sentence}"
    return (sign for sign, pattern in TURNS.items() if pattern.search(padded))
