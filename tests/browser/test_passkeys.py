"""A passkey, made and used in a real browser with an authenticator that exists in memory."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from tests.browser.test_axe import OVERFLOWING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a quiet lamp over seven seas"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium, live_server, settings, editor):
    settings.SECOND_FACTOR = True
    # Passkeys belong to a name: browsers make none for a bare address.
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.CSRF_TRUSTED_ORIGINS = []
    cache.clear()
    editor.set_password(PASSWORD)
    editor.save()
    context = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 390, "height": 844},
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    context.close()


def type_password(page):
    page.goto("/admin/editorial/tag/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.goto("/admin/account/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")


def test_a_passkey_is_made_and_opens_the_newsroom_alone_and_as_a_second_step(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def looks_well():
        assert page.evaluate(OVERFLOWING) == []
        found = axe.run(page).response["violations"]
        assert [(it["id"], it["nodes"][0]["html"][:200]) for it in found] == []

    page.goto("/admin/")
    looks_well()
    type_password(page)
    page.wait_for_url("**/second-factor/")
    looks_well()
    page.get_by_role("link", name="Add a passkey").click()
    looks_well()
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    looks_well()
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/")
    assert page.get_by_role("heading", name="Newsroom").is_visible()

    sign_out(page)
    type_password(page)
    looks_well()
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/admin/editorial/tag/")
