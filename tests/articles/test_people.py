"""The public page of an author or reviewer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.actions import start_correction
from editorial.models import Contributor
from editorial.states import Role


@pytest.fixture
def declared_today(medic):
    Contributor.objects.update(
        conflicts="Lectures paid for by Example Pharma.",
        conflicts_declared_on=timezone.localdate(),
        credentials="MD",
    )
    return medic.contributor


def test_it_shows_who_somebody_is_and_what_they_declared(client, declared_today):
    page = client.get("/people/medic/")
    assert "Medical Reviewer" in page.text
    assert "MD" in page.text
    assert "Lectures paid for by Example Pharma." in page.text
    assert "Declared" in page.text
    assert "More than twelve months ago" not in page.text
    assert "demonstration account" not in page.text


def test_it_says_when_a_statement_is_too_old(client, declared_today):
    long_ago = timezone.localdate() - timedelta(days=366)
    Contributor.objects.update(conflicts_declared_on=long_ago)
    assert "More than twelve months ago" in client.get("/people/medic/").text


def test_it_says_when_somebody_is_no_real_person(client, declared_today):
    Contributor.objects.update(is_demonstration=True)
    assert (
        "This is a demonstration account, not a real person." in client.get("/people/medic/").text
    )


def test_it_lists_what_they_signed_and_wrote(client, live_version, author):
    Contributor.objects.create(user=author, slug="author", name="Author", role="author")
    assert list(client.get("/people/medic/").context["signed"]) == [live_version]
    assert list(client.get("/people/author/").context["wrote"]) == [live_version]


def test_a_correction_keeps_its_page_in_their_lists(
    client, live_version, author, editor, second_editor, publisher, now
):
    Contributor.objects.create(user=author, slug="author", name="Author", role="author")
    correction = start_correction(live_version.page, by=editor, now=now)
    correction.rewrite(by=editor, now=now, text={"title": "Resetting the immune system"})
    correction.submit(by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    correction.publish(by=publisher, now=now)
    assert list(client.get("/people/medic/").context["signed"]) == [correction]
    assert list(client.get("/people/author/").context["wrote"]) == [correction]
