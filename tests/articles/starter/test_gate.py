"""The starter texts before the whole gate: nothing holds them up but what waits for real people."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from editorial.checks import Finding, Level, run_checks
from editorial.models import Version
from editorial.readings import together
from evidence.models import RegulatoryStatus, Source

pytestmark = pytest.mark.django_db

# Who wrote it, who reviewed it, what both declare; who checked the sources, the certainty and the
# approvals; and whether a patient read it. The project invents none of these people.
WAIT_FOR_PEOPLE = {"P01", "P02", "P03", "P11", "P12", "P15", "P26", "P44"}


@pytest.fixture(scope="module")
def findings(starter, django_db_blocker) -> dict[Version, list[Finding]]:
    """What the site's own list of checks finds on every page, asked once for this file."""
    with django_db_blocker.unblock(), override_settings(EDITORIAL_CHECKS=settings.FULL_GATE):
        live = list(Version.objects.live().select_related("page"))
        with together(live):
            return {version: run_checks(version) for version in live}


def told(findings: dict[Version, list[Finding]], *rules: str) -> Iterator[tuple[str, str, str]]:
    for version, found in findings.items():
        for finding in found:
            if finding.rule in rules and not finding.needs_person:
                yield version.get_absolute_url(), finding.rule, finding.reason


def test_nothing_blocks_a_starter_page_that_its_text_could_mend(findings):
    blocked = [
        (version.get_absolute_url(), finding.rule, finding.reason)
        for version, found in findings.items()
        for finding in found
        if finding.level == Level.BLOCK and not finding.needs_person
    ]

    assert len(findings) >= 100
    assert blocked == []


def test_only_what_needs_real_people_is_excused(findings):
    excused = {it.rule for found in findings.values() for it in found if it.needs_person}

    assert excused == WAIT_FOR_PEOPLE


def test_bodies_read_at_grade_9_and_summaries_at_grade_7(findings):
    assert list(told(findings, "P31")) == []


def test_every_cited_source_opens_with_one_press_and_says_who_paid(findings):
    assert list(told(findings, "P11", "P13")) == []


def test_who_paid_is_said_and_never_guessed(starter):
    silent = Source.objects.filter(funder__startswith="not given")
    named = Source.objects.exclude(funder="").exclude(pk__in=silent)

    assert silent.exists()
    assert not any(source.names_its_funder for source in silent)
    assert all(source.names_its_funder for source in named)


def test_every_trial_has_its_number_and_its_status_on_the_first_day_of_a_month(starter):
    """Readers are told the month: no day is known."""
    trials = Source.objects.filter(kind=Source.Kind.REGISTRATION)

    assert trials.exists()
    for trial in trials:
        assert trial.trial_status, trial
        assert trial.trial_status_on.day == 1, trial
        assert trial.registrations.exists(), trial


def test_readers_are_told_the_month_of_a_trial_s_status_and_who_is_not_known_to_pay(
    starter, client
):
    page = client.get("/sources/beat-ms/").text

    assert "(as of February 2024)" in page
    assert "not given in what we saw of it" in page
    assert "Paid for by" not in page


def test_where_no_decision_was_found_the_row_says_what_was_found_instead(starter):
    unfound = RegulatoryStatus.objects.filter(status=RegulatoryStatus.Status.NOT_FOUND)

    assert unfound.exists()
    assert all("found no" in status.note for status in unfound)
    assert not unfound.exclude(decided_on=None).exists()
