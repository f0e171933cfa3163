"""Nothing typed is lost, whoever dies; who else is there is seen; so is how it will look."""

import os
import re
import signal
import time

import pytest
from django.urls import reverse

from editorial.models import KeptForm, Presence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_BEAT = 20_000
TYPED = "Typed and not saved. "


@pytest.fixture
def form(draft) -> str:
    return reverse("admin:articles_article_change", args=[draft.pk])


def open_form(context, form):
    """The form, on a clock that a test can put forward."""
    page = context.new_page()
    page.clock.install()
    page.goto(form)
    page.locator(".ProseMirror").wait_for()
    return page


def write(page, text=TYPED):
    page.locator(".ProseMirror p").first.click()
    page.keyboard.type(text)


def keep(page):
    page.clock.run_for(A_BEAT)
    page.get_by_text("Kept at").wait_for()


def eventually(is_so):
    """What a page sends on leaving arrives after it is gone."""
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until, "It never came to be."
        time.sleep(0.05)


def kill(browser):
    """As when the machine loses its power: no page is told."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    [main] = [process["id"] for process in processes if process["type"] == "browser"]
    os.kill(main, signal.SIGKILL)


def test_what_was_typed_outlives_the_browser(sign_in, launch, author, draft, form):
    browser = launch()
    page = open_form(sign_in(author, browser=browser), form)
    write(page)
    page.get_by_label("Title").fill("A title not saved")
    page.locator("#key_messages-group .add-row a").click()
    page.locator("[name=key_messages-3-text]").fill("A message not saved")
    keep(page)
    kill(browser)

    page = open_form(sign_in(author), form)
    page.get_by_role("link", name="Restore it").click()
    page.get_by_text("It is not stored until you save it").wait_for()
    assert TYPED.strip() in page.locator(".ProseMirror").inner_text()
    assert page.locator("[name=key_messages-3-text]").input_value() == "A message not saved"
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/admin/articles/article/**")
    draft.refresh_from_db()
    assert draft.title == "A title not saved"
    assert TYPED.strip() in draft.body
    assert draft.key_messages.filter(text="A message not saved").exists()
    assert not KeptForm.objects.exists()


def test_what_was_typed_outlives_the_server(sign_in, author, draft, form):
    page = open_form(sign_in(author), form)
    page.route("**/keep/", lambda route: route.abort())
    write(page)
    page.clock.run_for(A_BEAT)
    page.get_by_text("Not kept: no connection").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Not saved: the server does not answer").wait_for()
    assert TYPED.strip() in page.locator(".ProseMirror").inner_text()
    assert not KeptForm.objects.exists()

    page.unroute("**/keep/")
    keep(page)
    assert TYPED.strip() in KeptForm.objects.get().data["body"][0]
    assert page.evaluate("Object.keys(localStorage).filter((key) => /^kept:/.test(key))") == []


def test_what_never_reached_the_server_is_offered_all_the_same(sign_in, author, form):
    context = sign_in(author)
    page = open_form(context, form)
    page.route("**/keep/", lambda route: route.abort())
    write(page)
    page.clock.run_for(A_BEAT)
    page.get_by_text("Not kept: no connection").wait_for()
    page.close()

    page = open_form(context, form)
    page.get_by_role("link", name="Restore it").click()
    page.get_by_text("It is not stored until you save it").wait_for()
    assert TYPED.strip() in page.locator(".ProseMirror").inner_text()


def test_what_is_typed_last_is_kept_on_leaving(sign_in, author, form):
    page = open_form(sign_in(author), form)
    page.on("dialog", lambda dialog: dialog.accept())
    write(page)
    page.goto(reverse("admin:index"))
    eventually(KeptForm.objects.exists)
    page.goto(form)
    page.get_by_text("You have text that was not saved").wait_for()


def test_what_was_kept_before_is_not_written_over_unasked(sign_in, author, form):
    context = sign_in(author)
    page = open_form(context, form)
    write(page)
    keep(page)
    page.close()
    page = open_form(context, form)
    write(page, "Something else. ")
    page.clock.run_for(A_BEAT)
    page.get_by_text("Held in this browser only").wait_for()
    assert TYPED.strip() in KeptForm.objects.get().data["body"][0]


def test_colleagues_come_and_go_without_a_reload(sign_in, author, editor, form):
    page = open_form(sign_in(author), form)
    theirs = open_form(sign_in(editor), form)
    page.clock.run_for(A_BEAT)
    page.get_by_text(re.compile("Also open by editor, since")).wait_for()
    theirs.goto(reverse("admin:index"))
    eventually(lambda: not Presence.objects.filter(user=editor).exists())
    page.clock.run_for(A_BEAT)
    page.get_by_text("Also open by").wait_for(state="detached")


def test_the_preview_follows_what_is_typed(sign_in, author, draft, form):
    page = open_form(sign_in(author), form)
    page.get_by_role("button", name="Preview beside").click()
    frame = page.frame_locator("#preview-pane iframe")
    frame.get_by_text("Preview, not public").wait_for()
    write(page)
    page.clock.run_for(1000)
    frame.get_by_text(TYPED.strip()).wait_for()
    assert page.locator("#preview-pane iframe").evaluate("it => it.offsetWidth") == 390
    page.get_by_role("button", name="Desktop").click()
    assert page.locator("#preview-pane iframe").evaluate("it => it.offsetWidth") == 1280
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "preview-open"
    assert frame.locator("script").count() == 0
    draft.refresh_from_db()
    assert TYPED.strip() not in draft.body


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024])
def test_axe_finds_nothing_beside_the_form(width, scheme, sign_in, author, editor, form):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    context = sign_in(author, **options)
    page = open_form(context, form)
    write(page)
    keep(page)
    page.close()
    open_form(sign_in(editor), form)
    page = open_form(context, form)
    page.get_by_text("Also open by").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Preview beside").click()
    page.frame_locator("#preview-pane iframe").get_by_text("Preview, not public").wait_for()
    found = axe.run(page).response["violations"]
    assert [(it["id"], [node["html"] for node in it["nodes"]]) for it in found] == []
