"""Headers and doors: strict for the public, nonces for the admin alone."""

import re

import pytest

from tests.live_pages import live_page, live_term

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/articles/",
    "/articles/a-page/",
    "/diseases/",
    "/therapies/",
    "/glossary/",
    "/glossary/relapse/",
    "/sources/",
    "/claims/",
    "/search/?q=page",
    "/about/",
    "/about/editorial-policy/",
    "/about/funding/",
    "/about/privacy/",
    "/about/accessibility/",
    "/nothing/",
    "/healthz",
)


@pytest.fixture(autouse=True)
def pages(db):
    live_page("a-page")
    live_term("relapse")


def policy(response) -> dict[str, set[str]]:
    rules = (rule.split() for rule in response["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in rules}


def test_public_answers_carry_one_strict_policy(client):
    policies = {client.get(address)["Content-Security-Policy"] for address in PUBLIC}

    (only,) = policies
    assert "unsafe" not in only
    assert "nonce" not in only
    assert "http" not in only
    rules = policy(client.get("/"))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == {"'self'"}
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == {"'none'"}
    assert rules["form-action"] == {"'self'"}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers_set_no_cookie_and_hold_no_token(client, address):
    response = client.get(address)

    assert not response.cookies
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert "csrf" not in response.text.lower()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_answers_carry_the_other_headers(client, address):
    response = client.get(address)

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_admin_carries_a_fresh_nonce_and_nothing_unsafe(client):
    first, second = (client.get("/admin/login/") for _ in range(2))

    nonces = [re.findall(r"'nonce-([^']+)'", r["Content-Security-Policy"]) for r in (first, second)]
    assert all(nonces)
    assert set(nonces[0]) != set(nonces[1])
    assert "unsafe" not in first["Content-Security-Policy"]
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", first.text):
        assert "nonce=" in tag or 'src="/static/' in tag, tag


def test_a_signed_in_reader_sees_the_same_page(client, editor):
    before = client.get("/articles/a-page/").content
    client.force_login(editor)

    assert client.get("/articles/a-page/").content == before


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_admin_asks_who_is_there(client):
    response = client.get("/admin/")

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_pages_are_compressed_for_those_who_take_it(client):
    response = client.get("/", headers={"accept-encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
