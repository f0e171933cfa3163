"""Every address of the site, from the URL configuration: what each answer carries and holds."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from lxml import html as lxml_html

from stemcell_site import environment
from tests.live_pages import live_page, live_term
from tests.site.addresses import addresses

pytestmark = pytest.mark.django_db
# What a parameter may be filled with: somebody asks for what is not there, too.
FILL = {"int": "1", "slug": "a-page", "str": "a-page", "path": "1", "": "a-page"}
# The verbs of a version are the same views under each of the four kinds: asked for under one.
TWIN = re.compile(r"admin/(?:articles/(?:disease|therapy)|glossary/term)/<int:pk>/")
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")
# Content that a page shows but no browser runs or takes for a form of ours.
DATA = {"application/json", "application/ld+json", "speculationrules"}


def filled() -> list[str]:
    found = set()
    for route, _ in addresses():
        if "(?P<" in route or "^" in route:  # what the admin adds for its own lists and mistakes
            continue
        if TWIN.match(route):
            continue
        found.add("/" + PARAMETER.sub(lambda match: FILL[match[1] or ""], route))
    return sorted(found)


@pytest.fixture
def answers(db, admin):
    """An administrator's answer at every address of the newsroom, a stranger's elsewhere."""
    live_page("a-page")
    live_term("a-page")
    boss, stranger = Client(), Client()
    boss.force_login(admin)
    boss.raise_request_exception = stranger.raise_request_exception = False
    return [
        (path, (boss if path.startswith("/admin/") else stranger).get(path)) for path in filled()
    ]


def test_every_answer_keeps_the_strict_policy_and_no_page_holds_what_it_forbids(answers):
    assert len(answers) > 120
    for path, answer in answers:
        policy = answer.get("Content-Security-Policy", "")
        is_admin = path.startswith("/admin/")
        assert "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        assert is_admin or "nonce" not in policy, path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["X-Frame-Options"] in ("DENY", "SAMEORIGIN"), path
        assert answer["Referrer-Policy"], path
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", path
        if not is_admin and not path.startswith("/preview/"):
            assert not answer.cookies, path
            assert "Cookie" not in answer.get("Vary", ""), path
        assert "geolocation=()" in answer["Permissions-Policy"], path
        is_page = answer.get("Content-Type", "").startswith("text/html")
        if not is_page or answer.streaming or not answer.content.strip():
            continue
        assert list(forbidden_in(answer.text, policy, is_admin=is_admin)) == [], path


def forbidden_in(text: str, policy: str, *, is_admin: bool):
    """What the policy would stop, or what a cached page may not hold."""
    for element in lxml_html.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{element.tag} {name}"
            if name in ("href", "src", "action", "formaction") and _runs(value):
                yield f"{element.tag} {name}={value}"
        nonce = element.get("nonce")
        is_data = element.get("type") in DATA
        if element.tag == "script" and not element.get("src") and not is_data:
            yield from () if nonce and f"'nonce-{nonce}'" in policy else ("inline script",)
        if element.tag == "style":
            yield from () if nonce and f"'nonce-{nonce}'" in policy else ("inline style",)
        if not is_admin and (nonce or element.get("name") == "csrfmiddlewaretoken"):
            yield f"{element.tag} with a nonce or token"


def _runs(address: str) -> bool:
    bare = re.sub(r"[\x00-\x20]", "", address).lower()
    return bare.startswith(("javascript:", "vbscript:", "data:text"))


# --- what a stranger's headers can do -------------------------------------------------------

POISON = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "Forwarded": "host=evil.example;proto=http",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Prefix": "/evil.example",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "X-Forwarded-For": "evil.example",
}


@pytest.mark.parametrize("path", ["/", "/articles/a-page/", "/articles/?tag=no", "/sources/"])
def test_no_header_that_a_cache_does_not_know_changes_a_page(client, path):
    live_page("a-page")
    plain = client.get(path)
    poisoned = client.get(path, headers=POISON)

    assert poisoned.content == plain.content
    assert poisoned.status_code == plain.status_code
    assert "evil" not in str(poisoned.headers)


@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/..%2f", "/\\evil.example"])
def test_a_path_that_looks_like_another_host_leads_nowhere(client, path):
    answer = client.get("/", PATH_INFO=path)
    assert answer.status_code in (301, 404)
    assert not re.match(r"(?:https?:)?(?://|/\\)", answer.get("Location", "")), answer["Location"]


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil"])
def test_a_host_that_is_not_ours_gets_no_page_and_is_not_repeated(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_a_public_site_asks_twice_keeps_cookies_to_https_and_hides_the_newsroom(tmp_path):
    """In a process of its own, as settings are read once."""
    script = """
import django; django.setup()
from django.conf import settings
from django.test import Client
from django.urls import is_valid_path, reverse
client = Client(headers={"host": "example.org"})
door = client.get("/newsroom/login/", secure=True)
print(reverse("admin:index"), "frame-src" in door["Content-Security-Policy"])
print(is_valid_path("/admin/"))
print(door["Location"])
print(door["Strict-Transport-Security"])
print(settings.SECOND_FACTOR, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
print(client.get("/newsroom/login/")["Location"], settings.AXES_ENABLED)
"""
    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "stemcell_site.settings",
            "SECRET_KEY": "a key for tests and for nothing else",
            "DATA_DIR": str(tmp_path),
            "SITE_URL": "https://example.org",
            "ADMIN_PATH": "newsroom",
            "DATABASE_URL": "",
            "DEBUG": "0",
            "DEMO": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.splitlines() == [
        "/newsroom/ True",
        "False",
        "/newsroom/account/sign-in/?next=%2Fnewsroom%2F",
        "max-age=31536000; includeSubDomains; preload",
        "True True True",
        "https://example.org/newsroom/login/ True",
    ], result.stderr


@pytest.mark.parametrize("path", ["articles", "two/words", "Admin!", "static", "/"])
def test_a_path_of_the_newsroom_that_cannot_be_stops_the_start(monkeypatch, path):
    monkeypatch.setenv("ADMIN_PATH", path)
    with pytest.raises(SystemExit, match="ADMIN_PATH must be one word"):
        environment.admin_path()
