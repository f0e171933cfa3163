"""The lists: filters that combine and forgive, pages of results, and odd addresses."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.views import lists
from editorial.models import Tag
from editorial.states import Kind
from evidence.models import Source
from tests.live_pages import NOW, live_page

pytestmark = pytest.mark.django_db

LISTS = ("/articles/", "/diseases/", "/therapies/", "/glossary/", "/sources/", "/search/")
LONG_LISTS = (
    "/",
    "/articles/",
    "/articles/?q=article&tag=hsct",
    "/diseases/",
    "/therapies/",
    "/glossary/",
    "/glossary/?tag=hsct",
    "/search/?q=a&tag=hsct",
    "/tags/hsct/",
)
ODD_WORDS = {
    "percent": "100%",
    "underscore": "a_b",
    "backslash": "\\",
    "quotes": '"it\'s" “so”',
    "nul": "a\x00b",
    "only nul": "\x00",
    "spaces": "   ",
    "long": "x" * 10_000,
    "many words": "a " * 5_000,
    "emoji": "🧬👩🏽‍⚕️",
    "right to left": "مرحبا \u202e abc",
    "sql": "'; DROP TABLE editorial_version; --",
    "markup": "<script>alert(1)</script>",
    "operators": 'AND OR NOT ( ) * ? : ^ ~ "',
    "surrogate": "\ud800",
    "line breaks": "a\r\nb\tc",
}


@pytest.fixture
def ms():
    return Tag.objects.create(name="Multiple sclerosis", slug="ms", kind=Tag.Kind.DISEASE)


@pytest.fixture
def lupus():
    return Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE)


@pytest.fixture
def hsct():
    return Tag.objects.create(name="Transplant", slug="hsct", kind=Tag.Kind.THERAPY)


@pytest.fixture
def auto_hsct(hsct):
    return Tag.objects.create(
        name="Own cells", slug="auto-hsct", kind=Tag.Kind.THERAPY, parent=hsct
    )


@pytest.fixture
def four_articles(ms, lupus, hsct, auto_hsct):
    live_page("on-ms", tags=[ms])
    live_page("on-lupus", tags=[lupus])
    live_page("on-ms-and-own-cells", tags=[ms, auto_hsct])
    live_page("on-transplants", tags=[hsct])


def shown(client, address: str) -> set[str]:
    response = client.get(address)
    assert response.status_code == 200
    return {version.page.slug for version in response.context["page_obj"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("disease=ms", {"on-ms", "on-ms-and-own-cells"}),
        ("disease=ms&disease=lupus", {"on-ms", "on-ms-and-own-cells", "on-lupus"}),
        ("disease=ms&therapy=auto-hsct", {"on-ms-and-own-cells"}),
        ("disease=lupus&therapy=hsct", set()),
        ("therapy=hsct", {"on-ms-and-own-cells", "on-transplants"}),
        ("therapy=auto-hsct", {"on-ms-and-own-cells"}),
        ("tag=hsct", {"on-ms-and-own-cells", "on-transplants"}),
        ("tag=ms&tag=hsct", {"on-ms", "on-ms-and-own-cells", "on-transplants"}),
        ("q=lupus", {"on-lupus"}),
        ("q=cells+MS", {"on-ms-and-own-cells"}),
        ("q=ms&disease=lupus", set()),
        ("disease=&q=", {"on-ms", "on-lupus", "on-ms-and-own-cells", "on-transplants"}),
    ],
)
def test_values_combine_with_or_and_filters_with_and(client, four_articles, query, expected):
    assert shown(client, f"/articles/?{query}") == expected


def test_an_unknown_value_is_left_out_and_said_so(client, four_articles):
    response = client.get("/articles/?disease=gout<b>&disease=ms&certainty=sure&reviewed=7&sort=z")

    assert {v.page.slug for v in response.context["page_obj"]} == {"on-ms", "on-ms-and-own-cells"}
    assert len(response.context["ignored"]) == 4
    assert "“gout&lt;b&gt;” is not a disease we know, so it was left out." in response.text


def test_a_therapy_is_no_disease(client, four_articles):
    response = client.get("/articles/?disease=hsct")

    assert response.context["page_obj"].paginator.count == 4
    assert "“hsct” is not a disease we know" in response.text
    assert not response.context["chips"]


def test_a_merged_tag_filters_as_the_one_that_took_its_place(client, four_articles, ms):
    Tag.objects.create(name="MS", slug="old-ms", kind=Tag.Kind.DISEASE, merged_into=ms)

    response = client.get("/articles/?disease=old-ms&disease=ms")

    assert {v.page.slug for v in response.context["page_obj"]} == {"on-ms", "on-ms-and-own-cells"}
    assert not response.context["ignored"]
    assert [chip["label"] for chip in response.context["chips"]] == ["Multiple sclerosis"]


def test_what_carries_a_merged_tag_is_found_under_its_successor(client, ms):
    old = Tag.objects.create(name="MS", slug="old-ms", kind=Tag.Kind.DISEASE)
    child = Tag.objects.create(name="RRMS", slug="rrms", kind=Tag.Kind.DISEASE, parent=old)
    live_page("tagged-old", tags=[old])
    live_page("tagged-child", tags=[child])
    Tag.objects.filter(pk=old.pk).update(merged_into=ms)

    assert shown(client, "/articles/?disease=ms") == {"tagged-old", "tagged-child"}
    assert shown(client, "/tags/ms/") == {"tagged-old", "tagged-child"}


def test_a_merged_tags_address_moves_to_its_successor(client, ms):
    Tag.objects.create(name="MS", slug="old-ms", kind=Tag.Kind.DISEASE, merged_into=ms)

    response = client.get("/tags/old-ms/")

    assert (response.status_code, response["Location"]) == (301, "/tags/ms/")


def test_a_tags_page_groups_everything_below_it_by_kind(client, four_articles, hsct, auto_hsct):
    live_page("a-term", kind=Kind.TERM, tags=[auto_hsct])
    live_page("own-cells", kind=Kind.THERAPY, tag=auto_hsct, tags=[auto_hsct])

    response = client.get("/tags/hsct/")

    assert [(heading, len(group)) for heading, group in response.context["groups"]] == [
        ("Therapies", 1),
        ("Articles", 2),
        ("Glossary", 1),
    ]
    assert 'href="/tags/auto-hsct/"' in response.text
    assert 'href="/tags/hsct/"' in client.get("/tags/auto-hsct/").text


def test_how_sure_filters_by_the_claims_of_a_page(client, ms, hsct):
    Source.objects.create(key="a-study", kind="trial", title="A study")
    for certainty in ("high", "low"):
        row = {
            "statement": "It does something.",
            "therapy_id": hsct.pk,
            "disease_id": ms.pk,
            "outcome": "Relapse",
            "direction": "benefit",
            "certainty": certainty,
            "citations": [{"source": "a-study", "place": ""}],
        }
        live_page(f"{certainty}-page", parts={"claims": [row]})

    assert shown(client, "/articles/?certainty=high") == {"high-page"}
    assert shown(client, "/articles/?certainty=high&certainty=low") == {"high-page", "low-page"}
    assert shown(client, "/articles/?certainty=moderate") == set()


@pytest.mark.parametrize(
    ("today", "is_shown"), [(date(2026, 9, 2), True), (date(2026, 9, 3), False)]
)
def test_reviewed_keeps_what_was_reviewed_lately(
    client, live_version, monkeypatch, today, is_shown
):
    live_page("never-reviewed")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)

    found = shown(client, "/articles/?reviewed=6")

    assert found == ({live_version.page.slug} if is_shown else set())


def test_articles_are_ordered_by_date_or_by_title(client):
    for number, slug in enumerate(("banana", "apple", "cherry")):
        live_page(slug, now=NOW + timedelta(days=number))

    newest = [v.page.slug for v in client.get("/articles/").context["page_obj"]]
    by_title = [v.page.slug for v in client.get("/articles/?sort=title").context["page_obj"]]

    assert newest == ["cherry", "apple", "banana"]
    assert by_title == ["apple", "banana", "cherry"]


def test_a_chip_takes_its_own_filter_away_and_leaves_the_others(client, four_articles):
    chips = client.get("/articles/?disease=ms&q=cells&page=1").context["chips"]

    without_words, without_ms = (chip["url"] for chip in chips)
    assert shown(client, f"/articles/{without_words}") == {"on-ms", "on-ms-and-own-cells"}
    assert shown(client, f"/articles/{without_ms}") == {"on-ms-and-own-cells"}
    assert "page=" not in without_words + without_ms


@pytest.fixture
def three_pages_of_articles(monkeypatch):
    monkeypatch.setattr(lists, "ARTICLES_A_PAGE", 2)
    for number in range(5):
        live_page(f"page-{number}", title="The same title")


def test_every_article_stands_on_exactly_one_page_of_the_list(client, three_pages_of_articles):
    found = [
        version.page.slug
        for number in (1, 2, 3)
        for version in client.get(f"/articles/?page={number}").context["page_obj"]
    ]

    assert sorted(found) == [f"page-{number}" for number in range(5)]
    assert client.get("/articles/?page=4").status_code == 404


def test_pages_of_a_list_link_to_one_another_and_keep_the_filters(client, three_pages_of_articles):
    html = client.get("/articles/?q=title&page=2").text

    assert 'rel="prev" href="?q=title&amp;page=1"' in html
    assert 'rel="next" href="?q=title&amp;page=3"' in html


def test_what_is_no_page_number_is_the_first_page(client, three_pages_of_articles):
    for number in ("abc", "", "-1", "1.5", "²", "9" * 30, "1\x00", "٣"):
        response = client.get("/articles/", {"page": number})
        assert response.status_code == 200, number
        assert response.context["page_obj"].number == 1, number


@pytest.mark.parametrize("address", ["/articles/", "/sources/", "/search/", "/search/?q=x"])
@pytest.mark.parametrize("number", ["0", "2", "99999999"])
def test_a_page_past_the_end_is_not_found(client, address, number):
    joint = "&" if "?" in address else "?"

    assert client.get(f"{address}{joint}page={number}").status_code == 404


@pytest.mark.parametrize("words", ODD_WORDS.values(), ids=ODD_WORDS.keys())
def test_no_words_are_too_odd_for_a_list(client, words):
    odd = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    live_page("a-page")

    for address in LISTS:
        response = client.get(address, {"q": odd, "tag": odd[:300], "sort": odd[:300]})
        assert response.status_code == 200, address
        assert "<script>alert" not in response.text, address


@pytest.mark.parametrize("address", LISTS)
def test_no_query_is_too_odd_for_a_list(client, address):
    for query in ("q", "q=&q=b", "q=%ff%fe", "tag[]=x", "%00=%00", "tag=%00", "=&&=;", "csrf=1"):
        assert client.get(f"{address}?{query}").status_code == 200, query


@pytest.mark.parametrize(
    ("words", "expected"), [("%", {"percent"}), ("_", {"underscore"}), ("\\", {"backslash"})]
)
def test_signs_of_the_database_are_letters_like_any_other(client, words, expected):
    live_page("percent", title="100% sure", kind=Kind.TERM)
    live_page("underscore", title="a_b", kind=Kind.TERM)
    live_page("backslash", title="a\\b", kind=Kind.TERM)

    assert terms_for(client, words) == expected


def terms_for(client, words: str) -> set[str]:
    """The glossary asks the database; where the search room is asked, signs are no words."""
    groups = client.get("/glossary/", {"q": words}).context["groups"]
    return {version.page.slug for _letter, versions in groups for version in versions}


def more_pages(first: int, last: int, tag: Tag) -> None:
    for number in range(first, last):
        live_page(f"article-{number}", tags=[tag])
        live_page(f"term-{number}", kind=Kind.TERM, tags=[tag])


def test_a_list_takes_at_most_eight_queries_however_long(client, hsct):
    live_page("hsct", kind=Kind.THERAPY, tag=hsct, tags=[hsct])
    more_pages(0, 1, hsct)
    few = {address: queries(client, address) for address in LONG_LISTS}
    more_pages(1, 21, hsct)
    many = {address: queries(client, address) for address in LONG_LISTS}

    assert many == few
    assert max(many.values()) <= 8


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
