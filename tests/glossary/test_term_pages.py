"""A term's page, and the list of all terms."""

import pytest

from editorial.states import Kind
from tests.live_pages import begin, live_page, live_term

pytestmark = pytest.mark.django_db


def test_a_term_page_tells_its_meaning_and_what_it_is_not(client):
    other = live_term("mesenchymal-stromal-cell", title="Mesenchymal stromal cell")
    live_term(
        "stem-cell",
        meaning="A cell that can become others.",
        names=["progenitor"],
        parts={
            "term_facts": [
                {
                    "abbreviation": "SC",
                    "say_it_like": "stem sell",
                    "why_it_matters": "Adverts use the word loosely.",
                    "example": "",
                    "often_misused": "Any cell that is injected.",
                }
            ],
            "distinctions": [{"other_id": other.page_id, "difference": "It does not make blood."}],
        },
    )

    html = client.get("/glossary/stem-cell/").text

    for told in (
        "A cell that can become others.",
        "progenitor",
        "(SC)",
        "Adverts use the word loosely.",
        "Any cell that is injected.",
        '<a href="/glossary/mesenchymal-stromal-cell/">Mesenchymal stromal cell</a>',
        "It does not make blood.",
    ):
        assert told in html


def test_every_live_term_stands_on_one_page_by_letter(client):
    for slug in ("relapse", "biopsy", "antibody"):
        live_term(slug)
    begin("draft-term", kind=Kind.TERM)
    live_page("an-article")

    response = client.get("/glossary/")

    assert [letter for letter, _ in response.context["groups"]] == ["A", "B", "R"]
    assert "draft-term" not in response.text.lower()
    assert "an-article" not in response.text


def test_a_new_term_is_linked_in_pages_that_go_live_after_it(client):
    live_term("relapse", meaning="A return of symptoms.")

    live_page("living-with-ms", body="<p>A relapse can come.</p>")

    html = client.get("/articles/living-with-ms/").text
    assert (
        '<a class="term" href="/glossary/relapse/" data-definition="A return of symptoms.">relapse'
        in html
    )


def test_a_withdrawn_term_is_linked_no_more(client, publisher, now):
    term = live_term("relapse")
    live_page("before", body="<p>A relapse can come.</p>")

    term.withdraw(by=publisher, now=now, reason="Wrong.")
    live_page("after", body="<p>A relapse can come.</p>")

    assert 'class="term"' in client.get("/articles/before/").text
    assert 'class="term"' not in client.get("/articles/after/").text


def test_an_also_called_name_of_two_terms_is_linked_where_a_tag_of_the_page_decides(
    client, disease, theme
):
    live_term("relapse", names=["flare"], tags=[disease])
    live_term("redness", names=["flare"], tags=[theme])

    live_page("tagged", body="<p>A flare can come.</p>", tags=[disease])
    live_page("untagged", body="<p>A flare can come.</p>")

    assert 'href="/glossary/relapse/"' in client.get("/articles/tagged/").text
    assert 'class="term"' not in client.get("/articles/untagged/").text
