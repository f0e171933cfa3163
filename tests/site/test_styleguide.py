"""The style guide: for those who build the site, and complete."""

import importlib
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.urls import clear_url_caches

from stemcell_site import urls

PARTIALS = Path(site_settings.BASE_DIR) / "templates" / "_partials"
# What the head of a page tells machines.
NOT_SEEN = {"machines.html"}


@pytest.fixture
def under_debug(settings):
    settings.DEBUG = True
    importlib.reload(urls)
    clear_url_caches()
    yield
    settings.DEBUG = False
    importlib.reload(urls)
    clear_url_caches()


@pytest.mark.django_db
def test_outside_development_there_is_no_style_guide(client):
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_it_shows_every_piece_of_the_site(client, under_debug):
    answer = client.get("/styleguide/")

    shown = {template.name for template in answer.templates if template.name}
    pieces = {
        f"_partials/{path.relative_to(PARTIALS)}"
        for path in PARTIALS.rglob("*.html")
        if path.name not in NOT_SEEN
    }
    assert answer.status_code == 200
    assert pieces - shown == set()
