"""Sources in the admin: their numbers, likenesses, the day of checking, RIS files in and out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editorial.models import Event
from editorial.refusals import NotAllowed, NotReady
from evidence import ris
from evidence.models import Registration, Source
from tests.editorial.forms_of_the_admin import as_sent, new_row

pytestmark = pytest.mark.django_db
LIST = "/admin/evidence/source/"
TITLE = "Autologous stem cell transplantation in severe systemic sclerosis: a randomised trial"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def known():
    found = Source.objects.create(
        key="known", kind="trial", title=TITLE, doi="10.1016/a-b", verification="verified"
    )
    Registration.objects.create(source=found, number="NCT00114530")
    return found


def add(desk, **fields):
    """Post the form of a new source, with these fields; a registration by `number`."""
    sent = as_sent(desk.get(f"{LIST}add/"))
    del sent["tags"]  # None chosen: a browser sends nothing.
    if number := fields.pop("number", ""):
        sent = new_row(sent, "registrations", number=number)
    return desk.post(f"{LIST}add/", sent | {"key": "new", "kind": "trial", "title": "New"} | fields)


def errors(response) -> str:
    assert response.status_code == 200
    return " ".join(text for found in response.context["errors"] for text in found)


# --- numbers ----------------------------------------------------------------------------------


def test_numbers_are_stored_in_one_way_of_writing(desk):
    response = add(desk, doi="https://doi.org/10.1001/X.1", pmid="PMID: 123", number="nct 00273364")

    assert response.status_code == 302
    stored = Source.objects.get(key="new")
    assert (stored.doi, stored.pmid) == ("10.1001/X.1", "123")
    assert [row.number for row in stored.registrations.all()] == ["NCT00273364"]


def test_what_is_no_number_is_refused_beside_its_field(desk):
    said = errors(add(desk, doi="jama", pmcid="PMCX", number="NCT1", trial_status="recruiting"))

    assert "“jama” is not a DOI" in said
    assert "“PMCX” is not a number of PubMed Central" in said
    assert "“NCT1” is not a number of a trial registry" in said
    assert "Give the day on which the registry said so." in said
    assert not Source.objects.exists()


def test_a_number_that_another_source_has_is_refused_by_name(desk, known):
    said = errors(add(desk, doi="10.1016/A-B"))

    assert "(known) has this DOI already" in said
    assert "Constraint" not in said


# --- likenesses -------------------------------------------------------------------------------


def test_a_source_that_looks_like_one_that_is_there_waits_for_a_tick(desk, known):
    spelled = TITLE.replace("randomised", "randomized")
    asked = add(desk, title=spelled)

    assert "This looks like a source that is here already." in errors(asked)
    assert f"{LIST}{known.pk}/change/" in asked.text
    assert Source.objects.count() == 1
    assert add(desk, title=spelled, is_another="something-else").status_code == 200
    assert add(desk, title=spelled, is_another="known").status_code == 302
    assert Source.objects.count() == 2


def test_another_report_of_one_trial_is_asked_about_too(desk, known):
    asked = add(desk, title="Its protocol", number="NCT00114530")

    assert "about the same trial, NCT00114530" in asked.text
    assert Source.objects.count() == 1


def test_a_source_whose_title_stays_is_not_asked_about_again(desk, known):
    Source.objects.create(key="twin", kind="trial", title=TITLE)
    address = f"{LIST}{known.pk}/change/"

    response = desk.post(address, as_sent(desk.get(address)) | {"funder": "A charity"})

    assert response.status_code == 302
    known.refresh_from_db()
    assert known.funder == "A charity"


def test_whether_a_source_stands_is_not_changed_in_its_form(desk, known):
    address = f"{LIST}{known.pk}/change/"

    desk.post(address, as_sent(desk.get(address)) | {"status": "retracted", "key": "other"})

    known.refresh_from_db()
    assert (known.status, known.key) == ("stands", "known")


# --- checking ---------------------------------------------------------------------------------


def test_the_button_saves_and_dates_the_check(desk, known, editor):
    address = f"{LIST}{known.pk}/change/"

    desk.post(address, as_sent(desk.get(address)) | {"funder": "A charity", "_check": "x"})

    known.refresh_from_db()
    event = Event.objects.first()
    assert known.funder == "A charity"
    assert known.checked_by == editor
    assert known.checked_on is not None
    assert (event.verb, event.actor, event.comment) == ("checked source", "editor", "known")


def test_a_check_is_an_editors_and_of_something_seen(known, author, editor, now):
    with pytest.raises(NotAllowed, match="Only an editor"):
        known.mark_checked(by=author, now=now)
    Source.objects.update(verification="unverified")
    with pytest.raises(NotReady, match="what you saw of it and where"):
        known.mark_checked(by=editor, now=now)
    assert not Event.objects.exists()


# --- RIS files --------------------------------------------------------------------------------

FILE = f"""TY  - JOUR
TI  - A new study of islet cells in people with type 1 diabetes
AU  - Burt, Richard K.
AU  - Nash, R.A.
AU  - Third, A.
VL  - 3
SP  - 4
EP  - 9
PY  - 2024
M3  - randomised trial
N1  - Registered as NCT01234567
ER  -
TY  - JOUR
TI  - Here by its number
DO  - 10.1016/A-B
ER  -
TY  - JOUR
TI  - {TITLE.upper()}
ER  -
TY  - JOUR
AU  - Untitled
ER  -
"""


def show(desk, content: str = FILE):
    file = SimpleUploadedFile("export.ris", content.encode())
    return desk.post(f"{LIST}ris/", {"file": file, "kind": "cohort"})


def test_a_file_is_shown_before_anything_is_written(desk, known):
    response = show(desk)

    assert dict(response.context["counts"]) == {"new": 1, "there": 1, "doubtful": 1}
    assert "Line 20: the reference has no title" in response.text
    assert response.text.count("checked>") == 1
    assert Source.objects.count() == 1


def test_what_is_ticked_comes_in_as_not_seen_yet(desk, known):
    sure = show(desk).context["sure"]
    sent = {"text": sure["text"].value(), "kind": "cohort", "_sure": "x"}

    response = desk.post(f"{LIST}ris/", sent | {"take": ["0", "1"]}, follow=True)

    assert "1 source brought in" in response.text
    assert "1 of them are here already" in response.text
    new = Source.objects.exclude(pk=known.pk).get()
    assert (new.key, new.authors) == ("burt-2024-a-new-study-of", "Burt RK and others")
    assert (new.kind, new.design, new.citation) == ("trial", "randomised_trial", "3:4-9")
    assert (new.verification, new.checked_on) == ("unverified", None)
    assert [row.number for row in new.registrations.all()] == ["NCT01234567"]
    assert Event.objects.first().comment == "1: burt-2024-a-new-study-of"


def test_nothing_ticked_brings_nothing_in(desk, known):
    sure = show(desk).context["sure"]

    response = desk.post(
        f"{LIST}ris/", {"text": sure["text"].value(), "kind": "trial", "_sure": "x"}, follow=True
    )

    assert "no reference was ticked" in response.text
    assert Source.objects.count() == 1


def test_a_file_that_is_no_ris_file_is_told(desk):
    assert "holds no reference" in show(desk, "Dear editor, …").text


def test_only_those_who_may_add_sources_bring_a_file_in(client, author):
    client.force_login(author)

    assert show(client).status_code == 403
    assert client.get(f"{LIST}export/").status_code == 200


def test_what_goes_out_comes_back_as_the_same_sources(desk, known):
    Source.objects.create(key="hidden", kind="web_text", title="Others’ words", is_private=True)
    file = desk.get(f"{LIST}export/")
    chosen = desk.post(LIST, {"action": "export_selected", "_selected_action": [known.pk]})

    assert file["Content-Disposition"] == 'attachment; filename="all-sources.ris"'
    assert file.content == chosen.content
    [reference] = ris.read(file.content).references
    assert (reference.key, reference.doi, reference.title) == ("known", "10.1016/a-b", TITLE)
    assert dict(show(desk, file.content.decode()).context["counts"]) == {"there": 1}


def test_the_list_finds_a_source_by_its_registration(desk, known):
    Source.objects.create(key="other", kind="trial", title="Other")

    assert desk.get(f"{LIST}?q=NCT00114530").context["cl"].result_count == 1
