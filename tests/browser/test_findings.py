"""The checks beside the form: in step with the typing, and the way from a finding to its words."""

import re

import pytest
from django.urls import reverse

from editorial.models import PassedWarning
from evidence.models import Source
from tests.browser.test_story import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<h2>What it is</h2><p><strong>Our</strong>"
    '<cite data-source="a-study" data-place="Table 2"></cite> treatment is new.</p>'
    "<p>It is here. Our treatment is new.</p>"
)
# Of the paragraphs of the editor, the one in which the selection ends.
PARAGRAPH = """[...document.querySelectorAll(".ProseMirror p")].findIndex(
  (it) => it.contains(getSelection().focusNode))"""
TYPED = "Our treatment has a 100% success rate."
FOUND = "100% success"


@pytest.fixture
def form(whole_gate, sign_in, author, draft, now):
    """The form of the draft, as its author sees it, ready to be typed in."""
    Source.objects.create(key="a-study", kind="trial", title="A study")
    draft.rewrite(by=author, now=now, text={"body": BODY})
    page = sign_in(author).new_page()
    page.goto(reverse("admin:articles_article_change", args=[draft.pk]))
    page.locator(".ProseMirror").wait_for()
    return page


def the_link(page, part, words=FOUND):
    """The way from what must be mended to these words in this part."""
    found = page.locator(".finding-block").get_by_role("link", name=f"Go to {part}: “{words}”")
    found.first.wait_for()
    return found


def selected(page) -> str:
    return page.evaluate("getSelection().toString()")


def selected_in_field(page) -> tuple[str, str]:
    """The id of the field with the focus, and the words that are selected in it."""
    return tuple(
        page.evaluate("""() => {
          const it = document.activeElement;
          return [it.id, it.value.slice(it.selectionStart, it.selectionEnd)];
        }""")
    )


def test_a_phrase_is_found_while_it_is_typed_and_its_link_selects_it(form, draft):
    before = form.locator(".findings-count").inner_text()
    form.locator(".ProseMirror p").last.click()
    form.keyboard.press("End")
    form.keyboard.press("Enter")
    form.keyboard.type(TYPED)

    link = the_link(form, "the body")
    link.scroll_into_view_if_needed()
    picture(form, "findings")
    said = form.locator(".findings-said[role=status]")
    assert said.inner_text() == form.locator(".findings-count").inner_text() != before
    assert re.match(r"\d+ must be mended", said.inner_text())
    link.press("Enter")
    assert selected(form) == FOUND
    assert form.evaluate("document.activeElement.matches('.ProseMirror')")
    draft.refresh_from_db()
    assert FOUND not in draft.body

    # The editor itself knows of the selection: what is typed now takes the place of the words.
    form.keyboard.type("good")
    assert "Our treatment has a good rate." in form.locator(".ProseMirror").inner_text()
    link.wait_for(state="detached")


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("title", "the title"),
        ("summary", "the summary"),
        ("key_messages-1-text", "the key messages"),
    ],
)
def test_the_words_are_selected_in_a_field_too(name, part, form):
    form.locator(f"[name={name}]").fill(f"It is safe. {TYPED}")

    the_link(form, part).press("Enter")

    assert selected_in_field(form) == (f"id_{name}", FOUND)


def test_of_several_places_the_right_one_is_selected_across_marks_and_citations(form):
    split, whole = the_link(form, "the body", "Our treatment").all()

    split.press("Enter")
    assert selected(form).startswith("Our")
    assert selected(form).endswith("treatment")
    assert form.evaluate(PARAGRAPH) == 0
    whole.press("Enter")
    assert selected(form) == "Our treatment"
    assert form.evaluate(PARAGRAPH) == 1


def test_a_warning_is_passed_with_a_reason_and_moves_to_the_passed(form, draft):
    warning = form.locator(".finding-warn").first
    reason = warning.locator(".finding-reason").inner_text()
    warning.get_by_role("link", name="Pass with a reason").click()
    form.get_by_label("Why it does not hold here").fill("It is a quotation.")
    form.get_by_role("button", name="Pass the warning").click()

    passed = form.locator(".finding-passed").filter(has_text=reason)
    passed.get_by_text("It is a quotation.").wait_for()
    assert form.locator(".finding-warn").filter(has_text=reason).count() == 0
    assert PassedWarning.objects.get().version == draft
