"""The public log of corrections: what went live, left or fell, and nothing that was not public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial import ledger
from editorial.actions import start_correction, start_version
from editorial.corrections_log import AFTER_A_REPORT, entries
from editorial.models import Version
from editorial.states import Role, State
from tests.live_pages import live_page


@pytest.fixture
def correct(live_version, editor, second_editor, publisher, now):
    """Makes a quick correction of the live text and puts it before the public."""

    def make(old: str, new: str, *, at=now + timedelta(days=1)) -> Version:
        version = start_correction(live_version.page, by=editor, now=at)
        version.rewrite(by=editor, now=at, text={"body": version.body.replace(old, new)})
        version.submit(by=editor, now=at)
        version.sign_off(
            by=second_editor, role=Role.EDITORIAL, now=at, comment="A remark for colleagues."
        )
        version.publish(by=publisher, now=at)
        return version

    return make


def source_fell(*versions, by, now, told: str) -> None:
    for version in versions:
        ledger.record("source changed", by=by, now=now, version=version, comment=told)
    ledger.record("source changed", by=by, now=now, comment=f"a-study: {told}")


def test_a_correction_tells_the_words_that_changed(correct, live_version, now):
    correct("give back", "return")

    (entry,) = entries()
    assert entry.what == "“give back” now reads “return”"
    assert (entry.kind, entry.title, entry.url) == (
        "corrected",
        "Resetting immunity",
        live_version.page.get_absolute_url(),
    )
    assert entry.happened_at == now + timedelta(days=1)


def test_words_that_came_or_went_are_told_as_such(correct):
    correct("own stem cells", "stem cells")
    correct("Doctors give", "Some doctors give")

    assert [entry.what for entry in entries()] == [
        "“Doctors” now reads “Some doctors”",
        "“own” was taken out",
    ]


def test_the_log_tells_the_newest_first(correct, live_version, publisher, editor, now):
    corrected = correct("give back", "return")
    later = now + timedelta(days=2)
    source_fell(corrected, by=editor, now=later, told="“A study” was retracted. By its journal.")
    corrected.withdraw(by=publisher, now=now + timedelta(days=3), reason="It misled readers.")

    log = entries()
    assert [(entry.kind, entry.what) for entry in log] == [
        ("withdrawn", "It misled readers."),
        ("source", "“A study” was retracted. By its journal."),
        ("corrected", "Some words were corrected. The page has been withdrawn since."),
    ]
    assert len({entry.id for entry in log}) == len(log) == 3


def test_nothing_of_staff_and_nothing_unpublished_is_in_the_log(correct, live_version, editor, now):
    correct("give back", "return")
    correction = start_correction(live_version.page, by=editor, now=now)
    correction.rewrite(by=editor, now=now, text={"title": "A title nobody has signed"})
    draft = start_version(live_version.page, by=editor, now=now)
    draft.discard(by=editor, now=now, reason="A reason for colleagues.")
    ledger.record("source changed", by=editor, now=now, comment="a-study: It stands behind nothing")

    told = repr(list(entries()))
    assert "remark" not in told
    assert "nobody has signed" not in told
    assert "colleagues" not in told
    assert "behind nothing" not in told


def test_a_new_version_after_a_report_says_in_a_line_what_was_wrong(live_version, editor, now):
    ledger.record(AFTER_A_REPORT, by=editor, now=now, version=live_version, comment="70, not 17.")
    assert [entry.what for entry in entries()] == ["70, not 17."]


def test_a_source_behind_several_pages_is_one_line_that_names_them(live_version, editor, now):
    other = live_page("another-page")
    source_fell(live_version, other, by=editor, now=now, told="“A study” was withdrawn.")

    (entry,) = entries()
    assert entry.title == "A source behind 2 pages"
    assert [place.title for place in entry.pages] == ["Another page", "Resetting immunity"]


def test_the_log_is_cut_by_the_year(live_version, publisher, now):
    live_version.withdraw(by=publisher, now=now, reason="It misled readers.")
    assert entries().years() == [(2026, 1)]
    assert (len(entries(year=2026)), len(entries(year=2025))) == (1, 0)


def test_many_lines_cost_as_many_queries_as_one(live_version, editor, now):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert entries()[:20]
        return len(captured)

    source_fell(live_version, by=editor, now=now, told="First.")
    ledger.record(AFTER_A_REPORT, by=editor, now=now, version=live_version, comment="A line.")
    few = queries()
    for day in range(1, 6):
        source_fell(live_version, by=editor, now=now + timedelta(days=day), told="More.")
        ledger.record(AFTER_A_REPORT, by=editor, now=now, version=live_version, comment="A line.")
    assert queries() == few == 4


def test_the_page_of_an_empty_log_says_so(client, db):
    page = client.get("/about/corrections/")
    assert "No page has been corrected or withdrawn yet" in page.text


def test_the_page_shows_kind_day_and_reason(client, live_version, publisher, now):
    live_version.withdraw(by=publisher, now=now, reason="It misled readers.")
    page = client.get("/about/corrections/?year=2026").text
    for told in ("Withdrawn", "2 Mar 2026", "It misled readers.", "Resetting immunity"):
        assert told in page
    assert client.get("/about/corrections/?page=2").status_code == 404
    assert live_version.state == State.WITHDRAWN
