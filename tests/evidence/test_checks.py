"""What rests on nothing, or on what fell, does not go live."""

import pytest

from editorial.refusals import NotReady
from evidence import checks
from evidence.models import Source
from tests.live_pages import begin, published, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    return Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")


def cite(key: str) -> str:
    return f'<p>x<cite data-source="{key}" data-place=""></cite></p>'


def claim(therapy, disease, *keys) -> dict:
    return {
        "statement": "It lowers relapses.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Relapse",
        "direction": "benefit",
        "citations": [{"source": key, "place": ""} for key in keys],
    }


def checked(source, *keys, why="It was not shown.") -> dict:
    return {
        "quote": "a few words",
        "source_id": source.pk,
        "verdict": "wrong",
        "why": why,
        "citations": [{"source": key, "place": ""} for key in keys],
    }


def refused(**told) -> str:
    """What a page like this is refused with."""
    with pytest.raises(NotReady) as refusal:
        published("a-page", **told)
    return str(refusal.value)


def test_a_body_may_cite_only_what_is_there(study):
    body = cite("nobody") + cite("a-study") + cite("nowhere") + cite("nobody")
    version = write(begin("a-draft"), body=body)

    findings = list(checks.cited_sources_are_known(version))

    assert [(finding.text, finding.level) for finding in findings] == [
        ("nobody", "block"),
        ("nowhere", "block"),
    ]
    assert "“nobody”" in refused(body=cite("nobody"))


def test_a_claim_needs_a_citation(study, therapy, disease):
    assert "“It lowers relapses.” has no citation" in refused(
        parts={"claims": [claim(therapy, disease)]}
    )
    published("cited", parts={"claims": [claim(therapy, disease, "a-study")]})


@pytest.mark.parametrize(
    ("keys", "why", "missing"),
    [
        ((), "It was not shown.", "needs a citation"),
        (("a-study",), "  ", "needs a reason"),
        ((), "", "needs a reason and a citation"),
    ],
)
def test_a_checked_claim_needs_a_reason_and_a_citation(study, keys, why, missing):
    assert missing in refused(parts={"checked_claims": [checked(study, *keys, why=why)]})


def test_an_argued_checked_claim_passes(study):
    published("argued", parts={"checked_claims": [checked(study, "a-study")]})


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "superseded"])
def test_nothing_new_rests_on_a_source_that_fell(study, therapy, disease, status):
    Source.objects.filter(pk=study.pk).update(status=status)

    rests = (
        {"body": cite("a-study")},
        {"parts": {"claims": [claim(therapy, disease, "a-study")]}},
        {"parts": {"checked_claims": [checked(study, "a-study")]}},
    )
    for number, told in enumerate(rests):
        version = write(begin(f"draft-{number}"), **told)
        (finding,) = checks.citations_still_stand(version)
        assert finding.level == "block"
        assert status in finding.reason


def test_a_corrected_source_still_stands(study):
    Source.objects.filter(pk=study.pk).update(status="corrected")

    published("a-page", body=cite("a-study"))


def test_a_page_without_claims_or_citations_has_no_finding_here():
    version = write(begin("a-draft"))

    for check in (
        checks.cited_sources_are_known,
        checks.claims_are_cited,
        checks.checked_claims_are_argued,
        checks.citations_still_stand,
    ):
        assert list(check(version)) == []
