"""Findings beside the form while somebody writes, before each move, and the page to answer one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import checks
from editorial.checks import Finding, Level
from editorial.models import KeyMessage, PassedWarning, PatientReading, Version
from tests.editorial.forms_of_the_admin import as_sent, new_row

BLOCK = Finding("P20", Level.BLOCK, "It does not say what is not known.", "DISCERN 8")
WHY = "It quotes the trial’s own words."


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(version: Version, verb: str = "change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


def typed(client: Client, version: Version, **fields):
    return client.post(at(version, "findings"), as_sent(client.get(at(version))) | fields)


# --- in step with the typing --------------------------------------------------------------


def test_what_is_typed_is_checked_and_not_saved(author, draft):
    client = browser(author)
    answer = typed(client, draft, summary="")
    assert "The summary is empty." in answer.text
    assert 'href="#id_summary"' in answer.text
    assert "Nothing: every check passes." in client.get(at(draft, "findings")).text
    draft.refresh_from_db()
    assert draft.summary


def test_rows_and_tags_are_checked_as_they_were_typed_and_taken_back(
    author, draft, disease, monkeypatch
):
    seen = {}

    def look(version):
        seen["messages"] = list(version.key_messages.values_list("text", flat=True))
        seen["tags"] = list(version.tags.all())
        return ()

    monkeypatch.setattr(checks, "listed_checks", lambda: (look,))
    client = browser(author)
    sent = as_sent(client.get(at(draft))) | {"tags": [disease.pk]}
    sent["key_messages-1-DELETE"] = "on"
    sent = new_row(sent, "key_messages", position=0, text="A new message.")
    assert client.post(at(draft, "findings"), sent).status_code == 200
    assert seen["messages"][-1] == "A new message."
    assert (len(seen["messages"]), seen["tags"]) == (3, [disease])
    assert KeyMessage.objects.count() == 3
    assert not KeyMessage.objects.filter(text="A new message.").exists()
    assert not draft.tags.exists()


def test_while_only_words_change_nothing_is_written(author, draft):
    client = browser(author)
    sent = as_sent(client.get(at(draft))) | {"body": "<p>Other words.</p>"}
    with CaptureQueriesContext(connection) as captured:
        client.post(at(draft, "findings"), sent)
    wrote = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert wrote == []


def test_a_reviewer_may_ask_but_not_type(medic, draft):
    client = browser(medic)
    assert client.get(at(draft, "findings")).status_code == 200
    assert client.post(at(draft, "findings"), {"title": "Mine"}).status_code == 403


# --- what is shown ------------------------------------------------------------------------


def test_the_form_lists_each_level_in_words_with_reason_standard_and_place(
    author, draft, finds, warning
):
    advice = Finding("P36", Level.ADVISE, "Say what to do first.", "PEMAT", part="key_messages")
    finds(BLOCK, warning, advice)
    page = browser(author).get(at(draft)).text
    for words in ("Must be mended", "Warnings: mend, or pass with a reason", "it stops nothing"):
        assert words in page
    assert "P20, DISCERN 8" in page
    assert 'href="#id_body" data-text="Doctors give" data-start="0"' in page
    assert 'href="#key_messages-group"' in page
    assert "1 must be mended, 1 warning to answer, 1 piece of advice." in page


@pytest.mark.parametrize(
    ("state", "who", "verb"),
    [
        ("submitted", "editor", "sign_editorial"),
        ("at_the_medic", "medic", "sign_medical"),
        ("approved", "publisher", "publish"),
        ("approved", "publisher", "schedule"),
    ],
)
def test_findings_are_listed_before_the_button(state, who, verb, request, finds, warning):
    version = request.getfixturevalue(state)
    finds(BLOCK, warning)
    page = browser(request.getfixturevalue(who)).get(at(version, verb)).text
    assert page.index("Must be mended") < page.index("A sentence has 40 words.")
    assert page.index("A sentence has 40 words.") < page.index('<input type="submit"')
    assert ("Pass with a reason" in page) == (who != "publisher")


def test_whoever_submits_is_told_what_will_stop_it(author, draft, finds):
    finds(BLOCK)
    page = browser(author).post(at(draft, "submit"), follow=True).text
    assert f"Before it can go live: {BLOCK.reason}" in page
    draft.refresh_from_db()
    assert draft.state == "editorial_review"


# --- passing ------------------------------------------------------------------------------


def test_a_warning_is_passed_on_a_page_of_its_own_and_taken_back(author, draft, finds, warning):
    finds(warning)
    client = browser(author)
    address = f"{at(draft, 'pass_warning')}?mark={warning.mark}"
    assert address.rpartition("/")[2] in client.get(at(draft)).text
    asked = client.get(address).text
    assert "A sentence has 40 words." in asked
    assert "It was not done yet" in client.post(address, {"reason": " "}).text
    page = client.post(address, {"reason": WHY}, follow=True).text
    assert "Warnings passed with a reason" in page
    assert WHY in page
    passed = PassedWarning.objects.get()
    page = client.post(at(draft, "take_back_warning"), {"passed": passed.pk}, follow=True).text
    assert "waits for an answer again" in page
    assert not PassedWarning.objects.exists()


def test_a_warning_of_words_that_are_not_saved_waits_for_the_save(author, draft, warning):
    address = f"{at(draft, 'pass_warning')}?mark={warning.mark}"
    page = browser(author).get(address, follow=True).text
    assert "save what you typed, then pass it" in page


# --- patients -----------------------------------------------------------------------------


def test_an_editor_records_a_reading_and_everybody_reads_it(editor, medic, draft):
    sent = {"reader": "Has lupus", "said": "Clear, but long.", "read_on": "2026-01-31"}
    page = browser(editor).post(at(draft, "patient_reading"), sent, follow=True).text
    assert "Clear, but long." in page
    assert "Clear, but long." in browser(medic).get(at(draft)).text
    assert PatientReading.objects.get().version == draft


def test_only_an_editor_is_offered_to_record_one(author, draft):
    client = browser(author)
    assert "patient_reading" not in client.get(at(draft)).text
    assert 'name="said"' not in client.get(at(draft, "patient_reading")).text
