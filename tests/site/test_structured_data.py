"""What pages tell machines: valid, and nothing that the page does not show."""

import json
import re
from datetime import date

import pytest
from django.utils.formats import date_format
from lxml import html as lxml_html

from editorial import structured
from editorial.addresses import move_page
from editorial.models import Contributor, Page, SignOff
from editorial.reading import provenance
from editorial.states import Kind, Role, Specialty
from evidence.models import RegulatoryStatus, Source
from tests.live_pages import live_page, live_term
from tests.site.schema_org import WORDS, things, wrong_words

SITE = "http://testserver"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Told, and not a claim about medicine: for whom it is written, in which language, how to search.
NOT_SHOWN = {"inLanguage", "termCode", "position", "query-input", "urlTemplate"}
BODY = (
    '<h2 data-part="harms">What can go wrong</h2>'
    '<p>Some died.<cite data-source="a-trial" data-place="Table 2"></cite></p>'
    '<p>It is advised.<cite data-source="a-guideline" data-place=""></cite></p>'
    '<p>It was read in.<cite data-source="an-advert" data-place=""></cite></p>'
)


# --- reading a page -----------------------------------------------------------------------


def blocks(text: str) -> list[dict]:
    tree = lxml_html.fromstring(text)
    return [json.loads(it) for it in tree.xpath("//script[@type='application/ld+json']/text()")]


def told(text: str) -> list[dict]:
    """The graph of a page: what several blocks say of one thing, put together."""
    found: dict[str, dict] = {}
    for number, node in enumerate(node for block in blocks(text) for node in block["@graph"]):
        name = node.get("@id", str(number))
        found[name] = found.get(name, {}) | node
    return list(found.values())


def of_type(text: str, type_: str) -> dict:
    (found,) = [it for it in told(text) if it.get("@type") == type_]
    return found


def unseen(text: str) -> list[str]:
    """What machines are told and no reader can see."""
    tree = lxml_html.fromstring(text)
    addresses = {
        href if "://" in href else f"{SITE}{href}"
        for href in tree.xpath("//a/@href | //link/@href")
    }
    ids = set(tree.xpath("//@id"))
    for hidden in tree.xpath("//script | //style | //head"):
        hidden.getparent().remove(hidden)
    words = " ".join(tree.text_content().split()).casefold()
    return [
        f"{name}: {value}"
        for thing in things([block["@graph"] for block in blocks(text)])
        for name, values in thing.items()
        if not name.startswith("@") and name not in NOT_SHOWN
        for value in (values if isinstance(values, list) else [values])
        if isinstance(value, str) and not _is_shown(value, words, addresses, ids)
    ]


def _is_shown(value: str, words: str, addresses: set[str], ids: set[str]) -> bool:
    if value.startswith(WORDS):
        return True
    if value.startswith("http"):
        address, _hash, place = value.partition("#")
        elsewhere = {it.partition("#")[0] for it in addresses}
        return value in addresses or (address in elsewhere and (not place or place in ids))
    if DAY.fullmatch(value):
        value = date_format(date.fromisoformat(value), "DATE_FORMAT")
    return " ".join(value.split()).casefold() in words


# --- the pages ----------------------------------------------------------------------------


@pytest.fixture
def site(db, disease, therapy):
    """One page of each kind, on a trial, a guideline and a private text."""
    trial = Source.objects.create(
        key="a-trial",
        kind="trial",
        title="A trial of “transplants” <i>& more</i>",
        authors="Doe J, et al.",
        publisher="A journal",
        year=2019,
        doi="10.1000/1",
        pmid="12345678",
        design="randomised_trial",
        people=110,
        funder="A foundation",
        status="corrected",
        trial_status="completed",
        trial_status_on=date(2020, 1, 1),
        verification="verified",
    )
    trial.registrations.create(number="NCT00273364")
    trial.tags.set([disease, therapy])
    Source.objects.create(
        key="a-guideline", kind="guideline", title="A guideline", design="guideline"
    )
    Source.objects.create(
        key="an-advert", kind="web_text", title="An advert", is_private=True, design="web_text"
    )
    RegulatoryStatus.objects.create(
        therapy=therapy, jurisdiction="EU", status="not_approved", source=trial, note="None."
    )
    RegulatoryStatus.objects.create(
        therapy=therapy, jurisdiction="US", status="approved", product="Brand", source=trial
    )
    parts = {
        "claims": [claim(therapy, disease, "a-trial")],
        "also_called": [{"name": "Other name"}],
    }
    codes = [{"system": "MeSH", "code": "D009103", "label": "Multiple Sclerosis"}]
    live_page(
        "multiple-sclerosis",
        kind=Kind.DISEASE,
        tag=disease,
        body=BODY,
        parts=parts | {"codes": codes},
    )
    status = {"status": "trials_only", "status_note": "", "cells": ""}
    live_page(
        "autologous-hsct",
        kind=Kind.THERAPY,
        tag=therapy,
        body=BODY,
        parts=parts | {"therapy_facts": [status]},
    )
    checked = {
        "quote": "cells home to damage",
        "source_id": Source.objects.get(key="an-advert").pk,
        "verdict": "wrong",
        "why": "It was not shown in people.",
        "citations": [{"source": "a-trial", "place": "Table 2"}],
    }
    live_page(
        "an-article",
        body=BODY,
        tags=[disease],
        summary="What “A & B” means: 3 < 5.",
        parts={"checked_claims": [checked]},
    )
    facts = {
        "abbreviation": "RLP",
        "say_it_like": "",
        "why_it_matters": "",
        "example": "",
        "often_misused": "",
    }
    live_term("relapse", names=["flare"], parts={"term_facts": [facts]})
    Page.objects.filter(kind=Kind.DISEASE).update(specialty=Specialty.NEUROLOGY)


def claim(therapy, disease, *sources: str, direction: str = "benefit") -> dict:
    return {
        "statement": "Fewer people got worse.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Getting worse",
        "outcome_kind": "disease",
        "direction": direction,
        "certainty": "not_rated",
        "certainty_reason": "One trial.",
        "certainty_by_id": None,
        "comparator": "",
        "follow_up": "",
        "events_treated": None,
        "people_treated": None,
        "events_compared": None,
        "people_compared": None,
        "citations": [{"source": key, "place": "Abstract"} for key in sources],
    }


PAGES = (
    "/",
    "/articles/",
    "/articles/an-article/",
    "/diseases/",
    "/diseases/multiple-sclerosis/",
    "/therapies/",
    "/therapies/autologous-hsct/",
    "/glossary/",
    "/glossary/relapse/",
    "/evidence/",
    "/evidence/autologous-hsct/multiple-sclerosis/",
    "/sources/",
    "/sources/a-trial/",
    "/sources/a-guideline/",
    "/tags/multiple-sclerosis/",
    "/claims/",
    "/about/",
    "/about/privacy/",
)


def test_what_machines_are_told_is_valid_and_is_what_is_shown(client, site):
    for address in PAGES:
        text = client.get(address).text

        assert blocks(text), address
        for block in blocks(text):
            assert block["@context"] == "https://schema.org"
            assert wrong_words(block) == [], address
        assert unseen(text) == [], address
        (way,) = [it for it in told(text) if it["@type"] == "BreadcrumbList"] or [None]
        assert (way is None) == (address == "/"), address


def test_the_tests_eyes_are_open():
    page = (
        "<html><body><p>A word</p><script type='application/ld+json'>"
        '{"@context": "https://schema.org", "@graph": [{"@type": "Person", "name": "Nobody",'
        ' "url": "http://testserver/nowhere/", "abstract": "", "knows": "A word"}]}'
        "</script></body></html>"
    )

    assert unseen(page) == ["name: Nobody", "url: http://testserver/nowhere/"]
    assert wrong_words(blocks(page)[0]) == [
        "Person has no abstract",
        "Person has an empty abstract",
        "no such property: knows",
    ]


def test_a_disease_is_told_with_its_studies_and_guidelines_and_no_advice(client, site):
    text = client.get("/diseases/multiple-sclerosis/").text

    page, subject = of_type(text, "MedicalWebPage"), of_type(text, "MedicalCondition")
    assert page["mainEntity"] == {"@id": subject["@id"]}
    assert page["specialty"] == "https://schema.org/Neurologic"
    assert [it["name"] for it in page["citation"]][1] == "A guideline"
    assert [it["url"] for it in page["isBasedOn"]] == [f"{SITE}/sources/a-trial/"]
    assert [it["hasHealthAspect"] for it in page["hasPart"]] == [
        "https://schema.org/RisksOrComplicationsHealthAspect"
    ]
    assert subject["alternateName"] == ["Other name"]
    assert subject["code"] == [
        {"@type": "MedicalCode", "codeValue": "D009103", "codingSystem": "MeSH"}
    ]
    assert [it["@type"] for it in subject["study"]] == ["MedicalTrial"]
    assert [it["name"] for it in subject["guideline"]] == ["A guideline"]
    assert "possibleTreatment" not in subject


def test_a_treatment_is_possible_only_where_a_guideline_says_so(client, site, disease, therapy):
    for direction, expected in (("benefit", ["Autologous HSCT"]), ("harm", [])):
        slug = f"by-{direction}"
        Page.objects.filter(tag=disease).update(tag=None, kind=Kind.ARTICLE)
        rows = {"claims": [claim(therapy, disease, "a-guideline", direction=direction)]}
        live_page(slug, kind=Kind.DISEASE, tag=disease, parts=rows)

        subject = of_type(client.get(f"/diseases/{slug}/").text, "MedicalCondition")

        assert [it["name"] for it in subject.get("possibleTreatment", [])] == expected


def test_a_transplant_is_a_procedure_and_an_approved_product_does_not_approve_it(client, site):
    treatment = of_type(client.get("/therapies/autologous-hsct/").text, "MedicalProcedure")

    assert treatment["status"] == "In trials only"
    assert [it["name"] for it in treatment["legalStatus"]] == ["not approved"]


def test_private_texts_are_told_of_nowhere(client, site):
    for address in ("/articles/an-article/", "/diseases/multiple-sclerosis/"):
        assert "advert" not in json.dumps(blocks(client.get(address).text)).lower()


def test_a_source_is_a_paper_and_the_study_that_it_reports(client, site):
    paper = of_type(client.get("/sources/a-trial/").text, "MedicalScholarlyArticle")

    assert paper["sameAs"] == [
        "https://doi.org/10.1000/1",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
    ]
    assert paper["creativeWorkStatus"] == "Corrected"
    study = paper["about"]
    assert study["code"] == [{"@type": "MedicalCode", "codeValue": "NCT00273364"}]
    assert (study["status"], study["trialDesign"]) == (
        "https://schema.org/Completed",
        "https://schema.org/RandomizedTrial",
    )


def test_a_word_is_a_term_of_the_glossary(client, site):
    term = of_type(client.get("/glossary/relapse/").text, "DefinedTerm")

    assert (term["description"], term["alternateName"]) == ("A word.", ["RLP", "flare"])
    assert term["inDefinedTermSet"]["url"] == f"{SITE}/glossary/"


# --- who reviewed it ----------------------------------------------------------------------


def test_a_review_is_told_with_the_person_who_made_it(client, live_version, medic):
    text = client.get(live_version.get_absolute_url()).text

    page = of_type(text, "MedicalWebPage")
    assert page["lastReviewed"] == page["dateModified"] == "2026-03-02"
    assert [it["name"] for it in page["reviewedBy"]] == [medic.contributor.name]
    assert unseen(text) == []


def test_demonstration_staff_have_reviewed_nothing(client, live_version, medic):
    Contributor.objects.filter(user=medic).update(is_demonstration=True)

    page = of_type(client.get(live_version.get_absolute_url()).text, "MedicalWebPage")

    assert not {"lastReviewed", "reviewedBy"} & set(page)


def test_only_a_clinicians_own_sign_off_is_a_medical_review():
    real, nobody = Contributor(), Contributor(is_demonstration=True)

    assert structured.is_medical_review(SignOff(role=Role.MEDICAL, contributor=real))
    for role, contributor, is_demonstration in (
        (Role.EDITORIAL, real, False),
        (Role.MEDICAL, real, True),
        (Role.MEDICAL, nobody, False),
    ):
        sign_off = SignOff(role=role, contributor=contributor, is_demonstration=is_demonstration)
        assert not structured.is_medical_review(sign_off)


def test_a_page_that_nobody_reviewed_says_so_by_silence(client, site):
    page = of_type(client.get("/articles/an-article/").text, "MedicalWebPage")

    assert not {"lastReviewed", "reviewedBy", "expires"} & set(page)


def test_what_is_not_live_is_not_told(submitted):
    assert structured.reading_page(submitted, provenance(submitted)) == []


def test_demonstration_staff_have_no_profile(medic):
    assert structured.profile(medic.contributor)[0]["mainEntity"]["jobTitle"] == "Medical Reviewer"
    medic.contributor.is_demonstration = True
    assert structured.profile(medic.contributor) == []


# --- safe, and cheap ----------------------------------------------------------------------


def test_no_text_ends_its_block():
    nasty = "</script><script>alert(1)</script><!-- & \u2028"

    block = str(structured.data_block([{"@type": "Person", "name": nasty}]))

    assert block.count("<") == 2
    assert json.loads(block[block.index("{") : block.rindex("}") + 1])["@graph"][0]["name"] == nasty
    assert structured.data_block([]) == ""


def test_languages_are_written_as_html_writes_them():
    assert [structured.language_tag(it) for it in ("en-gb", "de")] == ["en-GB", "de"]


def test_a_moved_page_tells_its_new_address(
    client, publisher, now, django_capture_on_commit_callbacks
):
    moving = live_page("old", body='<h2 data-part="harms">Harms</h2><p>Words.</p>')
    assert f"{SITE}/articles/old/" in client.get("/articles/old/").text

    with django_capture_on_commit_callbacks(execute=True):
        move_page(moving.page, slug="new", by=publisher, now=now)

    text = client.get("/articles/new/").text
    assert f"{SITE}/articles/old/" not in text
    assert unseen(text) == []
