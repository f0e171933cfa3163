"""The whole story of a page as people live it: each in a browser of their own.

With PICTURES set to a folder it leaves the pictures of the editors' guide there.
"""

import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.utils import timezone

from editorial.actions import start_version
from editorial.models import Version
from editorial.states import Role, State
from evidence.models import Source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
KEY_MESSAGES = (
    "A transplant calms relapsing disease in some people.",
    "It can cause serious harm.",
    "Clinics that promise a cure go further than the evidence.",
)


def picture(page, name: str) -> None:
    if PICTURES:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def source(transactional_db):
    return Source.objects.create(
        key="burt-2019",
        kind="trial",
        title="A transplant against medicines in relapsing multiple sclerosis",
        design="randomised",
        verification="verified",
    )


class Desk:
    """One colleague in front of the admin."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address = page, address
        page.set_default_timeout(30_000)

    def open(self, version: Version) -> None:
        self.page.goto(f"{self.address}/admin/articles/article/{version.pk}/change/")

    def press(self, name: str) -> None:
        """A button or link of this name, and wait for where it leads."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            button.or_(link).first.click()
        self.fits()

    def fits(self) -> None:
        """Nothing runs out of the window to the side."""
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(over) <= 0, self.page.url

    def said(self) -> str:
        return self.page.locator(".messagelist").inner_text()


def stored(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def write(desk: Desk) -> None:
    """Title, summary, key messages, and a body with a heading, a sentence and a citation."""
    page = desk.page
    page.goto(f"{desk.address}/admin/articles/article/add/")
    page.locator("#id_title").fill("Resetting immunity")
    page.locator("#id_title").blur()
    assert page.locator("#id_slug").input_value() == "resetting-immunity"
    desk.press("Save")
    page.locator("#id_summary").fill("What a transplant can do in relapsing disease.")
    page.wait_for_selector(".ProseMirror")
    page.click("label[for=id_body]")
    page.keyboard.type("What it is")
    page.click("button[data-name=heading2]")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Doctors give back a person’s own stem cells.")
    page.click("button[data-name=citation]")
    page.wait_for_selector(".editor-results button")
    picture(page, "cite")
    page.locator(".editor-results button").first.click()
    for number, text in enumerate(KEY_MESSAGES):
        page.get_by_role("link", name="Add another Key message").or_(
            page.get_by_role("button", name="Add another Key message")
        ).click()
        page.locator(f"#id_key_messages-{number}-text").fill(text)
    picture(page, "write")
    desk.press("Save and continue editing")


def test_a_page_from_its_first_word_to_its_withdrawal(desks, source, client):
    author, editor, medic, publisher = (
        desks[name] for name in ("author", "editor", "medic", "publisher")
    )

    write(author)
    version = Version.objects.get(page__slug="resetting-immunity")
    assert version.citations.get().source == source
    author.press("Submit for review")
    assert stored(version).state == State.EDITORIAL_REVIEW

    editor.open(version)
    picture(editor.page, "review")
    editor.press("Send back")
    editor.page.get_by_label("What should be changed").fill("Say what it cannot do.")
    editor.press("Send back")
    assert stored(version).state == State.DRAFT

    author.open(version)
    author.page.locator("#id_summary").fill("What a transplant can do, and what it cannot.")
    author.press("Save and continue editing")
    author.press("Submit for review")

    for desk, label in ((editor, "Sign off editorially"), (medic, "Sign off medically")):
        desk.open(version)
        desk.press(label)
        picture(desk.page, label.lower().replace(" ", "-"))
        desk.press(label)
    assert stored(version).state == State.APPROVED

    publisher.open(version)
    publisher.press("Schedule")
    tomorrow = timezone.now() + timedelta(days=1)
    publisher.page.get_by_label("Goes live at").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    picture(publisher.page, "schedule")
    publisher.press("Schedule")
    assert stored(version).state == State.SCHEDULED
    assert client.get("/articles/resetting-immunity/").status_code == 404

    later(tomorrow + timedelta(minutes=2))
    assert stored(version).state == State.LIVE
    assert "what it cannot" in client.get("/articles/resetting-immunity/").text

    correct(desks, version)
    change_and_revert(desks, version)

    live = Version.objects.live().get()
    publisher.open(live)
    publisher.press("Withdraw")
    publisher.page.get_by_label("Why it is withdrawn").fill("Its trial was retracted.")
    publisher.press("Withdraw")
    gone = client.get("/articles/resetting-immunity/")
    assert gone.status_code == 410
    assert "Its trial was retracted." in gone.text


def later(now) -> None:
    """Time passes: the clock's command runs at that hour."""
    with patch("django.utils.timezone.now", return_value=now):
        call_command("publish_due")


def correct(desks, version: Version) -> None:
    """One editor corrects a word, another signs, a publisher publishes; the review stays."""
    editor, second, publisher = desks["editor"], desks["second_editor"], desks["publisher"]
    editor.open(version)
    editor.press("Quick correction")
    correction = Version.objects.open().get()
    editor.page.locator("#id_title").fill("Resetting the immunity")
    editor.press("Save and continue editing")
    editor.press("Submit for review")
    second.open(correction)
    second.press("Sign off editorially")
    second.press("Sign off editorially")
    publisher.open(correction)
    publisher.press("Publish now")
    publisher.press("Publish now")
    live = Version.objects.live().get()
    assert (live.pk, live.title) == (correction.pk, "Resetting the immunity")
    assert live.reviewed_on == stored(version).reviewed_on
    assert live.corrected_on is not None


def change_and_revert(desks, version: Version) -> None:
    """A new version, compared with the live one, put back to the first, and discarded."""
    author = desks["author"]
    author.open(Version.objects.live().get())
    author.press("Start a new version")
    newer = Version.objects.open().get()
    author.page.locator("#id_title").fill("Starting immunity again")
    author.press("Save and continue editing")
    author.press("Compare with live")
    shown = author.page.locator("#content")
    assert "Starting" in " ".join(shown.locator("ins").all_inner_texts())
    picture(author.page, "compare")
    author.open(newer)
    author.press("History")
    picture(author.page, "history")
    author.open(newer)
    author.press("Revert to another text")
    author.page.get_by_label("Version 1", exact=False).check()
    author.press("Revert to another text")
    assert stored(newer).title == "Resetting immunity"
    author.press("Discard")
    author.page.get_by_label("Why it is discarded").fill("Not needed any more.")
    author.press("Discard")
    assert stored(newer).state == State.DISCARDED


def test_the_medical_reviewers_job_on_a_phone(
    desks, source, live_version, therapy, disease, author, editor, now
):
    """From the desk to the signature: what changed since the last one, and what proves it."""
    draft = start_version(live_version.page, by=author, now=now)
    claim = {
        "statement": "Fewer people relapse after a transplant.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "direction": "benefit",
        "citations": [{"source": source.key, "place": "Table 2"}],
    }
    draft.rewrite(
        by=author,
        now=now,
        text={"summary": "What a transplant can do in relapsing disease, and its dangers."},
        parts={"claims": [claim]},
    )
    draft.submit(by=author, now=now)
    draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    medic = desks["medic"]

    medic.page.goto(f"{medic.address}/admin/")
    medic.fits()
    picture(medic.page, "desk-on-a-phone")
    medic.press(draft.title)
    medic.press("Since my last sign-off")
    shown = medic.page.locator("#content").inner_text()
    assert "its dangers" in shown
    assert "Fewer people relapse" in shown
    assert "Table 2" in shown
    picture(medic.page, "changed-on-a-phone")
    medic.open(draft)
    medic.press("Sign off medically")
    assert "Table 2" in medic.page.locator("#content").inner_text()
    medic.press("Sign off medically")
    assert stored(draft).state == State.APPROVED


@pytest.fixture
def desks(live_server, sign_in, author, editor, second_editor, medic, publisher):
    people = {
        "author": author,
        "editor": editor,
        "second_editor": second_editor,
        "medic": medic,
        "publisher": publisher,
    }
    windows = {"medic": PHONE}
    return {
        name: Desk(sign_in(user, **windows.get(name, DESKTOP)).new_page(), live_server.url)
        for name, user in people.items()
    }
