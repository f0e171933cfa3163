"""Editors keep the list of sites that pages may link to; the trail says who changed it."""

import pytest
from django.core.exceptions import ValidationError

from articles.starter import load_trusted_sites
from editorial.models import Event
from evidence.models import TrustedSite
from evidence.outbound import looks_like_a_host, written_host

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/evidence/trustedsite/"
TYPED = {
    "host": "https://www.example.org/help/",
    "name": "A charity",
    "why": "Run by patients.",
    "gives_support": "on",
}


def test_an_editor_adds_a_site_by_pasting_its_address(client, editor):
    client.force_login(editor)

    answer = client.post(f"{ADDRESS}add/", TYPED)

    assert answer.status_code == 302
    assert TrustedSite.objects.get().host == "example.org"
    event = Event.objects.get(verb="trusted a site")
    assert "example.org" in event.comment


def test_an_author_reads_the_list_and_adds_nothing(client, author):
    client.force_login(author)

    assert client.get(ADDRESS).status_code == 200
    assert client.post(f"{ADDRESS}add/", TYPED).status_code == 403
    assert not TrustedSite.objects.exists()


@pytest.mark.parametrize("typed", ["", "nhs", "not a host", "http://", "ex_ample.org"])
def test_what_is_no_host_is_refused_in_words(typed):
    site = TrustedSite(host=typed, name="A site", why="Somebody runs it.")

    with pytest.raises(ValidationError, match=r"Give the name of the site|cannot be blank"):
        site.full_clean()


def test_the_starter_sites_are_loaded_once_and_stay_as_editors_left_them():
    added = load_trusted_sites()
    TrustedSite.objects.filter(host="nhs.uk").update(name="Our NHS")

    assert load_trusted_sites() == 0
    assert TrustedSite.objects.count() == added
    assert TrustedSite.objects.get(host="nhs.uk").name == "Our NHS"
    assert TrustedSite.objects.filter(gives_support=True).exists()


def test_each_starter_site_is_written_as_it_is_kept():
    load_trusted_sites()

    for site in TrustedSite.objects.all():
        assert site.host == written_host(site.host)
        assert looks_like_a_host(site.host)
        assert site.why.endswith(".")
