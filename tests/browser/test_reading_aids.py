"""Reading aids in a real Chromium: by touch, by keyboard, without scripts, and on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from editorial.models import Tag
from editorial.states import Kind
from evidence.models import Source
from tests.live_pages import live_page, live_term

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CITE = '<cite data-source="{}" data-place=""></cite>'
BODY = (
    f"<h2>What it is</h2><p>First. A relapse came back in some.{CITE.format('one')}"
    f"{CITE.format('two')}</p>{'<p>Filling.</p>' * 40}"
    '<h2 data-part="questions">Questions to ask</h2>'
    "<ol><li>Which cells?</li><li>Who pays?</li></ol>"
    f"<h2>Late</h2>{'<p>Filling.</p>' * 40}"
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGE = "/therapies/a-therapy/"


@pytest.fixture
def therapy_page():
    names = {"therapy": Tag.Kind.THERAPY, "disease": Tag.Kind.DISEASE, "other": Tag.Kind.DISEASE}
    tags = {
        name: Tag.objects.create(name=name.capitalize(), slug=f"a-{name}", kind=kind)
        for name, kind in names.items()
    }
    for key in ("one", "two", "three", "four", "five", "six", "seven"):
        Source.objects.create(
            key=key,
            kind="trial",
            title=f"The {key} trial",
            design="cohort",
            people=55,
            funder="A charity",
            finding=f"It found {key}.",
        )
    live_term("relapse", meaning="The disease comes back.")
    rows = [
        {
            "statement": f"It did {key}.",
            "therapy_id": tags["therapy"].pk,
            "disease_id": tags[name].pk,
            "outcome": "Death",
            "direction": "harm",
            "certainty": "not_rated",
            "citations": [{"source": key, "place": ""}],
        }
        for name, key in (("disease", "three"), ("other", "four"), ("other", "five"))
    ]
    rows[0]["citations"] += [{"source": key, "place": ""} for key in ("six", "seven")]
    return live_page(
        "a-therapy", kind=Kind.THERAPY, tag=tags["therapy"], body=BODY, parts={"claims": rows}
    )


def test_a_cited_sentence_opens_all_its_studies_in_place(chromium, live_server, therapy_page):
    context = chromium.new_context(base_url=live_server.url, **PHONE)
    page = context.new_page()
    page.goto(PAGE)
    card = page.locator(".word-card")

    page.locator(".text > p .cited").tap(position={"x": 5, "y": 10})

    assert card.is_visible()
    told = card.inner_text()
    for words in ("The one trial", "The two trial", "It found one.", "55 people", "A charity"):
        assert words in told
    page.keyboard.press("Escape")
    assert card.is_hidden()

    # By keyboard: Enter on the number goes in, Escape comes back to it.
    number = page.locator(".text > p .cite a").first
    number.focus()
    page.keyboard.press("Enter")
    assert card.evaluate("it => it === document.activeElement")
    assert number.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert number.evaluate("it => it === document.activeElement")

    # The way on leads into the references, which are folded on a phone, and opens them.
    number.tap()
    card.get_by_role("link", name="See it in the references").first.tap()
    page.locator("#ref-1").wait_for(state="visible")

    # A word of the glossary: the first tap tells its meaning.
    page.locator("a.term").first.tap()
    assert "The disease comes back." in card.inner_text()
    assert "/glossary/" not in page.url
    context.close()


def test_the_contents_follow_and_a_heading_gives_its_address(chromium, live_server, therapy_page):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 800}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(PAGE)

    page.locator("#late").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('late').scrollIntoView()")
    page.wait_for_selector(".contents a[href='#late'][aria-current]")
    assert page.locator(".contents [aria-current]").count() == 1

    page.get_by_role("button", name="Copy the link to “Late”").click()
    page.get_by_role("status").get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}{PAGE}#late"
    context.close()


def test_questions_chosen_stay_in_the_browser_alone(chromium, live_server, therapy_page):
    context = chromium.new_context(base_url=live_server.url, **PHONE)
    page = context.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(PAGE)

    page.get_by_role("link", name="Take these questions to your appointment").tap()
    page.get_by_label("Who pays?").check()
    page.get_by_label("Your own questions").fill("May I bring my sister?")
    page.goto("/appointment/")

    assert page.get_by_label("Who pays?").is_checked()
    assert page.get_by_label("Your own questions").input_value() == "May I bring my sister?"
    assert page.get_by_label("Which cells?").count() == 0
    assert set(sent) == {"GET"}

    page.get_by_role("button", name="Clear everything").tap()
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_without_scripts_everything_is_still_there(chromium, live_server, therapy_page):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(PAGE)

    page.locator(".text > p .cite a").first.click()
    page.locator("#ref-1").wait_for(state="visible")
    page.get_by_role("link", name="Link to “Late”").click()
    assert page.url.endswith("#late")
    page.get_by_role("link", name="Take these questions to your appointment").click()
    page.get_by_label("Who pays?").check()
    assert page.get_by_text("then print the page before you leave it").is_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_paper_has_the_questions_first_and_nothing_folded(
    chromium, live_server, therapy_page, scripts
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(PAGE)

    pages = PdfReader(BytesIO(page.pdf())).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())

    assert len(pages) <= 6
    assert words.index("Which cells?") < words.index("Key messages")
    assert "It did three." in words
    assert "The seven trial" in words
    assert PAGE in words
    assert "On this page" not in words
    context.close()
