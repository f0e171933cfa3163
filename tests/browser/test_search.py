"""Search in a real browser: filters whose state is the address, suggestions, and axe."""

import pytest

from editorial.models import Tag
from editorial.states import Kind
from tests.live_pages import live_page, live_term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [
    {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    for width in (390, 1280)
    for scheme in ("light", "dark")
]
STATES = {
    "start": "/search/",
    "results": "/search/?q=zebra&kind=article",
    "nothing": "/search/?q=zebra&kind=therapy&tag=lupus",
    "articles": "/articles/?q=zebra",
}


@pytest.fixture
def site(index):
    lupus = Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE)
    gout = Tag.objects.create(name="Gout", slug="gout", kind=Tag.Kind.DISEASE)
    live_page("lupus", kind=Kind.DISEASE, tag=lupus, title="Zebra lupus", tags=[lupus])
    live_page("one", title="Zebra one", tags=[lupus])
    live_page("two", title="Zebra two", tags=[gout])
    live_term("a-zebra", title="Zebra")


def count(page) -> str:
    return page.locator("#count").inner_text()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])
def test_what_is_chosen_is_in_the_address_and_can_be_shared_and_taken_back(
    with_script, site, chromium, live_server
):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=with_script, **LOOKS[2]
    )
    page = context.new_page()
    loads = []
    page.on("request", lambda it: loads.append(it.url) if it.is_navigation_request() else None)

    def choose(box: str) -> None:
        page.locator(f"#filter-{box}").check()
        if not with_script:
            page.get_by_role("button", name="Show results").click()

    page.goto("/search/?q=zebra")
    assert count(page) == "4 results for “zebra”"
    choose("kind-article")
    page.get_by_text("2 results for “zebra”").wait_for()
    if with_script:
        # No reload, a short address, and the focus is where it was.
        assert page.url.endswith("/search/?q=zebra&kind=article")
        assert len(loads) == 1
        assert page.evaluate("document.activeElement.id") == "filter-kind-article"
    choose("tag-gout")
    page.get_by_text("1 result for “zebra”").wait_for()

    shared = context.new_page()
    shared.goto(page.url)
    assert count(shared) == "1 result for “zebra”"
    assert shared.locator("#filter-kind-article").is_checked()

    page.go_back()
    page.get_by_text("2 results for “zebra”").wait_for()
    assert not page.locator("#filter-tag-gout").is_checked()

    page.locator(".chips").get_by_role("link", name="Kind of page: article").click()
    page.get_by_text("4 results for “zebra”").wait_for()
    assert not page.locator("#filter-kind-article").is_checked()
    if with_script:
        assert page.evaluate("document.activeElement.id") == "results"
    context.close()


def test_suggestions_are_walked_with_the_keyboard(site, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, **LOOKS[2])
    page = context.new_page()
    page.goto("/about/")
    box = page.locator("#site-q")

    page.keyboard.press("/")
    page.keyboard.type("zeb")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None

    page.keyboard.press("ArrowDown")
    first = options.first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert options.count() == 0
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("zeb", "false")

    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    wanted = options.first.get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")

    page.keyboard.press("/")
    page.keyboard.type("zebra")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=zebra")
    # In a box, / is a letter.
    page.locator("#filter-q").focus()
    page.keyboard.type("/")
    assert page.locator("#filter-q").input_value() == "/zebra"
    context.close()


def test_the_key_can_be_turned_off(site, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, **LOOKS[2])
    page = context.new_page()
    page.goto("/about/accessibility/")
    page.get_by_label("Turn this key off").check()

    page.goto("/about/")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.tagName") == "BODY"
    context.close()


def test_a_suggestion_is_tapped_in_the_sheet_of_a_phone(site, chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, has_touch=True, **LOOKS[0])
    page = context.new_page()
    page.goto("/about/")

    page.locator(".site-header").get_by_role("button", name="Search").first.tap()
    page.keyboard.type("lup")
    page.get_by_role("option", name="Zebra lupus").tap()

    page.wait_for_url("**/diseases/lupus/")
    context.close()


def test_every_state_of_the_search_is_open_to_everybody(site, chromium, live_server):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    faults = []
    for look in LOOKS:
        context = chromium.new_context(base_url=live_server.url, **look)
        page = context.new_page()
        seen = f"{look['viewport']['width']} {look['color_scheme']}"

        def check(name, page=page, seen=seen):
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            if page.evaluate(wide):
                faults.append(f"{name} {seen}: overflow")
            faults.extend(
                f"{name} {seen}: {found['id']}: {node['html'][:200]}"
                for found in axe.run(page).response["violations"]
                for node in found["nodes"]
            )

        for name, address in STATES.items():
            page.goto(address)
            check(name)
        page.goto("/search/")
        page.locator("#filter-q").focus()
        page.keyboard.type("zeb")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        check("suggestions")
        context.close()

    assert not faults, "\n".join(faults)
