"""People, vocabulary and the trail in the admin: who sees and changes what."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial.models import Contributor, Event, Tag
from editorial.roles import StaffRole
from tests.editorial.forms_of_the_admin import as_sent

User = get_user_model()
STAFF = ("author", "editor", "medic", "publisher", "admin")
# Who may see a list, and who may add to it.
LISTS = {
    "editorial_tag": (STAFF, ("editor", "admin")),
    "editorial_contributor": (STAFF, ("publisher", "admin")),
    "editorial_event": (STAFF, ()),
    "editorial_page": (STAFF, ()),
    "evidence_source": (STAFF, ("editor", "admin")),
    "evidence_regulatorystatus": (STAFF, ("editor", "admin")),
    "auth_user": (("admin",), ("admin",)),
    "auth_group": (("admin",), ()),
}


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("role", [*STAFF, "stranger"])
def test_who_sees_a_list_and_who_adds_to_it(model, role, request):
    client = browser(request.getfixturevalue(role))
    see, add = LISTS[model]
    listed = client.get(reverse(f"admin:{model}_changelist")).status_code
    added = client.get(reverse(f"admin:{model}_add")).status_code
    assert (listed, added) == (200 if role in see else 403, 200 if role in add else 403)


@pytest.mark.parametrize("model", LISTS)
def test_nobody_comes_in_without_signing_in(model, db):
    answer = Client().get(reverse(f"admin:{model}_changelist"))
    assert answer.status_code == 302
    assert reverse("admin:login") in answer.headers["Location"]


@pytest.mark.parametrize("role", STAFF)
def test_the_front_page_of_the_newsroom_opens(role, request):
    assert browser(request.getfixturevalue(role)).get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_nothing_here_is_ever_deleted_but_a_status(model, admin, author, draft, disease):
    delete = reverse(f"admin:{model}_delete", args=[1])
    expected = {"evidence_regulatorystatus": 302}.get(model, 403)
    answer = browser(admin).post(delete, {"post": "yes"})
    assert answer.status_code in (expected, 302)
    assert User.objects.filter(pk=author.pk).exists()
    assert Tag.objects.filter(pk=disease.pk).exists()


def test_forms_open_for_those_who_may_see_them(editor, publisher, admin, draft, disease):
    event = Event.objects.first()
    person = Contributor.objects.get(user=editor)
    for client in (browser(editor), browser(publisher), browser(admin)):
        for model, pk in [
            ("editorial_tag", disease.pk),
            ("editorial_contributor", person.pk),
            ("editorial_event", event.pk),
            ("editorial_page", draft.page_id),
        ]:
            assert client.get(reverse(f"admin:{model}_change", args=[pk])).status_code == 200


def test_the_trail_cannot_be_changed(admin, draft):
    event = Event.objects.first()
    answer = browser(admin).post(
        reverse("admin:editorial_event_change", args=[event.pk]), {"verb": "nothing"}
    )
    assert answer.status_code == 403


def test_an_editor_adds_a_tag_with_its_synonyms(editor):
    sent = {
        "name": "Lupus",
        "slug": "lupus",
        "kind": "disease",
        "synonyms-TOTAL_FORMS": 1,
        "synonyms-INITIAL_FORMS": 0,
        "synonyms-0-name": "SLE",
    }
    assert browser(editor).post(reverse("admin:editorial_tag_add"), sent).status_code == 302
    assert Tag.objects.get().synonyms.get().name == "SLE"


def test_a_publisher_gives_a_page_its_owner(publisher, author, draft):
    client = browser(publisher)
    address = reverse("admin:editorial_page_change", args=[draft.page_id])
    sent = as_sent(client.get(address)) | {"owner": author.pk, "review_months": 12}
    assert client.post(address, sent).status_code == 302
    draft.page.refresh_from_db()
    assert (draft.page.owner, draft.page.review_months) == (author, 12)


# --- coming and leaving -------------------------------------------------------------------


def invite(admin, **fields):
    role = Group.objects.get(name=StaffRole.AUTHOR.value)
    sent = {"username": "new", "email": "new@example.org", "groups": [role.pk], **fields}
    return browser(admin).post(reverse("admin:auth_user_add"), sent, follow=True)


def test_an_administrator_invites_and_the_invited_chooses_a_password(admin):
    assert "An invitation is on its way to new@example.org." in invite(admin).text
    user = User.objects.get(username="new")
    assert user.is_staff
    assert not user.has_usable_password()
    link = next(word for word in mail.outbox[0].body.split() if "/invitation/" in word)
    form = Client()
    answer = form.get(link.removeprefix("http://testserver"), follow=True)
    chosen = {"new_password1": "a long sentence 7", "new_password2": "a long sentence 7"}
    form.post(answer.request["PATH_INFO"], chosen)
    assert Client().login(username="new", password="a long sentence 7")


def test_an_invitation_needs_an_address(admin):
    assert "This field is required." in invite(admin, email="").text
    assert mail.outbox == []


def test_an_invitation_can_be_sent_again(admin):
    invite(admin)
    user = User.objects.get(username="new")
    page = browser(admin).get(reverse("admin:auth_user_change", args=[user.pk]))
    assert "Invite again" in page.text
    browser(admin).post(reverse("admin:auth_user_invite", args=[user.pk]))
    assert len(mail.outbox) == 2


def test_a_person_is_changed_by_role_and_not_by_single_rights(admin, author):
    client = browser(admin)
    address = reverse("admin:auth_user_change", args=[author.pk])
    page = client.get(address)
    assert "user_permissions" not in page.context["adminform"].form.fields
    role = Group.objects.get(name=StaffRole.EDITOR.value)
    client.post(address, as_sent(page) | {"groups": [role.pk], "first_name": "Ada"})
    author.refresh_from_db()
    assert list(author.groups.all()) == [role]
    assert author.is_active


def test_who_is_retired_is_asked_for_once_more_and_then_gone(admin, author, draft):
    client = browser(admin)
    address = reverse("admin:auth_user_retire", args=[author.pk])
    assert "They own 1 page" in client.get(address).text
    author.refresh_from_db()
    assert author.is_active
    assert "is retired" in client.post(address, follow=True).text
    author.refresh_from_db()
    assert not author.is_active


def test_nobody_retires_themselves(admin):
    answer = browser(admin).post(reverse("admin:auth_user_retire", args=[admin.pk]), follow=True)
    assert "You cannot retire yourself" in answer.text


@pytest.mark.parametrize("role", ["author", "editor", "medic", "publisher", "stranger"])
@pytest.mark.parametrize("verb", ["invite", "retire"])
def test_only_an_administrator_lets_people_in_and_out(role, verb, admin, request):
    client = browser(request.getfixturevalue(role))
    address = reverse(f"admin:auth_user_{verb}", args=[admin.pk])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    admin.refresh_from_db()
    assert admin.is_active
    assert mail.outbox == []


@pytest.mark.parametrize(
    "model", ["editorial_tag", "editorial_contributor", "editorial_event", "auth_user"]
)
def test_the_queries_of_a_list_do_not_grow_with_its_rows(model, admin, editor, draft, now):
    client, address = browser(admin), reverse(f"admin:{model}_changelist")
    before = queries_of(client, address)
    parent = Tag.objects.create(name="Parent", slug="parent")
    for number in range(8):
        Tag.objects.create(name=f"Tag {number}", slug=f"tag-{number}", parent=parent)
        user = User.objects.create(username=f"person-{number}")
        user.groups.set(Group.objects.all())
        Contributor.objects.create(slug=f"p-{number}", name=f"P {number}", role="r", user=user)
        draft.rewrite(by=editor, now=now, text={"title": f"Title {number}"})
    assert queries_of(client, address) <= before + (1 if model == "auth_user" else 0)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
