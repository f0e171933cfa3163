"""The correction lane: a few words, one editor, and a review that stays the one it was."""

import copy
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from editorial.actions import begin_page, start_correction, start_version
from editorial.corrections import MOST_WORDS, require_within_bounds, words_changed
from editorial.models import Version
from editorial.refusals import NotAllowed, OutOfBounds, WrongState
from editorial.states import Lane, Role, State
from evidence.models import Source
from tests.conftest import sign_by

CITE = '<cite data-source="burt-2019" data-place="Abstract"></cite>'
BODY = (
    '<h2 data-part="harms">Harms</h2>'
    "<p>In one trial 12 of 24 people got better; it does not help everybody, and 3.5 % died"
    f"{CITE}.</p>"
    "<p>" + " ".join(["word"] * 30) + "</p>"
    "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    '<p>Twenty-one centres took part, see <a href="/articles/other/">the other page</a>.</p>'
)


@pytest.fixture
def signed(draft, author, editor, medic, publisher, now):
    Source.objects.create(key="burt-2019", kind="trial", title="MIST", design="randomised_trial")
    draft.rewrite(by=author, now=now, text={"body": BODY})
    draft.submit(by=author, now=now)
    sign_by(draft, editor=editor, medic=medic, now=now)
    draft.publish(by=publisher, now=now)
    return draft


@pytest.fixture
def correction(signed, editor, now):
    return start_correction(signed.page, by=editor, now=now)


def correct(correction, old, new, *, by, now):
    assert old in correction.body
    correction.rewrite(by=by, now=now, text={"body": correction.body.replace(old, new, 1)})
    correction.submit(by=by, now=now)


# --- the lane -----------------------------------------------------------------------------


def test_a_correction_goes_live_with_one_other_editor_and_keeps_the_review(
    signed, correction, editor, second_editor, publisher, now
):
    later = now + timedelta(days=40)
    correct(correction, "got better", "improved", by=editor, now=later)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=later)
    assert correction.state == State.APPROVED
    correction.publish(by=publisher, now=later)
    signed.refresh_from_db()
    correction.refresh_from_db()
    assert signed.state == State.SUPERSEDED
    assert (correction.reviewed_on, correction.review_due_on) == (
        signed.reviewed_on,
        signed.review_due_on,
    )
    assert correction.corrected_on == later.date()
    assert signed.corrected_on is None


def test_a_correction_names_the_signed_version_and_copies_the_live_text(signed, correction):
    assert (correction.lane, correction.corrects) == (Lane.CORRECTION, signed)
    assert correction.content_hash == signed.content_hash


def test_who_corrected_does_not_sign(correction, editor, now):
    correct(correction, "got better", "improved", by=editor, now=now)
    with pytest.raises(NotAllowed, match="You wrote in this version"):
        correction.sign_off(by=editor, role=Role.EDITORIAL, now=now)


def test_a_correction_needs_no_medic(correction, editor, medic, now):
    correct(correction, "got better", "improved", by=editor, now=now)
    with pytest.raises(WrongState, match="one editor's sign-off and no other"):
        correction.sign_off(by=medic, role=Role.MEDICAL, now=now)


def test_only_editors_correct(signed, author, now):
    with pytest.raises(NotAllowed, match="Only an editor can make a quick correction"):
        start_correction(signed.page, by=author, now=now)


def test_an_author_does_not_write_in_a_correction(correction, author, now):
    with pytest.raises(NotAllowed, match="ask an editor"):
        correction.rewrite(by=author, now=now, text={"title": "Mine"})


def test_only_what_is_live_is_corrected(draft, editor, now):
    with pytest.raises(WrongState, match="Only a live page can be corrected"):
        start_correction(draft.page, by=editor, now=now)


def test_a_page_has_one_open_correction(correction, editor, now):
    with pytest.raises(WrongState, match="has an open correction already"):
        start_correction(correction.page, by=editor, now=now)


def test_a_draft_and_a_correction_are_open_side_by_side(signed, correction, author, now):
    draft = start_version(signed.page, by=author, now=now)
    assert {version.pk for version in Version.objects.open()} == {draft.pk, correction.pk}
    assert Version.objects.heads().get() == draft


def publish_correction(correction, old, new, *, editor, second_editor, publisher, now):
    correct(correction, old, new, by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    correction.publish(by=publisher, now=now)


def test_a_second_correction_is_measured_from_the_signed_text(
    signed, correction, editor, second_editor, publisher, now
):
    people = {"editor": editor, "second_editor": second_editor, "publisher": publisher}
    publish_correction(correction, "word " * 15, "mot " * 15, now=now, **people)
    second = start_correction(signed.page, by=editor, now=now)
    assert second.corrects == signed
    with pytest.raises(OutOfBounds, match="at most 20 words; this changes 25"):
        correct(second, "word " * 10, "mot " * 10, by=editor, now=now)


def test_a_correction_does_not_undo_a_newer_full_version(
    signed, correction, author, editor, second_editor, medic, publisher, now
):
    correct(correction, "got better", "improved", by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    newer = start_version(signed.page, by=author, now=now)
    newer.rewrite(by=author, now=now, text={"title": "What newer trials found"})
    newer.submit(by=author, now=now)
    sign_by(newer, editor=editor, medic=medic, now=now)
    newer.publish(by=publisher, now=now)
    with pytest.raises(WrongState, match="this correction corrects is no longer live"):
        correction.publish(by=publisher, now=now)
    assert Version.objects.live().get() == newer


def test_the_database_keeps_a_correction_from_undoing_a_newer_full_version(
    signed, correction, author, editor, second_editor, medic, publisher, now
):
    correct(correction, "got better", "improved", by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    newer = start_version(signed.page, by=author, now=now)
    newer.submit(by=author, now=now)
    sign_by(newer, editor=editor, medic=medic, now=now)
    newer.publish(by=publisher, now=now)
    Version.objects.filter(pk=newer.pk).update(state=State.SUPERSEDED)
    with pytest.raises(IntegrityError, match="needs both sign-offs"), transaction.atomic():
        Version.objects.filter(pk=correction.pk).update(state=State.LIVE, published_at=now)


def test_a_correction_does_not_bring_back_a_withdrawn_page(
    signed, correction, editor, second_editor, publisher, now
):
    correct(correction, "got better", "improved", by=editor, now=now)
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    signed.withdraw(by=publisher, now=now, reason="The trial was retracted.")
    with pytest.raises(WrongState, match="is no longer live"):
        correction.publish(by=publisher, now=now)


# --- what the database refuses ------------------------------------------------------------


def push_to_live(page, corrects, second_editor, now):
    """A correction past every verb, signed by one editor."""
    version = Version.objects.create(
        page=page,
        number=9,
        lane=Lane.CORRECTION,
        corrects=corrects,
        title="Beside the verbs",
        is_head=False,
        content_hash="c" * 64,
        created_at=now,
        edited_at=now,
    )
    version.sign_offs.create(
        role=Role.EDITORIAL,
        signed_by=second_editor,
        contributor=second_editor.contributor,
        content_hash="c" * 64,
        signed_at=now,
    )
    mine = Version.objects.filter(pk=version.pk)
    mine.update(state=State.EDITORIAL_REVIEW)
    mine.update(state=State.APPROVED)
    Version.objects.live().filter(page=page).update(state=State.SUPERSEDED)
    with transaction.atomic():
        return mine.update(state=State.LIVE, published_at=now)


def test_the_database_lets_a_correction_of_a_signed_text_pass(signed, second_editor, now):
    assert push_to_live(signed.page, signed, second_editor, now) == 1


def test_the_database_refuses_a_correction_of_a_text_no_medic_signed(
    signed, next_draft_of, second_editor, now
):
    with pytest.raises(IntegrityError, match="needs both sign-offs"):
        push_to_live(signed.page, next_draft_of(signed), second_editor, now)


def test_the_database_refuses_a_correction_of_the_text_of_another_page(
    signed, second_editor, now, author
):
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    with pytest.raises(IntegrityError, match="needs both sign-offs"):
        push_to_live(other.page, signed, second_editor, now)


def test_the_database_refuses_a_correction_of_a_withdrawn_text(signed, second_editor, now):
    Version.objects.filter(pk=signed.pk).update(state=State.WITHDRAWN, reason="Retracted.")
    with pytest.raises(IntegrityError, match="needs both sign-offs"):
        push_to_live(signed.page, signed, second_editor, now)


@pytest.mark.parametrize("lane", Lane)
def test_the_database_refuses_a_lane_that_does_not_match_what_is_corrected(signed, lane, now):
    with pytest.raises(IntegrityError):
        Version.objects.create(
            page=signed.page,
            number=9,
            lane=lane,
            corrects=signed if lane == Lane.FULL else None,
            is_head=False,
            created_at=now,
            edited_at=now,
        )


@pytest.fixture
def next_draft_of(author, now):
    return lambda version: start_version(version.page, by=author, now=now)


# --- the bounds ---------------------------------------------------------------------------


def compare(signed, old, new):
    """Two texts, nothing saved: what matters is the difference."""
    signed.body = BODY
    correction = copy.copy(signed)
    assert old in BODY
    correction.body = BODY.replace(old, new, 1)
    require_within_bounds(signed, correction)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("got better", "improved"),
        ("everybody", "all of the patients"),
        ("word word", "word, word"),
        ("centres took", "centers took"),
    ],
)
def test_a_few_plain_words_may_change(draft, old, new):
    compare(draft, old, new)


NUMBER = "no number, and no word such as “not”"
MARK = "no citation, link, table or required section"


@pytest.mark.parametrize(
    ("old", "new", "bound"),
    [
        ("12 of 24", "13 of 24", NUMBER),
        ("12 of 24", "24 of 12", NUMBER),
        ("3.5", "3,5", NUMBER),
        ("3.5 %", "3.5 ‰", NUMBER),
        ("3.5", "-3.5", NUMBER),
        ("3.5", "&lt;3.5", NUMBER),
        ("one trial", "a trial", NUMBER),
        ("does not help everybody", "does help everybody", NUMBER),
        ("does not help", "doesn’t help", NUMBER),
        ("it does not help everybody, and", "it does help everybody, not", NUMBER),
        ("got better", "got no better", NUMBER),
        ("got better", "never got better", NUMBER),
        ("everybody", "nobody", NUMBER),
        ("Twenty-one", "Twenty-two", NUMBER),
        ("centres", "thirteen centres", NUMBER),
        ("took part", "took part without harm", NUMBER),
        ("better", "twice better", NUMBER),
        ("<td>1</td><td>2</td>", "<td>12</td>", MARK),
        ("<td>1</td><td>2</td>", "<td>1</td><td></td><td>2</td>", MARK),
        (CITE, "", MARK),
        ('data-place="Abstract"', 'data-place="Table 2"', MARK),
        ("/articles/other/", "/articles/another/", MARK),
        ('<a href="/articles/other/">the other page</a>', "the other page", MARK),
        (' data-part="harms"', "", MARK),
    ],
)
def test_what_counts_may_not_change(draft, old, new, bound):
    with pytest.raises(OutOfBounds, match=bound):
        compare(draft, old, new)


def test_a_citation_may_not_move_to_another_sentence(draft):
    with pytest.raises(OutOfBounds, match=MARK):
        compare(
            draft,
            f"got better; it does not help everybody, and 3.5 % died{CITE}",
            f"got better{CITE}; it does not help everybody, and 3.5 % died",
        )


def test_twenty_words_and_no_more(draft):
    compare(draft, "word " * MOST_WORDS, "mot " * MOST_WORDS)
    with pytest.raises(OutOfBounds, match="at most 20 words; this changes 21"):
        compare(draft, "word " * (MOST_WORDS + 1), "mot " * (MOST_WORDS + 1))


def test_a_title_may_be_corrected_within_the_same_bounds(draft):
    better, worse = copy.copy(draft), copy.copy(draft)
    better.title = "Resetting the immune system"
    require_within_bounds(draft, better)
    worse.title = "Not resetting immunity"
    with pytest.raises(OutOfBounds, match=NUMBER):
        require_within_bounds(draft, worse)


def test_a_correction_with_a_number_in_it_is_refused_when_it_is_submitted(correction, editor, now):
    with pytest.raises(OutOfBounds, match=NUMBER):
        correct(correction, "12 of 24", "13 of 24", by=editor, now=now)
    assert Version.objects.get(pk=correction.pk).state == State.DRAFT


def test_a_correction_without_one_of_its_citations_is_refused(correction, editor, now):
    with pytest.raises(OutOfBounds, match="not the sources cited"):
        correct(correction, CITE, "", by=editor, now=now)


@pytest.mark.parametrize(
    ("text", "parts", "bound"),
    [
        ({"summary": "Another summary."}, {}, "the title and the body only"),
        ({"how_made": "ai_assisted"}, {}, "the title and the body only"),
        ({"evidence_searched_on": None}, {}, "the title and the body only"),
        ({}, {"key_messages": [{"text": "Else."}]}, "not the key messages"),
        ({}, {"also_called": [{"name": "HSCT"}]}, "not the also called"),
        ({}, {"tags": "theme"}, "not the tags"),
    ],
)
def test_nothing_but_title_and_body_may_change(correction, editor, theme, now, text, parts, bound):
    rows = {"tags": [{"tag_id": theme.pk}]} if parts == {"tags": "theme"} else parts
    correction.rewrite(by=editor, now=now, text=text, parts=rows)
    with pytest.raises(OutOfBounds, match=bound):
        correction.submit(by=editor, now=now)


def test_the_bounds_hold_again_when_it_is_published(
    correction, editor, second_editor, publisher, now
):
    """Whatever reached the text between: the last look is the one that counts."""
    correct(correction, "got better", "improved", by=editor, now=now)
    correction.rewrite(
        by=editor, now=now, text={"body": correction.body.replace("12 of 24", "13 of 24")}
    )
    mine = Version.objects.filter(pk=correction.pk)
    mine.update(state=State.EDITORIAL_REVIEW)
    correction.refresh_from_db()
    correction.sign_off(by=second_editor, role=Role.EDITORIAL, now=now)
    with pytest.raises(OutOfBounds, match=NUMBER):
        correction.publish(by=publisher, now=now)


WORDS = st.lists(st.sampled_from(["stem", "cell", "cells", "help", "may"]), max_size=30)


@given(before=WORDS)
def test_a_text_that_stays_changes_no_word(before):
    assert words_changed(before, before) == 0


@given(before=WORDS, after=WORDS)
def test_words_changed_is_never_less_than_must_be_nor_more_than_there_are(before, after):
    changed = words_changed(before, after)
    assert abs(len(before) - len(after)) <= changed <= len(before) + len(after)
    assert (changed == 0) == (before == after)


@given(before=WORDS, new=st.lists(st.just("new"), max_size=25), data=st.data())
def test_words_put_in_count_each(before, new, data):
    place = data.draw(st.integers(0, len(before)))
    assert words_changed(before, before[:place] + new + before[place:]) == len(new)
