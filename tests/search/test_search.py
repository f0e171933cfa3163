"""The search page: what it finds, also while the database answers in the place of the index."""

from datetime import timedelta

import pytest

from editorial.models import Tag
from editorial.states import Kind
from search import views
from tests.live_pages import NOW, begin, live_page, live_term, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def hsct():
    return Tag.objects.create(name="Transplant", slug="hsct", kind=Tag.Kind.THERAPY)


def found(client, query: str) -> list[str]:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return [version.page.slug for version in response.context["page_obj"]]


def test_nothing_asked_shows_ways_in_and_no_results(client):
    live_page("a-page")

    for query in ("", "q=", "q=+++", "q=%00", "page=1"):
        response = client.get(f"/search/?{query}")
        assert not list(response.context["page_obj"]), query
        assert "What are you looking for?" in response.text, query


def test_what_is_called_so_comes_before_what_mentions_it(client, hsct):
    live_page("mentions", title="Asthma", summary="Lupus is mentioned.")
    live_page("begins", title="Lupus and travel")
    live_page("holds", title="Living with lupus")
    live_page("is", title="Lupus")
    live_term("sle", title="Systemic disease", names=["lupus"])

    assert found(client, "q=lupus") == ["sle", "is", "begins", "holds", "mentions"]


def test_kinds_of_page_are_ordered_disease_therapy_term_article(client, disease, hsct):
    live_page("an-article", title="Cells")
    live_term("a-term", title="Cells")
    live_page("a-therapy", kind=Kind.THERAPY, tag=hsct, title="Cells")
    live_page("a-disease", kind=Kind.DISEASE, tag=disease, title="Cells")

    assert found(client, "q=cells") == ["a-disease", "a-therapy", "a-term", "an-article"]
    assert found(client, "q=cells&kind=term&kind=article") == ["a-term", "an-article"]


def test_words_are_found_in_title_names_summary_and_body(client, index):
    live_page("in-title", title="Zebra")
    live_page("in-summary", summary="A zebra.")
    live_page("in-body", body="<p>zebra</p>")
    live_term("in-name", names=["zebra"])
    live_page("nowhere")

    assert set(found(client, "q=ZEBRA")) == {"in-title", "in-summary", "in-body", "in-name"}


def test_every_word_must_be_there(client):
    live_page("both", title="Red zebra")
    live_page("one", title="Zebra")

    assert found(client, "q=zebra+red") == ["both"]


def test_the_order_can_be_chosen_and_the_best_match_is_the_first_choice(client):
    live_page("old", title="Zebra", now=NOW)
    live_page("new", title="A zebra", now=NOW + timedelta(days=1))

    assert found(client, "q=zebra") == ["old", "new"]
    assert found(client, "q=zebra&sort=relevance") == ["old", "new"]
    assert found(client, "q=zebra&sort=newest") == ["new", "old"]
    assert found(client, "q=zebra&sort=title") == ["new", "old"]
    assert found(client, "q=zebra&sort=nonsense") == ["old", "new"]
    form = client.get("/search/?q=zebra").context["filter"].form
    assert next(iter(form.fields["sort"].choices))[0] == "relevance"


def test_a_tag_alone_is_a_question(client, hsct):
    child = Tag.objects.create(
        name="Own cells", slug="own-cells", kind=Tag.Kind.THERAPY, parent=hsct
    )
    live_page("tagged", tags=[child])
    live_page("other")

    assert found(client, "tag=hsct") == ["tagged"]
    assert found(client, "therapy=hsct&q=other") == []


def test_only_an_unknown_value_is_no_question(client):
    live_page("a-page")

    response = client.get("/search/?tag=nonsense")

    assert not list(response.context["page_obj"])
    assert "“nonsense” is not a tag we know" in response.text


def test_no_result_says_so_and_helps_on(client):
    response = client.get("/search/?q=<b>zebra</b>")

    assert "No page fits “&lt;b&gt;zebra&lt;/b&gt;”" in response.text
    assert 'href="/diseases/"' in response.text


def test_drafts_are_not_found(client, hsct):
    write(begin("a-draft", title="Zebra"), tags=[hsct])

    assert found(client, "q=zebra") == []
    assert found(client, "tag=hsct") == []


def test_results_come_in_pages(client, monkeypatch):
    monkeypatch.setattr(views, "RESULTS_A_PAGE", 2)
    for number in range(3):
        live_page(f"page-{number}", title="The same")

    assert found(client, "q=same&page=1") + found(client, "q=same&page=2") == [
        "page-0",
        "page-1",
        "page-2",
    ]
    assert client.get("/search/?q=same&page=3").status_code == 404


def test_search_pages_ask_not_to_be_indexed(client):
    assert '<meta name="robots" content="noindex, follow">' in client.get("/search/?q=x").text
