"""A page that moves or leaves takes its readers along, in one hop and inside this site."""

import pytest
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.urls import reverse

from editorial import rendering
from editorial.actions import begin_page
from editorial.addresses import destination_of, live_page_at, move_page, redirect
from editorial.models import Event, Ledger, LiveChange, Page, Rendering, Version
from editorial.publishing import publish_exempt
from editorial.refusals import NotAllowed, NotReady, WrongState
from editorial.rendering import render as the_real_render
from editorial.states import Kind
from tests.conftest import write_draft

OLD, NEW = "/articles/resetting-immunity/", "/articles/a-new-start/"


def starter(slug, now, **text):
    """A live page that no clinician has read."""
    version = begin_page(kind=Kind.ARTICLE, slug=slug, title=slug.title(), by=None, now=now)
    write_draft(version, by=None, now=now)
    if text:
        version.rewrite(by=None, now=now, text=text)
    publish_exempt(version, reason="Starter content.", now=now)
    return version


def leads(client, address):
    """(status, where to) of what readers of an address get."""
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location", "")


# --- moving -------------------------------------------------------------------------------


def test_a_moved_page_is_found_at_both_addresses(live_version, publisher, client, now):
    move_page(live_version.page, slug="A-New-Start", by=publisher, now=now)
    assert leads(client, OLD) == (301, NEW)
    assert leads(client, NEW) == (200, "")


def test_a_move_is_on_record_and_makes_cached_answers_old(live_version, editor, now):
    stamp, changes = Ledger.objects.get().stamp, LiveChange.objects.count()
    move_page(live_version.page, slug="a-new-start", by=editor, now=now)
    event = Event.objects.latest("number")
    assert (event.verb, event.actor, event.address) == ("moved page", "editor", NEW)
    assert event.comment == f"from {OLD}"
    assert Ledger.objects.get().stamp > stamp
    assert LiveChange.objects.count() == changes + 1


def test_two_moves_are_one_hop(live_version, publisher, client, now):
    move_page(live_version.page, slug="second", by=publisher, now=now)
    move_page(live_version.page, slug="third", by=publisher, now=now)
    assert leads(client, OLD) == (301, "/articles/third/")
    assert leads(client, "/articles/second/") == (301, "/articles/third/")


def test_a_page_that_moves_back_does_not_lead_in_a_circle(live_version, publisher, client, now):
    move_page(live_version.page, slug="second", by=publisher, now=now)
    move_page(live_version.page, slug="resetting-immunity", by=publisher, now=now)
    assert leads(client, OLD) == (200, "")
    assert leads(client, "/articles/second/") == (301, OLD)
    assert Redirect.objects.count() == 1


def test_a_page_that_was_never_public_leaves_no_redirect(draft, editor, client, now):
    move_page(draft.page, slug="a-new-start", by=editor, now=now)
    assert not Redirect.objects.exists()
    assert leads(client, OLD) == (404, "")


def test_a_page_that_goes_live_at_an_old_address_is_found_there(
    live_version, publisher, client, now
):
    move_page(live_version.page, slug="a-new-start", by=publisher, now=now)
    starter("resetting-immunity", now)
    assert leads(client, OLD) == (200, "")
    assert destination_of(OLD) == ""


def test_links_to_a_moved_page_are_rendered_again_and_others_are_not(
    live_version, publisher, now, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(rendering, "render", the_real_render)
    held = f'<p><a href="{OLD}#risks" data-page="{live_version.page_id}">Read on</a>.</p>'
    linking = starter("linking", now, body=held)
    other = starter("other", now)
    Rendering.objects.filter(version=other).update(html="Not touched.")
    assert f'href="{OLD}#risks"' in Rendering.objects.get(version=linking).html
    with django_capture_on_commit_callbacks(execute=True):
        move_page(live_version.page, slug="a-new-start", by=publisher, now=now)
    assert f'href="{NEW}#risks"' in Rendering.objects.get(version=linking).html
    assert Rendering.objects.get(version=other).html == "Not touched."


@pytest.mark.parametrize("person", ["author", "medic", "stranger"])
def test_only_editors_and_publishers_move_a_page(live_version, person, request, now):
    with pytest.raises(NotAllowed, match="Only an editor or a publisher"):
        move_page(live_version.page, slug="no", by=request.getfixturevalue(person), now=now)


@pytest.mark.parametrize("slug", ["", "two words", "../up", "ä", "x" * 101])
def test_what_is_no_address_is_refused(live_version, publisher, slug, now):
    with pytest.raises(NotReady, match="small letters, digits and hyphens"):
        move_page(live_version.page, slug=slug, by=publisher, now=now)
    assert Page.objects.get(pk=live_version.page_id).slug == "resetting-immunity"


def test_a_taken_address_is_refused(live_version, publisher, now):
    starter("taken", now)
    with pytest.raises(WrongState, match="Another page has this address already"):
        move_page(live_version.page, slug="taken", by=publisher, now=now)
    assert live_version.page.slug == "resetting-immunity"
    assert not Redirect.objects.exists()


def test_whoever_moves_a_page_that_was_just_moved_is_told(live_version, publisher, editor, now):
    opened_earlier = Page.objects.get(pk=live_version.page_id)
    move_page(live_version.page, slug="second", by=editor, now=now)
    with pytest.raises(WrongState, match="Somebody else has just moved this page"):
        move_page(opened_earlier, slug="third", by=publisher, now=now)


# --- leaving ------------------------------------------------------------------------------


def test_a_withdrawn_page_leads_to_another_one(live_version, publisher, client, now):
    other = starter("other", now)
    live_version.withdraw(by=publisher, now=now, reason="Merged.", leads_to=other.page)
    assert leads(client, OLD) == (301, "/articles/other/")


def test_a_withdrawn_page_answers_with_its_reason_where_it_leads_nowhere(
    live_version, publisher, client, now
):
    live_version.withdraw(by=publisher, now=now, reason="The trial was retracted.")
    answer = client.get(OLD)
    assert answer.status_code == 410
    assert "The trial was retracted." in answer.text


def test_a_page_does_not_lead_to_itself_or_to_what_is_not_live(live_version, publisher, now):
    unfinished = begin_page(kind=Kind.ARTICLE, slug="unfinished", title="No", by=None, now=now)
    for page in (live_version.page, unfinished.page):
        with pytest.raises(NotReady, match="only be sent to another live page"):
            live_version.withdraw(by=publisher, now=now, reason="Merged.", leads_to=page)
    assert Version.objects.get(pk=live_version.pk).is_live
    assert not Redirect.objects.exists()


def test_a_withdrawn_page_that_moves_still_leads_where_it_led(live_version, publisher, client, now):
    other = starter("other", now)
    live_version.withdraw(by=publisher, now=now, reason="Merged.", leads_to=other.page)
    move_page(live_version.page, slug="a-new-start", by=publisher, now=now)
    assert leads(client, OLD) == (301, "/articles/other/")
    assert leads(client, NEW) == (301, "/articles/other/")


def test_readers_of_a_page_that_moved_and_left_are_sent_on_in_one_hop(
    live_version, publisher, client, now
):
    move_page(live_version.page, slug="a-new-start", by=publisher, now=now)
    other = starter("other", now)
    live_version.refresh_from_db()
    live_version.withdraw(by=publisher, now=now, reason="Merged.", leads_to=other.page)
    assert leads(client, OLD) == leads(client, NEW) == (301, "/articles/other/")


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "/\\example.org/"])
def test_nobody_is_sent_to_another_site(db, address):
    with pytest.raises(NotReady, match="an address of this site"):
        redirect("/tags/old/", address)
    assert not Redirect.objects.exists()


def test_a_live_page_is_picked_by_its_address(live_version, settings):
    page = live_version.page
    assert live_page_at(f" {OLD} ") == live_page_at(f"{settings.SITE_URL}{OLD}") == page
    assert live_page_at("https://example.org" + OLD) is None
    assert live_page_at("/articles/nothing/") is None
    assert live_page_at("/about/") is None


# --- in the admin -------------------------------------------------------------------------


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_a_page_is_moved_in_the_admin(live_version, role, request):
    client = browser(request.getfixturevalue(role))
    change = reverse("admin:editorial_page_change", args=[live_version.page_id])
    move = reverse("admin:editorial_page_move", args=[live_version.page_id])
    assert move in client.get(change).text
    assert "is sent on to the new one" in client.get(move).text
    answer = client.post(move, {"slug": "a-new-start"}, follow=True)
    assert f"Its address is {NEW} now." in answer.text


def test_a_refused_address_is_kept_in_the_form(live_version, publisher, now):
    starter("taken", now)
    move = reverse("admin:editorial_page_move", args=[live_version.page_id])
    answer = browser(publisher).post(move, {"slug": "taken"})
    assert "Another page has this address already" in answer.text
    assert 'value="taken"' in answer.text


@pytest.mark.parametrize("role", ["author", "medic"])
def test_who_may_not_move_a_page_is_not_offered_it(live_version, role, request):
    client = browser(request.getfixturevalue(role))
    change = reverse("admin:editorial_page_change", args=[live_version.page_id])
    move = reverse("admin:editorial_page_move", args=[live_version.page_id])
    assert move not in client.get(change).text
    assert client.post(move, {"slug": "seized"}).status_code == 403


def test_a_changed_owner_is_on_record(live_version, publisher, editor):
    change = reverse("admin:editorial_page_change", args=[live_version.page_id])
    sent = {
        "owner": editor.pk,
        "backup_owner": "",
        "review_months": 36,
        "specialty": "general",
        "language": "en-gb",
    }
    assert browser(publisher).post(change, sent).status_code == 302
    event = Event.objects.latest("number")
    assert (event.verb, event.comment) == ("changed page", "owner")


def test_a_publisher_chooses_an_owner_among_colleagues(client, draft, publisher, editor, stranger):
    client.force_login(publisher)
    address = reverse("admin:editorial_page_change", args=[draft.page_id])
    form = client.get(address).context["adminform"].form

    assert editor in form.fields["owner"].queryset

    sent = {name: value for name, value in form.initial.items() if value is not None}
    client.post(address, {**sent, "owner": editor.pk})

    draft.page.refresh_from_db()
    assert draft.page.owner == editor
