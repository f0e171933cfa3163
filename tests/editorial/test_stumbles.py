"""What the newsroom says beforehand: where a save goes on to, what is open, what may change."""

import pytest
from django.template import Context, Template

from editorial.actions import start_correction
from editorial.checks import Finding, Level
from editorial.gate import judge
from editorial.models import Page, Version
from editorial.states import State
from tests.editorial.forms_of_the_admin import as_sent
from tests.editorial.test_admin_moves import at, browser, fresh

TO_MEND = Finding("P20", Level.BLOCK, "Say the harms.", "DISCERN 8")
TO_SIGN = Finding(
    "P02", Level.BLOCK, "Nobody has signed.", "NHS", part="sign_offs", needs_person=True
)


@pytest.fixture
def correction(live_version, editor, now) -> Version:
    return start_correction(live_version.page, by=editor, now=now)


# --- saved on the way ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "leads_to"),
    [
        ("discard", "discard/"),
        ("compare/?with=7", "compare/?with=7"),
        ("publish", "publish/"),  # Which says itself that it is not theirs.
        ("//example.org", None),
    ],
)
def test_a_save_goes_on_to_the_move_it_was_made_for(then, leads_to, author, draft):
    client = browser(author)
    sent = as_sent(client.get(at(draft))) | {"title": "Typed", "_then": then}
    answer = client.post(at(draft), sent)
    assert fresh(draft).title == "Typed"
    listed = "/admin/articles/article/"
    assert answer.url == (f"{listed}{draft.pk}/{leads_to}" if leads_to else listed)


def test_a_save_on_the_way_to_submitting_submits_what_was_saved(author, draft):
    client = browser(author)
    sent = as_sent(client.get(at(draft))) | {"title": "Typed", "_then": "submit"}
    assert client.post(at(draft), sent).url == at(draft)
    assert (fresh(draft).title, fresh(draft).state) == ("Typed", State.EDITORIAL_REVIEW)


def test_a_refused_save_goes_nowhere(author, draft):
    client = browser(author)
    sent = as_sent(client.get(at(draft))) | {"title": "", "_then": "submit"}
    assert client.post(at(draft), sent).status_code == 200
    assert fresh(draft).state == State.DRAFT


# --- before signing -----------------------------------------------------------------------


def test_signatures_are_no_mending(at_the_medic, medic, editor, finds, now):
    finds(TO_MEND, TO_SIGN)
    at_the_medic.comments.create(author=editor, text="Which harms?", written_at=now)
    at_the_medic.comments.create(author=editor, text="Done.", written_at=now, resolved_at=now)
    page = browser(medic).get(at(at_the_medic, "sign_medical")).text
    assert "1 must be mended, 1 waits for a person," in page
    assert page.index("Must be mended") < page.index("Still to sign, check or say")
    assert page.index("Still to sign, check or say") < page.index("Nobody has signed.")
    assert "<dd>a medical reviewer</dd>" in page
    assert '<a href="../change/#talk">1 comment is open</a>' in page


def test_what_waits_for_people_is_told_from_what_is_mended(finds, draft):
    finds(TO_MEND, TO_SIGN)
    judgement = judge(draft)
    assert (judgement.to_mend, judgement.waits_for_people) == ([TO_MEND], [TO_SIGN])


# --- quick corrections --------------------------------------------------------------------


def test_a_correction_offers_what_it_may_change_and_says_how_much(correction, editor):
    client = browser(editor)
    answer = client.get(at(correction))
    assert set(answer.context["adminform"].form.fields) == {
        *("lock_number", "save_over", "title", "body")
    }
    assert not any(it.has_change_permission for it in answer.context["inline_admin_formsets"])
    assert "at most 20 words of the title and the body" in answer.text
    sent = as_sent(answer) | {"title": "Resetting the immunity", "summary": "Another."}
    assert client.post(at(correction), sent).status_code == 302
    stored = fresh(correction)
    assert (stored.title, stored.summary) == ("Resetting the immunity", correction.summary)


def test_a_late_save_of_a_correction_is_compared_too(correction, editor):
    client = browser(editor)
    sent = as_sent(client.get(at(correction))) | {"title": "Mine", "lock_number": 99}
    answer = client.post(at(correction), sent)
    assert [it.label for it in answer.context["stale"].differences] == ["Title"]


# --- withdrawn with something open --------------------------------------------------------


def test_whoever_withdraws_is_told_what_becomes_of_open_texts(
    correction, next_draft, live_version, publisher, editor, now
):
    client = browser(publisher)
    page = client.get(at(live_version, "withdraw")).text
    assert "can no longer go live: discard it" in page
    assert "published, it makes the page public again" in page
    live_version.withdraw(by=publisher, now=now, reason="Out of date.")
    assert "page withdrawn" in client.get("/admin/articles/article/").text
    assert Page.objects.withdrawn().get() == live_version.page


def test_a_page_that_is_live_is_not_called_withdrawn(next_draft, publisher):
    assert "page withdrawn" not in browser(publisher).get("/admin/articles/article/").text


# --- the way from a finding ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "text", "leads_to"),
    [
        ("people", "", "/admin/editorial/contributor/"),
        ("citations", "ASTIS", "/admin/evidence/source/?q=ASTIS"),
        ("citations", "ASTIS, SCOT", "/admin/evidence/source/"),
        ("claims", "It helps.", "#claims-group"),
        ("sign_offs", "", "#standing"),
        ("patients", "", "#patients"),
        ("title", "", "#id_title"),
    ],
)
def test_a_finding_leads_to_where_it_is_mended(part, text, leads_to):
    finding = Finding("P00", Level.BLOCK, "No.", "Ours", part=part, text=text)
    place = Template("{% load findings %}{{ finding|place_of:version }}")
    told = place.render(Context({"finding": finding, "version": Version(page_id=1)}))
    assert told == leads_to


def test_every_place_on_the_form_is_there(author, draft, finds):
    parts = ["sign_offs", "patients", "claims", "checked_claims", "key_messages", "site", "summary"]
    finds(*(Finding("P00", Level.BLOCK, "No.", "Ours", part=part) for part in parts))
    page = browser(author).get(at(draft)).text
    places = {line.split('"')[0] for line in page.split('class="finding-place" href="#')[1:]}
    assert len(places) == len(parts)
    assert [place for place in places if f'id="{place}"' not in page] == []


def test_colleagues_are_welcomed_by_their_whole_name(author):
    author.first_name, author.last_name = "Demo", "author"
    author.save()
    assert "<strong>Demo author</strong>" in browser(author).get("/admin/").text
