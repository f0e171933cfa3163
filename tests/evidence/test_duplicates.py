"""Whether a source is there already."""

import pytest

from evidence.duplicates import Catalogue
from evidence.models import Registration, Source

pytestmark = pytest.mark.django_db
MIST = (
    "Effect of Nonmyeloablative Hematopoietic Stem Cell Transplantation vs Continued "
    "Disease-Modifying Therapy on Disease Progression: A Randomized Clinical Trial"
)


@pytest.fixture
def mist():
    found = Source.objects.create(
        key="mist", kind="trial", short_name="MIST", title=MIST,
        doi="10.1001/JAMA.2018.18743", pmid="30644983", pmcid="PMC6439765",
    )  # fmt: skip
    Registration.objects.create(source=found, number="NCT00273364")
    return found


def reasons(source: Source, *registrations: str) -> list[tuple[str, str, bool]]:
    found = Catalogue().like(source, registrations)
    return [(likeness.key, likeness.reason, likeness.is_same) for likeness in found]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ({"doi": "10.1001/jama.2018.18743"}, "the same DOI"),
        ({"pmid": "30644983"}, "the same PubMed number"),
        ({"pmcid": "PMC6439765"}, "the same PubMed Central number"),
    ],
)
def test_the_same_number_is_the_same_publication(mist, number, reason):
    assert reasons(Source(title="Another title", **number)) == [("mist", reason, True)]


def test_the_same_trial_may_be_another_publication(mist):
    assert reasons(Source(title="Its protocol"), "NCT00273364") == [
        ("mist", "about the same trial, NCT00273364", False)
    ]


@pytest.mark.parametrize(
    "title",
    [
        MIST.upper(),
        MIST.replace("Hematopoietic", "haematopoietic").replace("Randomized", "randomised"),
        MIST.replace(": A Randomized Clinical Trial", "."),
        MIST.replace("Stem Cell", "Stemcell").replace("Hematopoietic", "Haematopoietic"),
        "A Randomized Clinical Trial: " + MIST.replace(": A Randomized Clinical Trial", ""),
    ],
    ids=["capitals", "British spelling", "no subtitle", "joined words", "other order"],
)
def test_a_title_in_another_spelling_is_nearly_the_same(mist, title):
    assert reasons(Source(title=title)) == [("mist", "nearly the same title", False)]


def test_other_titles_about_the_same_thing_are_not():
    Source.objects.create(
        key="trial", kind="trial",
        title="Autologous hematopoietic stem cell transplantation in multiple sclerosis: "
        "a phase II trial",
    )  # fmt: skip
    Source.objects.create(key="reply", kind="review", title="Reply to Burt")

    assert not reasons(
        Source(
            title="Autologous hematopoietic stem cell transplantation in multiple sclerosis: "
            "a meta-analysis"
        )
    )
    assert not reasons(Source(title="Reply to Burr"))
    assert reasons(Source(title="Reply to Burt"))


def test_a_source_is_not_like_itself(mist):
    assert reasons(mist, "NCT00273364") == []


def test_the_number_of_queries_does_not_grow_with_the_sources(django_assert_num_queries):
    Source.objects.bulk_create(
        Source(key=f"s{number}", kind="trial", title=f"Title {number} of a long list")
        for number in range(300)
    )
    with django_assert_num_queries(2):
        catalogue = Catalogue()
        for number in range(50):
            catalogue.like(Source(title=f"Title {number} of a long list"))
