"""P01 to P46: the check and what it stops, or why a person judges, or the test that proves it.

The rules and their words: `editorial/rulebook.py`, which `docs/gate.md` shows to editors. The lines
of the account: `people_and_evidence.py` and `choice_and_trust.py` beside this file.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from editorial.checks import Level
from editorial.rulebook import RULES
from evidence.checking import links, wording
from tests.evidence.gate import choice_and_trust, people_and_evidence
from tests.evidence.gate.lines import CLINIC, WORN, Proved, Stops, link
from tests.evidence.gate.texts import found_by

ROOT = Path(settings.BASE_DIR)
ACCOUNT = people_and_evidence.ACCOUNT | choice_and_trust.ACCOUNT
SHOWN = [
    pytest.param(rule, line, id=f"{rule}-{number}")
    for rule, lines in ACCOUNT.items()
    for number, line in enumerate(lines)
    if isinstance(line, Stops)
]
PROVED = [
    (rule, it.test) for rule, them in ACCOUNT.items() for it in them if isinstance(it, Proved)
]


def test_every_rule_is_accounted_for_once():
    assert list(ACCOUNT) == list(RULES) == [f"P{number:02}" for number in range(1, 47)]


@pytest.mark.parametrize(("rule", "line"), SHOWN)
def test_the_check_stops_the_one_and_lets_the_other_pass(rule, line):
    stopped = [it for it in found_by(line.check, **line.stopped) if belongs(it, rule)]

    assert stopped
    assert all(it.reason and it.standard for it in stopped)
    assert {it.level for it in stopped} == {line.level or RULES[rule].level}
    if line.passed is not None:
        assert [it for it in found_by(line.check, **line.passed) if belongs(it, rule)] == []


def belongs(finding, rule: str) -> bool:
    return finding.rule == rule or (rule == "P30" and finding.rule.startswith("RF"))


def test_what_is_found_stands_where_it_says():
    body = f"<h2>Title</h2>{link(CLINIC, 'a clinic')}<p>It costs $8,900. {WORN}</p>"
    plain = "Title\n\na clinic\n\nIt costs $8,900. " + WORN
    for check in (links.links_lead_to_trusted_sites, wording.sells_nothing, wording.copies_nobody):
        (finding,) = found_by(check, body=body, documents=[WORN])
        assert plain[finding.start : finding.end] == finding.text != ""


def test_what_needs_a_person_is_marked_and_nothing_else_is():
    needing = {
        line.check.__name__: {it.needs_person for it in found_by(line.check, **line.stopped)}
        for lines in ACCOUNT.values()
        for line in lines
        if isinstance(line, Stops)
    }
    assert {name for name, marks in needing.items() if True in marks} == {
        "names_its_author",
        "names_its_medical_reviewer",
        "declares_interests",
        "was_read_by_a_patient",
        "sources_were_checked_by_somebody",
        "sources_were_looked_at_lately",
        "certainty_was_rated_by_somebody",
        "statuses_were_checked_lately",
    }
    assert all(len(marks) == 1 for marks in needing.values())


@pytest.mark.parametrize(("rule", "test"), PROVED)
def test_the_tests_named_are_there(rule, test):
    file, _, name = test.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")


def test_every_check_of_the_site_is_in_the_account():
    listed = {import_string(path) for path in settings.FULL_GATE}
    accounted = {getattr(line, "check", None) for lines in ACCOUNT.values() for line in lines}

    assert {it.__name__ for it in listed - accounted} == set()
    assert {it.__name__ for it in accounted - listed - {None}} == set()


def test_what_a_program_does_not_decide_has_no_level():
    without = {rule.id for rule in RULES.values() if rule.level is None}
    shown = {rule for rule, lines in ACCOUNT.items() if any(isinstance(it, Stops) for it in lines)}

    assert without & shown == set()
    assert without == {"P07", "P09", "P40", "P41", "P43", "P45", "P46"}


def test_the_guide_for_editors_shows_the_same_table():
    guide = (ROOT / "docs" / "gate.md").read_text("utf-8")

    assert [row for row in table() if row not in guide] == []
    assert guide.count("\n| P") == len(RULES)


LEVELS = {Level.BLOCK: "stops it", Level.WARN: "needs a reason", None: "–"}


def table() -> list[str]:
    return [
        f"| {it.id} | {it.asks} | {whom(it)} | {LEVELS[it.level]} | {it.decided.value} "
        f"| {it.standard} |"
        for it in RULES.values()
    ]


def whom(rule) -> str:
    names = {"article": "articles", "disease": "diseases", "therapy": "therapies", "term": "terms"}
    kinds = [name for kind, name in names.items() if kind in rule.kinds]
    return "all" if len(kinds) == len(names) else ", ".join(kinds)
