"""Guessing: passwords, names, reset mails. Who guesses waits, and nobody else does."""

import logging
import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from editorial.models import Event
from stemcell_site.accounts.client_address import UNKNOWN, client_address

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet lamp over seven seas"
LOGIN = "/admin/account/sign-in/"


@pytest.fixture(autouse=True)
def _locks_on(settings):
    settings.AXES_ENABLED = True
    cache.clear()


@pytest.fixture
def editor(editor):
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def try_in(name="editor", password="wrong", *, ip="192.0.2.7", address=LOGIN):  # noqa: S107 - a wrong one
    browser = Client(REMOTE_ADDR=ip)
    field = "login" if address == LOGIN else "username"
    return browser.post(address, {field: name, "password": password})


def lock(ip="192.0.2.7"):
    for name in ("editor", "Editor", " EDITOR", "eDitor", "editor"):
        answer = try_in(name, ip=ip)
    return answer


def test_five_wrong_passwords_lock_a_name_for_one_address_and_say_how_long(editor, caplog):
    caplog.set_level(logging.INFO)
    answer = lock()

    assert answer.status_code == 429
    assert "This name cannot be tried from here for 15 minutes." in answer.text
    assert 14 * 60 < int(answer["Retry-After"]) <= 15 * 60
    # The right password does not help now, in any spelling of the name.
    assert try_in("EDITOR", PASSWORD).status_code == 429
    assert "Locking out" in caplog.text
    assert "192.0.2.7" not in caplog.text
    assert "editor" not in caplog.text


def test_others_behind_the_same_proxy_and_the_person_elsewhere_come_in(editor, author):
    author.set_password(PASSWORD)
    author.save()
    lock()

    assert try_in("author", PASSWORD).status_code == 302
    assert try_in("editor", PASSWORD, ip="192.0.2.8").status_code == 302


def test_the_demonstration_s_door_locks_as_well(editor):
    for _ in range(5):
        answer = try_in(address="/admin/login/")

    assert answer.status_code == 429
    assert try_in("editor", PASSWORD, address="/admin/login/").status_code == 429


def test_a_lock_ends_by_itself_and_is_not_prolonged_by_trying(editor):
    lock()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    answer = try_in("editor", PASSWORD)
    assert "for 1 minute." in answer.text

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert try_in("editor", PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_an_administrator_unlocks_a_name_and_it_is_on_record(editor, admin, medic):
    lock()
    address = reverse("admin:axes_accessattempt_changelist")
    sent = {"action": "unlock", "_selected_action": AccessAttempt.objects.get().pk}
    other, boss = Client(), Client()
    other.force_login(medic)
    boss.force_login(admin)

    assert other.post(address, sent).status_code == 403
    assert "They can be tried again: editor." in boss.post(address, sent, follow=True).text

    assert try_in("editor", PASSWORD).status_code == 302
    event = Event.objects.get(verb="unlocked")
    assert (event.actor, event.comment) == ("admin", "editor")


def test_many_names_from_one_address_are_slowed_down(editor):
    answers = [try_in(f"nobody-{number}").status_code for number in range(61)]

    assert set(answers[:60]) == {200}
    assert answers[60] == 429
    assert try_in("editor", PASSWORD, ip="192.0.2.8").status_code == 302


# --- whose address it is ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "<script>", "10.0.0.1"),
        (1, "2001:DB8::0001", "2001:db8::1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, forwarded, found):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded).get("/")
    assert client_address(request) == found


def test_a_socket_without_an_address_is_no_mistake():
    assert client_address(RequestFactory(REMOTE_ADDR="").get("/")) == UNKNOWN


# --- a forgotten password -----------------------------------------------------------------


def ask_for_reset(email, *, host="testserver", ip="192.0.2.7"):
    browser = Client(REMOTE_ADDR=ip)
    address = reverse("admin_password_reset")
    return browser.post(address, {"email": email}, headers={"host": host})


def test_the_mail_leads_to_our_own_address_whatever_host_was_named(editor, settings):
    settings.ALLOWED_HOSTS = ["*"]

    ask_for_reset(editor.email, host="evil.example")

    link = re.search(r"\S+/admin/reset/\S+", mail.outbox[0].body)[0]
    assert link.startswith("http://testserver/admin/reset/")
    assert "evil" not in mail.outbox[0].body
    form = Client().get(link.removeprefix("http://testserver"), follow=True)
    assert "new_password1" in form.text


def test_nobody_s_mailbox_is_filled_and_nobody_learns_who_has_an_account(editor):
    answers = {
        ask_for_reset(email)["Location"] for email in [editor.email] * 5 + ["no@example.org"]
    }

    assert len(answers) == 1
    assert len(mail.outbox) == 3


def test_one_address_asks_for_few_resets(editor):
    answers = [ask_for_reset(f"{number}@example.org") for number in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {302}
    assert answers[20].status_code == 429
    assert "Try again in" in answers[20].text
    assert ask_for_reset("x@example.org", ip="192.0.2.8").status_code == 302


def test_short_and_common_passwords_are_refused(client, editor):
    client.force_login(editor)
    for password in ("eleven char", "password1234", "123456789012"):
        sent = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
        assert client.post("/admin/password_change/", sent).status_code == 200, password
