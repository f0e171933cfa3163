"""A citation proves a claim of its own version, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from editorial.actions import begin_page
from evidence.models import Citation, Claim, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return Source.objects.create(key="a-trial", kind="trial", title="A trial")


def claim_in(version, disease, therapy) -> Claim:
    return Claim.objects.create(
        version=version,
        statement="It may help.",
        therapy=therapy,
        disease=disease,
        outcome="Relapse",
        direction="benefit",
    )


@pytest.fixture
def other(author, now):
    return begin_page(kind="article", slug="another", title="Another", by=author, now=now)


def test_a_citation_proves_a_claim_of_its_own_version(draft, source, disease, therapy):
    claim = claim_in(draft, disease, therapy)
    Citation.objects.create(version=draft, source=source, claim=claim)
    assert claim.citations.count() == 1


def test_the_database_refuses_a_citation_of_another_versions_claim(
    draft, other, source, disease, therapy
):
    claim = claim_in(other, disease, therapy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(version=draft, source=source, claim=claim)
    assert not Citation.objects.exists()


def test_the_database_refuses_to_turn_a_citation_to_another_versions_claim(
    draft, other, source, disease, therapy
):
    citation = Citation.objects.create(
        version=draft, source=source, claim=claim_in(draft, disease, therapy)
    )
    strange = claim_in(other, disease, therapy)
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(claim=strange)


def test_a_claim_with_citations_does_not_leave_its_version(draft, other, source, disease, therapy):
    claim = claim_in(draft, disease, therapy)
    Citation.objects.create(version=draft, source=source, claim=claim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(version=other)
