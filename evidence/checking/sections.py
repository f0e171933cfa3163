"""Checks of the sections a page must have: harms, the unknown, other ways, daily life, questions.

A section is opened by a heading that the editor marks with its part. Whether what stands in it is
good, a person judges; that it is there, and speaks of what it must, is decided here.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy

from editorial.checks import Finding
from editorial.prose import PARTS
from editorial.rulebook import Rule, of_rule
from evidence.checking.reading import claims_of, heading_of, text_of, words_of
from evidence.language.html_text import Plain
from evidence.models.claim import Direction

if TYPE_CHECKING:
    from editorial.models import Version

DEATH = re.compile(r"\b(?:died?|dies|dying|deaths?|deadly|fatal|killed)\b", re.IGNORECASE)
# Counted, or said to be unknown, within reach of the word.
COUNTED = re.compile(
    r"\d|\b(?:no|none|nobody|not known|not reported|not counted|unknown|one (?:person|man|woman)"
    r"|found no|do(?:es)? not know|did not say|cannot say)\b",
    re.IGNORECASE,
)
REACH = 160
NO_TREATMENT = re.compile(
    r"\bwithout (?:\w+ ){0,2}(?:treatments?|therapy|care|medicines?|drugs?|insulin)\b"
    r"|\bwith treatment and without\b|\bno treatment\b|\buntreated\b"
    r"|\bnot (?:being )?treated\b|\bif (?:we|you) wait\b|\bwaiting\b|\bdoing nothing\b"
    r"|\bdo nothing\b",
    re.IGNORECASE,
)
DAILY_LIFE = {
    gettext_lazy("fertility"): re.compile(
        r"\b(?:in)?fertil\w+|\bpregnan\w+|\bsperm\b|\bhav(?:e|ing) (?:a )?child"
    ),
    gettext_lazy("work"): re.compile(r"\b(?:work|job|school|employer|studies)\b"),
    gettext_lazy("how long it takes to recover"): re.compile(
        r"\brecover\w*|\bdays?\b|\bweeks?\b|\bmonths?\b|\btime off\b|\btired\w*"
    ),
}
DO_NOT_STOP = re.compile(
    r"\b(?:do not|don[’']t|never) (?:stop|change|pause|leave off)\b[^.!?]{0,60}"
    r"\b(?:treatments?|medicines?|medication|drugs?|insulin|tablets)\b",
    re.IGNORECASE,
)
SPECIALIST = re.compile(
    r"\b(?:specialists?|doctors?|(?:medical|specialist|own|your|care|diabetes|MS) (?:\w+ )?team"
    r"|neurologist|rheumatologist|gastroenterologist)\b",
    re.IGNORECASE,
)


def lacks_section(version: "Version", rule: Rule, part: str, why: str) -> Iterator[Finding]:
    """The finding that a section is missing, or that nothing stands under its heading."""
    plain = text_of(version)
    if words_of(plain, part):
        return
    heading = heading_of(plain, part)
    name = PARTS[part]
    if heading:
        yield rule.found(
            gettext("Nothing stands under the heading of “%(name)s”. %(why)s")
            % {"name": name, "why": why},
            text=plain.text[heading.start : heading.end],
            start=heading.start,
            end=heading.end,
        )
    else:
        yield rule.found(
            gettext(
                "There is no section on %(name)s. %(why)s Write one, and mark its "
                "heading as “%(name)s”."
            )
            % {"name": name, "why": why}
        )


@of_rule("P18")
def tells_the_harms(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(
        version, rule, "harms", gettext("Readers must meet the harms as plainly as the benefits.")
    )


@of_rule("P18")
def tells_of_death(version: "Version", rule: Rule) -> Iterator[Finding]:
    harms = words_of(text_of(version), "harms")
    if not harms or counts_deaths(harms):
        return
    if not any(is_count_of_deaths(claim) for claim, _ in claims_of(version)):
        yield rule.found(
            gettext(
                "The section on harms does not say how many people died, or that this is not known."
            ),
            **_place(text_of(version), "harms"),
        )


def counts_deaths(text: str) -> bool:
    """Whether a word for death has a number, or “not known”, near it."""
    return any(
        COUNTED.search(text, max(0, match.start() - REACH), match.end() + REACH)
        for match in DEATH.finditer(text)
    )


def is_count_of_deaths(claim) -> bool:
    about_death = DEATH.search(claim.outcome) or DEATH.search(claim.statement)
    return claim.direction == Direction.HARM and bool(about_death)


@of_rule("P20")
def tells_what_is_not_known(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(
        version, rule, "unknowns", gettext("Readers must see where knowledge ends.")
    )


@of_rule("P22")
def names_other_treatments(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(version, rule, "alternatives", gettext("Readers choose between ways."))


@of_rule("P22")
def tells_what_happens_without_treatment(version: "Version", rule: Rule) -> Iterator[Finding]:
    others = words_of(text_of(version), "alternatives")
    if others and not NO_TREATMENT.search(others):
        yield rule.found(
            gettext(
                "The section on other treatments does not say what happens without any treatment."
            ),
            **_place(text_of(version), "alternatives"),
        )


@of_rule("P23")
def tells_of_daily_life(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(
        version, rule, "daily-life", gettext("Readers ask how they will live with a treatment.")
    )
    life = words_of(text_of(version), "daily-life").lower()
    missing = [str(what) for what, words in DAILY_LIFE.items() if life and not words.search(life)]
    if missing:
        yield rule.found(
            gettext(
                "The section on daily life says nothing of %(missing)s. If it is not "
                "known, say that."
            )
            % {"missing": get_text_list(missing)},
            **_place(text_of(version), "daily-life"),
        )


@of_rule("P24")
def has_questions_to_ask(version: "Version", rule: Rule) -> Iterator[Finding]:
    yield from lacks_section(
        version, rule, "questions", gettext("Readers take questions to their specialist.")
    )


@of_rule("P24")
def says_not_to_stop_treatment(version: "Version", rule: Rule) -> Iterator[Finding]:
    if not tells_to_ask_before_stopping(text_of(version)):
        yield rule.found(
            gettext(
                "It does not say: “Do not stop your treatment without talking to your specialist.”"
            )
        )


def tells_to_ask_before_stopping(plain: Plain) -> bool:
    """In one sentence, or in two beside each other."""
    if not DO_NOT_STOP.search(plain.text):
        return False
    sentences = [plain.text[start:end] for start, end in plain.sentences()]
    return any(
        DO_NOT_STOP.search(sentence)
        and SPECIALIST.search(" ".join(sentences[max(0, position - 1) : position + 2]))
        for position, sentence in enumerate(sentences)
    )


def _place(plain: Plain, part: str) -> dict:
    heading = heading_of(plain, part)
    if heading is None:
        return {}
    text = plain.text[heading.start : heading.end]
    return {"text": text, "start": heading.start, "end": heading.end}
