"""Each move as a button for those who may press it, and a page that asks, does and refuses."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial.actions import begin_page, start_correction
from editorial.admin.move_forms import MOVES
from editorial.models import Event, Version
from editorial.offers import offered
from editorial.states import Role, State
from tests.conftest import sign, sign_by


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(version: Version, verb: str = "change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


def fresh(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def buttons(client: Client, version: Version) -> list[str]:
    return [verb for verb, _ in client.get(at(version)).context["moves"]]


# --- who is shown what --------------------------------------------------------------------

OFFERED = {
    "draft": {
        "author": ["submit", "discard"],
        "second_author": [],
        "editor": ["submit", "assign", "discard"],
        "medic": [],
        "publisher": ["assign"],
    },
    "submitted": {
        "author": [],
        "editor": ["sign_editorial", "take", "send_back", "assign", "discard"],
        "medic": ["send_back"],
        "publisher": ["assign"],
    },
    "at_the_medic": {
        "editor": ["send_back", "assign", "discard"],
        "medic": ["sign_medical", "take", "send_back"],
        "publisher": ["assign"],
    },
    "approved": {
        "author": [],
        "medic": ["send_back"],
        "publisher": ["publish", "schedule", "take", "assign"],
    },
    "scheduled": {
        "medic": [],
        "publisher": ["publish", "unschedule", "assign"],
    },
    "live_version": {
        "author": ["start"],
        "editor": ["start", "correct"],
        "medic": [],
        "publisher": ["withdraw"],
    },
    "next_draft": {"author": ["submit", "revert", "discard"]},
}


@pytest.mark.parametrize(
    ("fixture", "role", "verbs"),
    [(fixture, role, verbs) for fixture, roles in OFFERED.items() for role, verbs in roles.items()],
)
def test_a_form_shows_the_moves_that_are_open_to_its_reader(request, fixture, role, verbs):
    version = request.getfixturevalue(fixture)
    client = browser(request.getfixturevalue(role))
    assert buttons(client, version) == verbs
    page = client.get(at(version)).text
    assert [verb for verb in MOVES if f"../{verb}/" in page] == [v for v in MOVES if v in verbs]


def test_whose_hand_is_in_a_version_gets_no_button_to_sign_or_publish(
    draft, all_rounder, medic, editor, now
):
    draft.rewrite(by=all_rounder, now=now, text={"title": "Mine now"})
    draft.submit(by=all_rounder, now=now)
    client = browser(all_rounder)
    assert "sign_editorial" not in buttons(client, draft)
    sign_by(draft, editor=editor, medic=medic, now=now)
    assert not {"publish", "schedule", "take"} & set(buttons(client, draft))


def test_the_queries_of_a_form_stay_few(submitted, editor):
    client = browser(editor)
    client.get(at(submitted))
    with CaptureQueriesContext(connection) as asked:
        offered(editor, submitted)
    assert len(asked) <= 6


# --- every page ---------------------------------------------------------------------------

ASKING = {
    "submitted": [("editor", "sign_editorial"), ("editor", "send_back"), ("editor", "assign")],
    "at_the_medic": [("medic", "sign_medical"), ("editor", "discard")],
    "approved": [("publisher", "publish"), ("publisher", "schedule")],
    "scheduled": [("publisher", "unschedule")],
    "live_version": [("publisher", "withdraw")],
    "next_draft": [("author", "revert")],
}


@pytest.mark.parametrize(
    ("fixture", "role", "verb"),
    [(fixture, role, verb) for fixture, pages in ASKING.items() for role, verb in pages],
)
def test_a_page_says_what_will_happen_and_does_nothing_when_it_is_only_looked_at(
    request, fixture, role, verb
):
    version = request.getfixturevalue(fixture)
    before = version.state
    answer = browser(request.getfixturevalue(role)).get(at(version, verb))
    assert answer.status_code == 200
    assert all(str(sentence) for sentence in answer.context["form"].explain())
    assert '<ul class="move-says">' in answer.text
    assert fresh(version).state == before


@pytest.mark.parametrize("verb", MOVES)
def test_a_move_that_is_not_theirs_is_refused_in_words_and_changes_nothing(
    verb, submitted, second_author
):
    client = browser(second_author)
    answer = client.get(at(submitted, verb), follow=True)
    assert "is not to be done with it now, or not by you" in answer.text
    events = Event.objects.count()
    sent = {
        "comment": "c",
        "reason": "r",
        "content_hash": submitted.content_hash,
        "publish_at": "2999-01-01T00:00",
        "priority": 0,
        "lock_number": 1,
    }
    client.post(at(submitted, verb), sent)
    assert fresh(submitted).state == State.EDITORIAL_REVIEW
    assert fresh(submitted).assigned_to is None
    assert Event.objects.count() == events


@pytest.mark.parametrize("verb", MOVES)
def test_a_stranger_makes_no_move(verb, submitted, stranger):
    assert browser(stranger).get(at(submitted, verb)).status_code == 403
    assert browser(stranger).post(at(submitted, verb)).status_code == 403


# --- reviewing ----------------------------------------------------------------------------


def test_a_page_goes_from_draft_to_the_public_by_its_buttons(
    draft, author, editor, medic, publisher
):
    browser(author).post(at(draft, "submit"))
    browser(editor).post(at(draft, "take"))
    assert fresh(draft).assigned_to == editor
    reading = browser(editor).get(at(draft, "sign_editorial"))
    seen = reading.context["form"]["content_hash"].value()
    browser(editor).post(at(draft, "sign_editorial"), {"content_hash": seen})
    assert fresh(draft).state == State.MEDICAL_REVIEW
    browser(medic).post(at(draft, "sign_medical"), {"content_hash": seen, "comment": "Sound."})
    assert fresh(draft).state == State.APPROVED
    answer = browser(publisher).post(at(draft, "publish"), follow=True)
    assert "It is live." in answer.text
    assert fresh(draft).is_live


def test_who_signs_sees_the_text_who_wrote_it_and_what_the_checks_found(
    at_the_medic, author, medic
):
    page = browser(medic).get(at(at_the_medic, "sign_medical")).text
    assert "Doctors give back a person’s own stem cells." in page
    assert "A transplant calms relapsing disease in some people." in page
    assert "<dd>author</dd>" in page
    assert "<dd>Editor, editorial</dd>" in page
    assert "Nothing: every check passes." in page
    assert "Any later edit of this version ends your sign-off." in page


def test_a_text_that_changed_since_it_was_shown_is_not_signed(
    submitted, editor, second_editor, now
):
    seen = submitted.content_hash
    submitted.rewrite(by=second_editor, now=now, text={"title": "Other words"})
    submitted.submit(by=second_editor, now=now)
    sent = {"content_hash": seen, "comment": "I like it."}
    answer = browser(editor).post(at(submitted, "sign_editorial"), sent)
    assert "The text changed while you were reading it" in answer.text
    assert "I like it." in answer.text
    assert not fresh(submitted).sign_offs.exists()


def test_what_is_sent_back_goes_to_its_owner_with_the_comment(at_the_medic, author, medic):
    page = browser(medic).get(at(at_the_medic, "send_back")).text
    assert "This ends the sign-off of Editor." in page
    browser(medic).post(at(at_the_medic, "send_back"), {"comment": "Say how many died."})
    version = fresh(at_the_medic)
    assert (version.state, version.assigned_to) == (State.DRAFT, author)
    assert Event.objects.latest("number").comment == "Say how many died."


def test_what_nobody_of_its_people_can_write_in_is_sent_back_to_nobody(
    submitted, author, medic, now
):
    author.groups.clear()
    submitted.send_back(by=medic, now=now, comment="Again.")
    assert fresh(submitted).assigned_to is None


def test_sending_back_without_a_comment_is_refused_on_the_page(submitted, editor):
    answer = browser(editor).post(at(submitted, "send_back"), {"comment": " "})
    assert answer.status_code == 200
    assert "It was not done yet" in answer.text
    assert fresh(submitted).state == State.EDITORIAL_REVIEW


def test_what_was_typed_is_kept_when_somebody_was_faster(submitted, editor, medic, now):
    Version.objects.get(pk=submitted.pk).send_back(by=medic, now=now, comment="First.")
    answer = browser(editor).post(at(submitted, "send_back"), {"comment": "My long remark."})
    assert "This version is draft, not under review." in answer.text
    assert "My long remark." in answer.text


def test_the_form_says_whose_sign_offs_an_edit_ends(approved, editor, publisher):
    says = "Saving a change ends the sign-offs of Editor and Medic."
    assert says in browser(editor).get(at(approved)).text
    assert says not in browser(publisher).get(at(approved)).text


def test_an_edit_in_review_is_for_whoever_made_it_to_submit_again(at_the_medic, editor, medic, now):
    at_the_medic.take(by=medic, now=now)
    at_the_medic.rewrite(by=editor, now=now, text={"title": "Clearer"})
    version = fresh(at_the_medic)
    assert (version.state, version.assigned_to) == (State.DRAFT, editor)


# --- time and the public ------------------------------------------------------------------


def test_a_publisher_schedules_and_takes_off_the_schedule(approved, publisher):
    at_noon = timezone.now() + timedelta(days=2)
    sent = {"publish_at": f"{at_noon:%Y-%m-%dT%H:%M}"}
    browser(publisher).post(at(approved, "schedule"), sent)
    assert fresh(approved).publish_at == at_noon.replace(second=0, microsecond=0)
    browser(publisher).post(at(approved, "unschedule"))
    assert (fresh(approved).state, fresh(approved).publish_at) == (State.APPROVED, None)


def test_a_time_that_has_passed_is_refused_and_kept_in_the_form(approved, publisher):
    answer = browser(publisher).post(at(approved, "schedule"), {"publish_at": "2020-01-01T10:00"})
    assert "The time to go live must be in the future" in answer.text
    assert 'value="2020-01-01T10:00"' in answer.text


def test_the_page_to_publish_says_what_stops_it(draft, author, editor, medic, publisher, now):
    draft.rewrite(by=author, now=now, parts={"key_messages": [{"text": "Only one."}]})
    draft.submit(by=author, now=now)
    # As it may have been signed before there was this check.
    sign(draft, by=editor, role=Role.EDITORIAL, now=now)
    sign(draft, by=medic, role=Role.MEDICAL, now=now)
    client = browser(publisher)
    assert "this one has 1" in client.get(at(draft, "publish")).text
    answer = client.post(at(draft, "publish"), follow=True)
    assert "It cannot go live yet." in answer.text
    assert fresh(draft).state == State.APPROVED


def test_a_publisher_withdraws_with_a_reason(live_version, publisher, client):
    sent = {"reason": "The trial was retracted.", "leads_to": ""}
    browser(publisher).post(at(live_version, "withdraw"), sent)
    assert fresh(live_version).reason == "The trial was retracted."
    assert client.get(live_version.get_absolute_url()).status_code == 410


def test_readers_are_sent_to_a_live_page_of_this_site_only(live_version, publisher):
    sent = {"reason": "Merged into another page.", "leads_to": "https://example.org/"}
    answer = browser(publisher).post(at(live_version, "withdraw"), sent)
    assert "There is no live page of this site at that address." in answer.text
    assert "Merged into another page." in answer.text
    assert fresh(live_version).is_live


def test_readers_do_not_go_round_in_a_circle(live_version, publisher):
    sent = {"reason": "Merged.", "leads_to": live_version.get_absolute_url()}
    answer = browser(publisher).post(at(live_version, "withdraw"), sent)
    assert "Readers can only be sent to another live page" in answer.text
    assert fresh(live_version).is_live


# --- another text, and none ---------------------------------------------------------------


def test_an_open_version_goes_back_to_an_earlier_text(live_version, next_draft, author, now):
    next_draft.rewrite(by=author, now=now, text={"title": "A wrong turn"})
    client = browser(author)
    page = client.get(at(next_draft, "revert"), {"to": live_version.pk})
    form = page.context["form"]
    assert "Version 1, live, " in page.text
    assert form["to"].value() == str(live_version.pk)
    sent = {"to": live_version.pk, "lock_number": form["lock_number"].value()}
    answer = client.post(at(next_draft, "revert"), sent, follow=True)
    assert "This version has the text of version 1 now." in answer.text
    assert fresh(next_draft).title == "Resetting immunity"


def test_going_back_does_not_run_over_what_was_saved_meanwhile(
    live_version, next_draft, author, editor, now
):
    client = browser(author)
    lock = client.get(at(next_draft, "revert")).context["form"]["lock_number"].value()
    Version.objects.get(pk=next_draft.pk).rewrite(by=editor, now=now, text={"title": "Saved"})
    answer = client.post(at(next_draft, "revert"), {"to": live_version.pk, "lock_number": lock})
    assert "Somebody else saved this text after you opened it" in answer.text
    assert fresh(next_draft).title == "Saved"


def test_a_text_of_another_page_is_no_choice(next_draft, author, now):
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    sent = {"to": other.pk, "lock_number": next_draft.lock_number}
    answer = browser(author).post(at(next_draft, "revert"), sent)
    assert "Select a valid choice" in answer.text


def test_a_version_is_discarded_with_its_reason(draft, author):
    answer = browser(author).post(at(draft, "discard"), {"reason": "Begun twice."}, follow=True)
    assert "Discarded. It stays on record" in answer.text
    assert (fresh(draft).state, fresh(draft).reason) == (State.DISCARDED, "Begun twice.")


def test_a_correction_out_of_bounds_is_refused_with_its_sentence(live_version, editor, now):
    correction = start_correction(live_version.page, by=editor, now=now)
    correction.rewrite(by=editor, now=now, text={"summary": "Quite another one."})
    answer = browser(editor).post(at(correction, "submit"), follow=True)
    assert "A quick correction changes the title and the body only." in answer.text
    assert fresh(correction).state == State.DRAFT
