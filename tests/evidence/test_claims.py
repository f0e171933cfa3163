"""Claims and their numbers, citations and what keeps them."""

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError

from editorial.states import Role
from evidence.models import CheckedClaim, Citation, Claim, Source


@pytest.fixture
def source(db):
    return Source.objects.create(key="burt-2019", kind="trial", title="MIST", design="cohort")


@pytest.fixture
def make_claim(draft, disease, therapy):
    def make(**numbers):
        return Claim.objects.create(
            version=draft,
            statement="It may help.",
            therapy=therapy,
            disease=disease,
            outcome="relapse",
            direction="benefit",
            **numbers,
        )

    return make


@pytest.mark.parametrize("group", ["treated", "compared"])
@pytest.mark.parametrize(("events", "people"), [(3, 20), (20, 20), (0, 20), (None, 20), (0, 0)])
def test_events_among_people(make_claim, group, events, people):
    claim = make_claim(**{f"events_{group}": events, f"people_{group}": people})
    assert getattr(claim, f"has_{group}_numbers") is (events is not None and people > 0)


@pytest.mark.parametrize("group", ["treated", "compared"])
@pytest.mark.parametrize(("events", "people"), [(21, 20), (3, None), (0, None), (1, 0)])
def test_no_events_without_enough_people(make_claim, group, events, people):
    with pytest.raises(IntegrityError):
        make_claim(**{f"events_{group}": events, f"people_{group}": people})


def test_a_claim_is_not_rated_until_somebody_rates_it(make_claim):
    assert make_claim().certainty == "not_rated"


def test_a_citation_proves_one_thing(draft, make_claim, source):
    checked = CheckedClaim.objects.create(
        version=draft, quote="a cure", source=source, verdict="wrong", why="It is not."
    )
    with pytest.raises(IntegrityError):
        Citation.objects.create(
            version=draft, source=source, claim=make_claim(), checked_claim=checked
        )


def test_a_cited_source_is_kept(draft, source):
    Citation.objects.create(version=draft, source=source)
    with pytest.raises(ProtectedError):
        source.delete()


def test_the_tags_of_a_claim_are_kept(make_claim, therapy):
    make_claim()
    with pytest.raises(ProtectedError):
        therapy.delete()


def test_a_claim_added_to_a_signed_version_voids_the_sign_offs(approved, make_claim):
    make_claim()
    assert not approved.sign_offs.exists()


def test_a_citation_changed_in_a_signed_version_voids_the_sign_offs(
    draft, author, editor, source, now
):
    body = '<p>A<cite data-source="burt-2019" data-place="Abstract"></cite></p>'
    draft.rewrite(by=author, now=now, text={"body": body})
    draft.submit(by=author, now=now)
    draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    Citation.objects.update(place="Table 2")
    assert not draft.sign_offs.exists()


def test_the_claims_of_a_live_version_are_frozen(plain_rendering, live_version, make_claim):
    with pytest.raises(IntegrityError, match="not open cannot change"):
        make_claim()
