"""The bibliography, and the page of one source."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.models import Tag
from editorial.states import Kind
from evidence import views
from evidence.models import DocumentText, Registration, RegulatoryStatus, Source
from tests.live_pages import begin, live_page, write

pytestmark = pytest.mark.django_db


def source(key: str, **fields) -> Source:
    return Source.objects.create(
        **{"key": key, "kind": "trial", "design": "cohort", "title": f"Title of {key}"} | fields
    )


def cite(key: str) -> str:
    return f'<p>x<cite data-source="{key}" data-place=""></cite></p>'


def shown(client, query: str = "") -> list[str]:
    response = client.get(f"/sources/?{query}")
    assert response.status_code == 200
    return [found.key for found in response.context["page_obj"]]


@pytest.fixture
def private():
    found = source("private-text", title="An advert", is_private=True, finding="Secret finding.")
    DocumentText.objects.create(
        source=found, sha256="0" * 64, file_name="advert.txt", text="Secret words of others."
    )
    return found


def test_a_private_source_has_no_page_and_is_never_listed(client, private):
    live_page("a-page", body=cite("private-text"))

    assert client.get("/sources/private-text/").status_code == 404
    for query in ("", "q=advert", "q=private", "kind=trial", "design=cohort"):
        assert shown(client, query) == []


def test_the_text_of_a_private_source_stands_on_no_page(client, private):
    live_page(
        "a-page",
        body=cite("private-text"),
        parts={
            "article_facts": [{"question": "?", "bottom_line": "No.", "document_id": private.pk}]
        },
    )

    for address in ("/", "/articles/", "/articles/a-page/", "/sources/", "/search/?q=secret"):
        assert "Secret words" not in client.get(address).text


def test_a_source_lists_every_live_page_that_rests_on_it(client, disease, therapy):
    source("a-study")
    source("another")
    row = {
        "statement": "It does something.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Relapse",
        "direction": "benefit",
        "citations": [{"source": "a-study", "place": ""}] * 2,
    }
    live_page("by-body", body=cite("a-study") * 2)
    live_page("by-claim", parts={"claims": [row]})
    live_page("by-claim-too", parts={"claims": [row]})
    live_page("by-status", kind=Kind.THERAPY, tag=therapy)
    live_page("not-at-all", body=cite("another"))
    write(begin("a-draft"), body=cite("a-study"))
    RegulatoryStatus.objects.create(
        therapy=therapy,
        jurisdiction="EU",
        status="procedure",
        source=Source.objects.get(key="a-study"),
    )

    response = client.get("/sources/a-study/")

    assert [
        (str(kind), [version.page.slug for version in versions])
        for kind, versions in response.context["pages"]
    ] == [("Articles", ["by-body", "by-claim", "by-claim-too"]), ("Therapies", ["by-status"])]
    assert [len(same) for same in response.context["claims"]] == [2]
    assert response.text.count("It does something.") == 1


def test_a_withdrawn_page_rests_on_nothing_any_more(client, publisher, now):
    source("a-study")
    page = live_page("a-page", body=cite("a-study"))

    page.withdraw(by=publisher, now=now, reason="Wrong.")

    assert "None at the moment." in client.get("/sources/a-study/").text


def test_a_source_that_fell_says_so(client):
    newer = source("newer")
    source("older", status="superseded", superseded_by=newer)
    source("fallen", status="retracted")

    assert "no longer stands" in client.get("/sources/fallen/").text
    assert 'href="/sources/newer/"' in client.get("/sources/older/").text
    assert "no longer stands" not in client.get("/sources/newer/").text


def test_what_happened_to_a_source_stands_in_words(client):
    source("fallen", status="retracted", status_note="The journal says that its data are wrong.")
    heir = source("heir", is_private=True)
    source("old", status="superseded", superseded_by=heir)

    html = client.get("/sources/fallen/").text

    assert "No. It was retracted" in html
    assert "The journal says that its data are wrong." in html
    assert "/sources/heir/" not in client.get("/sources/old/").text


def test_a_study_of_animals_says_so_beside_its_result(client):
    source("mice", subjects="animal", finding="The mice walked.")
    source("dish", subjects="lab")
    source("people", subjects="human")

    mice, dish = client.get("/sources/mice/").text, client.get("/sources/dish/").text

    assert mice.index("The mice walked.") < mice.index("It was not done in people")
    assert "It was not done in people" in dish
    assert "We have recorded no result of it." in dish
    assert "It was not done in people" not in client.get("/sources/people/").text


def test_numbers_lead_to_where_they_are_kept(client):
    found = source("a-study", doi="10.1001/jama.2018.18743", trial_status="recruiting")
    Registration.objects.create(source=found, number="NCT00273364")
    Registration.objects.create(source=found, number="ChiCTR2300072200")

    html = client.get("/sources/a-study/").text

    assert 'href="https://clinicaltrials.gov/study/NCT00273364"' in html
    assert 'href="https://doi.org/10.1001/jama.2018.18743"' in html
    assert "ChiCTR2300072200" in html
    assert "recruiting" in html


def test_who_checked_is_named_only_if_they_are_public(client, editor, author, now):
    known = {"verification": "verified", "checked_on": now.date()}
    source("by-editor", checked_by=editor, **known)
    source("by-author", checked_by=author, **known)

    assert editor.contributor.get_absolute_url() in client.get("/sources/by-editor/").text
    nameless = client.get("/sources/by-author/").text
    assert "by a member of our editorial team" in nameless
    assert 'datetime="2026-03-02"' in nameless
    assert author.username not in nameless.split("How we checked it")[1].split("</section>")[0]


def test_what_nobody_checked_says_so(client):
    source("unseen")
    source("seen", verification="verified")

    assert "Nobody here has checked this source yet." in client.get("/sources/unseen/").text
    assert "Nobody here has checked" not in client.get("/sources/seen/").text


def test_the_newest_come_first_and_those_without_a_year_last(client):
    source("undated")
    source("old", year=1999)
    source("new", year=2024)

    assert shown(client) == ["new", "old", "undated"]


def test_sources_are_filtered_by_kind_design_topic_and_words(client):
    ms = Tag.objects.create(name="MS", slug="ms", kind=Tag.Kind.DISEASE)
    rrms = Tag.objects.create(name="RRMS", slug="rrms", kind=Tag.Kind.DISEASE, parent=ms)
    source("a", title="Zebra trial").tags.set([ms, rrms])
    source("b", kind="review", design="meta_analysis", authors="Zebra Z").tags.set([rrms])
    source("c", kind="review")

    assert shown(client, "kind=review") == ["b", "c"]
    assert shown(client, "kind=review&design=meta_analysis") == ["b"]
    assert shown(client, "tag=ms") == ["a", "b"]
    assert shown(client, "tag=ms&kind=trial") == ["a"]
    assert shown(client, "q=zebra") == ["a", "b"]
    assert shown(client, "kind=web_text") == ["a", "b", "c"]
    assert shown(client, "disease=ms") == ["a", "b"]


def test_sources_are_found_by_status_and_by_their_numbers(client):
    source("fallen", status="retracted", pmid="30644983")
    Registration.objects.create(source=source("trial"), number="NCT00273364")

    assert shown(client, "status=retracted") == ["fallen"]
    assert shown(client, "status=retracted&status=stands") == ["fallen", "trial"]
    assert shown(client, "q=NCT00273364") == ["trial"]
    assert shown(client, "q=30644983") == ["fallen"]


def test_every_source_stands_on_exactly_one_page(client, monkeypatch):
    monkeypatch.setattr(views, "SOURCES_A_PAGE", 2)
    for number in range(5):
        source(f"s{number}", year=2020)

    assert shown(client) + shown(client, "page=2") + shown(client, "page=3") == [
        f"s{number}" for number in range(5)
    ]
    assert client.get("/sources/?page=4").status_code == 404


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows(client):
    addresses = ("/sources/", "/sources/?q=title&kind=trial", "/sources/s0/")
    source("s0")
    live_page("page-0", body=cite("s0"))
    few = [queries(client, address) for address in addresses]
    for number in range(1, 61):
        source(f"s{number}")
    for number in range(1, 6):
        live_page(f"page-{number}", body=cite("s0"))

    many = [queries(client, address) for address in addresses]

    assert many == few
    assert max(many) <= 8


def test_what_a_source_says_is_never_markup(client):
    source(
        "odd",
        title="<script>alert(1)</script>",
        finding='"><img src=x onerror=a()>',
        url="https://example.org/?a=1&b='2",
        where_seen='https://example.org/"><script>alert(2)</script>\njavascript:alert(3)',
        language="de",
    )

    for address in ("/sources/", "/sources/odd/"):
        html = client.get(address).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript:' not in html
