"""Care of the vocabulary: each change is an editor's, on record, and finds readers again."""

import pytest

from editorial import tagging
from editorial.models import Event, Ledger, Page, Tag, VersionTag
from editorial.refusals import NotAllowed, NotReady, WrongState
from tests.live_pages import live_page


def stamp() -> int:
    return Ledger.objects.get(pk=1).stamp


def rename(tag, *, by, now, **fields):
    told = {"name": tag.name, "slug": tag.slug, "parent": tag.parent} | fields
    tagging.change(tag, **told, by=by, now=now)


@pytest.fixture
def other(db):
    return Tag.objects.create(name="Weighing offers", slug="weighing-offers")


# --- names and places ---------------------------------------------------------------------


def test_a_new_tag_is_on_record_and_moves_the_stamp(editor, now):
    before = stamp()
    tagging.add(Tag(name="Costs", slug="costs"), by=editor, now=now)
    assert Event.objects.first().verb == "added tag"
    assert stamp() > before


def test_a_renamed_tags_old_addresses_lead_to_the_new_one_in_one_step(client, theme, editor, now):
    before = stamp()
    rename(theme, by=editor, now=now, slug="judging-clinics", name="Judging clinics")
    rename(theme, by=editor, now=now, slug="clinics")
    for old in ("judging-offers", "judging-clinics"):
        answer = client.get(f"/tags/{old}/")
        assert (answer.status_code, answer["Location"]) == (301, "/tags/clinics/")
    assert client.get("/tags/clinics/").status_code == 200
    assert Event.objects.first().comment == (
        "Judging clinics (judging-clinics) → Judging clinics (clinics)"
    )
    assert stamp() > before


def test_a_name_given_back_is_found_again(client, theme, editor, now):
    rename(theme, by=editor, now=now, slug="clinics")
    rename(theme, by=editor, now=now, slug="judging-offers")
    assert client.get("/tags/judging-offers/").status_code == 200
    assert client.get("/tags/clinics/")["Location"] == "/tags/judging-offers/"


def test_a_tag_is_put_below_another(theme, other, editor, now):
    rename(theme, by=editor, now=now, parent=other)
    assert Tag.objects.get(pk=theme.pk).parent == other
    assert Event.objects.first().verb == "moved tag"


def test_a_tag_does_not_stand_below_itself(theme, other, editor, now):
    rename(other, by=editor, now=now, parent=theme)
    grandchild = Tag.objects.create(name="Prices", slug="prices", parent=other)
    for below in (theme, other, grandchild):
        with pytest.raises(NotReady, match="go in a ring"):
            rename(theme, by=editor, now=now, parent=below)


def test_nothing_is_recorded_where_nothing_changed(theme, editor, now):
    rename(theme, by=editor, now=now)
    tagging.set_synonyms(theme, [], by=editor, now=now)
    assert not Event.objects.exists()


def test_a_name_that_is_a_tag_or_a_synonym_is_refused(theme, other, disease, editor, now):
    disease.synonyms.create(name="MS")
    for name, why in (("weighing OFFERS", "There is a tag"), ("ms", "is a synonym of")):
        with pytest.raises(NotReady, match=why):
            rename(theme, by=editor, now=now, name=name)


# --- synonyms -----------------------------------------------------------------------------


def test_synonyms_are_set_as_told_and_on_record(disease, editor, now):
    tagging.set_synonyms(disease, ["MS", "Disseminated sclerosis"], by=editor, now=now)
    tagging.set_synonyms(disease, ["ms", "RRMS", "rrms "], by=editor, now=now)
    assert {synonym.name for synonym in disease.synonyms.all()} == {"MS", "rrms"}
    assert Event.objects.first().comment == ("Multiple sclerosis: + rrms, − Disseminated sclerosis")


def test_a_synonym_means_one_tag(disease, therapy, editor, now):
    tagging.set_synonyms(disease, ["MS"], by=editor, now=now)
    with pytest.raises(NotReady, match="a word means one tag"):
        tagging.set_synonyms(therapy, ["ms"], by=editor, now=now)
    with pytest.raises(NotReady, match="the name of another tag"):
        tagging.set_synonyms(therapy, ["multiple sclerosis"], by=editor, now=now)


# --- merging ------------------------------------------------------------------------------


def test_a_merged_tag_leaves_its_name_its_synonyms_and_what_is_below_it(theme, other, editor, now):
    child = Tag.objects.create(name="Prices", slug="prices", parent=theme)
    older = Tag.objects.create(name="Adverts", slug="adverts", merged_into=theme)
    theme.synonyms.create(name="Red flags")
    before = stamp()
    tagging.merge(theme, into=other, by=editor, now=now)
    for tag in (theme, older):
        tag.refresh_from_db()
        assert tag.merged_into == other
    child.refresh_from_db()
    assert child.parent == other
    assert {it.name for it in other.synonyms.all()} == {"Judging offers", "Red flags"}
    assert Event.objects.first().verb == "merged tag"
    assert stamp() > before


def test_what_carried_the_merged_tag_keeps_it_and_is_found_under_the_other(
    client, theme, other, editor, now
):
    version = live_page("tagged", tags=[theme])
    signed = version.content_hash
    assert tagging.reach(theme) == tagging.Reach(pages=1, live_pages=1, versions=1)
    tagging.merge(theme, into=other, by=editor, now=now)
    assert VersionTag.objects.get(content_object=version).tag == theme
    version.refresh_from_db()
    assert version.content_hash == signed
    assert 'href="/articles/tagged/"' in client.get("/tags/weighing-offers/").text
    assert 'href="/articles/tagged/"' in client.get("/articles/?tag=weighing-offers").text
    assert Tag.objects.filter(pk=other.pk).with_descendants() == {other.pk, theme.pk}
    assert client.get("/articles/tagged/").context["tags"] == [other]
    answer = client.get("/tags/judging-offers/")
    assert (answer.status_code, answer["Location"]) == (301, "/tags/weighing-offers/")


def test_what_cannot_be_merged_is_refused_in_words(theme, other, disease, editor, now):
    above = Tag.objects.create(name="Money", slug="money")
    Tag.objects.filter(pk=other.pk).update(parent=above)
    old = Tag.objects.create(name="Old", slug="old", merged_into=theme)
    ms = Tag.objects.create(name="MS", slug="ms", kind="disease")
    Page.objects.create(kind="disease", slug="ms", tag=ms, created_at=now)
    for tag, into, why in (
        (theme, theme, "into itself"),
        (theme, disease, "only tags of one kind"),
        (old, other, "merged into “Judging offers” already"),
        (other, old, "merged into “Judging offers” already"),
        (above, other, "stands below"),
        (ms, disease, "has a page of its own"),
    ):
        with pytest.raises((NotReady, WrongState), match=why):
            tagging.merge(tag, into=into, by=editor, now=now)
    assert not Event.objects.exists()


def test_a_merged_tag_changes_no_more(theme, other, editor, now):
    tagging.merge(theme, into=other, by=editor, now=now)
    with pytest.raises(WrongState, match="change that one instead"):
        rename(theme, by=editor, now=now, name="Back again")


def test_a_tag_that_was_merged_meanwhile_is_not_merged_into(theme, other, editor, now):
    third = Tag.objects.create(name="Money", slug="money")
    tagging.merge(Tag.objects.get(pk=other.pk), into=third, by=editor, now=now)
    with pytest.raises(WrongState, match="already"):
        tagging.merge(theme, into=other, by=editor, now=now)


# --- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["author", "medic", "publisher", "stranger"])
def test_only_editors_change_tags(role, theme, other, now, request):
    person = request.getfixturevalue(role)
    for act in (
        lambda: tagging.add(Tag(name="Costs", slug="costs"), by=person, now=now),
        lambda: rename(theme, by=person, now=now, name="Mine"),
        lambda: tagging.set_synonyms(theme, ["Mine"], by=person, now=now),
        lambda: tagging.merge(theme, into=other, by=person, now=now),
    ):
        with pytest.raises(NotAllowed, match="Only an editor can change the tags"):
            act()
