"""Many people press the same button of the admin at once, while readers read."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from editorial.actions import start_version
from editorial.models import Event, Version
from editorial.roles import StaffRole
from editorial.states import Role, State
from tests.conftest import hire, write_draft

pytestmark = pytest.mark.django_db(transaction=True)
PUBLISHERS = 20


def logged_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def in_threads(*deeds) -> list:
    """What each deed returned, all begun together."""
    gate = threading.Barrier(len(deeds))
    results = [None] * len(deeds)

    def do(place, deed):
        try:
            gate.wait(timeout=30)
            results[place] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


def said(client: Client, response) -> list[str]:
    """The messages that the next page shows."""
    page = client.get(response["Location"])
    return [str(message) for message in page.context["messages"]]


def test_of_twenty_who_press_publish_one_succeeds_and_readers_see_no_gap(
    live_version, author, editor, medic, now
):
    page = live_version.page
    newer = write_draft(start_version(page, by=author, now=now), by=author, now=now)
    newer.rewrite(by=author, now=now, text={"title": "Resetting immunity, again"})
    newer.submit(by=author, now=now)
    newer.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    newer.sign_off(by=medic, role=Role.MEDICAL, now=now)
    address = reverse("admin:articles_article_publish", args=[newer.pk])
    clients = [
        logged_in(hire(f"publisher_{number}", StaffRole.PUBLISHER)) for number in range(PUBLISHERS)
    ]
    done = threading.Event()

    def publish_by(client):
        return lambda: client.post(address)

    def read():
        reader, seen = Client(), []
        while not done.is_set() or not seen:
            seen.append(reader.get(page.get_absolute_url()).status_code)
        return seen

    def wait_for_all():
        answers = in_threads(*(publish_by(client) for client in clients))
        done.set()
        return answers

    answers, seen = in_threads(wait_for_all, read)

    assert [answer.status_code for answer in answers] == [302] * PUBLISHERS
    words = [said(client, answer)[0] for client, answer in zip(clients, answers, strict=True)]
    refusals = [text for text in words if "live already" in text]
    assert len(refusals) == PUBLISHERS - 1, words
    assert Version.objects.get(pk=newer.pk).is_live
    assert Version.objects.get(pk=live_version.pk).state == State.SUPERSEDED
    assert Event.objects.filter(verb="went live", version_id=newer.pk).count() == 1
    assert set(seen) == {200}


def test_of_two_who_save_over_the_same_text_one_is_refused_and_keeps_what_was_typed(
    draft, author, editor
):
    address = reverse("admin:articles_article_change", args=[draft.pk])
    titles = ["Alpha", "Omega"]
    clients = [logged_in(author), logged_in(editor)]
    forms = [
        filled(client.get(address), title=title)
        for client, title in zip(clients, titles, strict=True)
    ]

    answers = in_threads(
        lambda: clients[0].post(address, forms[0]), lambda: clients[1].post(address, forms[1])
    )

    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(place for place, answer in enumerate(answers) if answer.status_code == 200)
    stored = Version.objects.get(pk=draft.pk).title
    assert stored == titles[1 - refused]
    assert all(title in answers[refused].text for title in titles)


def filled(response, **typed) -> dict:
    """What a browser would send of this form, with these fields typed in."""
    context = response.context
    parts = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        parts += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for part in parts:
        for field in part:
            value = field.value()
            sent[field.html_name] = "" if value is None else value
    return {**sent, **typed}
