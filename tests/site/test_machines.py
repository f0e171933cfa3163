"""What the head of a page says, feeds, the sitemap, and what robots are told."""

from datetime import date, timedelta

import pytest
from lxml import etree
from lxml import html as lxml_html

from editorial.models import Page, Tag
from editorial.states import Kind, Overdue
from editorial.translations import alternates
from evidence.models import Source
from stemcell_site import sitemap
from tests.live_pages import NOW, live_page, live_term

SITE = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
PLACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def head(client, address: str) -> dict[str, str]:
    tree = lxml_html.fromstring(client.get(address).content)
    told = {it.get("property"): it.get("content") for it in tree.xpath("//meta[@property]")}
    for link in tree.xpath("//link[@rel='canonical' or @rel='alternate']"):
        name = link.get("hreflang") or link.get("title") or link.get("rel")
        told[name] = link.get("href")
    told["robots"] = "".join(tree.xpath("//meta[@name='robots']/@content"))
    return told


# --- the head of a page -------------------------------------------------------------------


@pytest.mark.django_db
def test_messengers_are_told_the_title_and_the_summary(client):
    live_page("a-page", title="What “A & B” means", summary='They say "3 < 5".')

    told = head(client, "/articles/a-page/?utm_source=a-letter")

    assert told["og:type"] == "article"
    assert told["og:title"] == "What “A & B” means"
    assert told["og:description"] == 'They say "3 < 5".'
    assert told["og:url"] == told["canonical"] == f"{SITE}/articles/a-page/"
    assert told["og:image"] == f"{SITE}/static/site/card.png"
    assert told["Corrections"] == "/feeds/corrections.atom"
    assert told["robots"] == ""


@pytest.mark.django_db
def test_a_list_has_one_address_for_each_page_and_none_for_each_filter(client, theme, monkeypatch):
    monkeypatch.setattr("articles.views.lists.ARTICLES_A_PAGE", 1)
    for slug in ("one", "two"):
        live_page(slug, tags=[theme])

    plain, second, filtered, sorted_ = (
        head(client, f"/articles/{query}")
        for query in ("?ref=x", "?page=2&ref=x", f"?tag={theme.slug}&page=2", "?sort=title")
    )

    assert (plain["canonical"], plain["robots"]) == (f"{SITE}/articles/", "")
    assert (second["canonical"], second["robots"]) == (f"{SITE}/articles/?page=2", "")
    assert (filtered["canonical"], filtered["robots"]) == (f"{SITE}/articles/", "noindex, follow")
    assert sorted_["robots"] == "noindex, follow"


@pytest.mark.django_db
def test_lists_and_tags_name_their_own_feed(client, theme):
    assert head(client, "/glossary/")["Words explained"] == "/feeds/glossary.atom"
    assert head(client, theme.get_absolute_url())[theme.name] == f"/feeds/tags/{theme.slug}.atom"


# --- languages ----------------------------------------------------------------------------


@pytest.fixture
def in_two_languages(settings, db):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    english, german = live_page("a-page").page, live_page("eine-seite").page
    Page.objects.filter(pk=german.pk).update(language="de", translation_of=english)


TRANSLATED = {
    "de": f"{SITE}/articles/eine-seite/",
    "en-GB": f"{SITE}/articles/a-page/",
    "x-default": f"{SITE}/articles/a-page/",
}


def test_a_page_names_itself_in_every_language(client, in_two_languages):
    for address in ("/articles/a-page/", "/articles/eine-seite/"):
        told = head(client, address)
        assert {code: told.get(code) for code in TRANSLATED} == TRANSLATED


def test_the_sitemap_knows_the_languages_too(client, in_two_languages):
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    for links in tree.xpath("//s:url[x:link]", namespaces=PLACES):
        found = links.xpath("x:link", namespaces=PLACES)
        assert {it.get("hreflang"): it.get("href") for it in found} == TRANSLATED
    assert len(tree.xpath("//s:url[x:link]", namespaces=PLACES)) == 2


def test_a_translation_that_was_withdrawn_is_not_named(client, in_two_languages, publisher):
    german = Page.objects.get(language="de").versions.get()
    german.withdraw(by=publisher, now=NOW, reason="Wrong.")

    assert "de" not in head(client, "/articles/a-page/")


@pytest.mark.django_db
def test_a_site_in_one_language_asks_for_no_other(django_assert_num_queries, client):
    page = live_page("a-page").page
    with django_assert_num_queries(0):
        assert alternates(page) == []


# --- feeds --------------------------------------------------------------------------------


def entries(response) -> list[dict[str, str]]:
    """A feed as a reader takes it: refuses one that RFC 4287 would not have."""
    tree = etree.fromstring(response.content)
    assert tree.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert tree.find(f"{ATOM}{name}") is not None, name
    assert tree.find(f"{ATOM}author/{ATOM}name").text
    (itself,) = [it.get("href") for it in tree.findall(f"{ATOM}link") if it.get("rel") == "self"]
    assert itself == f"{SITE}{response.wsgi_request.path}"
    found = [
        {
            name: entry.find(f"{ATOM}{name}").text or ""
            for name in ("id", "title", "updated", "summary")
        }
        | {"link": entry.find(f"{ATOM}link").get("href")}
        for entry in tree.findall(f"{ATOM}entry")
    ]
    assert len({it["id"] for it in found}) == len(found)
    return found


@pytest.mark.django_db
def test_a_feed_tells_the_newest_first_and_what_is_overdue_not_at_all(client, theme):
    live_page("old", now=NOW - timedelta(days=1), title="Old")
    live_page("new", title="New & <b>bold</b>", summary="3 < 5", tags=[theme])
    late = live_page("late")
    Page.objects.filter(pk=late.page_id).update(overdue=Overdue.LONG)
    live_term("a-word")

    response = client.get("/feeds/articles.atom")

    found = entries(response)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [it["title"] for it in found] == ["New & <b>bold</b>", "Old"]
    assert (found[0]["link"], found[0]["summary"]) == (f"{SITE}/articles/new/", "3 &lt; 5")
    assert found[0]["updated"] == "2026-03-02T09:30:00+00:00"
    assert [it["title"] for it in entries(client.get("/feeds/glossary.atom"))] == ["A word"]


@pytest.mark.django_db
def test_the_name_of_an_entry_stays_when_its_page_moves(client):
    version = live_page("before")
    (before,) = entries(client.get("/feeds/articles.atom"))
    Page.objects.filter(pk=version.page_id).update(slug="after")

    (after,) = entries(client.get("/feeds/articles.atom"))

    assert before["id"] == after["id"] == f"tag:testserver,2026:page/{version.page_id}"
    assert after["link"] == f"{SITE}/articles/after/"


@pytest.mark.django_db
def test_a_reader_who_has_it_already_is_told_so(client):
    live_page("a-page")
    first = client.get("/feeds/articles.atom")

    for name, header in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
        assert client.get("/feeds/articles.atom", headers={name: first[header]}).status_code == 304


@pytest.mark.django_db
def test_an_empty_feed_is_a_feed_and_always_the_same(client):
    first, second = (client.get("/feeds/diseases.atom") for _ in range(2))

    assert entries(first) == []
    assert first.content == second.content
    assert client.get("/feeds/nothing.atom").status_code == 404
    assert client.get("/feeds/tags/nothing.atom").status_code == 404


@pytest.mark.django_db
def test_the_feed_of_a_tag_holds_what_is_below_it_and_follows_a_merged_tag(client, theme):
    below = Tag.objects.create(name="Prices", slug="prices", parent=theme)
    Tag.objects.create(name="Old name", slug="old-name", merged_into=theme)
    live_page("dear", tags=[below])
    live_page("elsewhere")

    found = entries(client.get(f"/feeds/tags/{theme.slug}.atom"))

    assert [it["link"] for it in found] == [f"{SITE}/articles/dear/"]
    moved = client.get("/feeds/tags/old-name.atom")
    assert (moved.status_code, moved["Location"]) == (301, f"/feeds/tags/{theme.slug}.atom")


@pytest.mark.django_db
def test_the_feed_of_corrections_tells_of_a_withdrawal(client, live_version, publisher, now):
    assert entries(client.get("/feeds/corrections.atom")) == []
    live_version.withdraw(by=publisher, now=now, reason="The trial was retracted.")

    (told,) = entries(client.get("/feeds/corrections.atom"))

    assert (told["title"], told["summary"]) == ("Resetting immunity", "The trial was retracted.")
    assert told["id"].startswith("tag:testserver,2026:correction/event-")


@pytest.mark.django_db
def test_a_feed_costs_the_same_however_long_it_is(client, theme, django_assert_num_queries):
    for number in range(5):
        live_page(f"page-{number}", tags=[theme])
    with django_assert_num_queries(3):
        client.get(f"/feeds/tags/{theme.slug}.atom")
    with django_assert_num_queries(2):
        assert len(entries(client.get("/feeds/articles.atom"))) == 5


# --- the sitemap --------------------------------------------------------------------------


def addresses(response) -> dict[str, str]:
    """Each address in it, without the site, and the day it changed."""
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    return {
        it.findtext("s:loc", namespaces=PLACES).removeprefix(SITE): it.findtext(
            "s:lastmod", default="", namespaces=PLACES
        )
        for it in tree
    }


@pytest.fixture
def full(db, theme, disease, therapy):
    Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")
    Source.objects.create(key="a-private", kind="web_text", title="Private", is_private=True)
    Tag.objects.create(name="Unused", slug="unused")
    live_page("an-article", tags=[theme])
    live_page("ms", kind=Kind.DISEASE, tag=disease)
    live_page("hsct", kind=Kind.THERAPY, tag=therapy)
    live_term("a-word")


def test_the_sitemap_leads_to_every_kind_of_page(client, full, live_version, medic):
    found = addresses(client.get("/sitemap.xml"))

    assert {
        *("/", "/articles/an-article/", "/diseases/ms/", "/therapies/hsct/", "/glossary/a-word/"),
        *("/sources/a-study/", "/tags/judging-offers/", medic.contributor.get_absolute_url()),
        *("/about/", "/evidence/", "/claims/"),
    } <= set(found)
    assert found["/articles/an-article/"] == "2026-03-02T09:30:00+00:00"
    assert not {"/sources/a-private/", "/tags/unused/", "/search/"} & set(found)
    assert not [path for path in found if path.startswith(("/admin", "/preview"))]


def test_everything_in_the_sitemap_answers(client, full):
    for path in addresses(client.get("/sitemap.xml")):
        assert client.get(path).status_code == 200, path


def test_what_was_withdrawn_leaves_the_sitemap(client, live_version, publisher, now):
    assert live_version.get_absolute_url() in addresses(client.get("/sitemap.xml"))

    live_version.withdraw(by=publisher, now=now, reason="Wrong.")

    assert live_version.get_absolute_url() not in addresses(client.get("/sitemap.xml"))


def test_a_sitemap_that_grew_is_cut_and_loses_nothing(client, full, monkeypatch):
    whole = addresses(client.get("/sitemap.xml"))
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 4)

    parts = addresses(client.get("/sitemap.xml"))

    assert list(parts) == [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    found = [addresses(client.get(path)) for path in parts]
    assert max(map(len, found)) == 4
    assert [path for part in found for path in part] == list(whole)
    for number in (0, len(parts) + 1):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_sitemap_costs_the_same_however_many_pages_there_are(
    client, full, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as few:
        client.get("/sitemap.xml")
    for number in range(4):
        live_page(f"page-{number}")
        Source.objects.create(key=f"study-{number}", kind="trial", title="Another study")
    with django_assert_num_queries(len(few)):
        client.get("/sitemap.xml")


# --- robots, and people who find holes ----------------------------------------------------


def test_robots_are_kept_from_what_is_not_for_them(client):
    text = client.get("/robots.txt").text

    assert "User-agent: *" in text
    for path in ("/admin/", "/preview/", "/search/?"):
        assert f"\nDisallow: {path}\n" in text
    assert "\nDisallow: /\n" not in text
    assert f"\nSitemap: {SITE}/sitemap.xml\n" in text


def test_whoever_finds_a_hole_is_told_whom_to_tell(client, monkeypatch):
    monkeypatch.setattr("stemcell_site.crawlers.timezone.now", lambda: NOW)

    response = client.get("/.well-known/security.txt")

    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == f"{SITE}/about/contact/"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert fields["Expires"] == "2026-08-29T00:00:00Z"
    # RFC 9116, 2.5.5: less than a year ahead.
    assert date.fromisoformat(fields["Expires"][:10]) < NOW.date() + timedelta(days=365)
