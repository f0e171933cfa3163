"""The form of DOI, PubMed and registry numbers."""

import pytest

from evidence import identifiers
from evidence.identifiers import BadIdentifier


@pytest.mark.parametrize(
    "typed",
    [
        "10.1016/S0140-6736(16)30169-6",
        " https://doi.org/10.1016/S0140-6736(16)30169-6 ",
        "http://dx.doi.org/10.1016/S0140-6736%2816%2930169-6",
        "doi: 10.1016/S0140-6736(16)30169-6.",
    ],
)
def test_a_doi_is_kept_without_its_address(typed):
    assert identifiers.doi(typed) == "10.1016/S0140-6736(16)30169-6"


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (
            identifiers.doi,
            ["10.1001", "jama.2018.18743", "11.1001/x", "10.1001/two words", "10./x"],
        ),
        (identifiers.pmid, ["0", "012", "123456789", "PMC6439765", "30644983a", "٣٠٦٤٤٩٨٣"]),
        (identifiers.pmcid, ["6439765", "PMC", "PMC0123", "PMC123456789"]),
        (
            identifiers.registration,
            [
                "NCT0027336",
                "NCT002733645",
                "ISRCTN123",
                "2017-001362",
                "2017-901362-25",
                "COMPARE",
                "NCT٠٠٢٧٣٣٦٤",
            ],
        ),
    ],
)
def test_what_does_not_have_the_form_is_refused_in_a_sentence(form, wrong):
    for text in wrong:
        with pytest.raises(BadIdentifier, match=r"^“.+” is not .+\.$"):
            form(text)


def test_numbers_of_pubmed_are_kept_without_their_address():
    assert identifiers.pmid("PMID: 30644983") == "30644983"
    assert identifiers.pmid("https://pubmed.ncbi.nlm.nih.gov/30644983/") == "30644983"
    assert identifiers.pmcid("pmc6439765") == "PMC6439765"
    assert identifiers.pmcid("https://pmc.ncbi.nlm.nih.gov/articles/PMC6439765/") == "PMC6439765"


@pytest.mark.parametrize(
    ("typed", "kept", "host"),
    [
        ("nct 00273364", "NCT00273364", "clinicaltrials.gov"),
        ("ISRCTN88667898", "ISRCTN88667898", "www.isrctn.com"),
        ("2017-001362-25", "EudraCT 2017-001362-25", "www.clinicaltrialsregister.eu"),
        ("EUCTR2017-001362-25-NL", "EudraCT 2017-001362-25", "www.clinicaltrialsregister.eu"),
        ("2022-500014-26-00", "EU CT 2022-500014-26-00", "euclinicaltrials.eu"),
        ("ChiCTR2300072200", "ChiCTR2300072200", ""),
        ("IRCT2016070428786N1", "IRCT2016070428786N1", ""),
    ],
)
def test_a_registration_is_written_as_its_registry_writes_it(typed, kept, host):
    assert identifiers.registration(typed) == kept
    assert identifiers.registration(kept) == kept
    address = identifiers.registry_address(kept)
    assert address.startswith(f"https://{host}/") if host else address == ""


def test_registrations_are_found_in_running_text_once_each():
    text = "Registered as NCT00273364 and EudraCT: 2017-001362-25 (see NCT00273364); xNCT123456789."

    assert list(identifiers.registrations_in(text)) == ["NCT00273364", "EudraCT 2017-001362-25"]
