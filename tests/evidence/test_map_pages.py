"""The evidence map before the public: what it is made from, its ways round, downloads and cells."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as lxml_html

from editorial.addresses import move_page
from editorial.models import Tag, Version
from editorial.states import Kind
from evidence.map import Cell, read_map
from evidence.map_lines import redraw_lines
from evidence.models import ReviewFlag, Source
from tests.conftest import NOW
from tests.live_pages import begin, live_page, published, write

pytestmark = pytest.mark.django_db


def source(key: str, **fields) -> Source:
    told = {"kind": "trial", "design": "randomised_trial", "title": f"Title of {key}"}
    return Source.objects.create(key=key, **told | fields)


def row(therapy, disease, *, says="It may help.", direction="benefit", cites=("a-trial",), **told):
    return {
        "statement": says,
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Relapse",
        "direction": direction,
        "citations": [{"source": key, "place": ""} for key in cites],
        **told,
    }


def claiming(slug: str, *rows: dict, **told) -> Version:
    return live_page(slug, parts={"claims": list(rows)}, **told)


def cell_of(therapy: Tag, disease: Tag) -> Cell:
    found = read_map()
    (down,) = (it for it in found.therapies if it.pk == therapy.pk)
    (across,) = (it for it in found.diseases if it.pk == disease.pk)
    return found.cell(down, across)


@pytest.fixture
def trial(db):
    return source("a-trial", people=110, year=2019)


@pytest.fixture
def lupus(db):
    return Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE)


# --- what it is made from -------------------------------------------------------------------


def test_the_map_holds_live_claims_alone(therapy, disease, lupus, trial, publisher, now):
    gone = claiming("gone", row(therapy, lupus, says="It helps there."))
    gone.withdraw(by=publisher, now=now, reason="Wrong.")
    write(begin("a-draft"), parts={"claims": [row(therapy, lupus)]})
    claiming("an-article", row(therapy, disease))

    assert [it.name for it in read_map().diseases] == ["Multiple sclerosis"]
    assert cell_of(therapy, disease).effect.direction == "benefit"


def test_a_therapy_without_a_page_has_a_row_when_something_was_found(therapy, disease, trial):
    Tag.objects.create(name="Never claimed", slug="never-claimed", kind=Tag.Kind.THERAPY)
    claiming("an-article", row(therapy, disease))

    (heading,) = read_map().therapies

    assert (heading.name, heading.url, heading.slug) == ("Autologous HSCT", "", "autologous-hsct")


def test_a_broader_therapy_holds_what_was_found_for_the_narrower_ones(therapy, disease, trial):
    broad = Tag.objects.create(name="HSCT", slug="hsct", kind=Tag.Kind.THERAPY)
    Tag.objects.filter(pk=therapy.pk).update(parent=broad)
    claiming("a", row(therapy, disease), row(broad, disease, says="No.", direction="no_difference"))

    found = read_map()

    assert [(it.name, it.depth) for it in found.therapies] == [("HSCT", 0), ("Autologous HSCT", 1)]
    assert cell_of(broad, disease).effect.direction == "mixed"
    assert cell_of(therapy, disease).effect.direction == "benefit"


def test_claims_of_a_merged_tag_stand_with_its_successor(client, therapy, disease, trial):
    old = Tag.objects.create(name="AHSCT", slug="ahsct", kind=Tag.Kind.THERAPY, merged_into=therapy)
    claiming("an-article", row(old, disease))

    assert cell_of(therapy, disease).claims == 1
    assert "It may help." in client.get("/evidence/autologous-hsct/multiple-sclerosis/").text


def test_the_same_claim_on_two_pages_is_counted_once_and_names_both(
    client, therapy, disease, trial
):
    claiming("one", row(therapy, disease))
    claiming("two", row(therapy, disease))

    page = client.get("/evidence/autologous-hsct/multiple-sclerosis/")

    assert page.context["cell"].claims == 1
    assert [version.page.slug for version in page.context["pages"]] == ["one", "two"]


def test_a_study_of_both_that_no_claim_sums_up_is_not_called_missing(
    therapy, disease, lupus, trial
):
    claiming("an-article", row(therapy, disease))
    live_page("lupus", kind=Kind.DISEASE, tag=lupus)
    assert not cell_of(therapy, lupus).is_studied

    trial.tags.set([therapy, lupus])

    assert cell_of(therapy, lupus).is_studied


def test_a_flag_on_a_source_shows_on_every_cell_that_rests_on_it(client, therapy, disease, trial):
    flagged = claiming("an-article", row(therapy, disease))
    flag = ReviewFlag.objects.create(
        page=flagged.page, source=trial, change="Corrected.", leans="x", raised_at=NOW
    )
    cell = "/evidence/autologous-hsct/multiple-sclerosis/"
    for address in ("/evidence/", cell):
        assert "A source behind this has changed: under review." in client.get(address).text

    ReviewFlag.objects.filter(pk=flag.pk).update(answered_at=NOW, answer="It still holds.")

    assert "under review" not in client.get(cell).text


# --- the pages ------------------------------------------------------------------------------


def test_the_table_says_in_words_what_was_found_either_way_round(client, therapy, disease, trial):
    claiming(
        "an-article",
        row(therapy, disease, certainty="moderate"),
        row(therapy, disease, says="Some died.", direction="harm"),
    )

    for address in ("/evidence/", "/evidence/?by=disease"):
        text = " ".join(client.get(address).text.split())
        assert "moderate certainty" in text
        assert "certainty not rated" in text
        assert "Best study: randomised trial, 110 people (2019)." in text
        assert "2 findings, of which 1 of harm or of no difference." in text


def test_filters_narrow_the_map_and_an_unknown_value_is_told(client, therapy, disease, trial):
    claiming("an-article", row(therapy, disease, certainty="low", outcome_kind="survival"))

    def shown(query):
        response = client.get(f"/evidence/?{query}")
        return response.context["lines"][0].cells[0].is_shown

    assert shown("outcome=survival&certainty=low&study=randomised_trial")
    assert not shown("certainty=high")
    assert not shown("study=case_report")
    assert "was left out" in client.get("/evidence/?certainty=sure").text


def test_an_empty_map_says_that_it_is_empty(client, db):
    assert "Nothing is on the map yet" in client.get("/evidence/").text
    for name in ("svg", "csv", "json"):
        assert client.get(f"/evidence/map.{name}").status_code == 200


def test_negative_findings_stand_beside_the_promising_ones(client, therapy, disease, trial):
    claiming(
        "an-article",
        row(therapy, disease, says="It may help."),
        row(therapy, disease, says="It made no difference.", direction="no_difference"),
        row(therapy, disease, says="Some died.", direction="harm"),
    )

    page = client.get("/evidence/autologous-hsct/multiple-sclerosis/")

    assert [it.statement for it in page.context["promising"]] == ["It may help."]
    assert [it.statement for it in page.context["against"]] == [
        "It made no difference.",
        "Some died.",
    ]
    assert 'id="ref-1"' in page.text


def test_an_empty_cell_says_so_and_names_registered_trials(client, therapy, disease, trial, lupus):
    claiming("an-article", row(therapy, disease))
    live_page("lupus", kind=Kind.DISEASE, tag=lupus)
    source("running", kind="registration", design="registry_record").tags.set([therapy, lupus])
    source("of-another", kind="registration", design="registry_record").tags.set([therapy])

    page = client.get("/evidence/autologous-hsct/lupus/")

    assert "No human studies found, searched on 31 Jan 2026." in page.text
    assert [it.key for it in page.context["running"]] == ["running"]


def test_a_place_that_is_not_on_the_map_is_not_found(client, therapy, disease, trial):
    claiming("an-article", row(therapy, disease))

    for address in ("x/multiple-sclerosis", "autologous-hsct/x", "multiple-sclerosis/x"):
        assert client.get(f"/evidence/{address}/").status_code == 404


def test_a_cell_moves_with_the_pages_that_it_is_named_after(
    client, therapy, disease, trial, editor
):
    live = live_page(
        "own-cells", kind=Kind.THERAPY, tag=therapy, parts={"claims": [row(therapy, disease)]}
    )
    assert client.get("/evidence/own-cells/multiple-sclerosis/").status_code == 200
    live.page.owner = editor

    move_page(live.page, slug="own-cell-transplant", by=editor, now=NOW)

    for old in ("own-cells", "autologous-hsct"):
        answer = client.get(f"/evidence/{old}/multiple-sclerosis/")
        assert answer.status_code == 301
        assert answer["Location"] == "/evidence/own-cell-transplant/multiple-sclerosis/"


# --- downloads ------------------------------------------------------------------------------


def test_the_downloads_hold_the_same_cells_under_the_same_filters(client, therapy, disease, trial):
    Tag.objects.filter(pk=disease.pk).update(name="=1+1 <b>&")
    claiming("an-article", row(therapy, disease, certainty="low"))

    (line,) = csv.DictReader(io.StringIO(client.get("/evidence/map.csv").text))
    told = json.loads(client.get("/evidence/map.json?certainty=high").text)
    (hidden,) = told["cells"]
    picture = client.get("/evidence/map.svg")
    drawn = " ".join(lxml_html.etree.fromstring(picture.content).itertext())

    assert (line["disease"], line["effect"], line["people"]) == ("'=1+1 <b>&", "benefit", "110")
    assert told["filters"]["certainty"] == ["high"]
    assert {"licence", "made_at"} <= told.keys()
    assert (hidden["is_empty"], hidden["effect"]) == (True, None)
    assert picture["Content-Type"] == "image/svg+xml"
    assert "=1+1 <b>&" in drawn
    assert "style=" not in picture.text
    assert 'href="http' not in picture.text


# --- in small, on the pages of a therapy and a disease ------------------------------------------


def test_the_line_on_a_page_follows_the_claims_of_other_pages(
    client, therapy, disease, trial, publisher, django_capture_on_commit_callbacks
):
    live_page("own-cells", kind=Kind.THERAPY, tag=therapy)
    live_page("ms", kind=Kind.DISEASE, tag=disease)
    redraw_lines()

    def lines():
        return [
            client.get(it).text.count("mark-harm")
            for it in ("/therapies/own-cells/", "/diseases/ms/")
        ]

    assert lines() == [0, 0]
    with django_capture_on_commit_callbacks(execute=True):
        said = published("says-so", parts={"claims": [row(therapy, disease, direction="harm")]})
    assert lines() == [1, 1]
    with django_capture_on_commit_callbacks(execute=True):
        said.withdraw(by=publisher, now=NOW, reason="Wrong.")
    assert lines() == [0, 0]


def test_a_page_shows_its_own_claims_on_its_line_from_the_first(client, therapy, disease, trial):
    live_page(
        "own-cells",
        kind=Kind.THERAPY,
        tag=therapy,
        parts={"claims": [row(therapy, disease, direction="harm")]},
    )

    text = client.get("/therapies/own-cells/").text

    assert '/evidence/own-cells/multiple-sclerosis/"' in text


def test_lines_that_are_as_they_should_be_are_left_alone(therapy, disease, trial):
    live_page("own-cells", kind=Kind.THERAPY, tag=therapy)
    live_page("ms", kind=Kind.DISEASE, tag=disease)

    assert [redraw_lines(), redraw_lines()] == [1, 0]


# --- how much it asks of the database -----------------------------------------------------------


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_claims(
    client, draft, therapy, disease, trial
):
    addresses = ("/evidence/", "/evidence/map.svg", "/evidence/autologous-hsct/multiple-sclerosis/")
    claiming("an-article", row(therapy, disease))
    few = [queries(client, address) for address in addresses]
    many_rows = [row(therapy, disease, says=f"It may help {number}.") for number in range(60)]
    claiming("another", *many_rows)

    many = [queries(client, address) for address in addresses]

    assert many == few
    assert many[0] <= 6
