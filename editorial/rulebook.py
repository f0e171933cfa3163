"""The rules of publication, P01 to P46, in one table: what each asks, of whom, and who decides.

A check is written for a rule and finds in its name (`@of_rule`), so that level, standard and kinds
of page stand here and nowhere else. `docs/gate.md` is this table for editors. What the short names
of the standards stand for is told there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from typing import TYPE_CHECKING, Any

from editorial.checks import Finding, Level
from editorial.states import Kind

if TYPE_CHECKING:
    from editorial.models import Version


class Decided(Enum):
    """Who says whether a page keeps to a rule."""

    PROGRAM = "a program"
    BOTH = "a program finds it, a person judges"
    PERSON = "a person"
    BUILT_IN = "it cannot be otherwise"


EVERY = frozenset(Kind)
# A term is one sentence and a few facts: what is asked of a page of text is not asked of it.
TEXTS = frozenset({Kind.ARTICLE, Kind.DISEASE, Kind.THERAPY})
SUBJECTS = frozenset({Kind.DISEASE, Kind.THERAPY})
THERAPIES = frozenset({Kind.THERAPY})


@dataclass(frozen=True)
class Rule:
    """`level` is None where a program finds nothing: it is built in, or people alone judge."""

    id: str
    asks: str
    level: Level | None
    standard: str
    decided: Decided = Decided.PROGRAM
    kinds: frozenset[Kind] = EVERY

    def found(self, reason: str, **place: Any) -> Finding:
        """A finding of this rule: its level and standard, and where it is."""
        level = place.pop("level", self.level)
        return Finding(self.id, level, reason, self.standard, **place)


BLOCK, WARN = Level.BLOCK, Level.WARN
BOTH, PERSON, BUILT_IN = Decided.BOTH, Decided.PERSON, Decided.BUILT_IN

# The standards' own table has each rule once; so has this one.
RULES = {
    rule.id: rule
    for rule in (
        # Who
        Rule("P01", "A named author with role and training", BLOCK, "JAMA; HON 1"),
        Rule(
            "P02",
            "A medical reviewer who is not the author and knows the field",
            BLOCK,
            "NHS standard; MedlinePlus",
        ),
        Rule(
            "P03",
            "What author and reviewer declare of their interests, not older than a year",
            BLOCK,
            "JAMA; HON 7; NHS standard",
        ),
        Rule(
            "P04",
            "Pages that say who publishes, who pays, and that there are no adverts",
            BLOCK,
            "HON 7 and 8; NHS standard",
        ),
        Rule("P05", "How it was made: by people, with AI, translated", BLOCK, "HON 6"),
        # When
        Rule(
            "P06",
            "Reviewed at least every 36 months; every 12 for therapies and anything about rules",
            BLOCK,
            "NHS standard; MedlinePlus",
        ),
        Rule(
            "P07", "The review date moves with a full review only", None, "NHS standard", BUILT_IN
        ),
        Rule(
            "P08",
            "The day up to which evidence was searched",
            BLOCK,
            "Cochrane; DISCERN 5",
            kinds=SUBJECTS,
        ),
        Rule(
            "P09",
            "A page whose review is late says so, and is no longer put before readers",
            None,
            "NHS standard; PIF",
            BUILT_IN,
        ),
        # Evidence
        Rule("P10", "Every claim has a source", BLOCK, "JAMA; HON 4 and 5; DISCERN 4"),
        Rule("P11", "Every source can be found, and a named person checked it", BLOCK, "HON 4"),
        Rule(
            "P12",
            "No source was retracted, withdrawn or replaced; a person looked within a year",
            BLOCK,
            "NHS standard",
            BOTH,
        ),
        Rule(
            "P13",
            "Every source says its design, how many people, who paid, people or animals",
            BLOCK,
            "Cochrane; JAMA",
        ),
        Rule("P14", "No benefit for people rests on animals or cells alone", BLOCK, "ISSCR"),
        Rule("P15", "Every claim says how sure we can be, why, and who rated it", BLOCK, "GRADE"),
        Rule("P16", "The words of a claim fit its certainty", WARN, "GRADE", BOTH),
        Rule(
            "P17",
            "A benefit in people out of people, with time and comparison",
            WARN,
            "NHS numbers; DISCERN 10",
            BOTH,
        ),
        Rule(
            "P18",
            "Harms in a section and as claims; death counted, or “not known”",
            BLOCK,
            "DISCERN 11; NHS standard",
            kinds=SUBJECTS,
        ),
        Rule(
            "P19",
            "Trials that showed no benefit are there too",
            WARN,
            "DISCERN 6",
            BOTH,
            THERAPIES,
        ),
        Rule(
            "P20", "A section on what is not known", BLOCK, "DISCERN 8; NHS standard", kinds=TEXTS
        ),
        Rule(
            "P21",
            "One small study, or one without comparison, carries no benefit alone",
            WARN,
            "GRADE; ISSCR",
        ),
        # Balance and choice
        Rule(
            "P22",
            "Other treatments, and what happens without any",
            BLOCK,
            "DISCERN 12 and 14",
            kinds=TEXTS,
        ),
        Rule(
            "P23",
            "Daily life: fertility, work, recovery",
            BLOCK,
            "DISCERN 13",
            kinds=THERAPIES,
        ),
        Rule(
            "P24",
            "Questions to ask; “talk to your specialist, do not stop your treatment”",
            BLOCK,
            "DISCERN 15; HON 2; ISSCR",
            kinds=SUBJECTS,
        ),
        Rule("P25", "A link to support that sells nothing", BLOCK, "DISCERN 7", kinds=TEXTS),
        # Rules and approval
        Rule(
            "P26",
            "Whether it is approved in the US, EU and UK, checked within six months",
            BLOCK,
            "FDA; EMA; ISSCR",
            kinds=THERAPIES,
        ),
        Rule(
            "P27",
            "A product approved for something else: “not for this disease”",
            BLOCK,
            "FDA 2021",
            BOTH,
        ),
        Rule(
            "P28",
            "No prices, no booking; links to trusted sites only",
            BLOCK,
            "HON 8; MedlinePlus",
        ),
        Rule(
            "P29",
            "A trial with registry number, status and its date; “taking part should be free: ask”",
            BLOCK,
            "FDA; Turner 2017",
        ),
        # Language
        Rule("P30", "No red flag of an advert", BLOCK, "The red flags RF01 to RF26"),
        Rule("P31", "Easy to read: grade 9, the summary 7", WARN, "NHS content guide; PIF"),
        Rule("P32", "Short sentences, short paragraphs", WARN, "NHS content guide"),
        Rule(
            "P33",
            "Abbreviations spelled out; terms linked to the glossary",
            WARN,
            "PEMAT; NHS content guide",
        ),
        Rule(
            "P34",
            "Three to five key messages, each resting on a claim or a cited sentence",
            BLOCK,
            "Cochrane; PEMAT",
            BOTH,
            TEXTS,
        ),
        Rule(
            "P35",
            "For whom and for what, in the first 50 words",
            WARN,
            "DISCERN 1; PEMAT 1",
            BOTH,
            TEXTS,
        ),
        Rule("P36", "At least one thing to do, in steps", WARN, "PEMAT", BOTH, TEXTS),
        Rule("P37", "The person before the disease", WARN, "NHS inclusive content"),
        # Access, rights, trust
        Rule(
            "P38",
            "Headings in order, tables with headings, links that say where they lead",
            BLOCK,
            "WCAG 2.2 AA; NHS standard",
        ),
        Rule("P39", "No words copied from other people’s texts", BLOCK, "NHS standard"),
        Rule(
            "P40",
            "A way to report an error; a log of corrections",
            None,
            "PIF; HON 6",
            BUILT_IN,
        ),
        Rule("P41", "“This does not replace your doctor”", None, "HON 2", BUILT_IN),
        Rule("P42", "No broken links, asked within a week", WARN, "MedlinePlus"),
        Rule("P43", "What machines are told is what is shown", None, "schema.org", BUILT_IN),
        Rule(
            "P44",
            "A patient read it before it was first published",
            BLOCK,
            "PIF; NHS standard",
            PERSON,
            SUBJECTS,
        ),
        Rule(
            "P45",
            "An editor, then a clinician, signed exactly this text",
            None,
            "NHS standard",
            BUILT_IN,
        ),
        Rule("P46", "Two people rate a sample with DISCERN and PEMAT", None, "DISCERN", PERSON),
    )
}

Finder = Callable[["Version", Rule], Iterable[Finding]]


def of_rule(*ids: str) -> Callable[[Finder], Callable[["Version"], Iterator[Finding]]]:
    """A check of a rule, for the kinds of page of which the rule is asked.

    The check is handed its rule, the first of the `ids`; `rules` tells them all.
    """

    def decorate(find: Finder) -> Callable[["Version"], Iterator[Finding]]:
        @wraps(find)
        def check(version: "Version") -> Iterator[Finding]:
            if version.page.kind in RULES[ids[0]].kinds:
                yield from find(version, RULES[ids[0]])

        check.rules = ids  # type: ignore[attr-defined]
        return check

    return decorate
