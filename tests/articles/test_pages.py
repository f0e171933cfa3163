"""One page as a reader meets it, and what a reader never meets."""

from datetime import timedelta

import pytest

from editorial.actions import start_version
from editorial.states import Kind, Role
from evidence.models import Source
from tests.conftest import write_draft
from tests.live_pages import begin, live_page, write

pytestmark = pytest.mark.django_db

EVERYWHERE = (
    "/",
    "/articles/",
    "/articles/?q=secret",
    "/articles/?tag=judging-offers",
    "/diseases/",
    "/therapies/",
    "/glossary/",
    "/glossary/?q=secret",
    "/tags/judging-offers/",
    "/search/?q=secret",
    "/search/?tag=judging-offers",
    "/sources/",
    "/sources/a-study/",
)


@pytest.fixture
def source(db):
    return Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")


def secret_text(version, theme, *, by, now):
    version.rewrite(
        by=by,
        now=now,
        text={
            "title": "Secret title",
            "summary": "Secret summary.",
            "body": '<p>Secret body.<cite data-source="a-study" data-place=""></cite></p>',
        },
        parts={"tags": [{"tag_id": theme.pk}], "also_called": [{"name": "secret name"}]},
    )
    return version


def to_draft(version, people, now):
    return version


def to_editorial_review(version, people, now):
    version.submit(by=people["author"], now=now)


def to_approved(version, people, now):
    version.submit(by=people["author"], now=now)
    version.sign_off(by=people["editor"], role=Role.EDITORIAL, now=now)
    version.sign_off(by=people["medic"], role=Role.MEDICAL, now=now)


def to_scheduled(version, people, now):
    to_approved(version, people, now)
    version.schedule(by=people["publisher"], now=now, publish_at=now + timedelta(days=1))


def to_discarded(version, people, now):
    version.discard(by=people["author"], now=now, reason="Not needed.")


MOVES = [to_draft, to_editorial_review, to_approved, to_scheduled, to_discarded]


@pytest.fixture
def people(author, editor, medic, publisher):
    return {"author": author, "editor": editor, "medic": medic, "publisher": publisher}


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_a_text_that_is_not_live_shows_nowhere(client, draft, theme, source, people, now, move):
    move(secret_text(draft, theme, by=people["author"], now=now), people, now)

    for address in EVERYWHERE:
        response = client.get(address)
        assert response.status_code == 200, address
        # The words that were searched for are shown again: only they.
        assert "secret title" not in response.text.lower(), address
        assert "secret summary" not in response.text.lower(), address
        assert draft.page.slug not in response.text, address
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_the_live_text_stays_while_another_is_in_the_making(
    client, live_version, theme, source, people, now, move
):
    newer = start_version(live_version.page, by=people["author"], now=now)
    move(secret_text(newer, theme, by=people["author"], now=now), people, now)

    response = client.get(live_version.get_absolute_url())

    assert response.status_code == 200
    assert "Resetting immunity" in response.text
    assert "Secret" not in response.text
    assert "Secret title" not in client.get("/articles/").text


def test_a_superseded_text_is_gone_and_the_new_one_is_there(
    client, draft, theme, source, people, now
):
    to_approved(secret_text(draft, theme, by=people["author"], now=now), people, now)
    draft.publish(by=people["publisher"], now=now)
    newer = start_version(draft.page, by=people["author"], now=now)
    newer.rewrite(
        by=people["author"],
        now=now,
        text={"title": "New title", "summary": "New.", "body": "<p>New body.</p>"},
        parts={"also_called": [], "tags": []},
    )
    to_approved(newer, people, now)
    newer.publish(by=people["publisher"], now=now)

    assert "New title" in client.get(newer.get_absolute_url()).text
    for address in (*EVERYWHERE, newer.get_absolute_url()):
        assert "Secret" not in client.get(address).text, address
    assert newer.page.slug not in client.get("/sources/a-study/").text


def test_a_withdrawn_page_says_why_and_is_listed_nowhere(client, live_version, publisher, now):
    address = live_version.get_absolute_url()

    live_version.withdraw(by=publisher, now=now, reason="The trial behind it was <retracted>.")

    response = client.get(address)
    assert response.status_code == 410
    assert "The trial behind it was &lt;retracted&gt;." in response.text
    assert "Doctors give back" not in response.text
    for listing in ("/", "/articles/", "/search/?q=immunity"):
        assert address not in client.get(listing).text


def test_a_withdrawn_page_can_come_back(client, live_version, people, now):
    live_version.withdraw(by=people["publisher"], now=now, reason="Wrong.")
    again = start_version(live_version.page, by=people["author"], now=now)
    write_draft(again, by=people["author"], now=now)
    to_approved(again, people, now)

    again.publish(by=people["publisher"], now=now)

    assert client.get(again.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/articles/nothing/",
        "/diseases/nothing/",
        "/therapies/nothing/",
        "/glossary/nothing/",
        "/sources/nothing/",
        "/tags/nothing/",
        "/people/nobody/",
        "/nothing/at/all/",
        "/articles/with.dot/",
        "/articles/%00/",
        "/about/nothing/",
    ],
)
def test_an_unknown_address_leads_to_the_page_that_helps_on(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "We cannot find this page" in response.text
    assert 'href="/search/"' in response.text
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_page_answers_under_its_own_kind_only(client):
    live_page("a-page")

    assert client.get("/articles/a-page/").status_code == 200
    assert client.get("/glossary/a-page/").status_code == 404


def test_a_signed_page_names_its_people_and_its_dates(client, live_version, author):
    html = client.get(live_version.get_absolute_url()).text

    for told in ("Medically reviewed by", "Medic", "Editor", "Next review due", "2 Mar 2026"):
        assert told in html
    assert "Not yet medically reviewed" not in html


def test_an_exempted_page_says_that_no_clinician_has_read_it(client):
    live_page("a-page")

    html = client.get("/articles/a-page/").text

    assert "Not yet medically reviewed" in html
    assert "Written for a test." in html
    assert "Next review due" not in html


def test_a_sign_off_by_demonstration_staff_is_no_review(client, draft, people, now):
    for name in ("editor", "medic"):
        contributor = people[name].contributor
        contributor.is_demonstration = True
        contributor.save()
    to_approved(draft, people, now)
    draft.publish(by=people["publisher"], now=now)

    html = client.get(draft.get_absolute_url()).text

    assert "Demonstration: not medically reviewed" in html
    assert "Medically reviewed by" not in html


def test_a_disease_page_that_is_no_autoimmune_disease_says_so(client, disease):
    live_page(
        "als",
        kind=Kind.DISEASE,
        tag=disease,
        parts={"disease_facts": [{"is_autoimmune": False}]},
    )

    assert "This is not an autoimmune disease." in client.get("/diseases/als/").text


def test_a_person_page_shows_what_they_signed_and_no_draft(client, live_version, next_draft, medic):
    response = client.get(medic.contributor.get_absolute_url())

    assert response.status_code == 200
    assert live_version.get_absolute_url() in response.text
    assert response.text.count(live_version.get_absolute_url()) == 1


def test_head_answers_like_get_without_a_body(client):
    live_page("a-page")

    for address in ("/", "/articles/", "/articles/a-page/", "/search/?q=page", "/glossary/"):
        response = client.head(address)
        assert response.status_code == 200
        assert response.content == b""


def test_reading_changes_nothing(client):
    live_page("a-page")
    begun = write(begin("a-draft"))

    for method in (client.post, client.put, client.delete, client.patch):
        method("/articles/a-page/")
    begun.refresh_from_db()

    assert begun.state == "draft"
    assert client.get("/articles/a-page/").status_code == 200


def page_with(theme, disease, therapy, source, count: int):
    """A page that cites, claims and is tagged, with so many rows of each."""
    row = {
        "statement": "It does something.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "Relapse",
        "direction": "benefit",
        "citations": [{"source": source.key, "place": ""}],
    }
    return live_page(
        f"page-{count}",
        body=f'<p>x<cite data-source="{source.key}" data-place=""></cite></p>' * count,
        tags=[theme, disease, therapy][: count + 1],
        parts={
            "claims": [row] * count,
            "also_called": [{"name": f"name {number}"} for number in range(count)],
        },
    )


def test_a_page_takes_at_most_six_queries_however_much_it_holds(
    client, django_assert_max_num_queries, theme, disease, therapy, source
):
    counts = []
    for count in (1, 30):
        version = page_with(theme, disease, therapy, source, count)
        with django_assert_max_num_queries(6) as captured:
            assert client.get(version.get_absolute_url()).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_a_signed_page_takes_at_most_six_queries(
    client, django_assert_max_num_queries, live_version
):
    with django_assert_max_num_queries(6):
        client.get(live_version.get_absolute_url())
