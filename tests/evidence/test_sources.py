"""What the records of sources promise, by constraint."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from evidence.models import DocumentText, Registration, RegulatoryStatus, Source


def record(key, **fields):
    return Source.objects.create(
        key=key, kind="trial", title=key, design="randomised_trial", **fields
    )


@pytest.fixture
def source(db):
    return record("burt-2019", doi="10.1001/jama.2018.18743", pmid="30644983")


@pytest.mark.parametrize("identifier", ["key", "doi", "pmid"])
def test_an_identifier_is_one_source(source, identifier):
    fields = {"key": "another", identifier: getattr(source, identifier)}
    with pytest.raises(IntegrityError):
        record(**fields)


def test_many_sources_have_no_identifier(source):
    record("first")
    record("second")
    assert Source.objects.filter(doi="", pmid="").count() == 2


def test_a_source_is_not_its_own_successor(source):
    with pytest.raises(IntegrityError):
        Source.objects.filter(pk=source.pk).update(superseded_by=source)


def test_a_status_is_one_of_the_known(source):
    with pytest.raises(IntegrityError):
        Source.objects.filter(pk=source.pk).update(status="vanished")


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("stands", True),
        ("corrected", True),
        ("retracted", False),
        ("withdrawn", False),
        ("superseded", False),
    ],
)
def test_which_sources_still_stand(status, stands):
    assert Source(status=status).stands is stands


def test_a_private_source_is_not_among_the_public_ones(source):
    record("an-advert", is_private=True)
    assert list(Source.objects.public()) == [source]


def test_the_successor_of_a_source_is_kept(source):
    record("older", superseded_by=source, status="superseded")
    with pytest.raises(ProtectedError):
        source.delete()


def test_a_registration_is_listed_once(source):
    Registration.objects.create(source=source, number="NCT00273364")
    with pytest.raises(IntegrityError):
        Registration.objects.create(source=source, number="NCT00273364")


def test_the_same_bytes_are_one_document(source):
    DocumentText.objects.create(source=source, sha256="a" * 64, file_name="a.txt")
    with pytest.raises(IntegrityError):
        DocumentText.objects.create(source=record("other"), sha256="a" * 64, file_name="b.txt")


def test_a_document_has_its_hash(source):
    with pytest.raises(IntegrityError):
        DocumentText.objects.create(source=source, sha256="", file_name="a.txt")


@pytest.mark.parametrize("of_a_disease", [True, False])
def test_a_therapy_has_one_status_per_disease_and_place(source, disease, therapy, of_a_disease):
    fields = {
        "therapy": therapy,
        "disease": disease if of_a_disease else None,
        "jurisdiction": "EU",
        "source": source,
    }
    RegulatoryStatus.objects.create(status="in_trials", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegulatoryStatus.objects.create(status="approved", **fields)
    RegulatoryStatus.objects.create(status="approved", **fields | {"jurisdiction": "US"})
    RegulatoryStatus.objects.create(status="approved", product="A product", **fields)
