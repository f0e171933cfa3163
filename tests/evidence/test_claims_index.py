"""`/claims/`: every claim that live pages checked, and the same for machines."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as lxml_html

from editorial.models import Tag
from evidence import claim_views
from evidence.claim_reviews import who_said_it
from evidence.models import CheckedClaim, Source
from tests.live_pages import begin, live_page, write

pytestmark = pytest.mark.django_db
ROWS = "//ul[contains(@class, 'checked-rows')]/li"
SECRET = "Miracle Clinic Ltd"


@pytest.fixture
def advert():
    return Source.objects.create(
        key="an-advert",
        kind="web_text",
        title=f"{SECRET} cures all",
        publisher=SECRET,
        url="https://miracle.example/",
        design="web_text",
        design_note="No named author, no date",
        commercial_interest="The publisher sells stem-cell treatment.",
        is_private=True,
    )


@pytest.fixture
def study():
    return Source.objects.create(key="a-study", kind="trial", title="A study", short_name="STUDY")


def row(advert, quote="cells home to damage", verdict="wrong", **fields) -> dict:
    told = {
        "quote": quote,
        "source_id": advert.pk,
        "verdict": verdict,
        "why": "It was not shown in people.",
        "citations": [{"source": "a-study", "place": "Table 2"}],
    }
    return told | fields


def checked(slug: str, *rows: dict, **told):
    return live_page(slug, parts={"checked_claims": list(rows)}, **told)


def shown(client, query: str = "") -> list[str]:
    response = client.get(f"/claims/?{query}")
    assert response.status_code == 200
    return [claim.quote for claim in response.context["page_obj"]]


def test_a_claim_stands_with_its_verdict_reason_sources_and_page(client, advert, study):
    live = checked("an-article", row(advert), title="An article")
    claim = CheckedClaim.objects.get()

    page = client.get("/claims/")
    (item,) = lxml_html.fromstring(page.text).xpath(ROWS)
    words = " ".join(item.text_content().split())

    assert item.xpath(".//*[contains(@class, 'mark-wrong')]//*[name() = 'svg']")
    for told in (
        "wrong",
        "cells home to damage",
        "Web text. The publisher sells stem-cell treatment. No named author, no date.",
        "It was not shown in people.",
        "STUDY (Table 2)",
        "On the page “An article”",
    ):
        assert told in words
    links = [link.get("href") for link in item.iter("a")]
    anchor = f"checked-claim-{claim.pk}"
    assert links == ["/sources/a-study/", f"{live.get_absolute_url()}#{anchor}"]
    assert f'id="{anchor}"' in client.get(live.get_absolute_url()).text


def test_the_list_lends_nobody_who_sells_a_name_or_a_link(client, advert, study):
    checked("an-article", row(advert))

    html = client.get("/claims/").text

    assert SECRET not in html
    assert "miracle.example" not in html


def test_who_said_it_names_only_what_is_public():
    study = Source(kind="review", title="A review", commercial_interest="Paid by a maker")

    assert who_said_it(study) == "Review: A review. Paid by a maker."
    assert who_said_it(Source(kind="web_text", title="Hidden", is_private=True)) == "Web text."


def test_only_live_pages_count(client, advert, study, publisher, now):
    checked("withdrawn", row(advert, "gone")).withdraw(by=publisher, now=now, reason="Wrong.")
    write(begin("a-draft"), parts={"checked_claims": [row(advert, "not yet")]})
    checked("live", row(advert, "here"))

    assert shown(client) == ["here"]


def test_claims_are_filtered_and_counted_by_verdict(client, advert, study, therapy, disease):
    checked(
        "an-article",
        row(advert, "one", "wrong", therapy_id=therapy.pk),
        row(advert, "two", "holds", why="So says the trial."),
        row(advert, "three", "wrong"),
        tags=[disease],
    )

    assert shown(client, "verdict=wrong&verdict=holds") == ["one", "two", "three"]
    assert shown(client, "verdict=holds") == ["two"]
    assert shown(client, "therapy=autologous-hsct") == ["one"]
    assert shown(client, "therapy=autologous-hsct&verdict=holds") == []
    assert shown(client, "disease=multiple-sclerosis") == ["one", "two", "three"]
    assert shown(client, "q=trial says") == ["two"]
    counts = client.get("/claims/?verdict=holds&q=people").context["verdicts"]
    assert {it["name"]: it["count"] for it in counts if it["count"]} == {"wrong": 2}


def test_a_claim_that_names_a_disease_is_not_found_under_another(client, advert, study, disease):
    lupus = Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE)
    checked("an-article", row(advert, disease_id=lupus.pk), tags=[disease, lupus])

    assert shown(client, "disease=lupus")
    assert not shown(client, "disease=multiple-sclerosis")


def test_an_unknown_value_is_told_and_an_empty_list_leads_on(client, advert, study):
    checked("an-article", row(advert, "one"))

    assert shown(client, "verdict=maybe&disease=nothing") == ["one"]
    assert client.get("/claims/?verdict=maybe").text.count("was left out") == 1
    assert "Nothing fits" in client.get("/claims/?q=zebra").text
    assert "Remove the filter" in client.get("/claims/?verdict=wrong").text


def test_every_claim_stands_on_exactly_one_page(client, advert, study, monkeypatch):
    monkeypatch.setattr(claim_views, "CLAIMS_A_PAGE", 2)
    checked("an-article", *(row(advert, f"claim {number}") for number in range(3)))

    assert shown(client) + shown(client, "page=2") == ["claim 0", "claim 1", "claim 2"]
    assert client.get("/claims/?page=3").status_code == 404


def test_the_data_for_machines_says_what_readers_see(client, advert, study):
    quote, why = '</script><script>alert("1")</script>', "A & B <b>"
    checked("an-article", row(advert, quote, "unproven", why=why), row(advert, "two"))

    html = client.get("/claims/").text
    tree = lxml_html.fromstring(html)
    (block,) = tree.xpath("//script[@type='application/ld+json']")
    told = [it for it in json.loads(block.text)["@graph"] if it["@type"] == "ClaimReview"]
    items = tree.xpath(ROWS)

    assert "<script>alert" not in html
    assert len(told) == len(items) == 2
    for review, item in zip(told, items, strict=True):
        words = re.sub(r"\s+", " ", item.text_content())
        page = next(link for link in item.iter("a") if "#" in link.get("href")).get("href")
        assert review["@type"] == "ClaimReview"
        assert item.findtext(".//q") == review["claimReviewed"]
        assert item.xpath("./span[1]/span")[0].text == review["reviewRating"]["alternateName"]
        assert review["reviewBody"] in words
        assert review["itemReviewed"]["description"] in words
        assert [cited["name"] for cited in review["citation"]] == ["STUDY"]
        assert review["url"] == f"http://testserver{page}"
    assert (told[0]["claimReviewed"], told[0]["reviewBody"]) == (quote, why)


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(client, advert, study, disease):
    addresses = ("/claims/", "/claims/?verdict=wrong&disease=multiple-sclerosis&q=claim")
    checked("first", row(advert, "claim"), tags=[disease])
    few = [queries(client, address) for address in addresses]
    checked("second", *(row(advert, f"claim {number}") for number in range(30)), tags=[disease])

    many = [queries(client, address) for address in addresses]

    assert many == few
    assert max(many) <= 8
