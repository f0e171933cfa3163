"""What belongs to a version in rows of its own: its values, its copy, its hash, its rows."""

import hashlib

import pytest

from editorial.actions import begin_page
from editorial.models import AlsoCalled, KeyMessage, Tag
from editorial.parts import (
    canonical,
    content,
    content_hash,
    copy_parts,
    key_messages,
    tags,
    version_parts,
)
from editorial.states import Role
from evidence.models import Citation, Source
from evidence.parts import claims
from tests.conftest import KEY_MESSAGES


def test_every_row_that_belongs_to_a_version_is_a_part_or_derived(db):
    """Whoever gives a version rows of its own must decide whether a sign-off covers them."""
    from editorial.models import Version

    of_the_newsroom = {"SignOff", "SignedText", "Writer", "Exemption", "Rendering", "Version"}
    # What people do around a text is no part of it.
    of_the_newsroom |= {"Presence", "KeptForm", "PreviewLink", "Comment", "Notice", "Report"}
    of_the_newsroom |= {"PassedWarning", "PatientReading"}
    covered = {part.model.__name__ for part in version_parts()}
    found = {
        relation.related_model.__name__
        for relation in Version._meta.related_objects
        if not relation.related_model._meta.proxy
    }
    assert found - of_the_newsroom - covered == set()


def test_parts_have_names_of_their_own():
    names = [part.name for part in version_parts()]
    assert len(names) == len(set(names))


def test_the_rows_come_back_in_the_order_in_which_they_were_written(draft):
    assert key_messages.rows(draft) == [{"text": text} for text in KEY_MESSAGES]
    turned = [{"text": text} for text in reversed(KEY_MESSAGES)]
    key_messages.write(draft, turned)
    assert key_messages.rows(draft) == turned


def test_equal_rows_are_left_alone(draft, django_assert_num_queries):
    with django_assert_num_queries(1):
        key_messages.write(draft, [{"text": text} for text in KEY_MESSAGES])


def test_the_order_of_tags_is_no_edit(approved, disease, theme):
    tags.write(approved, [{"tag_id": theme.pk}, {"tag_id": disease.pk}])
    before = {row.pk for row in approved.version_tags.all()}
    tags.write(approved, [{"tag_id": disease.pk}, {"tag_id": theme.pk}, {"tag_id": theme.pk}])
    assert {row.pk for row in approved.version_tags.all()} == before


def test_the_same_tags_in_another_order_void_nothing(draft, author, editor, disease, theme, now):
    rows = [{"tag_id": theme.pk}, {"tag_id": disease.pk}]
    draft.rewrite(by=author, now=now, parts={"tags": rows})
    draft.submit(by=author, now=now)
    draft.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    draft.rewrite(by=editor, now=now, parts={"tags": rows[::-1]})
    assert draft.sign_offs.count() == 1


def test_the_hash_is_of_the_canonical_content(draft):
    text = canonical(content(draft))
    assert content_hash(draft) == hashlib.sha256(text.encode()).hexdigest() == draft.content_hash


def test_the_canonical_form_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "x"),
        ("summary", "x"),
        ("body", "x"),
        ("how_made", "x"),
        ("evidence_searched_on", None),
    ],
)
def test_the_hash_covers_every_column_of_the_text(draft, name, value):
    setattr(draft, name, value)
    assert content_hash(draft) != draft.content_hash


def test_the_hash_covers_no_name_that_may_change(draft, author, theme, now):
    draft.rewrite(by=author, now=now, parts={"tags": [{"tag_id": theme.pk}]})
    Tag.objects.filter(pk=theme.pk).update(name="Renamed", slug="renamed")
    assert content_hash(draft) == draft.content_hash


def test_the_hash_is_the_same_for_the_same_words_on_another_page(draft, author, now):
    other = begin_page(kind="article", slug="other", title=draft.title, by=author, now=now)
    for name in other.TEXT_FIELDS:
        setattr(other, name, getattr(draft, name))
    copy_parts(draft, other)
    assert content_hash(other) == content_hash(draft)


@pytest.fixture
def source(db):
    return Source.objects.create(key="burt-2019", kind="trial", title="MIST", design="cohort")


@pytest.fixture
def claim(disease, therapy, source):
    return {
        "statement": "It may help.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "outcome_kind": "disease",
        "direction": "benefit",
        "certainty": "low",
        "certainty_reason": "",
        "certainty_by_id": None,
        "comparator": "",
        "follow_up": "",
        "events_treated": 3,
        "people_treated": 20,
        "events_compared": None,
        "people_compared": None,
        "citations": [{"source": source.key, "place": "Table 2"}],
    }


def test_claims_come_back_with_their_citations(draft, claim):
    claims.write(draft, [claim])
    assert claims.rows(draft) == [claim]


def test_the_hash_covers_where_a_claim_is_cited(draft, author, claim, now):
    draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    Citation.objects.update(place="Table 3")
    assert content_hash(draft) != draft.content_hash


def test_a_copy_has_rows_of_its_own(draft, author, claim, now):
    draft.rewrite(by=author, now=now, parts={"claims": [claim], "also_called": [{"name": "HSCT"}]})
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    copy_parts(draft, other)
    assert claims.rows(other) == claims.rows(draft) == [claim]
    assert AlsoCalled.objects.count() == 2
    assert KeyMessage.objects.count() == 6
    for citation in Citation.objects.all():
        assert citation.claim.version_id == citation.version_id


def test_the_citations_of_a_body_follow_its_nodes(draft, author, source, now):
    body = (
        f'<p>A<cite data-source="{source.key}" data-place="Abstract"></cite> '
        '<cite data-source="unknown-key"></cite></p>'
    )
    draft.rewrite(by=author, now=now, text={"body": body})
    assert [(row.source, row.place) for row in draft.citations.all()] == [(source, "Abstract")]
    draft.rewrite(by=author, now=now, text={"body": "<p>A</p>"})
    assert not draft.citations.exists()


def test_a_source_that_is_not_there_is_named(draft, author, claim, now):
    claim["citations"] = [{"source": "nobody-2020", "place": ""}]
    with pytest.raises(Source.DoesNotExist, match="nobody-2020"):
        draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    assert not draft.claims.exists()
