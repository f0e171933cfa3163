"""The newsroom is open to everybody who works in it.

Axe finds nothing, nothing overflows, and Tab alone reaches every control and shows where it is.

No rule and no element is left out.
"""

import pytest

from tests.browser import evidence_desk, newsroom
from tests.browser.keyboard import faults_of_walking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICES = {
    "phone, dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "tablet, light": {"viewport": {"width": 1024, "height": 800}, "color_scheme": "light"},
}
OVERFLOWING = """() => [document.documentElement, ...document.querySelectorAll(
    "#container, #header, #main, #content, #content-main, #content form, main")]
  .filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth)
  .map((it) => {
    const edge = it.getBoundingClientRect().left + it.clientWidth;
    const beyond = [...it.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > edge + 1)
      .slice(0, 6)
      .map((one) => `${one.tagName}.${one.className}#${one.id}`);
    return `${it.tagName}#${it.id} ${it.scrollWidth} > ${it.clientWidth}: ${beyond.join(" ")}`;
  })"""


STEPS = newsroom.STEPS | evidence_desk.STEPS


@pytest.mark.parametrize("device", DEVICES.values(), ids=DEVICES)
@pytest.mark.parametrize("room", ["newsroom", "evidence_desk"])
def test_every_screen_is_open_to_everybody(device, room, sign_in, request, chromium, live_server):
    screens = request.getfixturevalue(room)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    contexts, faults = {None: chromium.new_context(base_url=live_server.url, **device)}, []

    def look(screen, page):
        assert page.locator("main, [role=main]").count(), f"{screen}: {page.title()}"
        faults.extend(f"{screen}: overflow: {it}" for it in page.evaluate(OVERFLOWING))
        faults.extend(
            f"{screen}: {found['id']}: {node['html'][:300]}"
            for found in axe.run(page).response["violations"]
            for node in found["nodes"]
        )
        if page.viewport_size["width"] > 1000:
            faults.extend(f"{screen}: {it}" for it in faults_of_walking(page))

    for screen, (person, address) in screens.items():
        if person not in contexts:
            contexts[person] = sign_in(person, **device)
        page = contexts[person].new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        answer = page.goto(address)
        there = page.url.removeprefix(live_server.url)
        assert (answer.status, there) == (200, address), screen
        page.wait_for_load_state("networkidle")
        look(screen, page)
        for step in STEPS.get(screen, []):
            step(page)
            look(f"{screen}: {step.__name__}", page)
        page.close()
    contexts[None].close()

    assert not faults, "\n".join(faults)
