"""What somebody signed is kept, and compared with what became of it, as they see it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from editorial.actions import begin_page, start_version
from editorial.differences import compare_signed
from editorial.history import last_signed
from editorial.models import SignedText, Tag, Version
from editorial.parts import canonical, content, hash_of
from editorial.refusals import Refused
from editorial.states import Kind, Role, State
from evidence.models import Source
from tests.conftest import sign_by


def page_for(person, version: Version, verb: str = "compare", **asked):
    client = Client()
    client.force_login(person)
    return client.get(reverse(f"admin:articles_article_{verb}", args=[version.pk]), asked)


def since(person, version: Version):
    return page_for(person, version, **{"with": "signed"})


def runs(answer) -> dict[str, list[tuple[str, str]]]:
    """What came and what went, by the name of the field."""
    return {
        it.label: [
            (str(run.change), run.text)
            for passage in it.passages
            for run in passage.runs
            if passage.is_changed and run.change != "kept"
        ]
        for it in answer.context["changed"]
    }


@pytest.fixture
def source(db):
    return Source.objects.create(
        key="mist", kind="trial", title="MIST", finding="Fewer relapsed.", design="cohort"
    )


@pytest.fixture
def claim(source, therapy, disease):
    return {
        "statement": "It may calm the disease.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "direction": "benefit",
        "certainty": "low",
        "citations": [{"source": source.key, "place": "Table 2"}],
    }


@pytest.fixture
def signed(draft, author, editor, medic, claim, theme, now):
    """The only version of its page, with rows of several sorts, signed by both."""
    draft.rewrite(
        by=author,
        now=now,
        text={"body": draft.body + '<p>So it is.<cite data-source="mist"></cite></p>'},
        parts={
            "claims": [claim],
            "tags": [{"tag_id": theme.pk}],
            "article_facts": [{"question": "Can it help?", "bottom_line": "", "document_id": None}],
        },
    )
    draft.submit(by=author, now=now)
    return sign_by(draft, editor=editor, medic=medic, now=now)


@pytest.fixture
def edit(signed, author, editor, now):
    """What the author does with it once it was sent back."""

    def rewrite(text=None, parts=None, *, now=now):
        if signed.state != State.DRAFT:
            signed.send_back(by=editor, now=now, comment="Please look at it again.")
        signed.rewrite(by=author, now=now, text=text, parts=parts)

    return rewrite


# --- what is kept -------------------------------------------------------------------------


def test_each_sign_off_keeps_the_very_text_that_was_hashed(signed, editor, medic, now):
    texts = SignedText.objects.order_by("pk")
    assert [(it.role, it.signed_by) for it in texts] == [("editorial", editor), ("medical", medic)]
    for text in texts:
        assert (text.version, text.signed_at) == (signed, now)
        assert hash_of(text.content) == text.content_hash == signed.content_hash
        assert canonical(text.content) == canonical(content(signed))


def test_it_stays_when_an_edit_voids_the_sign_off(signed, editor, now):
    signed_hash = signed.content_hash
    signed.rewrite(by=editor, now=now, text={"title": "Otherwise"})
    assert not signed.sign_offs.exists()
    assert [hash_of(it.content) for it in signed.signed_texts.all()] == [signed_hash] * 2


def test_a_sign_off_that_was_refused_keeps_nothing(signed, medic, now):
    before = SignedText.objects.count()
    with pytest.raises(Refused):
        signed.sign_off(by=medic, role=Role.MEDICAL, now=now)
    assert SignedText.objects.count() == before


@pytest.mark.parametrize("fields", [{"content": {}}, {"content_hash": "0"}, {"role": "editorial"}])
def test_it_is_never_changed(signed, fields):
    with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
        SignedText.objects.filter(role=Role.MEDICAL).update(**fields)


def test_it_outlives_the_account_of_whoever_signed(signed):
    SignedText.objects.update(signed_by=None)
    assert SignedText.objects.filter(signed_by=None).count() == 2


# --- since my last sign-off ---------------------------------------------------------------


def test_an_edit_after_my_sign_off_is_shown_and_nothing_else(signed, edit, medic, claim, disease):
    edit(
        text={
            "title": "Resetting defence",
            "body": signed.body.replace("own stem cells", "own blood cells"),
        },
        parts={
            "claims": [
                {
                    **claim,
                    "certainty": "very_low",
                    "citations": [{"source": "mist", "place": "Table 3"}],
                }
            ],
            "tags": [{"tag_id": disease.pk}],
        },
    )
    answer = since(medic, signed)
    assert runs(answer) == {
        "Title": [("removed", "immunity"), ("added", "defence")],
        "Body": [("removed", "stem"), ("added", "blood")],
        "Claims": [("added", "very"), ("removed", "2"), ("added", "3")],
        "Tags": [("removed", "Judging offers"), ("added", "Multiple sclerosis")],
    }
    assert "From version 1, as you signed it on 2 Mar 2026," in answer.text
    assert "nothing changed since you signed" not in answer.text


def test_rows_that_stayed_read_as_they_read_now(signed, edit, medic):
    edit(text={"title": "Otherwise"})
    text = last_signed(signed.page, by=medic)
    found = {it.label: it for it in compare_signed(text, signed)}
    assert [it.label for it in found.values() if it.changes] == ["Title"]
    for passage in found["Claims"].passages:
        assert passage.before == passage.after
        assert "Source: MIST, Table 2" in passage.before.text


def test_another_name_of_a_tag_is_no_change(signed, edit, medic, theme):
    edit(text={"title": "Otherwise"})
    Tag.objects.filter(pk=theme.pk).update(name="Offers")
    assert list(runs(since(medic, signed))) == ["Title"]


def test_what_is_gone_since_is_named_as_gone(signed, edit, medic, theme, source):
    edit(text={"body": "<p>New.</p>"}, parts={"claims": [], "tags": []})
    theme.delete()
    source.delete()
    found = runs(since(medic, signed))
    assert found["Tags"] == [("removed", "(no longer there)")]
    assert found["Sources cited in the body"] == [("removed", "mist")]
    assert "Source: mist, Table 2" in found["Claims"][0][1]


def test_nothing_changed_since_i_signed_says_so(signed, medic):
    answer = since(medic, signed)
    assert "nothing changed since you signed" in answer.text
    assert runs(answer) == {}


def test_a_text_that_came_back_is_the_text_that_was_signed(signed, edit, medic):
    title = signed.title
    edit(text={"title": "Otherwise"})
    assert "nothing changed since you signed" not in since(medic, signed).text
    edit(text={"title": title})
    assert "nothing changed since you signed" in since(medic, signed).text


def test_of_two_sign_offs_the_later_one_counts(signed, edit, author, editor, medic, now):
    later = now + timedelta(days=1)
    edit(text={"title": "Second"})
    signed.submit(by=author, now=now)
    sign_by(signed, editor=editor, medic=medic, now=later)
    edit(now=later, text={"title": "Third"})
    assert last_signed(signed.page, by=medic).signed_at == later
    assert runs(since(medic, signed)) == {"Title": [("removed", "Second"), ("added", "Third")]}


def test_a_version_that_was_discarded_is_still_what_i_signed(signed, editor, author, medic, now):
    signed.discard(by=editor, now=now, reason="Begun again.")
    version = start_version(signed.page, by=author, now=now)
    assert last_signed(signed.page, by=medic).version == signed
    assert "Since my last sign-off" in page_for(medic, version, "change").text


def test_what_somebody_else_signed_is_not_mine(signed, edit, publisher, second_editor):
    edit(text={"title": "Otherwise"})
    for person in (publisher, second_editor):
        assert last_signed(signed.page, by=person) is None
        assert since(person, signed).status_code == 404
        for verb in ("change", "compare"):
            assert "Since my last sign-off" not in page_for(person, signed, verb).text


def test_a_sign_off_on_another_page_counts_for_nothing_here(signed, medic, author, now):
    other = begin_page(kind=Kind.ARTICLE, slug="other", title="Other", by=author, now=now)
    assert last_signed(other.page, by=medic) is None


def test_a_text_from_before_what_i_signed_is_not_compared_with_it(
    live_version, next_draft, author, editor, medic, now
):
    next_draft.submit(by=author, now=now)
    sign_by(next_draft, editor=editor, medic=medic, now=now)
    assert last_signed(live_version.page, by=medic).version == next_draft
    assert since(medic, live_version).status_code == 404


def test_it_is_one_link_away(signed, edit, medic):
    edit(text={"title": "Otherwise"})
    assert 'href="../compare/?with=signed"' in page_for(medic, signed, "change").text
    text = page_for(medic, signed).text  # There is no other version: it is what is compared.
    assert "as you signed it on" in text
    assert "?with=signed&amp;view=side" in text
    side = page_for(medic, signed, **{"with": "signed", "view": "side"}).text
    assert side.count('class="side"') == 2


def test_a_sign_off_from_before_texts_were_kept_is_on_the_text_of_its_version(
    next_draft, author, medic, now
):
    """The fixtures sign as it was done then, without a text."""
    assert not SignedText.objects.exists()
    next_draft.rewrite(by=author, now=now, text={"title": "Resetting defence"})
    answer = since(medic, next_draft)
    assert runs(answer) == {"Title": [("removed", "immunity"), ("added", "defence")]}
    assert "From version 1, as you signed it" in answer.text


def test_no_markup_of_a_signed_text_is_shown(signed, edit, medic):
    edit(text={"title": "Otherwise"})
    text = since(medic, signed).text
    assert "&lt;p&gt;" not in text
    assert "&lt;cite" not in text


def test_the_queries_do_not_grow_with_the_rows_that_were_signed(
    signed, medic, claim, django_assert_num_queries
):
    text = last_signed(signed.page, by=medic)

    for rows in (2, 9):
        text.content["claims"] = [claim] * rows
        with django_assert_num_queries(19):
            compare_signed(text, signed)
