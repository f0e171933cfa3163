"""The whole gate over stored pages: a good one, a heavy one, and what only rows in tables show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import checks
from editorial.checking import publication
from editorial.checks import Level, run_checks
from editorial.states import Kind
from evidence.models import DocumentText, RegulatoryStatus, Source, TrustedSite
from tests.live_pages import begin, published, write

pytestmark = pytest.mark.django_db

# What an editor writes when every rule that needs no real person is kept.
BODY = """
<h2>What it is</h2>
<p>This page tells what a transplant of your own stem cells can do.<cite data-source="a-trial"
data-place="Abstract"></cite></p>
<h2 data-part="harms">What can go wrong</h2>
<p>In one trial, 1 of 55 people died from it.<cite data-source="a-trial" data-place=""></cite></p>
<h2 data-part="daily-life">Daily life</h2>
<p>You need weeks to recover, and time off work. It can harm fertility.</p>
<h2 data-part="alternatives">Other ways</h2>
<p>Drugs come first. Without treatment, the illness can get worse.</p>
<h2 data-part="unknowns">What we do not know</h2>
<p>How long it lasts is not known.</p>
<h2 data-part="questions">Questions to ask</h2>
<ul><li>Is there a trial?</li><li>Who looks after me?</li></ul>
<p>Do not stop your treatment without talking to your specialist.</p>
<h2 data-part="support">Where to find help</h2>
<p>See the <a href="https://www.nhs.uk/conditions/">pages of the health service</a>.</p>
"""
MESSAGES = ("The illness got worse in 3 of 55 people.", "1 of 55 people died.", "Ask for a trial.")


def claim_rows(therapy, disease, count: int = 1) -> list[dict]:
    shared = {
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "The illness",
        "certainty_reason": "One trial; nobody has rated it.",
        "comparator": "drugs",
        "follow_up": "2 years",
        "people_treated": 55,
        "people_compared": 55,
        "citations": [{"source": "a-trial", "place": ""}],
    }
    told = (
        ("the illness got worse in 3 of 55 and in 34 of 55 people.", "benefit", 3, 34),
        ("it came back in 30 of 55 and in 30 of 55 people.", "no_difference", 30, 30),
        ("1 of 55 and none of 55 people died.", "harm", 1, 0),
    )
    return [
        shared
        | {
            "statement": f"In this one trial, {statement}",
            "direction": direction,
            "events_treated": treated,
            "events_compared": compared,
        }
        for statement, direction, treated, compared in told * count
    ]


@pytest.fixture
def good_page(therapy, disease, whole_gate):
    """A therapy page that waits for real people and for nothing else."""
    source = Source.objects.create(
        key="a-trial",
        kind="trial",
        title="A trial",
        doi="10.1001/jama.2018.18743",
        design="randomised_trial",
        people=110,
        funder="not stated",
    )
    for place in ("US", "EU", "UK"):
        RegulatoryStatus.objects.create(
            therapy=therapy, jurisdiction=place, status="in_trials", source=source
        )
    TrustedSite.objects.create(host="nhs.uk", name="NHS", why="A service.", gives_support=True)
    DocumentText.objects.create(
        source=source, sha256="a" * 64, file_name="a-post.md", text="Some words of a clinic."
    )
    version = begin("own-cells", kind=Kind.THERAPY, tag=therapy, title="Own cells")
    version.page.review_months = 12
    version.page.save()
    return version


def write_good(version, therapy, disease, *, body: str = BODY, count: int = 1):
    return write(
        version,
        summary="For people with the illness: what a transplant can do, and what it cannot.",
        body=body,
        parts={
            "key_messages": [{"text": text} for text in MESSAGES],
            "claims": claim_rows(therapy, disease, count),
        },
    )


def test_a_good_page_waits_for_people_alone(good_page, therapy, disease):
    found = run_checks(write_good(good_page, therapy, disease))

    mendable = [it for it in found if not it.needs_person and it.level != Level.ADVISE]
    assert [(it.rule, it.reason) for it in mendable] == []
    waiting = {it.rule for it in found if it.needs_person}
    assert waiting == {"P01", "P02", "P03", "P11", "P12", "P26", "P44"}


def test_the_checks_take_the_same_queries_however_much_a_page_holds(good_page, therapy, disease):
    def queries(count: int) -> int:
        version = write_good(good_page, therapy, disease, body=BODY * count, count=count)
        run_checks(version)  # The matcher and the documents are read once in a process.
        with CaptureQueriesContext(connection) as taken:
            run_checks(version)
        return len(taken)

    assert queries(1) == queries(10) <= 40


def test_a_site_that_does_not_say_who_pays_is_stopped(settings):
    version = begin("a-page")
    check = publication.the_site_says_who_publishes_and_pays
    assert list(check(version)) == []

    settings.PAGES_ABOUT_THE_PUBLISHER = {"who pays": "about/nothing.html"}

    (finding,) = check(version)
    assert (finding.rule, finding.level, finding.part) == ("P04", Level.BLOCK, "site")


def test_a_page_has_a_summary_and_three_key_messages():
    version = begin("a-page")
    assert {it.part for it in checks.has_a_title_and_a_summary(version)} == {"summary"}
    assert [it.rule for it in checks.has_three_to_five_key_messages(version)] == ["P34"]

    write(version)

    assert list(checks.has_a_title_and_a_summary(version)) == []
    assert list(checks.has_three_to_five_key_messages(version)) == []


def test_every_page_says_it_replaces_no_doctor(client):
    published("a-page")
    for address in ("/articles/a-page/", "/", "/glossary/"):
        assert "supports your doctor’s advice. It does not replace it." in client.get(address).text
