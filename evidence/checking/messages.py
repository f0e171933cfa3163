"""Each key message rests on something: a claim of the page, or a paragraph that cites a source.

The rule, so that it can be argued with: a key message is tied to a claim if the two share two words
that carry meaning (or the only one it has), or one such word and a number. Words are compared
without case and ending, numbers in words or figures, and shares by their whole per cent: “one in
ten” and “8 of 79”. The claim counts with its outcome, therapy and disease. Where no claim fits, a
checked claim does, or a paragraph of the body with a citation. Advice asserts nothing, and where a
text is checked, what it leaves out or who wrote it can be seen in that text: both pass.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from editorial.checks import Finding
from editorial.rulebook import Rule, of_rule
from evidence.checking.reading import checked_claims_of, claims_of, key_messages_of, text_of
from evidence.language.html_text import Plain
from evidence.language.phrases import WORD, normal

if TYPE_CHECKING:
    from editorial.models import Version

WORDS_IN_COMMON = 2
NUMBER = re.compile(r"\d[\d,.]*")
# “One” alone counts nothing: “one study”, “this one”.
IN_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twenty": "20",
    "fifty": "50",
    "a hundred": "100",
    "one hundred": "100",
    "one": "1",
}
SPELLED = re.compile(
    rf"\b(?:{'|'.join(word for word in IN_WORDS if word != 'one')}|one(?= (?:in|of|out of) ))\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(\d[\d,]*) (?:in|of|out of)(?: every| the)? (\d[\d,]*)\b")
PER_CENT = re.compile(r"\b(\d+(?:\.\d+)?) ?(?:%|per ?cent\b)")
ADVICE = re.compile(
    r"(?:always|never|do not|don[’']t|ask|check|talk|get|tell|report|look|take|if you"
    r"|before you)\b",
    re.IGNORECASE,
)
ABOUT_THE_TEXT = re.compile(
    r"\b(?:post|text|essay|writer|author|explainer|advert)\b", re.IGNORECASE
)
DYING = frozenset({"die", "dies", "died", "dying", "death", "deaths", "mortality"})
# Words that say nothing of what a sentence is about, on a site where all is about these.
EMPTY = frozenset(
    "about after again against all also among and any are before because been being both but can"  # noqa: SIM905
    " could did does doing done each even every few for from get give given had has have having"
    " help here how into its like made make many may might more most much must need never not now"
    " often one only other our out over own page people person same should show shown some such"
    " take than that the their them then there these they this those through too treatment two"
    " under until use used very was way well were what when where which while who why will with"
    " without would yet you your study trial stem cell disease".split()
)


@of_rule("P34")
def key_messages_rest_on_something(version: "Version", rule: Rule) -> Iterator[Finding]:
    messages = key_messages_of(version)
    if not messages:
        return
    grounds = [marks_of(text) for text in grounds_of(version)]
    checks_a_text = bool(checked_claims_of(version))
    for message in messages:
        if ADVICE.match(message) or (checks_a_text and ABOUT_THE_TEXT.search(message)):
            continue
        if not is_tied(marks_of(message), grounds):
            yield rule.found(
                gettext(
                    "The key message “%(message)s” rests on no claim of this page "
                    "and on no paragraph with a source. Say it with the words and the "
                    "number of the claim or paragraph it rests on, add the claim, or take "
                    "the message out."
                )
                % {"message": message},
                text=message,
                part="key_messages",
            )


def grounds_of(version: "Version") -> Iterator[str]:
    for claim, _ in claims_of(version):
        yield f"{claim.statement} {claim.outcome} {claim.therapy} {claim.disease}"
    for checked in checked_claims_of(version):
        yield f"{checked.quote} {checked.why} {checked.therapy or ''} {checked.disease or ''}"
    yield from cited_paragraphs(text_of(version))


def cited_paragraphs(plain: Plain) -> Iterator[str]:
    """Whole: one citation often stands for all the sentences of a paragraph, item or cell."""
    for block in plain.blocks:
        if not block.is_heading and plain.citations_in(block.start, block.end):
            yield plain.text[block.start : block.end]


def marks_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text that carry meaning, and its numbers, shares among them."""
    text = SPELLED.sub(lambda spelled: IN_WORDS[spelled[0].lower()], text)
    figures = {number.strip(".,") for number in NUMBER.findall(text)}
    numbers = frozenset(figures | set(shares_in(text)))
    words = {normal(word) for word in WORD.findall(text)} - numbers
    meaning = {
        stem(word.lower())
        for word in words
        if word.lower() not in EMPTY and (len(word) > 2 or word.isupper())
    }
    return frozenset(meaning), numbers


def shares_in(text: str) -> Iterator[str]:
    """In whole per cent: “one in ten” and “8 of 79” are both about 10 in 100."""
    for part, whole in SHARE.findall(text):
        among = int(whole.replace(",", ""))
        if among:
            yield f"{round(100 * int(part.replace(',', '')) / among)}%"
    for share in PER_CENT.findall(text):
        yield f"{round(float(share))}%"


def stem(word: str) -> str:
    """Rough, and the same for both sides: “transplant” and “transplantation”, “die” and “death”."""
    if word in DYING:
        return "death"
    return re.sub(r"(?:ations?|ing|ed|es|e|s|ly)\Z", "", word)[:9] or word


def is_tied(
    message: tuple[frozenset[str], frozenset[str]],
    grounds: Iterable[tuple[frozenset[str], frozenset[str]]],
) -> bool:
    words, numbers = message
    return any(
        len(words & theirs) >= min(WORDS_IN_COMMON, max(len(words), 1))
        or (words & theirs and numbers & their_numbers)
        for theirs, their_numbers in grounds
    )
