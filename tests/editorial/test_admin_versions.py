"""Writing in the admin: what each role can do there, and what is refused with which sentence."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import prose
from editorial.actions import begin_page
from editorial.models import AlsoCalled, KeyMessage, Tag, Version
from editorial.publishing import publish_exempt
from editorial.sanitising import PARTS
from editorial.states import Kind, State
from evidence.models import Citation, Claim, Source
from tests.editorial.forms_of_the_admin import as_sent, new_row

LISTS = ["articles_article", "articles_disease", "articles_therapy", "glossary_term"]
BODY = (
    '<h2 data-part="harms">Harms</h2><ul><li><p>Two in a hundred died.'
    '<cite data-source="burt-2019-mist" data-place="Table 2"></cite></p></li></ul>'
    '<p style="color: red">Ask <a href="javascript:alert(1)">us</a>.</p>'
)
CLEAN = (
    '<h2 data-part="harms">Harms</h2><ul><li>Two in a hundred died.'
    '<cite data-source="burt-2019-mist" data-place="Table 2"></cite></li></ul>'
    "<p>Ask us.</p>"
)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change(version: Version, model: str = "articles_article") -> str:
    return reverse(f"admin:{model}_change", args=[version.pk])


def move(version: Version, verb: str, model: str = "articles_article") -> str:
    return reverse(f"admin:{model}_{verb}", args=[version.pk])


@pytest.fixture
def source(db):
    return Source.objects.create(
        key="burt-2019-mist", kind=Source.Kind.TRIAL, title="MIST", short_name="MIST", year=2019
    )


@pytest.fixture
def exempt(source, now):
    """A starter page: live, and read by no clinician."""
    version = begin_page(kind=Kind.ARTICLE, slug="starter", title="Starter", by=None, now=now)
    version.rewrite(
        by=None,
        now=now,
        text={"summary": "In short.", "body": CLEAN, "evidence_searched_on": date(2026, 1, 31)},
        parts={"key_messages": [{"text": text} for text in ("One.", "Two.", "Three.")]},
    )
    publish_exempt(version, reason="Starter content.", now=now)
    return version


# --- writing ------------------------------------------------------------------------------


def test_an_author_begins_a_page_and_is_its_owner(author):
    add = reverse("admin:articles_article_add")
    answer = browser(author).post(add, {"title": "Judging offers", "slug": "Judging-Offers"})
    version = Version.objects.get()
    assert answer.headers["Location"] == change(version)
    assert (version.page.slug, version.page.owner) == ("judging-offers", author)
    assert version.state == State.DRAFT


def test_a_taken_address_is_refused(author, draft):
    add = reverse("admin:articles_article_add")
    answer = browser(author).post(add, {"title": "Another", "slug": draft.page.slug})
    assert "There is a page with this address already." in answer.text
    assert Version.objects.count() == 1


def test_a_disease_page_is_begun_for_its_tag(author, disease):
    add = reverse("admin:articles_disease_add")
    browser(author).post(add, {"title": "MS", "slug": "ms", "page_tag": disease.pk})
    assert Version.objects.get().page.tag == disease


def test_an_author_writes_tags_cites_and_submits(author, draft, disease, therapy, source):
    client = browser(author)
    sent = as_sent(client.get(change(draft))) | {"body": BODY, "tags": [disease.pk, therapy.pk]}
    sent = new_row(
        sent,
        "claims",
        position=0,
        statement="It may calm the disease.",
        therapy=therapy.pk,
        disease=disease.pk,
        outcome="Relapse",
        outcome_kind="disease",
        direction="benefit",
        certainty="low",
    )
    answer = client.post(change(draft), sent | {"_continue": "1"})
    assert answer.status_code == 302, answer.context["errors"]
    draft.refresh_from_db()
    assert draft.body == CLEAN
    assert set(draft.tags.all()) == {disease, therapy}
    [cited] = Citation.objects.filter(version=draft)
    assert (cited.source, cited.place, cited.claim) == (source, "Table 2", None)

    [claim] = Claim.objects.filter(version=draft)
    sent = as_sent(client.get(change(draft)))
    sent = new_row(sent, "citations", claim=claim.pk, source=source.pk, place="Abstract")
    assert client.post(change(draft), sent).status_code == 302
    assert claim.citations.get().place == "Abstract"
    assert Citation.objects.filter(version=draft).count() == 2

    client.post(move(draft, "submit"))
    draft.refresh_from_db()
    assert draft.state == State.EDITORIAL_REVIEW
    assert set(draft.wrote.values_list("user", flat=True)) == {author.pk}


def test_a_save_without_a_change_changes_nothing(author, draft):
    client = browser(author)
    before = draft.content_hash
    assert client.post(change(draft), as_sent(client.get(change(draft)))).status_code == 302
    draft.refresh_from_db()
    assert draft.content_hash == before


def test_new_rows_come_after_those_that_are_there(author, draft):
    client = browser(author)
    sent = as_sent(client.get(change(draft)))
    sent = new_row(sent, "key_messages", position=0, text="Fourth.")
    sent = new_row(sent, "key_messages", position=0, text="Fifth.")
    sent = new_row(sent, "also_called", position=0, name="HSCT")
    client.post(change(draft), sent)
    texts = list(KeyMessage.objects.filter(version=draft).values_list("text", flat=True))
    assert texts[3:] == ["Fourth.", "Fifth."]
    assert AlsoCalled.objects.get(version=draft).position == 0


def test_a_row_can_be_taken_away(author, draft):
    client = browser(author)
    sent = as_sent(client.get(change(draft))) | {"key_messages-0-DELETE": "on"}
    client.post(change(draft), sent)
    assert KeyMessage.objects.filter(version=draft).count() == 2


def test_a_citation_row_names_its_claim(author, draft, source):
    client = browser(author)
    sent = new_row(as_sent(client.get(change(draft))), "citations", claim="", source=source.pk)
    answer = client.post(change(draft), sent)
    assert "Choose the one claim that this source bears out." in answer.text
    assert not Citation.objects.exists()


def test_a_stale_save_is_refused_and_what_was_typed_is_kept(author, editor, draft):
    mine, theirs = browser(author), browser(editor)
    sent = as_sent(mine.get(change(draft)))
    quicker = as_sent(theirs.get(change(draft))) | {"title": "Quicker"}
    assert theirs.post(change(draft), quicker).status_code == 302
    answer = mine.post(change(draft), sent | {"title": "Typed with care"})
    assert answer.status_code == 200
    assert "so yours was not saved" in answer.text
    assert "Typed with care" in answer.text
    draft.refresh_from_db()
    assert draft.title == "Quicker"


def test_the_form_shows_where_the_version_stands_and_its_parts(author, draft):
    page = browser(author).get(change(draft)).text
    assert "Submit for review" in page
    assert 'href="#key_messages-group"' in page
    assert 'aria-label="Text, row 1"' in page


def test_findings_stand_in_the_form(author, draft):
    draft.rewrite(by=author, now=draft.edited_at, parts={"key_messages": []})
    assert "Before it can go live" in browser(author).get(change(draft)).text


def test_each_required_section_has_its_words():
    assert tuple(prose.PARTS) == PARTS


# --- versions -----------------------------------------------------------------------------


def test_an_editor_starts_a_new_version_of_a_live_page(editor, exempt):
    answer = browser(editor).post(move(exempt, "start"))
    draft = exempt.page.versions.get(state=State.DRAFT)
    assert answer.headers["Location"] == change(draft)
    assert draft.body == exempt.body


def test_a_second_draft_is_refused_with_its_sentence(editor, exempt):
    client = browser(editor)
    client.post(move(exempt, "start"))
    answer = client.post(move(exempt, "start"), follow=True)
    assert "This page has an open draft already: go on with that one." in answer.text
    assert exempt.page.versions.count() == 2


def test_a_correction_before_any_medical_review_is_refused_with_its_sentence(editor, exempt):
    answer = browser(editor).post(move(exempt, "correct"), follow=True)
    assert "No medical reviewer has signed this page yet" in answer.text
    assert exempt.page.versions.count() == 1


def test_an_editor_corrects_a_signed_page(editor, live_version):
    answer = browser(editor).post(move(live_version, "correct"), follow=True)
    assert "A quick correction is open" in answer.text


@pytest.mark.parametrize("verb", ["start", "correct", "submit"])
def test_a_move_is_made_by_post_alone(editor, exempt, verb):
    browser(editor).get(move(exempt, verb))
    assert exempt.page.versions.count() == 1


@pytest.mark.parametrize("role", ["author", "editor", "medic", "publisher", "admin"])
def test_a_live_text_is_read_and_not_written(exempt, source, role, request):
    client = browser(request.getfixturevalue(role))
    page = client.get(change(exempt))
    assert "body" not in page.context["adminform"].form.fields
    assert '<span class="cited">[burt-2019-mist, Table 2]</span>' in page.text
    assert "This text can no longer change." in page.text
    assert 'name="article_facts-0-' not in page.text
    assert client.post(change(exempt), {"title": "Seized"}).status_code == 403


@pytest.mark.parametrize("role", ["medic", "publisher", "second_author"])
def test_a_draft_of_others_is_read_and_not_written(draft, role, request):
    client = browser(request.getfixturevalue(role))
    page = client.get(change(draft))
    assert "You can read this version, not write in it." in page.text
    assert "move-submit" not in page.text
    assert client.post(change(draft), {"title": "Seized"}).status_code == 403


@pytest.mark.parametrize("verb", ["start", "correct"])
def test_a_medic_is_refused_with_a_sentence(medic, exempt, verb):
    answer = browser(medic).post(move(exempt, verb), follow=True)
    assert answer.context["messages"]
    assert exempt.page.versions.count() == 1


# --- lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("role", ["author", "editor", "medic", "publisher", "admin"])
def test_each_role_sees_the_lists(model, role, request):
    client = browser(request.getfixturevalue(role))
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_a_stranger_sees_no_list_and_nobody_signs_in_unasked(model, stranger, db):
    address = reverse(f"admin:{model}_changelist")
    assert browser(stranger).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_stranger_opens_no_form(stranger, draft):
    assert browser(stranger).get(change(draft)).status_code == 403
    assert browser(stranger).get(reverse("admin:articles_article_add")).status_code == 403


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize(("role", "status"), [("author", 200), ("editor", 200), ("medic", 403)])
def test_who_may_begin_a_page(model, role, status, request):
    client = browser(request.getfixturevalue(role))
    assert client.get(reverse(f"admin:{model}_add")).status_code == status


def test_the_list_has_one_row_a_page(editor, live_version, next_draft):
    answer = browser(editor).get(reverse("admin:articles_article_changelist"))
    assert [row.pk for row in answer.context["cl"].result_list] == [next_draft.pk]


def test_a_list_is_filtered_by_state_and_tag(editor, draft, exempt, disease):
    address = reverse("admin:articles_article_changelist")
    answer = browser(editor).get(address, {"state__exact": "live"})
    assert [row.pk for row in answer.context["cl"].result_list] == [exempt.pk]
    answer = browser(editor).get(address, {"tags__id__exact": disease.pk})
    assert list(answer.context["cl"].result_list) == []


def test_the_queries_of_a_list_do_not_grow_with_its_rows(editor, author, now):
    client = browser(editor)
    address = reverse("admin:articles_article_changelist")
    counts = []
    for rows in (2, 12):
        for number in range(rows):
            begin_page(
                kind=Kind.ARTICLE, slug=f"p-{rows}-{number}", title="Page", by=author, now=now
            )
        counts.append(queries_of(client, address))
    assert counts[0] == counts[1]


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- pickers ------------------------------------------------------------------------------


def test_a_source_is_found_by_its_words_and_what_is_cited_comes_first(author, source):
    Source.objects.create(key="a-2026", kind=Source.Kind.TRIAL, title="Later trial", year=2026)
    client, pick = browser(author), reverse("admin:evidence_source_pick")
    [found] = client.get(pick, {"q": "mist burt"}).json()["results"]
    assert found == {"key": "burt-2019-mist", "label": "MIST", "detail": "2019"}
    keys = [row["key"] for row in client.get(pick, {"cited": source.key}).json()["results"]]
    assert keys == ["burt-2019-mist", "a-2026"]


def test_a_private_text_cannot_be_cited(author, source):
    Source.objects.update(is_private=True)
    assert browser(author).get(reverse("admin:evidence_source_pick")).json() == {"results": []}


def test_live_pages_are_found_to_link_to(author, exempt, draft):
    found = browser(author).get(reverse("admin:editorial_page_pick"), {"q": "start"}).json()
    assert found["results"] == [
        {
            "id": exempt.page_id,
            "title": "Starter",
            "kind": "article",
            "url": "/articles/starter/",
        }
    ]


@pytest.mark.parametrize("pick", ["evidence_source_pick", "editorial_page_pick"])
def test_a_stranger_picks_nothing(stranger, pick):
    assert browser(stranger).get(reverse(f"admin:{pick}")).status_code == 403


def test_tags_are_found_by_a_synonym_and_merged_ones_are_not(author, disease, theme):
    disease.synonyms.create(name="disseminated sclerosis")
    Tag.objects.filter(pk=theme.pk).update(merged_into=disease)
    asked = {"app_label": "editorial", "model_name": "versiontag", "field_name": "tag"}
    client, address = browser(author), reverse("admin:autocomplete")
    found = client.get(address, asked | {"term": "disseminated"}).json()["results"]
    assert [row["text"] for row in found] == ["Multiple sclerosis"]
    assert client.get(address, asked | {"term": "judging"}).json()["results"] == []
