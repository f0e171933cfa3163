"""The way in: a password and a second factor, and nothing of the newsroom before both."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from editorial.models import Event
from stemcell_site.accounts.second_factor import OPEN_WITHOUT
from tests.site.addresses import addresses

pytestmark = pytest.mark.django_db
NEWSROOM = "/admin/editorial/tag/"
PASSWORD = "a quiet lamp over seven seas"


@pytest.fixture(autouse=True)
def _as_in_public(settings):
    settings.SECOND_FACTOR = True
    cache.clear()


@pytest.fixture(autouse=True)
def _commits_happen(monkeypatch):
    """What waits for the end of a transaction happens at once, as each test is one itself."""
    monkeypatch.setattr(transaction, "on_commit", lambda call, using=None, robust=False: call())


@pytest.fixture
def editor(editor):
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def sign_in(client, user, *, password=PASSWORD, **sent):
    address = reverse("account_login")
    return client.post(address, {"login": user.username, "password": password, **sent})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client) -> str:
    """Sets up an app in this browser; returns its secret."""
    address = reverse("mfa_activate_totp")
    secret = client.get(address).context["form"].secret
    answer = client.post(address, {"code": code_for(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def test_the_admin_sends_people_to_the_sign_in_that_asks_twice(client):
    answer = client.get(reverse("admin:login"), {"next": "/admin/desk/mine/"})

    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Fdesk%2Fmine%2F"
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(client, editor, address):
    led = client.get(reverse("admin:login"), {"next": address})["Location"]
    assert "evil" not in led
    assert "evil" not in sign_in(client, editor, next=address)["Location"]


def test_a_password_alone_reaches_nothing_but_setting_up_a_second_factor(client, editor):
    assert sign_in(client, editor).status_code == 302

    for name in ("admin:index", "desk", "admin:editorial_tag_changelist", "usersessions_list"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index")), name
    assert client.get("/admin/no/such/page/")["Location"] == reverse("mfa_index")
    assert "The newsroom opens once you have set one up" in client.get(reverse("mfa_index")).text


def test_setting_up_an_app_opens_the_newsroom_and_is_on_record(client, editor):
    sign_in(client, editor)
    secret = set_up_app(client)

    assert client.get(NEWSROOM).status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes")).text
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert Event.objects.get(verb="added a second factor").actor == editor.username
    # A copy of the database alone opens nothing.
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_who_has_an_app_signs_in_with_its_code_and_a_recovery_code_works_once(client, editor):
    sign_in(client, editor)
    secret = set_up_app(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get(reverse("mfa_view_recovery_codes")).text)
    cache.clear()  # the code of this half minute may be used again
    second = reverse("mfa_authenticate")

    for right, wrong in ((code_for(secret), "000000"), (codes[0], "00000000")):
        browser = Client()
        assert sign_in(browser, editor)["Location"] == second
        assert browser.get(NEWSROOM).status_code == 302
        assert browser.post(second, {"code": wrong}).status_code == 200
        assert browser.post(second, {"code": right})["Location"] == reverse("admin:index")
        assert browser.get(NEWSROOM).status_code == 200

    again = Client()
    sign_in(again, editor)
    assert again.post(second, {"code": codes[0]}).status_code == 200


def test_codes_cannot_be_guessed_on_and_on(client, editor):
    sign_in(client, editor)
    secret = set_up_app(client)
    cache.clear()
    browser = Client()
    sign_in(browser, editor)
    for _ in range(10):
        browser.post(reverse("mfa_authenticate"), {"code": "000000"})

    answer = browser.post(reverse("mfa_authenticate"), {"code": code_for(secret)})

    assert answer.status_code == 200
    assert "Too many" in answer.text


def test_a_session_that_never_proved_itself_ends_when_its_person_has_a_second_factor(
    client, editor
):
    sign_in(client, editor)
    set_up_app(client)
    stale = Client()
    stale.force_login(editor)

    answer = stale.get(reverse("admin:index"))

    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in stale.session


def test_without_its_last_second_factor_a_session_is_where_it_began(client, editor):
    sign_in(client, editor)
    set_up_app(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert client.get(reverse("admin:index"))["Location"] == reverse("mfa_index")


def test_the_stranger_and_the_retired_find_the_door_closed(client, editor):
    editor.is_staff = False
    editor.save()
    sign_in(client, editor)
    assert client.get(reverse("admin:login")).status_code == 403

    editor.is_active = False
    editor.save()
    answer = sign_in(Client(), editor)
    assert answer.status_code == 200
    assert client.get(reverse("mfa_index"))["Location"].startswith(reverse("admin:login"))


def test_nobody_signs_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_what_is_open_before_the_second_factor_is_a_list_that_names_real_addresses():
    for name in OPEN_WITHOUT:
        args = ["x", "y"] if name in ("invitation", "password_reset_confirm") else []
        assert reverse(name, args=args).startswith("/admin/")


def test_the_pages_of_an_account_ask_who_is_there(client):
    routes = {pattern.name: route for route, pattern in addresses() if pattern.name}
    names = [name for name in routes if "/account/" in routes[name] and is_own(name)]
    assert len(names) > 10
    for name in names:
        args = [1] if name in ("mfa_remove_webauthn", "mfa_edit_webauthn") else []
        answer = client.get(reverse(name, args=args))
        assert (name, answer.status_code) in ((name, 302), (name, 403)), name


def is_own(name: str) -> bool:
    """An address of somebody's own account, not of the way in."""
    way_in = ("mfa_authenticate", "mfa_login_webauthn", "account_login", "account_inactive")
    return name.startswith(("mfa_", "account_", "usersessions_")) and name not in way_in


def test_an_administrator_removes_a_lost_second_factor_and_its_sessions_end(client, editor, admin):
    sign_in(client, editor)
    set_up_app(client)
    boss = Client()
    boss.force_login(admin)
    session = boss.session
    session["second_factor"] = admin.pk
    session.save()
    listed = reverse("admin:mfa_authenticator_changelist")
    pks = list(Authenticator.objects.values_list("pk", flat=True))

    answer = boss.post(listed, {"action": "forget", "_selected_action": pks}, follow=True)

    assert "sets up a new one" in answer.text
    assert not Authenticator.objects.exists()
    assert client.get(reverse("admin:index"))["Location"].startswith(reverse("admin:login"))
    assert Event.objects.get(verb="forgot second factor").comment == editor.username
