"""Beside the form of a version: who else is there, what is kept, how it will look."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial import keeping, rendering
from editorial.models import KeptForm, KeyMessage, Presence, Version
from editorial.previewing import preview_response
from editorial.rendering import render as render_in_full
from tests.editorial.forms_of_the_admin import as_sent, new_row


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(version: Version, verb: str = "change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


def opened(client: Client, version: Version, query: str = "") -> dict:
    return as_sent(client.get(at(version) + query))


# --- who else is there ----------------------------------------------------------------------


def test_an_open_form_says_who_else_has_it_open_and_since_when(author, editor, draft):
    editor.first_name, editor.last_name = "Edith", "Torres"
    editor.save()
    browser(editor).post(at(draft, "here"))
    told = browser(author).post(at(draft, "here")).text
    assert "Also open by <strong>Edith Torres</strong>" in told
    came_at = Presence.objects.get(user=editor).came_at
    assert f">{came_at:%H:%M}</time>" in told
    assert "Edith Torres" in browser(author).get(at(draft)).text


def test_whoever_only_reads_is_named_as_a_reader(author, medic, draft):
    browser(medic).post(at(draft, "here"))
    told = browser(author).post(at(draft, "here")).text
    assert "Read by medic" in told
    assert "Also open" not in told


def test_nobody_is_told_of_themselves(author, draft):
    client = browser(author)
    client.post(at(draft, "here"))
    assert "author" not in client.post(at(draft, "here")).text


def test_whoever_leaves_is_gone_at_once(author, editor, draft):
    client = browser(editor)
    client.post(at(draft, "here"))
    assert client.post(at(draft, "here"), {"leaving": "1"}).status_code == 204
    assert "editor" not in browser(author).post(at(draft, "here")).text


def test_a_form_is_told_that_its_text_was_saved_since(author, draft):
    client = browser(author)
    sent = {"lock_number": draft.lock_number}
    assert "Somebody has saved" not in client.post(at(draft, "here"), sent).text
    Version.objects.filter(pk=draft.pk).update(lock_number=draft.lock_number + 1)
    assert "Somebody has saved" in client.post(at(draft, "here"), sent).text


def test_the_queries_of_a_beat_do_not_grow_with_a_crowd(author, draft, django_user_model):
    client = browser(author)
    client.post(at(draft, "here"))

    def queries_with(people: int) -> int:
        Presence.objects.exclude(user=author).delete()
        soon = timezone.now() + timedelta(minutes=1)
        for number in range(people):
            reader, _ = django_user_model.objects.get_or_create(username=f"reader {number}")
            Presence.objects.create(version=draft, user=reader, came_at=soon, seen_at=soon)
        with CaptureQueriesContext(connection) as captured:
            client.post(at(draft, "here"))
        return len(captured)

    assert queries_with(30) == queries_with(keeping.MOST_NAMED) < 25


# --- what is kept ---------------------------------------------------------------------------


def keep(client: Client, version: Version, **typed):
    sent = opened(client, version) | typed
    return client.post(at(version, "keep"), sent)


def test_what_is_typed_is_kept_and_is_no_edit(author, draft):
    before = draft.content_hash
    answer = keep(browser(author), draft, title="Half a tit")
    kept = KeptForm.objects.get()
    assert answer.json()["kept_at"]
    assert kept.data["title"] == ["Half a tit"]
    assert "csrfmiddlewaretoken" not in kept.data
    draft.refresh_from_db()
    assert (draft.title, draft.content_hash) == ("Resetting immunity", before)


def test_what_was_kept_is_offered_and_restored_rows_and_all(author, draft, disease):
    client = browser(author)
    sent = opened(client, draft) | {"title": "A better title", "tags": [disease.pk]}
    sent["key_messages-0-text"] = "A better message."
    sent = new_row(sent, "key_messages", position=0, text="A new message.")
    client.post(at(draft, "keep"), sent)

    page = client.get(at(draft)).text
    assert "You have text that was not saved" in page
    assert 'value="A better title"' not in page

    restored = client.get(at(draft) + "?restore=1")
    assert 'value="A better title"' in restored.text
    assert "A better message." in restored.text
    assert "A new message." in restored.text
    assert "It is not stored until you save it" in restored.text
    draft.refresh_from_db()
    assert draft.title == "Resetting immunity"

    assert client.post(at(draft), as_sent(restored)).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "A better title"
    assert set(draft.tags.all()) == {disease}
    assert draft.key_messages.first().text == "A better message."
    assert draft.key_messages.filter(text="A new message.").exists()
    assert not KeptForm.objects.exists()


def test_what_says_nothing_new_is_not_offered(author, draft):
    client = browser(author)
    keep(client, draft)
    assert "You have text that was not saved" not in client.get(at(draft)).text


def test_a_restored_form_that_is_stale_is_refused_and_not_lost(author, editor, draft, now):
    client = browser(author)
    keep(client, draft, title="Mine")
    draft.rewrite(by=editor, now=now, text={"title": "Theirs"})
    assert "Somebody has saved this version since" in client.get(at(draft)).text
    restored = client.get(at(draft) + "?restore=1")
    assert 'value="Mine"' in restored.text
    assert restored.context["errors"]
    client.post(at(draft), as_sent(restored))
    draft.refresh_from_db()
    assert draft.title == "Theirs"
    assert KeptForm.objects.get().data["title"] == ["Mine"]


def test_what_was_kept_can_be_discarded(author, draft):
    client = browser(author)
    keep(client, draft, title="Mine")
    client.post(at(draft, "forget"))
    assert "You have text that was not saved" not in client.get(at(draft)).text
    assert not KeptForm.objects.exists()


def test_an_offer_that_was_not_answered_outlives_a_save(author, draft):
    client = browser(author)
    keep(client, draft, title="Mine")
    client.post(at(draft), opened(client, draft) | {"title": "Other", "_kept_stays": "1"})
    assert "You have text that was not saved" in client.get(at(draft)).text


def test_each_keeps_their_own(author, editor, draft):
    keep(browser(author), draft, title="Mine")
    assert "not saved" not in browser(editor).get(at(draft)).text
    restored = browser(editor).get(at(draft) + "?restore=1")
    assert restored.headers["Location"] == at(draft)


@pytest.mark.parametrize("who", ["medic", "publisher", "second_author"])
def test_only_who_may_write_has_a_form_kept(who, draft, request):
    person = request.getfixturevalue(who)
    answer = browser(person).post(at(draft, "keep"), {"lock_number": "1", "title": "Mine"})
    assert answer.status_code == 403
    assert answer.json()["refused"]
    assert not KeptForm.objects.exists()


def test_a_closed_version_keeps_nothing(editor, live_version):
    answer = browser(editor).post(at(live_version, "keep"), {"lock_number": "1", "title": "Mine"})
    assert answer.status_code == 403
    assert "can no longer be edited" in answer.json()["refused"]


def test_a_form_without_its_lock_number_is_no_form(author, draft):
    assert browser(author).post(at(draft, "keep"), {"title": "Mine"}).status_code == 400


# --- how it will look -----------------------------------------------------------------------


@pytest.fixture
def real_rendering(monkeypatch):
    """Through the steps and templates of the public, which other tests here do without."""
    monkeypatch.setattr(rendering, "render", render_in_full)


def rows_of_everything() -> dict[str, list]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for room in ("editorial", "evidence", "articles", "glossary", "search")
        for model in apps.get_app_config(room).get_models()
    }


def test_the_stored_text_is_previewed_by_whoever_may_read_it(medic, draft, real_rendering):
    answer = browser(medic).get(at(draft, "preview"))
    assert "<h1>Resetting immunity</h1>" in answer.text
    assert "Preview, not public" in answer.text
    assert "Version 1, not published" in answer.text
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_what_is_typed_is_previewed_and_nothing_is_left_behind(
    author, draft, disease, real_rendering
):
    client = browser(author)
    before = rows_of_everything()
    sent = opened(client, draft) | {"title": "Typed title", "tags": [disease.pk]}
    sent["body"] = "<h2>Typed</h2><p>Typed words.</p><script>alert(1)</script>"
    sent["key_messages-0-text"] = "Typed message."
    sent["key_messages-1-DELETE"] = "on"
    sent = new_row(sent, "key_messages", position=0, text="Last message.")
    answer = client.post(at(draft, "preview"), sent)
    for shown in ("<h1>Typed title</h1>", "Typed words.", "Typed message.", disease.name):
        assert shown in answer.text
    assert answer.text.index("Typed message.") < answer.text.index("Last message.")
    assert "It can cause serious harm." not in answer.text
    assert "alert(1)" not in answer.text
    assert rows_of_everything() == before


def test_a_preview_may_be_framed_by_this_site_alone(author, draft):
    client = browser(author)
    answer = client.post(at(draft, "preview"), opened(client, draft))
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self';" in policy
    assert client.get(at(draft, "preview")).headers["X-Frame-Options"] == "DENY"


def test_an_unfinished_row_is_left_out_and_counted(author, draft, therapy, real_rendering):
    client = browser(author)
    sent = new_row(opened(client, draft), "claims", statement="Half a claim", therapy=therapy.pk)
    answer = client.post(at(draft, "preview"), sent)
    assert "1 unfinished row is not shown" in answer.text
    assert "Half a claim" not in answer.text


def test_a_stale_form_is_previewed_all_the_same(author, draft, real_rendering):
    client = browser(author)
    sent = opened(client, draft) | {"title": "Typed title"}
    Version.objects.filter(pk=draft.pk).update(lock_number=77)
    assert "<h1>Typed title</h1>" in client.post(at(draft, "preview"), sent).text


def test_a_preview_keeps_the_sign_offs(editor, approved, real_rendering):
    client = browser(editor)
    sent = opened(client, approved)
    sent["key_messages-0-text"] = "Typed message."
    assert "Typed message." in client.post(at(approved, "preview"), sent).text
    approved.refresh_from_db()
    assert approved.sign_offs.count() == 2
    assert approved.state == "approved"


def writes(queries) -> list[str]:
    return [
        query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_while_only_the_text_changes_nothing_is_written(author, draft, real_rendering):
    client = browser(author)
    sent = opened(client, draft) | {"title": "Typed title", "body": "<p>Typed.</p>"}
    with CaptureQueriesContext(connection) as captured:
        client.post(at(draft, "preview"), sent)
    assert writes(captured) == []


def test_the_queries_of_a_preview_do_not_grow_with_the_rows_that_are_there(
    author, draft, real_rendering
):
    client = browser(author)

    def queries() -> int:
        sent = opened(client, draft) | {"title": "Typed title"}
        with CaptureQueriesContext(connection) as captured:
            client.post(at(draft, "preview"), sent)
        return len(captured)

    few = queries()
    KeyMessage.objects.bulk_create(
        KeyMessage(version=draft, position=9, text=f"Message {number}") for number in range(20)
    )
    assert queries() == few


@pytest.mark.parametrize("who", ["medic", "publisher", "second_author"])
def test_only_who_may_write_previews_what_they_type(who, draft, request):
    person = request.getfixturevalue(who)
    assert browser(person).post(at(draft, "preview"), {"title": "x"}).status_code == 403


@pytest.mark.parametrize("verb", ["here", "keep", "preview"])
def test_a_stranger_is_refused(verb, stranger, draft):
    assert browser(stranger).post(at(draft, verb), {"lock_number": "1"}).status_code == 403


@pytest.mark.parametrize("verb", ["here", "keep"])
def test_telling_and_keeping_are_posts(verb, author, draft):
    assert browser(author).get(at(draft, verb)).status_code == 405


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "live_version"])
def test_a_version_in_any_state_has_a_preview(state, request, rf, real_rendering):
    version = request.getfixturevalue(state)
    answer = preview_response(rf.get("/"), version)
    assert "<h1>Resetting immunity</h1>" in answer.content.decode()
