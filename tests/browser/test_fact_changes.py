"""A fact changes: from the editor who marks the source, to the reader, to the review.

The case is real: ADMIRE-CD, and the larger ADMIRE-CD II that did not confirm it. With PICTURES set
to a folder it leaves a picture of each step there.
"""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from evidence.models import ReviewFlag, Source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")
WINDOWS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
DESK = {"viewport": {"width": 1024, "height": 800}}
PAGE = "/diseases/crohns-disease/"
# As the starter sources tell it: the European Medicines Agency, December 2024.
NOTE = (
    "The larger trial ADMIRE-CD II showed no benefit over placebo, and the product was withdrawn "
    "from the European Union market, the European Medicines Agency says."
)
CHANGED = "A source behind this page has changed"


class Window:
    def __init__(self, page) -> None:
        self.page = page
        page.set_default_timeout(30_000)

    def open(self, address: str) -> str:
        """Its words. Nothing runs out of the window to the side."""
        self.page.goto(address)
        self.fits()
        return self.page.locator("main, #content").first.inner_text()

    def press(self, name: str) -> str:
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            button.or_(link).first.click()
        self.fits()
        return self.page.locator("main, #content").first.inner_text()

    def fits(self) -> None:
        over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(over) <= 0, self.page.url

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.wait_for_load_state("networkidle")
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def readers(chromium, live_server):
    """One reader at each kind of window."""
    contexts = {
        name: chromium.new_context(base_url=live_server.url, **options)
        for name, options in WINDOWS.items()
    }
    yield {name: Window(context.new_page()) for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


def test_from_the_mark_to_the_notice_to_the_review(sign_in, readers, editor, medic):
    call_command("load_starter")
    source = Source.objects.get(key="panes-2016-admire")
    desk = Window(sign_in(editor, **DESK).new_page())
    reviewer = Window(sign_in(medic, **WINDOWS["phone"]).new_page())
    assert CHANGED not in readers["phone"].open(PAGE)

    desk.open(reverse("admin:evidence_source_change", args=[source.pk]))
    desk.press("What leans on this")
    desk.picture("leaning")
    desk.press("Something changed…")
    desk.page.get_by_label("Superseded", exact=True).check()
    desk.page.get_by_label("What happened, and who says so").fill(NOTE)
    desk.page.get_by_label("Superseded by").select_option(label="ADMIRE-CD II (2024): admire-cd-ii")
    desk.picture("changed")
    asked = desk.press("Go on: see what it touches")
    desk.picture("asked")
    assert NOTE in asked
    assert "Crohn" in asked
    desk.page.get_by_role("button", name="Mark it and flag").click()
    desk.page.wait_for_selector(".messagelist")
    desk.picture("marked")
    assert "flagged for review" in desk.page.locator(".messagelist").inner_text()

    flags = ReviewFlag.objects.standing()
    for flag in flags.select_related("page"):
        assert CHANGED in readers["desktop"].open(flag.page.get_absolute_url())
    for name, reader in readers.items():
        words = reader.open(PAGE)
        reader.picture(f"notice-{name}")
        assert CHANGED in words
        assert NOTE in words
        reader.page.locator(".cite-fallen").first.scroll_into_view_if_needed()
        reader.picture(f"claim-{name}")
        reader.page.locator(".references .mark-withdrawn").first.scroll_into_view_if_needed()
        reader.picture(f"reference-{name}")
    assert "Read instead" in words

    desk.open("/admin/")
    desk.picture("desk")
    reviewer.open("/admin/desk/changed/")
    reviewer.picture("desk-phone")
    reviewer.press("Crohn’s disease")
    reviewer.picture("form-phone")
    reviewer.press("The page still holds…")
    reviewer.picture("answer-phone")
    reviewer.page.get_by_label("Why the page still holds").fill(
        "The page tells of both trials, and that the larger one found no benefit."
    )
    reviewer.press("The page still holds")
    assert "readers no longer see the notice" in reviewer.page.locator(".messagelist").inner_text()

    for reader in readers.values():
        assert CHANGED not in reader.open(PAGE)
    assert flags.count() == ReviewFlag.objects.count() - 1 > 0
