"""Every type of page that readers meet, in a real Chromium, before the production server.

In light and dark, on three widths, by keyboard, without scripts, on paper. No rule of axe and no
element is left out.
"""

import fcntl
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser import demonstration
from tests.browser.keyboard import faults_of_walking
from tests.browser.public_pages import PAGES, named

pytestmark = pytest.mark.browser

WIDTHS = (1280, 768, 390)
# What a phone folds away, and so walks otherwise.
FOLDED_ON_A_PHONE = [named(name) for name in ("home", "term", "search", "map", "contact")]
NARROWEST = 320
# WCAG 2.2 AA by its tags: axe leaves some rules of 2.2 aside unless they are asked for.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
AXE = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
# A frame of its own may scroll: wide tables, and the map in small.
SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const framed = (it) => {
    for (let up = it.parentElement; up; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  return [...document.querySelectorAll("body *")]
    .filter((it) => it.getBoundingClientRect().right > root.clientWidth + 1 && !framed(it))
    .slice(0, 4).map((it) => `${it.tagName}.${it.className}`).concat("the page");
}"""
# Text that a box cuts off without a way to scroll to it.
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *, aside *")]
  .filter((it) => it.clientWidth > 1 && it.clientHeight > 1
    && it.scrollWidth > it.clientWidth + 1
    && ["hidden", "clip"].includes(getComputedStyle(it).overflowX) && it.textContent.trim())
  .map((it) => `${it.tagName}.${it.className}`)"""


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """Filled once for all workers; each serves it to itself."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    data = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "rare.json").exists():
            data.mkdir(exist_ok=True)
            demonstration.set_up(data)
    with demonstration.served(data) as serving:
        yield serving


@pytest.fixture
def opened(chromium, site):
    """`opened(**options)` is a browser's page; its `faults` grow by themselves."""
    contexts = []

    def opened(**options):
        context = chromium.new_context(base_url=site.address, **options)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda said: note_console(page, said))
        page.on("pageerror", lambda error: page.faults.append(f"{page.url}: {error}"))
        page.on("request", lambda request: note_stranger(page, request, site))
        return page

    yield opened
    for context in contexts:
        context.close()


def note_console(page, said) -> None:
    """Chromium itself remarks when a page answers 404: that is the page's business."""
    if said.type in ("error", "warning") and "the server responded with a status of" not in (
        said.text
    ):
        page.faults.append(f"{page.url}: console: {said.text}")


def note_stranger(page, request, site) -> None:
    if not request.url.startswith((site.address, "data:", "blob:")):
        page.faults.append(f"{page.url}: asks {request.url}")


def go(page, site, one) -> None:
    if one.is_signed_in:
        page.context.add_cookies([site.cookie])
    answer = page.goto(site.of(one))
    if answer.status != one.status:
        page.faults.append(f"{one.name}: answered {answer.status}")
    if one.is_signed_in:
        page.context.clear_cookies()


def look(page, axe, name: str) -> list[str]:
    return [
        f"{name}: {found['id']}: {node['html'][:200]}: {node['failureSummary'][-200:]}"
        for found in axe.run(page, options=AXE).response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_open_to_everybody_on_every_width(scheme, opened, site):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(color_scheme=scheme)

    for one in PAGES:
        go(page, site, one)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.faults += look(page, axe, f"{one.name} {width} {scheme}")
        page.set_viewport_size({"width": NARROWEST, "height": 900})
        for question in (SIDEWAYS, CUT_OFF):
            page.faults += [f"{one.name} {NARROWEST}: {it}" for it in page.evaluate(question)]

    assert not page.faults, "\n".join(page.faults)


@pytest.mark.parametrize(("width", "pages"), [(1280, PAGES), (390, FOLDED_ON_A_PHONE)])
def test_tab_alone_reaches_everything_and_shows_where_it_is(width, pages, opened, site):
    page = opened(viewport={"width": width, "height": 900})

    for one in pages:
        go(page, site, one)
        page.faults += [f"{one.name} {width}: {it}" for it in faults_of_walking(page)]

    assert not page.faults, "\n".join(page.faults)


def test_the_first_stop_leads_past_the_frame(opened, site):
    page = opened()

    for one in PAGES:
        go(page, site, one)
        if one.name in ("500", "maintenance"):
            continue  # Nothing stands before their text but one link.
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        if skip.get_attribute("href") != "#main" or not skip.is_visible():
            page.faults.append(f"{one.name}: no way past the frame")
            continue
        page.keyboard.press("Enter")
        if page.evaluate("document.activeElement.id") != "main":
            page.faults.append(f"{one.name}: the way past the frame leads nowhere")

    assert not page.faults, "\n".join(page.faults)


def test_colours_of_ones_own_leave_every_control_a_shape(opened, site):
    """Forced colours take away backgrounds and shadows: a control keeps its border."""
    page = opened(forced_colors="active", viewport={"width": 390, "height": 900})
    bare = """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]),"
        + " select, textarea")]
      .filter((it) => it.checkVisibility() && getComputedStyle(it).appearance === "none")
      .filter((it) => {
        const own = getComputedStyle(it);
        return own.borderStyle === "none" && !it.querySelector("svg") && it.tagName !== "BUTTON";
      }).map((it) => it.outerHTML.slice(0, 120))"""

    for one in PAGES:
        go(page, site, one)
        page.faults += [f"{one.name}: {it}" for it in page.evaluate(bare)]

    assert not page.faults, "\n".join(page.faults)


# --- without scripts ------------------------------------------------------------------------


@pytest.fixture
def plain(opened):
    return opened(java_script_enabled=False, viewport={"width": 390, "height": 900})


def test_without_scripts_every_page_has_its_text_and_nothing_dead(plain, site):
    """What a script alone can move is not offered."""
    for one in PAGES:
        go(plain, site, one)
        if not plain.locator("h1").first.is_visible():
            plain.faults.append(f"{one.name}: no heading")
        for button in plain.locator("main button:visible").all():
            works = button.evaluate("it => !!it.form || it.hasAttribute('popovertarget')")
            if not works:
                plain.faults.append(f"{one.name}: dead: {button.inner_text()}")

    assert not plain.faults, "\n".join(plain.faults)


def test_without_scripts_one_searches_filters_and_opens_a_page(plain, site):
    plain.goto("/")
    plain.locator("main input[type=search]").first.fill("multiple sclerosis")
    plain.keyboard.press("Enter")
    plain.wait_for_url(lambda address: "/search/?q=multiple" in address)
    plain.locator("main a[href='/diseases/multiple-sclerosis/']").first.click()
    plain.wait_for_url("**/diseases/multiple-sclerosis/")
    assert plain.locator("h1").inner_text() == "Multiple sclerosis (MS)"

    go(plain, site, named("articles"))
    everything = plain.locator("#count").inner_text()
    plain.get_by_role("button", name="Filters", exact=True).click()
    box = plain.locator("#filter-disease-multiple-sclerosis")
    if not box.is_visible():
        plain.locator("#facets summary").filter(has_text="Disease").click()
    box.check()
    plain.get_by_role("button", name="Show results").click()
    plain.wait_for_url(lambda address: "disease=multiple-sclerosis" in address)
    assert plain.locator("#count").inner_text() != everything


def test_without_scripts_readers_report_an_error(plain, site):
    plain.goto("/therapies/autologous-hsct/")
    plain.get_by_role("link", name="Report an error on this page").click()
    plain.wait_for_url("**/about/contact/**")
    plain.get_by_role("button", name="Send").click()
    plain.get_by_role("link", name="Write what you want to tell us.").wait_for()
    plain.get_by_label("What do you want to tell us?").fill("A number is wrong.")
    plain.get_by_role("button", name="Send").click()
    plain.wait_for_url("**/about/contact/thanks/**")
    assert not plain.faults, "\n".join(plain.faults)


# --- on paper -------------------------------------------------------------------------------


def test_on_paper_every_page_is_a_leaflet(opened, site, record_property):
    """Each has its text, few sheets, and nothing of the frame."""
    page = opened()
    sheets = {}

    for one in PAGES:
        go(page, site, one)
        heading = page.locator("h1").first.inner_text().split()
        paper = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        sheets[one.name] = len(paper)
        words = " ".join(sheet.extract_text() for sheet in paper)
        if len(paper) > one.sheets:
            page.faults.append(f"{one.name}: {len(paper)} sheets")
        if heading[0].lower() not in words.lower():
            page.faults.append(f"{one.name}: its heading is missing")
        for frame in ("Skip to the text", "Report an error on this page"):
            if frame in words:
                page.faults.append(f"{one.name}: prints “{frame}”")

    record_property("sheets", sheets)
    assert not page.faults, "\n".join(page.faults)
