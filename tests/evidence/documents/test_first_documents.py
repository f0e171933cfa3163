"""The five documents the site begins with, which lie beside the repository."""

import tomllib
from pathlib import Path

import pytest

from evidence.documents.finding_files import find_documents
from evidence.documents.reading import read_document
from evidence.documents.vocabulary import Vocabulary

REPOSITORY = Path(__file__).resolve().parents[3]
DOCUMENTS = REPOSITORY.parent / "shared" / "documents"
TAGS = REPOSITORY / "articles" / "starter" / "tags.toml"

pytestmark = pytest.mark.skipif(
    not (DOCUMENTS.is_dir() and TAGS.is_file()), reason="the first documents are not here"
)

HSCT, MSC = "haematopoietic-stem-cell-transplantation", "mesenchymal-stromal-cells"
FOUR = {"multiple-sclerosis", "rheumatoid-arthritis", "lupus", "usual-care"}

EXPECTED = {
    "000": (
        "There are at least 80 types of autoimmune diseases…",
        4,
        {"type-1-diabetes", "lupus", "amyotrophic-lateral-sclerosis", MSC},
    ),
    "001": (
        "Stem Cell Therapy for Autoimmune Diseases: A Game Changer?",
        5,
        {*FOUR, "crohns-disease", HSCT, MSC},
    ),
    "002": (
        "How can stem cells help autoimmune diseases",
        0,
        {
            *FOUR,
            "type-1-diabetes",
            "systemic-sclerosis",
            "crohns-disease",
            "stem-cell-derived-islets",
            HSCT,
            MSC,
        },
    ),
    "003": (
        "The Potential of Stem Cells in Treating Autoimmune Disorders",
        6,
        {*FOUR, "type-1-diabetes", MSC},
    ),
    "004": (
        "Stem Cell Transplantation: How It Works for Autoimmune Diseases",
        0,
        {*FOUR, HSCT, "autologous-hsct", "allogeneic-hsct"},
    ),
}


def the_document(number):
    return read_document(next(DOCUMENTS.glob(f"{number}_*.txt")))


@pytest.fixture(scope="module")
def vocabulary():
    tags = tomllib.loads(TAGS.read_text(encoding="utf-8"))["tag"]
    return Vocabulary({tag["slug"]: [tag["name"], *tag.get("synonyms", [])] for tag in tags})


@pytest.mark.parametrize("number", EXPECTED)
def test_each_document_has_its_title_and_keeps_its_headings(number):
    title, headings, _ = EXPECTED[number]

    document = the_document(number)

    assert document.title == title
    assert [block.kind for block in document.blocks].count("h2") == headings
    assert document.html.count("<h2>") == headings
    assert document.language == "en"


@pytest.mark.parametrize("number", EXPECTED)
def test_every_disease_and_therapy_that_a_document_names_is_found(number, vocabulary):
    *_, tags = EXPECTED[number]

    assert tags <= set(vocabulary.find(the_document(number).text))


def test_what_a_document_does_not_name_is_not_found(vocabulary):
    found = vocabulary.find(the_document("000").text)

    assert not {"multiple-sclerosis", "usual-care", HSCT} & set(found)


def test_the_clinic_post_names_its_publisher_and_what_it_sells():
    document = the_document("000")

    assert document.publisher == "Stemedix Inc."
    assert "“we provide access to”" in document.commercial_interest


def test_a_link_to_a_seller_is_a_hint_and_the_plain_explainers_have_none():
    assert "stemcellpowernow.com" in the_document("001").commercial_interest
    assert [the_document(number).commercial_interest for number in ("002", "003", "004")] == [
        ""
    ] * 3


def test_a_paragraph_cut_in_two_is_one_again():
    assert "experimentally to reduce inflammation" in the_document("002").text


def test_the_folder_holds_five_documents():
    assert len(list(find_documents([DOCUMENTS]))) == 5
