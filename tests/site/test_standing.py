"""The pages that stand when nothing else does. No test here may touch the database."""

import re

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.views.defaults import server_error

from stemcell_site import standing

BY_SCRIPT = re.compile(r"<script|<style|\sstyle=|\son\w+=")


@pytest.fixture
def under_maintenance(settings):
    settings.MAINTENANCE = True
    return standing.maintenance(lambda request: HttpResponse("the site"))


def test_an_error_of_ours_is_told_without_the_database(rf):
    answer = server_error(rf.get("/diseases/lupus/"))

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "local emergency number" in answer.text
    assert "site/css/site.css" in answer.text
    assert not BY_SCRIPT.search(answer.text)


def test_both_pages_are_written_as_files_for_the_server_in_front(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path

    written = standing.write_pages()

    assert [page.name for page in written] == ["500.html", "maintenance.html"]
    texts = [page.read_text("utf-8") for page in written]
    assert all(text.startswith("<!doctype html>") and "site.css" in text for text in texts)
    assert "We are working on the site" in texts[1]


def test_under_maintenance_everybody_is_told_to_come_back(under_maintenance, rf):
    answer = under_maintenance(rf.get("/therapies/"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "We are working on the site" in answer.text


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_under_maintenance_operators_still_see_that_the_site_lives(under_maintenance, rf, address):
    assert under_maintenance(rf.get(address)).text == "the site"


def test_otherwise_maintenance_stands_in_nobodys_way(settings):
    assert settings.MAINTENANCE is False
    with pytest.raises(MiddlewareNotUsed):
        standing.maintenance(lambda request: HttpResponse())
