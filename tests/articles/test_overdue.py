"""A page whose review is late says so; one that is six months late is not put before anybody."""

import re
from datetime import timedelta

import pytest

from editorial import clock
from editorial.models import Page
from editorial.states import Kind, Overdue
from evidence.models import Source
from tests.live_pages import live_page

pytestmark = pytest.mark.django_db
BANNER = "This page is overdue for its review"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_an_overdue_page_says_since_when(client, live_version):
    address = live_version.get_absolute_url()
    assert BANNER not in text_of(client.get(address))
    day_after = live_version.review_due_on + timedelta(days=1)
    clock.publish_due(now=live_version.published_at.replace(year=day_after.year, day=day_after.day))
    assert f"{BANNER} It was due on 2 Mar 2029." in text_of(client.get(address))


def test_the_banner_waits_for_the_mark_that_moves_the_stamp(client, live_version, now):
    """Answers are kept while the stamp stands: they cannot change because midnight passed."""
    Page.objects.update(overdue=Overdue.LONG)
    assert BANNER in text_of(client.get(live_version.get_absolute_url()))


@pytest.fixture
def shown_on_home(disease, therapy):
    """One page of each kind that home puts before readers."""
    advert = Source.objects.create(key="an-advert", kind="web", title="An advert")
    checked = {
        "quote": "A cure for all",
        "source_id": advert.pk,
        "verdict": "wrong",
        "why": "No study says so.",
        "citations": [],
    }
    return [
        live_page("an-article", title="An article", parts={"checked_claims": [checked]}),
        live_page("a-disease", title="A disease", kind=Kind.DISEASE, tag=disease),
        live_page("a-therapy", title="A therapy", kind=Kind.THERAPY, tag=therapy),
    ]


@pytest.mark.parametrize(
    ("overdue", "is_there"), [(Overdue.NO, True), (Overdue.OVERDUE, True), (Overdue.LONG, False)]
)
def test_home_leaves_out_pages_that_are_overdue_for_six_months(
    client, shown_on_home, overdue, is_there
):
    Page.objects.update(overdue=overdue)
    home = client.get("/").text
    for shown in ("An article", "A disease", "A therapy", "A cure for all"):
        assert (shown in home) is is_there, shown


def test_lists_keep_pages_that_are_overdue_for_six_months(client, shown_on_home):
    Page.objects.update(overdue=Overdue.LONG)
    assert "A disease" in client.get("/diseases/").text
