"""What a text about a treatment leaves out: missing statements tell as much as present words.

The list is that of Murdoch 2018 (what 243 clinic sites did not say), with the JAMA, HON and
DISCERN items that words can show. A page of this site keeps most of it in fields, where the gate
asks for it: these flags are for texts from elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from editorial.checks import Finding, Level
from evidence.language.red_flags.rule import compiled, folded

# Shorter texts are a part of something, and need not say everything.
FEWEST_WORDS = 120

TREATMENT = (
    r"stem[ -]cells?",
    r"hsct",
    r"mesenchymal \w{3,12}",
    r"cell therap(?:y|ies)",
    r"(?:bone marrow|cell) transplant\w{0,7}",
    r"exosomes?",
)
FEWEST_MENTIONS = 3


@dataclass(frozen=True)
class Omission:
    """`shown_by` is what a text says that does not leave it out."""

    id: str
    name: str
    reason: str
    standard: str
    shown_by: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self.shown_by)


OMISSIONS = (
    Omission(
        "RF41",
        "Author",
        "No author is named with a credential: readers cannot tell who says this.",
        "JAMA authorship; HON 1",
        (
            r"(?:written|reviewed|checked|authored) by (?:dr|prof|professor)\.? \w{2,20}",
            r"(?:dr|prof|professor)\.? \w{2,20}",
            r"(?:author|by):? [\w.'-]{2,20} [\w.'-]{2,20}, (?:md|phd|rn|mbbs|frcp|msc)",
        ),
    ),
    Omission(
        "RF42",
        "Date",
        "No date: readers cannot tell how old this is.",
        "JAMA currency; DISCERN 5",
        (
            r"(?:updated|reviewed|published|posted|searched|last reviewed|date)[^.!?\n]{0,30}"
            r"(?:19|20)\d\d",
            r"\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}"
            r",? (?:19|20)\d\d",
            r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6} \d{1,2},? (?:19|20)\d\d",
            r"(?:19|20)\d\d-\d\d-\d\d",
        ),
    ),
    Omission(
        "RF43",
        "Citations",
        "Nothing is cited: no claim here can be checked.",
        "JAMA attribution; HON 4; DISCERN 4",
        (
            r"doi(?:\.org/|:)? ?10\.\d{4}\S{0,60}",
            r"pmid:? ?\d{5,9}",
            r"nct\d{8}",
            r"isrctn\d{6,9}",
            r"et al\b\.?",
            r"\w{2,20} \(?(?:19|20)\d\d\)",
            r"references|bibliography",
        ),
    ),
    Omission(
        "RF44",
        "Interests",
        "Who pays for this text, and what they sell, is not said.",
        "JAMA disclosure; HON 7 and 8",
        (
            r"(?:conflicts?|declarations?) of interests?",
            r"(?:funded|paid for|sponsored|financed|supported) by",
            r"no (?:adverts|advertising|conflicts?|commercial)",
            r"declared? (?:no|that)",
            r"we (?:do not|don't) (?:sell|take|accept)",
        ),
    ),
    Omission(
        "RF45",
        "Type of cells",
        "Which cells are used is not said.",
        "ISSCR nine things, 3; CIRM",
        (
            r"mesenchymal|mscs?|ha?ematopoietic|hscs?|blood-forming|embryonic|pluripotent|ipscs?",
            r"(?:from|in) (?:\w{1,12} ){0,3}(?:bone marrow|fat|adipose|umbilical|cord|blood)",
        ),
    ),
    Omission(
        "RF46",
        "Chemotherapy first",
        "The chemotherapy that comes before a transplant is not explained.",
        "NHS: how we write; Jessop 2019",
        (r"chemotherap(?:y|ies)", r"conditioning", r"cyclophosphamide", r"chemo"),
    ),
    Omission(
        "RF47",
        "A specific harm",
        "No specific harm is named.",
        "DISCERN 11; Murdoch 2018",
        (
            r"infections?|sepsis|tumou?rs?|bleeding|blindness|loss of sight|rejection|blood clots?",
            r"organ (?:failure|damage)|anaphyla\w{3,6}|infertil\w{3,5}|tissue formation|cancers?",
        ),
    ),
    Omission(
        "RF48",
        "Risk of death",
        "Death from the treatment is not mentioned, even to say that it is not known.",
        "DISCERN 11; Sormani 2017; van Laar 2014",
        (r"deaths?|died|dies?|dying|fatal|mortality|killed|life-threatening",),
    ),
    Omission(
        "RF49",
        "Infertility, cancer, a second autoimmune disease",
        "Late harms are not mentioned: infertility, cancer, a second autoimmune disease.",
        "DISCERN 11; Daikeler 2011",
        (
            r"infertil\w{3,5}|fertility|menopause|sperm|eggs",
            r"cancers?|malignan\w{2,5}|leuka?emia|tumou?rs?",
            r"(?:second|secondary|new|another) autoimmune",
        ),
    ),
    Omission(
        "RF50",
        "Approval",
        "Whether this is approved, for which disease and where, is not said.",
        "FDA consumer notice 2021; EMA 2020; ISSCR",
        (
            r"fda|ema|mhra|medicines (?:agency|regulator)",
            r"(?:not |un|is |was )?(?:approved|licensed|licenced|authori[sz]ed) (?:for|in|by|to)",
        ),
    ),
    Omission(
        "RF51",
        "Experimental",
        "It does not say that the treatment is experimental or unproven.",
        "Murdoch 2018; ISSCR nine things, 1",
        (
            r"experimental\w{0,2}|investigational|unproven|in (?:its|their) infancy|early stages",
            r"not (?:yet )?(?:been )?(?:proven|shown|approved|established)",
            r"(?:still|only) (?:being|in|a) (?:studied|tested|trials?|research)",
        ),
    ),
    Omission(
        "RF52",
        "Numbers for benefit",
        "No number says how many people were helped, out of how many.",
        "NHS: numbers; DISCERN 10",
        (
            r"\d[\d,]{0,6} (?:of|out of|in) (?:the |every )?\d[\d,]{0,6}",
            r"\d{1,3}(?:\.\d)? ?(?:%|per ?cent)",
            r"\d[\d,]{0,6} (?:patients|people|participants|adults|children)",
        ),
    ),
    Omission(
        "RF53",
        "A named trial, or one that failed",
        "No trial is named, and none that showed no benefit.",
        "DISCERN 6; ISSCR nine things, 9",
        (
            r"mist|astims|astis|assist|scot|astic(?:lite)?|mesems|admire(?:-cd)?|halt-ms|beat-ms",
            r"nct\d{8}|isrctn\d{6,9}",
            r"(?:no|not) (?:better|benefit|difference|work)|did not (?:work|help|reach|reduce)",
            r"showed no|failed",
        ),
    ),
    Omission(
        "RF54",
        "Other treatments",
        "The treatments that work for these diseases are not named.",
        "DISCERN 14; DISCERN 6",
        (
            r"(?:disease-modifying|anti-?rheumatic|anti-tnf|methotrexate|ocrelizumab|natalizumab"
            r"|rituximab|adalimumab|infliximab|insulin (?:therapy|injections|treatment|pumps?))",
            r"biologics?|biologic therapies|physiotherapy|usual care",
        ),
    ),
    Omission(
        "RF55",
        "Doing nothing",
        "What happens without this treatment is not said.",
        "DISCERN 12",
        (
            r"without (?:this |any |the )?(?:treatment|transplant)",
            r"(?:no|doing) (?:treatment|nothing)",
            r"if you (?:wait|do nothing|choose not|decide not)|untreated|left alone",
        ),
    ),
    Omission(
        "RF56",
        "Your doctor",
        "It does not send readers to their own doctor.",
        "DISCERN 15; HON 2",
        (
            r"(?:talk|speak|consult\w{0,3}|discuss\w{0,3}|check) (?:\w{1,12} ){0,3}(?:to|with) "
            r"(?:your|a|the|their) (?:\w{1,12} )?(?:doctor|specialist|gp|team|physician|consultant"
            r"|neurologist|rheumatologist)",
            r"(?:your|their) (?:own )?(?:\w{1,12} )?(?:specialist|doctor|gp|consultant|care team)",
            r"do not stop|consult (?:a|your|their)",
        ),
    ),
)


def omissions_in(text: str) -> Iterator[Finding]:
    """What a text about stem-cell treatment does not say; nothing of a text about other things."""
    if len(text.split()) < FEWEST_WORDS:
        return
    letters = folded(text)
    mentions = compiled(TREATMENT).finditer(letters)
    if sum(1 for _, _ in zip(range(FEWEST_MENTIONS), mentions, strict=False)) < FEWEST_MENTIONS:
        return
    for omission in OMISSIONS:
        if not omission.pattern.search(letters):
            yield Finding(omission.id, Level.WARN, omission.reason, omission.standard)
