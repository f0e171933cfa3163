"""A CDN is told when something public has changed, and again until it has heard."""

import pytest
from django.utils import timezone

from editorial import clock, ledger
from editorial.models import Ledger
from stemcell_site.answers import purging

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings, monkeypatch):
    """What the CDN was asked."""
    settings.PURGE_URL = "https://cdn.example/purge"
    settings.CLOCK_STEPS = ["stemcell_site.answers.purging.with_the_clock"]
    clock.further_steps.cache_clear()
    urls = []
    monkeypatch.setattr(purging, "_ask", urls.append)
    yield urls
    clock.further_steps.cache_clear()


def test_a_cdn_is_told_once_of_a_change(asked, page, now):
    ledger.move_stamp()
    purging.after_commit()
    purging.after_commit()
    assert asked == ["https://cdn.example/purge"]


def test_a_cdn_that_goes_by_addresses_is_told_those(asked, live_version, settings, now):
    settings.PURGE_URL = "https://cdn.example/?url={address}"
    purging.after_commit()
    assert asked == [
        "https://cdn.example/?url=http%3A%2F%2Ftestserver%2F",
        "https://cdn.example/?url=http%3A%2F%2Ftestserver%2Farticles%2Fresetting-immunity%2F",
    ]


def test_what_failed_is_in_the_log_and_told_by_the_clock(asked, monkeypatch, caplog):
    def refuse(url):
        raise OSError("no route")

    ledger.move_stamp()
    with monkeypatch.context() as patch:
        patch.setattr(purging, "_ask", refuse)
        purging.after_commit()
        assert "no route" in caplog.text
        failures = clock.publish_due(now=timezone.now()).failures
        assert len(failures) == 1
        assert "CDN" in failures[0]

    assert not clock.publish_due(now=timezone.now()).failures
    assert asked == ["https://cdn.example/purge"]
    row = Ledger.objects.get()
    assert row.purged_stamp == row.stamp


def test_a_form_that_was_sent_tells_the_cdn(asked, client):
    client.post("/search/clicked/")
    assert asked == ["https://cdn.example/purge"]


def test_without_a_cdn_nothing_is_asked(settings, django_assert_num_queries):
    settings.PURGE_URL = ""
    with django_assert_num_queries(0):
        purging.after_commit()
