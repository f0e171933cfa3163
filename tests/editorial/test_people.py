"""Staff come by invitation and leave without their history."""

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from editorial import people
from editorial.models import Contributor, Event
from editorial.refusals import NotAllowed

urlpatterns = [
    path("invitation/<uidb64>/<token>/", lambda request: HttpResponse(), name="invitation")
]


@pytest.fixture
def plain_letter(monkeypatch):
    monkeypatch.setattr(people, "render_to_string", lambda name, context: context["link"])


@pytest.mark.urls(__name__)
def test_an_invitation_carries_a_link_that_works_and_is_told_of(
    admin, stranger, now, plain_letter, settings
):
    link = people.invite(stranger, by=admin, now=now)
    assert link.startswith(f"{settings.SITE_URL}/invitation/")
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert default_token_generator.check_token(stranger, token)
    [letter] = mail.outbox
    assert letter.to == [stranger.email]
    assert link in letter.body
    last = Event.objects.latest("number")
    assert (last.verb, last.actor, last.comment) == ("invited", "admin", "stranger")


@pytest.mark.parametrize("person", ["author", "editor", "publisher"])
def test_only_an_administrator_invites(person, stranger, request, now):
    with pytest.raises(NotAllowed, match="Only an administrator can invite"):
        people.invite(stranger, by=request.getfixturevalue(person), now=now)
    assert mail.outbox == []


def test_who_retires_can_no_longer_sign_in(admin, author, now):
    browser = Client()
    browser.force_login(author)
    people.retire(author, by=admin, now=now)
    author.refresh_from_db()
    assert not author.is_active
    assert not author.has_usable_password()
    assert not Session.objects.exists()


def test_the_sessions_of_others_go_on(admin, author, editor, now):
    Client().force_login(author)
    Client().force_login(editor)
    people.retire(author, by=admin, now=now)
    [session] = Session.objects.all()
    assert session.get_decoded()["_auth_user_id"] == str(editor.pk)


def test_who_retires_leaves_sign_offs_words_and_face(live_version, admin, editor, now):
    people.retire(editor, by=admin, now=now)
    sign_off = live_version.sign_offs.get(role="editorial")
    assert sign_off.signed_by == editor
    assert sign_off.contributor.name == "Editor"
    assert Contributor.objects.get(slug="editor").user is None
    assert Event.objects.filter(actor="editor").exists()
    assert Event.objects.latest("number").verb == "retired"


def test_pages_go_to_the_backup_owner(page, admin, author, editor, now):
    type(page).objects.filter(pk=page.pk).update(backup_owner=editor)
    assert people.retire(author, by=admin, now=now) == 0
    page.refresh_from_db()
    assert (page.owner, page.backup_owner) == (editor, None)


def test_pages_without_a_backup_owner_are_counted(page, admin, author, now):
    type(page).objects.create(kind="term", slug="never-owned", created_at=now)
    assert people.retire(author, by=admin, now=now) == 1
    page.refresh_from_db()
    assert page.owner is None


def test_who_was_their_own_backup_leaves_the_page_to_nobody(page, admin, author, now):
    type(page).objects.filter(pk=page.pk).update(backup_owner=author)
    assert people.retire(author, by=admin, now=now) == 1
    page.refresh_from_db()
    assert (page.owner, page.backup_owner) == (None, None)


def test_who_retires_is_no_longer_a_backup(page, admin, editor, author, now):
    type(page).objects.filter(pk=page.pk).update(backup_owner=editor)
    assert people.retire(editor, by=admin, now=now) == 0
    page.refresh_from_db()
    assert (page.owner, page.backup_owner) == (author, None)


def test_only_an_administrator_retires(author, publisher, now):
    with pytest.raises(NotAllowed, match="Only an administrator can retire"):
        people.retire(author, by=publisher, now=now)


def test_nobody_retires_themselves(admin, now):
    with pytest.raises(NotAllowed, match="You cannot retire yourself"):
        people.retire(admin, by=admin, now=now)
