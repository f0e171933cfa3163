"""The site over the starter content, as a reader finds it by its links."""

import re

import pytest

from editorial.models import Page, Tag
from evidence.models import Source

# pytest-django runs tests without this mark after all others: the content would be loaded twice.
pytestmark = pytest.mark.django_db

LISTS = ("/articles/", "/diseases/", "/therapies/", "/glossary/", "/sources/", "/search/")
ABOUT = (
    "/about/",
    "/about/editorial-policy/",
    "/about/funding/",
    "/about/privacy/",
    "/about/accessibility/",
)
BY_SCRIPT = re.compile(r"^on|^style$|^srcdoc$")


@pytest.fixture
def pages(site):
    return [page for page in site.values() if page.status == 200 and page.is_page]


def test_no_link_leads_nowhere(site):
    broken = [
        (page.address, page.status, page.linked_from)
        for page in site.values()
        if page.status != 200
    ]

    assert broken == []


def test_every_live_page_and_list_is_reached_from_the_front_page(site):
    pages = {page.get_absolute_url() for page in Page.objects.live()}

    assert len(pages) == Page.objects.count()
    assert pages | {"/", *LISTS, *ABOUT} <= set(site)


def test_every_public_source_is_reached_and_no_private_one(site):
    public = {source.get_absolute_url() for source in Source.objects.public()}
    private = {source.get_absolute_url() for source in Source.objects.filter(is_private=True)}

    assert len(private) == 5
    assert public <= set(site)
    assert not private & set(site)


def test_every_tag_that_a_page_carries_is_reached(site):
    carried = {tag.get_absolute_url() for tag in Tag.objects.filter(version_tags__isnull=False)}

    assert carried <= set(site)


def test_every_page_has_one_h1_a_title_a_description_and_its_own_address(pages):
    wrong = []
    for page in pages:
        tree = page.tree
        (canonical,) = tree.xpath("//link[@rel='canonical']/@href")
        path, _, query = page.address.partition("?")
        number = f"?{query}" if re.fullmatch(r"page=([2-9]|[0-9]{2,})", query) else ""
        told = (
            len(tree.xpath("//h1")) == 1,
            tree.xpath("string(//h1)").strip(),
            len(tree.xpath("//head/title")) == 1,
            len(tree.xpath("string(//head/title)").strip()) > len("– Stem Cells, Checked"),
            tree.xpath("string(//meta[@name='description']/@content)").strip(),
            canonical == f"http://testserver{path}{number}",
            tree.get("lang") == "en-GB",
        )
        if not all(told):
            wrong.append((page.address, told))

    assert wrong == []


def test_headings_go_down_one_level_at_a_time(pages):
    wrong = []
    for page in pages:
        levels = [
            (int(heading.tag[1]), heading.text_content().strip())
            for heading in page.tree.iter("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        for (before, _), (level, text) in zip([(0, ""), *levels], levels, strict=False):
            if level > before + 1:
                wrong.append((page.address, before, level, text))

    assert wrong == []


def test_no_page_holds_an_inline_script_or_style(pages):
    wrong = []
    for page in pages:
        for element in page.tree.iter():
            if not isinstance(element.tag, str):
                continue
            inline = [name for name in element.attrib if BY_SCRIPT.search(name)]
            is_code = element.get("type") != "application/ld+json"  # A block of data never runs.
            if element.tag == "style" or (
                element.tag == "script" and is_code and not element.get("src")
            ):
                inline.append(element.tag)
            if inline:
                wrong.append((page.address, element.tag, inline))

    assert wrong == []


def test_no_page_loads_anything_from_elsewhere(pages):
    loaded = {
        address
        for page in pages
        for address in page.tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
    }

    assert loaded
    assert [address for address in loaded if not address.startswith("/static/")] == []


def test_no_id_stands_twice_and_every_anchor_is_there(pages):
    wrong = []
    for page in pages:
        tree = page.tree
        ids = tree.xpath("//@id")
        if len(ids) != len(set(ids)):
            wrong.append((page.address, sorted(ids)))
        held = {*ids, ""}
        named = tree.xpath("//@aria-labelledby | //@for | //@popovertarget | //@aria-describedby")
        anchors = [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")]
        wrong += [(page.address, name) for name in (*named, *anchors) if name not in held]

    assert wrong == []


def test_links_into_a_page_find_their_place(site):
    wrong = []
    for page in site.values():
        for link in page.tree.xpath("//a/@href"):
            path, _, anchor = link.partition("#")
            if anchor and path in site and anchor not in site[path].tree.xpath("//@id"):
                wrong.append((page.address, link))

    assert wrong == []


def test_every_picture_and_every_control_has_a_name(pages):
    wrong = []
    for page in pages:
        tree = page.tree
        labelled = set(tree.xpath("//label/@for"))
        for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
            named = (
                field.get("aria-label")
                or field.get("id") in labelled
                or any(up.tag == "label" for up in field.iterancestors())
            )
            if not named:
                wrong.append((page.address, field.tag, field.get("name")))
        for button in tree.xpath("//button | //a"):
            if not (button.text_content().strip() or button.get("aria-label")):
                wrong.append((page.address, button.tag, button.get("href")))
        wrong += [(page.address, "img") for _ in tree.xpath("//img[not(@alt)]")]

    assert wrong == []


def test_no_page_sets_a_cookie_or_holds_a_token(site):
    assert [page.address for page in site.values() if "Set-Cookie" in page.headers] == []
    assert [page.address for page in site.values() if "csrf" in page.html.lower()] == []
