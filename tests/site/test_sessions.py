"""Where somebody is signed in: they see it, and end what should not be there."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import people
from stemcell_site.accounts import sessions

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet lamp over seven seas"
ADDRESS = "/admin/account/sessions/"


@pytest.fixture
def editor(editor):
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def browser(user, *, agent="A phone", ip="192.0.2.7") -> Client:
    client = Client(REMOTE_ADDR=ip, headers={"user-agent": agent})
    answer = client.post("/admin/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(ADDRESS).status_code == 200


def test_somebody_sees_their_sessions_and_ends_one_or_all_others(editor):
    here, there, lost = (browser(editor, agent=f"{name} browser") for name in ("My", "Old", "Lost"))
    shown = here.get(ADDRESS).text
    assert all(f"{name} browser" in shown for name in ("My", "Old", "Lost"))
    assert shown.count("This one") == 1

    which = UserSession.objects.get(session_key=lost.session.session_key).pk
    assert "1 session has ended." in here.post(ADDRESS, {"end": which}, follow=True).text
    assert (is_in(here), is_in(there), is_in(lost)) == (True, True, False)

    here.post(ADDRESS, {"end": "others"})
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0", "Firefox on Android"),
        ("curl/8.0", "curl/8.0"),
        ("", "A browser that says nothing of itself"),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent, shown):
    assert sessions.browser(agent) == shown


def test_nobody_ends_the_session_of_another(editor, author):
    author.set_password(PASSWORD)
    author.save()
    theirs, mine = browser(author), browser(editor)
    which = UserSession.objects.get(user=author).pk

    mine.post(ADDRESS, {"end": which})
    mine.post(ADDRESS, {"end": "others"})
    mine.post(ADDRESS, {"end": "²"})

    assert is_in(theirs)
    assert is_in(mine)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(editor):
    here, there = browser(editor), browser(editor)
    new = "another lamp over eight seas"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    assert here.post(reverse("admin:password_change"), sent).status_code == 302

    assert (is_in(here), is_in(there)) == (True, False)
    assert here.get(ADDRESS).text.count("This one") == 1
    assert UserSession.objects.filter(user=editor).count() == 1


def test_retiring_somebody_ends_their_sessions(editor, admin):
    there = browser(editor)

    people.retire(editor, by=admin, now=timezone.now())

    assert not is_in(there)
    assert there.get("/admin/").status_code == 302


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(editor, settings):
    client = browser(editor)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
