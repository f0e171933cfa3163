"""The gate: what findings ask for, whom they stop, and what an exemption excuses."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import checks
from editorial.actions import begin_page
from editorial.checks import Finding, Level, run_checks
from editorial.gate import judge, what_stops
from editorial.models import Exemption, PatientReading, Rendering, Version
from editorial.patients import record_patient_reading
from editorial.publishing import publish_exempt
from editorial.refusals import NotAllowed, NotReady
from editorial.renderings import render_again
from editorial.states import Role, State
from tests.conftest import write_draft

BLOCK = Finding("P20", Level.BLOCK, "It does not say what is not known.", "DISCERN 8")
ADVICE = Finding("P36", Level.ADVISE, "Say what to do first.", "PEMAT")
PERSON = Finding("P02", Level.BLOCK, "It has no reviewer.", "NHS 1", part="page", needs_person=True)


# --- running the checks -------------------------------------------------------------------


def test_a_finding_is_marked_by_what_it_says_and_not_by_where_it_stands():
    at = Finding("P32", Level.WARN, "Long.", "NHS", text="words", start=5, end=10)
    moved = Finding("P32", Level.WARN, "Long.", "PEMAT", text="words", start=50, end=55)
    others = [
        Finding("P31", Level.WARN, "Long.", "NHS", text="words"),
        Finding("P32", Level.WARN, "Too long.", "NHS", text="words"),
        Finding("P32", Level.WARN, "Long.", "NHS", text="other words"),
    ]
    assert at.mark == moved.mark
    assert len({it.mark for it in (at, *others)}) == 4


def test_findings_come_by_level_then_part_then_place(monkeypatch):
    def finding(level, part, start):
        return Finding("P00", level, "It.", "Ours", part=part, start=start)

    in_order = [
        finding(Level.BLOCK, "summary", 9),
        finding(Level.BLOCK, "body", 3),
        finding(Level.BLOCK, "claims", 0),
        finding(Level.WARN, "title", 0),
        finding(Level.ADVISE, "body", 1),
        finding(Level.ADVISE, "body", 2),
    ]
    monkeypatch.setattr(checks, "listed_checks", lambda: (lambda version: in_order[::-1],))
    assert run_checks(Version()) == in_order


def test_a_check_that_breaks_is_logged_blocks_and_hides_no_other(monkeypatch, caplog):
    def names_its_author(version):
        yield ADVICE
        raise ZeroDivisionError

    listed = (names_its_author, lambda version: [BLOCK])
    monkeypatch.setattr(checks, "listed_checks", lambda: listed)
    broken, found = sorted(run_checks(Version()), key=lambda it: it.rule != "broken")
    assert broken.level == Level.BLOCK
    assert "The check “names its author” could not be run." in broken.reason
    assert found == BLOCK
    assert "ZeroDivisionError" in caplog.text


def test_a_list_that_is_changed_is_read_again(settings):
    settings.EDITORIAL_CHECKS = ["editorial.checks.has_a_title_and_a_summary"]
    assert checks.listed_checks() == (checks.has_a_title_and_a_summary,)


def test_the_whole_gate_is_the_list_of_the_site(whole_gate, settings):
    from stemcell_site.settings import EDITORIAL_CHECKS

    assert len(checks.listed_checks()) == len(EDITORIAL_CHECKS)


# --- judging ------------------------------------------------------------------------------


def test_each_finding_stands_under_what_it_asks_for(draft, warning):
    judged = judge(draft, [BLOCK, PERSON, warning, ADVICE])
    assert judged.blocks == [BLOCK, PERSON]
    assert judged.to_mend == [BLOCK]
    assert (judged.warnings, judged.advice) == ([warning], [ADVICE])
    assert (judged.passed, judged.excused) == ([], [])


def test_an_exemption_excuses_what_needs_real_people_and_nothing_else(draft, warning, now):
    Exemption.objects.create(
        version=draft, content_hash=draft.content_hash, reason="Starter.", recorded_at=now
    )
    judged = judge(draft, [BLOCK, PERSON, warning])
    assert judged.excused == [PERSON]
    assert judged.blocks == [BLOCK]
    assert judged.warnings == [warning]


def test_what_stops_a_page_says_each_reason_once_and_who_can_answer(draft, warning):
    words = what_stops(judge(draft, [BLOCK, BLOCK, warning, ADVICE]))
    assert words.count(BLOCK.reason) == 1
    assert "its author or an editor can mend the text, or pass each with a written reason" in words
    assert ADVICE.reason not in words
    assert what_stops(judge(draft, [ADVICE])) == ""


# --- whom it stops ------------------------------------------------------------------------


def test_nobody_signs_a_text_that_must_change_and_no_slow_look_holds_a_lock(
    submitted, editor, now, finds
):
    finds(BLOCK)
    with pytest.raises(NotReady, match=r"cannot be signed yet.* what is not known"):
        submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert not submitted.signed_texts.exists()


def test_what_waits_for_people_or_answers_stops_no_signature(
    submitted, editor, now, finds, warning
):
    finds(PERSON, warning, ADVICE)
    submitted.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert submitted.state == State.MEDICAL_REVIEW


@pytest.mark.parametrize("finding", ["block", "person", "warning"])
def test_neither_block_nor_unanswered_warning_is_published_or_scheduled(
    finding, approved, publisher, now, tomorrow, finds, warning
):
    found = {"block": BLOCK, "person": PERSON, "warning": warning}[finding]
    finds(found)
    with pytest.raises(NotReady, match=found.reason):
        approved.publish(by=publisher, now=now)
    with pytest.raises(NotReady, match=found.reason):
        approved.schedule(by=publisher, now=now, publish_at=tomorrow)
    approved.refresh_from_db()
    assert approved.state == State.APPROVED


def test_advice_stops_nothing(approved, publisher, now, finds):
    finds(ADVICE)
    approved.publish(by=publisher, now=now)
    assert approved.is_live


# --- starter texts ------------------------------------------------------------------------


def test_an_exempt_page_goes_live_and_tells_readers_what_waits_for_people(
    draft, now, finds, warning
):
    finds(PERSON, PERSON, warning)
    publish_exempt(draft, now=now, reason="Starter content.")
    html = Rendering.objects.get(version=draft).html
    assert html.count("A named medical reviewer") == 1
    assert "What this page still waits for" in html
    assert "A sentence has 40 words." not in html


def test_an_exemption_excuses_no_other_block(draft, now, finds):
    finds(PERSON, BLOCK)
    with pytest.raises(NotReady, match="what is not known") as refused:
        publish_exempt(draft, now=now, reason="Starter content.")
    assert PERSON.reason not in str(refused.value)


def test_what_is_met_by_now_is_gone_when_the_page_is_rendered_again(draft, now, finds):
    finds(PERSON)
    publish_exempt(draft, now=now, reason="Starter content.")
    finds()
    render_again(draft.pk, now=now)
    assert "still waits" not in Rendering.objects.get(version=draft).html


def test_a_page_that_people_signed_tells_of_nothing_that_waits(live_version, now, finds):
    finds(PERSON)
    render_again(live_version.pk, now=now)
    assert "still waits" not in Rendering.objects.get(version=live_version).html


# --- every live page ----------------------------------------------------------------------


def publish_starter(count, now):
    for number in range(count):
        version = begin_page(
            kind="article", slug=f"page-{number}", title=f"Page {number}", by=None, now=now
        )
        publish_exempt(write_draft(version, by=None, now=now), now=now, reason="Starter.")


def test_check_pages_counts_what_is_excused_apart_and_ends_well(draft, now, finds, warning, capsys):
    finds(PERSON, warning)
    publish_exempt(draft, now=now, reason="Starter.")
    call_command("check_pages")
    assert (
        "1 pages: 0 findings block, 1 warn, 0 were passed with a reason, 0 advise, "
        "1 are excused by an exemption." in capsys.readouterr().out
    )
    assert Rendering.objects.get(version=draft).failing == ""


def test_check_pages_ends_with_one_where_a_live_page_should_be_blocked(live_version, finds, capsys):
    finds(BLOCK)
    with pytest.raises(SystemExit) as ended:
        call_command("check_pages", "--json")
    assert ended.value.code == 1
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["page"] == "/articles/resetting-immunity/"
    assert row["findings"] == [
        {
            "rule": "P20",
            "level": "block",
            "start": 0,
            "end": 0,
            "text": "",
            "reason": BLOCK.reason,
            "standard": "DISCERN 8",
            "part": "body",
        }
    ]


def test_check_pages_asks_two_more_questions_for_each_page(db, now, finds):
    """Its findings' exemption, and the note for the desk; the page comes with twenty others."""
    finds(PERSON)
    publish_starter(4, now)
    with CaptureQueriesContext(connection) as captured:
        call_command("check_pages")
    assert len(captured) == 2 + 4 * 2


# --- what patients say --------------------------------------------------------------------


def reading(version, by, now, **fields):
    told = {"reader": "Has lupus", "said": "I did not know “graft”.", "read_on": now.date()}
    return record_patient_reading(version, **(told | fields), by=by, now=now)


def test_an_editor_puts_on_record_what_a_patient_said(draft, editor, now):
    reading(draft, editor, now)
    kept = PatientReading.objects.get()
    assert (kept.page, kept.version, kept.recorded_by) == (draft.page, draft, editor)


@pytest.mark.parametrize("name", ["author", "medic", "publisher"])
def test_nobody_else_does(name, draft, now, request):
    with pytest.raises(NotAllowed, match="Only an editor"):
        reading(draft, request.getfixturevalue(name), now)


def test_a_reading_says_who_what_and_a_day_that_has_been(draft, editor, now, tomorrow):
    for missing in ({"reader": " "}, {"said": ""}, {"read_on": tomorrow.date()}):
        with pytest.raises(NotReady):
            reading(draft, editor, now, **missing)
    assert not PatientReading.objects.exists()
