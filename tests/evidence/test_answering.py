"""A flag is answered: by a version that was reviewed anew, or by somebody who says why it holds."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from editorial.actions import start_version
from editorial.admin.versions import address_of
from editorial.models import Event, Page, Version
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.states import Role
from evidence import changing
from evidence.changing import mark, still_holds
from evidence.checks import citations_still_stand
from evidence.models import ReviewFlag, Source
from tests.evidence.conftest import CITED, NOTE
from tests.live_pages import begin, write

pytestmark = pytest.mark.django_db
CHANGED = "A source behind this page has changed"


def address(version: Version) -> str:
    return version.get_absolute_url()


def live(slug: str) -> Version:
    return Version.objects.live().select_related("page").get(page__slug=slug)


def test_a_medical_reviewer_may_answer_and_an_author_may_not(flag, medic, author, publisher, now):
    for person in (author, publisher):
        with pytest.raises(NotAllowed, match="Only an editor or a medical reviewer"):
            still_holds(flag, by=person, now=now, reason="It does.")
    with pytest.raises(NotReady, match="Say why"):
        still_holds(flag, by=medic, now=now, reason="  ")
    still_holds(flag, by=medic, now=now, reason="It does.")
    with pytest.raises(WrongState, match="Somebody else"):
        still_holds(flag, by=medic, now=now, reason="It does indeed.")


def publish(version, author, editor, medic, publisher, *, signed_at, now, callbacks):
    version.submit(by=author, now=signed_at)
    version.sign_off(by=editor, role=Role.EDITORIAL, now=signed_at)
    version.sign_off(by=medic, role=Role.MEDICAL, now=signed_at)
    with callbacks(execute=True):
        version.publish(by=publisher, now=now)


@pytest.fixture
def staff(author, editor, medic, publisher):
    return author, editor, medic, publisher


@pytest.fixture
def passes(monkeypatch):
    """What the gate asks of a whole page is no matter here."""
    monkeypatch.setattr("editorial.checks.listed_checks", lambda: ())


def test_a_reviewed_version_answers_the_flag_by_itself(
    flag, staff, client, tomorrow, passes, django_capture_on_commit_callbacks
):
    Page.objects.filter(pk=flag.page_id).update(owner=staff[0])
    version = start_version(flag.page, by=staff[0], now=tomorrow)
    version.rewrite(by=staff[0], now=tomorrow, text={"body": "<p>Without that trial.</p>"})
    publish(
        version,
        *staff,
        signed_at=tomorrow,
        now=tomorrow,
        callbacks=django_capture_on_commit_callbacks,
    )
    flag.refresh_from_db()
    assert flag.answer == "Version 2 was published after review."
    assert flag.answered_at == tomorrow
    assert CHANGED not in client.get(address(live("by-text"))).text
    event = Event.objects.order_by("-number").first()
    assert (event.verb, event.version_number) == ("source reviewed", 2)


def test_a_version_signed_before_the_source_changed_answers_nothing(
    cited, staff, client, now, tomorrow, passes, django_capture_on_commit_callbacks
):
    page = live("by-text").page
    Page.objects.filter(pk=page.pk).update(owner=staff[0])
    version = start_version(page, by=staff[0], now=now)
    version.rewrite(by=staff[0], now=now, text={"summary": "Other words."})
    mark(cited, "corrected", by=staff[1], now=tomorrow, note="A figure was corrected.")
    publish(
        version,
        *staff,
        signed_at=now,
        now=tomorrow + timedelta(hours=1),
        callbacks=django_capture_on_commit_callbacks,
    )
    assert live("by-text").number == 2
    assert ReviewFlag.objects.standing().filter(page=page).exists()
    assert CHANGED in client.get(address(live("by-text"))).text


def test_what_goes_live_while_its_source_falls_is_flagged_as_well(cited, client, now):
    """Its checks ran before the source was marked, its text came out after."""
    Source.objects.filter(pk=cited.pk).update(status="retracted", status_note=NOTE)
    changing.look_at_what_went_live(live("by-text"), now=now)
    (flag,) = ReviewFlag.objects.standing()
    assert flag.page.slug == "by-text"
    assert CHANGED in client.get(address(live("by-text"))).text


def test_a_failure_afterwards_leaves_the_page_live_and_the_flag_standing(flag, monkeypatch, caplog):
    monkeypatch.setattr(changing, "look_at_what_went_live", lambda *told, **also: 1 / 0)
    changing.heard_that_it_went_live(version=live("by-text"))
    assert "could not be looked at" in caplog.text
    assert ReviewFlag.objects.standing().filter(pk=flag.pk).exists()


def test_a_draft_in_hand_is_told_by_the_gate_what_to_cite_instead(cited, admire_two, editor, now):
    mark(cited, "superseded", by=editor, now=now, note="ADMIRE-CD II.", superseded_by=admire_two)
    draft = write(begin("a-draft"), body=CITED)
    (finding,) = citations_still_stand(draft)
    assert "ADMIRE-CD II." in finding.reason
    assert "Cite “ADMIRE-CD II” instead" in finding.reason


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_flagged_page_says_so_on_its_form_and_on_the_desks(flag, medic, author, editor):
    form = address_of(live("by-text"))
    answer = reverse("admin:evidence_reviewflag_answer", args=[flag.pk])
    assert answer in browser(medic).get(form).text
    seen_by_author = browser(author).get(form).text
    assert CHANGED in seen_by_author
    assert answer not in seen_by_author
    assert "“ADMIRE-CD” was retracted." in browser(editor).get("/admin/desk/changed/").text
    assert "was retracted" in browser(editor).get("/admin/").text
    assert "was retracted" not in browser(author).get("/admin/").text

    client = browser(medic)
    assert "is required" in client.post(answer, {"reason": ""}).text
    done = client.post(answer, {"reason": "It tells of both trials."}, follow=True)
    assert done.redirect_chain == [(form, 302)]
    assert CHANGED not in done.text
    assert "It tells of both trials." in client.get(answer).text
    assert "was retracted" not in browser(editor).get("/admin/").text
