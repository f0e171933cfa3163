"""Tags in the admin: kept by editors alone, and every refusal beside its field."""

import pytest
from django.test import Client
from django.urls import reverse

from editorial.models import Event, Tag, TagSynonym
from tests.editorial.forms_of_the_admin import as_sent, new_row
from tests.live_pages import live_page

ADD = "admin:editorial_tag_add"


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def to(tag, verb="change") -> str:
    return reverse(f"admin:editorial_tag_{verb}", args=[tag.pk])


@pytest.fixture
def other(db):
    return Tag.objects.create(name="Weighing offers", slug="weighing-offers")


# --- writing ------------------------------------------------------------------------------


def test_an_editor_makes_a_tag_with_its_synonyms(editor):
    client = browser(editor)
    sent = as_sent(client.get(reverse(ADD)))
    sent |= {"name": "Costs", "slug": "costs", "kind": "theme"}
    sent |= {"synonyms-0-name": "Prices"}
    assert client.post(reverse(ADD), sent).status_code == 302
    assert Tag.objects.get(slug="costs").synonyms.get().name == "Prices"
    assert list(Event.objects.values_list("verb", flat=True)) == ["changed synonyms", "added tag"]


def test_an_editor_renames_moves_and_takes_synonyms_away(editor, theme, other):
    TagSynonym.objects.create(tag=theme, name="Adverts")
    client = browser(editor)
    sent = as_sent(client.get(to(theme)))
    sent |= {"name": "Judging clinics", "slug": "clinics", "parent": other.pk}
    sent = new_row(sent | {"synonyms-0-DELETE": "on"}, "synonyms", name="Offers")
    assert client.post(to(theme), sent).status_code == 302
    theme.refresh_from_db()
    assert (theme.name, theme.slug, theme.parent) == ("Judging clinics", "clinics", other)
    assert [synonym.name for synonym in theme.synonyms.all()] == ["Offers"]
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert verbs == {"renamed tag", "moved tag", "changed synonyms"}


def test_refusals_stand_beside_their_fields(editor, theme, other, disease):
    TagSynonym.objects.create(tag=disease, name="MS")
    Tag.objects.filter(pk=other.pk).update(parent=theme)
    client = browser(editor)
    sent = as_sent(client.get(to(theme)))
    sent |= {"name": "ms", "parent": other.pk, "synonyms-0-name": "Ms"}
    page = client.post(to(theme), sent)
    errors = page.context["adminform"].form.errors
    assert errors["name"] == [
        "“ms” is a synonym of “Multiple sclerosis”: take it away there first."
    ]
    assert "go in a ring" in errors["parent"][0]
    assert "a word means one tag" in page.text
    theme.refresh_from_db()
    assert theme.parent is None


def test_a_synonym_twice_is_refused_in_words(editor, theme):
    client = browser(editor)
    sent = as_sent(client.get(to(theme))) | {"synonyms-0-name": "Prices"}
    page = client.post(to(theme), new_row(sent, "synonyms", name="PRICES"))
    assert "A synonym stands there twice" in page.text
    assert not TagSynonym.objects.exists()


def test_the_kind_of_a_tag_stays(editor, theme):
    client = browser(editor)
    client.post(to(theme), as_sent(client.get(to(theme))) | {"kind": "disease"})
    theme.refresh_from_db()
    assert theme.kind == "theme"


# --- merging ------------------------------------------------------------------------------


def test_merging_says_first_what_will_happen(editor, theme, other):
    live_page("tagged", tags=[theme])
    theme.synonyms.create(name="Adverts")
    Tag.objects.create(name="Prices", slug="prices", parent=theme)
    page = browser(editor).post(to(theme, "merge"), {"into": other.pk})
    text = " ".join(page.text.split())
    assert "1 page carries “Judging offers” (1 live now; 1 in all their versions)." in text
    assert "Its synonyms go to “Weighing offers”: Adverts." in text
    assert "The tags below it go below “Weighing offers”: Prices." in text
    assert "Its address /tags/judging-offers/ leads to /tags/weighing-offers/." in text
    theme.refresh_from_db()
    assert theme.merged_into is None


def test_merging_happens_when_one_is_sure(editor, theme, other):
    client = browser(editor)
    answer = client.post(to(theme, "merge"), {"into": other.pk, "_sure": "1"})
    assert answer["Location"] == to(other)
    theme.refresh_from_db()
    assert theme.merged_into == other
    page = client.get(to(theme)).text
    assert "Merged into" in page
    assert "_save" not in page
    assert client.post(to(theme), {"name": "Back"}).status_code == 403
    assert client.get(to(theme, "merge")).status_code == 403


def test_what_cannot_be_merged_is_said_beside_the_field(editor, theme, other):
    Tag.objects.filter(pk=other.pk).update(parent=theme)
    page = browser(editor).post(to(theme, "merge"), {"into": other.pk, "_sure": "1"})
    assert "stands below" in page.text
    theme.refresh_from_db()
    assert theme.merged_into is None


def test_only_tags_of_the_same_kind_are_offered(editor, theme, other, disease):
    page = browser(editor).get(to(theme, "merge"))
    assert list(page.context["form"].fields["into"].queryset) == [other]


# --- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["author", "medic", "publisher"])
def test_others_read_tags_and_change_none(role, theme, other, request):
    client = browser(request.getfixturevalue(role))
    assert client.get(to(theme)).status_code == 200
    assert "/merge/" not in client.get(to(theme)).text
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(reverse(ADD), {"name": "Mine", "slug": "mine"}).status_code == 403
    assert client.post(to(theme), {"name": "Mine"}).status_code == 403
    sure = {"into": other.pk, "_sure": "1"}
    assert client.post(to(theme, "merge"), sure).status_code == 403
    assert Tag.objects.count() == 2
    assert not Event.objects.exists()


def test_an_author_tags_with_what_there_is_and_makes_nothing_new(author, draft, theme):
    client = browser(author)
    change = reverse("admin:articles_article_change", args=[draft.pk])
    page = client.get(change)
    assert reverse(ADD) not in page.text
    sent = as_sent(page) | {"tags": [theme.pk, theme.pk + 1]}
    assert client.post(change, sent).status_code == 200
    assert list(Tag.objects.all()) == [theme]
