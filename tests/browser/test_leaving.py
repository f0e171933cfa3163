"""Who typed more than is saved is asked before a move, and loses nothing whichever way they go."""

import pytest
from django.urls import reverse

from editorial.models import KeptForm
from tests.browser.test_beside_the_form import TYPED, keep, open_form, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(draft) -> str:
    return reverse("admin:articles_article_change", args=[draft.pk])


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_saved_on_the_way_it_is_the_typed_text_that_is_submitted(sign_in, author, draft, form):
    page = open_form(sign_in(author), form)
    write(page)
    press(page, "Submit for review")
    page.get_by_role("dialog", name="is not saved").wait_for()
    press(page, "Save and go on")
    page.get_by_text("Submitted: it is with the editors now.").wait_for()
    draft.refresh_from_db()
    assert (draft.state, TYPED.strip() in draft.body) == ("editorial_review", True)


def test_what_was_left_behind_outlives_submitting_and_sending_back(
    sign_in, author, editor, draft, form, now
):
    page = open_form(sign_in(author), form)
    write(page)
    press(page, "Submit for review")
    press(page, "Go on without it")
    page.get_by_text("Submitted: it is with the editors now.").wait_for()
    draft.refresh_from_db()
    assert TYPED.strip() not in draft.body
    draft.send_back(by=editor, now=now, comment="Say it.")
    page.goto(form)
    page.get_by_role("link", name="Restore it").click()
    page.get_by_text("It is not stored until you save it").wait_for()
    assert TYPED.strip() in page.locator(".ProseMirror").inner_text()


def test_whoever_stays_stays_where_they_were_and_nobody_else_is_asked(sign_in, author, draft, form):
    page = open_form(sign_in(author), form)
    page.get_by_role("link", name="Discard").click()
    page.wait_for_url("**/discard/")
    page.goto(form)
    write(page)
    page.get_by_role("link", name="Discard").click()
    press(page, "Stay")
    assert page.evaluate("document.activeElement.textContent") == "Discard"
    assert page.url.endswith(form)


def test_text_typed_beside_an_offer_is_offered_too(sign_in, author, draft, form):
    context = sign_in(author)
    page = open_form(context, form)
    write(page)
    keep(page)
    page.close()
    page = open_form(context, form)
    write(page, "Typed later. ")
    page.clock.run_for(20_000)
    page.get_by_text("Held in this browser only").wait_for()
    page.close()

    page = open_form(context, form)
    page.get_by_role("button", name="Restore what this browser holds").click()
    page.get_by_text("It is not stored until you save it").wait_for()
    assert "Typed later." in page.locator(".ProseMirror").inner_text()


def test_a_restored_text_ends_with_the_space_it_was_kept_with(sign_in, author, draft, form, now):
    data = {"lock_number": [str(draft.lock_number)], "body": ["<p>A good start: </p>"]}
    KeptForm.objects.create(
        version=draft, user=author, lock_number=draft.lock_number, data=data, kept_at=now
    )
    page = open_form(sign_in(author), f"{form}?restore=1")
    assert page.locator(".ProseMirror p").evaluate("it => it.textContent") == "A good start: "
    assert page.locator("[name=body]").input_value().endswith(": </p>")
