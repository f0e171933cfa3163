"""The controlled vocabulary."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from editorial.models import Tag, TagSynonym, Version, VersionTag


def test_a_tag_is_found_with_everything_below_it(disease, theme):
    child = Tag.objects.create(name="Relapsing MS", slug="rms", kind="disease", parent=disease)
    grandchild = Tag.objects.create(name="Active RMS", slug="arms", kind="disease", parent=child)
    found = Tag.objects.filter(pk=disease.pk).with_descendants()
    assert found == {disease.pk, child.pk, grandchild.pk}


def test_a_ring_of_parents_does_not_go_on_for_ever(disease):
    child = Tag.objects.create(name="Relapsing MS", slug="rms", parent=disease)
    Tag.objects.filter(pk=disease.pk).update(parent=child)
    assert Tag.objects.filter(pk=child.pk).with_descendants() == {child.pk, disease.pk}


def test_descendants_take_two_queries(disease, django_assert_num_queries):
    for number in range(3):
        Tag.objects.create(name=f"Child {number}", slug=f"child-{number}", parent=disease)
    with django_assert_num_queries(2):
        Tag.objects.diseases().with_descendants()


def test_a_merged_tag_is_no_longer_offered(disease):
    Tag.objects.create(
        name="Multiple Sclerosis (MS)", slug="ms", kind="disease", merged_into=disease
    )
    assert list(Tag.objects.diseases()) == [disease]


def test_diseases_and_therapies_are_told_apart(disease, therapy, theme):
    assert list(Tag.objects.diseases()) == [disease]
    assert list(Tag.objects.therapies()) == [therapy]


def test_merging_leaves_what_was_signed(approved, author, editor, theme, disease, now):
    approved.rewrite(by=editor, now=now, parts={"tags": [{"tag_id": theme.pk}]})
    signed = approved.content_hash
    Tag.objects.filter(pk=theme.pk).update(merged_into=disease, name="Renamed", slug="renamed")
    from editorial.parts import content_hash

    assert content_hash(approved) == signed
    assert VersionTag.objects.get().tag_id == theme.pk


@pytest.mark.parametrize("name", ["parent", "merged_into"])
def test_a_tag_is_not_its_own_relative(disease, name):
    with pytest.raises(IntegrityError):
        Tag.objects.filter(pk=disease.pk).update(**{name: disease.pk})


def test_a_tag_in_use_is_not_deleted(draft, author, theme, now):
    draft.rewrite(by=author, now=now, parts={"tags": [{"tag_id": theme.pk}]})
    with pytest.raises(ProtectedError):
        theme.delete()


def test_a_synonym_means_one_tag_whatever_its_case(disease, therapy):
    TagSynonym.objects.create(tag=therapy, name="HSCT")
    with pytest.raises(IntegrityError), transaction.atomic():
        TagSynonym.objects.create(tag=disease, name="hsct")


def test_a_version_carries_a_tag_once(draft, author, theme, now):
    draft.rewrite(by=author, now=now, parts={"tags": [{"tag_id": theme.pk}]})
    with pytest.raises(IntegrityError):
        VersionTag.objects.create(content_object=draft, tag=theme)


def test_a_version_with_several_tags_is_listed_once(draft, author, theme, disease, now):
    draft.rewrite(
        by=author, now=now, parts={"tags": [{"tag_id": theme.pk}, {"tag_id": disease.pk}]}
    )
    assert list(Version.objects.tagged([theme.pk, disease.pk])) == [draft]
    assert not Version.objects.tagged([0]).exists()


def test_tagging_through_the_manager_voids_like_any_edit(approved, theme):
    approved.tags.add(theme)
    assert not approved.sign_offs.exists()
