"""Two texts compared by words: both come back from the runs, nothing is slow, nothing is markup."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.actions import revert
from editorial.differences import (
    Change,
    compare,
    compare_bodies,
    compare_lines,
    compare_values,
    compare_words,
    words,
)
from editorial.models import Tag
from editorial.parts import parts_of
from editorial.wording import Line, body_lines
from evidence.models import Source
from tests.conftest import KEY_MESSAGES

few_words = st.lists(st.sampled_from(["a", "b", "c", "d", "e.", "\n"]), max_size=60).map(" ".join)
any_text = st.one_of(st.text(max_size=80), few_words)
lines = st.lists(few_words.map(Line), max_size=12)


def runs_of(difference) -> list[tuple[str, str]]:
    return [(run.change.value, run.text) for passage in difference.passages for run in passage.runs]


def said(runs) -> list[str]:
    return [word for run in runs for word in run.text.split(" ")]


# --- words --------------------------------------------------------------------------------


@given(any_text, any_text)
def test_both_texts_come_back_from_the_runs(before, after):
    runs = compare_words(before, after)
    assert said(run for run in runs if run.change != Change.ADDED) == words(before)
    assert said(run for run in runs if run.change != Change.REMOVED) == words(after)


@given(any_text)
def test_a_text_is_no_different_from_itself(text):
    assert {run.change for run in compare_words(text, text)} <= {Change.KEPT}
    assert compare_values("Title", text, text).changes == 0


@given(lines, lines)
def test_every_block_of_both_texts_is_shown_once_and_in_order(before, after):
    passages = compare_lines("Body", before, after).passages
    assert [passage.before for passage in passages if passage.before] == before
    assert [passage.after for passage in passages if passage.after] == after


@given(st.lists(st.sampled_from("abc"), min_size=130, max_size=400), st.integers(0, 100))
def test_long_texts_come_back_as_well(letters, shift):
    before, after = " ".join(letters), " ".join([*letters[shift:], "x", *letters[:shift]])
    runs = compare_words(before, after)
    assert said(run for run in runs if run.change != Change.ADDED) == words(before)
    assert said(run for run in runs if run.change != Change.REMOVED) == words(after)


def test_one_word_in_the_place_of_another():
    assert runs_of(
        compare_values("Title", "It may help some people", "It can help some people")
    ) == [
        ("kept", "It"),
        ("removed", "may"),
        ("added", "can"),
        ("kept", "help some people"),
    ]


def test_a_single_word_between_longer_changes_does_not_break_them_up():
    runs = compare_words("one two the three four end", "five six the seven eight end")
    assert [run.text for run in runs] == [
        "one two the three four",
        "five six the seven eight",
        "end",
    ]


# --- blocks -------------------------------------------------------------------------------


def test_a_new_paragraph_leaves_the_others_alone():
    difference = compare_bodies("<p>One.</p><p>Two.</p>", "<p>One.</p><p>New.</p><p>Two.</p>")
    assert runs_of(difference) == [("kept", "One."), ("added", "New."), ("kept", "Two.")]
    assert difference.changes == 1


def test_a_paragraph_is_compared_with_the_one_most_like_it():
    before = "<p>Quite another thing.</p><p>Two in a hundred people died of it.</p>"
    after = "<p>Three in a hundred people died of it.</p>"
    assert runs_of(compare_bodies(before, after)) == [
        ("removed", "Quite another thing."),
        ("removed", "Two"),
        ("added", "Three"),
        ("kept", "in a hundred people died of it."),
    ]


def test_what_is_no_plain_paragraph_says_what_it_is(db):
    body = (
        '<h2 data-part="harms">Harms</h2><ul><li>One<ul><li>Two</li></ul></li></ul>'
        "<blockquote><p>Three</p></blockquote>"
        "<table><caption>Four</caption><tr><th>Five</th><td>Six</td></tr></table><p>Seven</p>"
    )
    assert [(line.sort, line.text) for line in body_lines(body, {})] == [
        ("Heading of the section on harms and side effects", "Harms"),
        ("List item", "One"),
        ("List item", "Two"),
        ("Quotation", "Three"),
        ("Title of a table", "Four"),
        ("Table heading", "Five"),
        ("Table cell", "Six"),
        ("", "Seven"),
    ]


def test_a_paragraph_that_became_a_list_item_says_so():
    [passage] = compare_bodies("<p>Ask.</p>", "<ul><li>Ask.</li></ul>").passages
    assert (passage.is_changed, passage.was, passage.sort) == (True, "Paragraph", "List item")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Ask us.</p>", "<p>Ask <strong>us</strong>.</p>"),
        ("<table><tr><td>1</td></tr></table>", '<table><tr><td colspan="2">1</td></tr></table>'),
    ],
)
def test_a_change_of_form_alone_is_a_change(before, after):
    [passage] = compare_bodies(before, after).passages
    assert passage.is_changed
    assert passage.is_change_of_form


def test_where_a_link_leads_is_compared():
    before = '<p>Ask <a href="https://a.example">us</a>.</p>'
    difference = compare_bodies(before, before.replace("a.example", "b.example"))
    assert ("removed", "https://a.example].") in runs_of(difference)


def test_raised_and_lowered_figures_do_not_read_as_plain_ones():
    [line] = body_lines("<p>10<sup>6</sup> CO<sub>2</sub></p>", {})
    assert line.text == "10⁶ CO₂"


def test_a_citation_stands_as_its_short_title_and_place(db):
    Source.objects.create(key="burt-2019-mist", kind="trial", title="Long", short_name="MIST 2019")
    cite = '<p>It helped.<cite data-source="burt-2019-mist" data-place="Table 2"></cite></p>'
    unknown = cite.replace("burt-2019-mist", "nobody-2020")
    assert runs_of(compare_bodies("", cite)) == [("added", "It helped. [MIST 2019, Table 2]")]
    assert runs_of(compare_bodies("", unknown)) == [("added", "It helped. [nobody-2020, Table 2]")]


@given(any_text)
def test_any_body_can_be_read(text):
    for line in body_lines(f"{text}<p>{text}<ul><li>{text}", {}):
        assert line.text == " ".join(line.text.split())


# --- speed --------------------------------------------------------------------------------

chance = random.Random(5)  # noqa: S311 - no secret
LONG = [f"word{chance.paretovariate(0.9):.0f}" for _ in range(5000)]
OTHER = [f"word{chance.paretovariate(0.9):.0f}" for _ in range(5000)]


def paragraphs(text, size=50):
    starts = range(0, len(text), size)
    return "".join(f"<p>{' '.join(text[start : start + size])}</p>" for start in starts)


EDITED = [word if number % 25 else "changed" for number, word in enumerate(LONG)]
EQUAL = ["same words here"] * 1000
HARD = {
    "an edited text": (paragraphs(LONG), paragraphs(EDITED)),
    "another text": (paragraphs(LONG), paragraphs(OTHER)),
    "an edited text in one paragraph": (paragraphs(LONG, 5000), paragraphs(EDITED, 5000)),
    "another text in one paragraph": (paragraphs(LONG, 5000), paragraphs(OTHER, 5000)),
    "one word over and over": (paragraphs(["x"] * 5000, 5000), paragraphs(["x"] * 4000, 5000)),
    "two words in turn": (paragraphs(["x", "y"] * 2500, 5000), paragraphs(["y", "x", "x"] * 1600)),
    "a thousand equal paragraphs": (paragraphs(EQUAL, 1), paragraphs(EQUAL[:900], 1)),
    "every other of them changed": (
        paragraphs(EQUAL, 1),
        paragraphs(["same words", "here"] * 500, 1),
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_no_two_texts_take_long(name):
    before, after = HARD[name]
    start = process_time()
    compare_bodies(before, after)
    assert process_time() - start < 1


@pytest.mark.parametrize(("before", "after"), [("", ""), ("<p></p>", ""), ("  ", "<p> </p>")])
def test_nothing_is_no_different_from_nothing(before, after):
    assert compare_bodies(before, after).passages == ()


# --- versions -----------------------------------------------------------------------------


@pytest.fixture
def source(db):
    return Source.objects.create(
        key="burt-2019-mist",
        kind="trial",
        title="Long title",
        short_name="MIST 2019",
        design="randomised_trial",
        people=110,
        finding="Fewer people relapsed.",
    )


@pytest.fixture
def claim(disease, therapy, source):
    return {
        "statement": "It may calm the disease.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "direction": "benefit",
        "certainty": "low",
        "events_treated": 3,
        "people_treated": 55,
        "citations": [{"source": source.key, "place": "Table 2"}],
    }


def changed(before, after):
    return {it.label: it for it in compare(before, after) if it.changes}


def test_a_copy_shows_no_change(live_version, next_draft):
    assert changed(live_version, next_draft) == {}
    labels = [it.label for it in compare(live_version, next_draft)]
    assert labels[:3] == ["Title", "Summary", "Body"]


def test_every_part_of_a_version_is_compared_under_a_name_of_its_own(live_version, next_draft):
    labels = [it.label for it in compare(live_version, next_draft)]
    assert len(labels) == len(set(labels))
    assert {part.label for part in parts_of(next_draft)} <= set(labels)


def test_a_claim_is_compared_in_words(live_version, next_draft, author, claim, now):
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    [passage] = changed(live_version, next_draft)["Claims"].passages
    assert passage.after.text.splitlines() == [
        "Statement: It may calm the disease.",
        "Therapy: Autologous HSCT",
        "Disease: Multiple sclerosis",
        "Outcome: relapse",
        "Outcome kind: the disease itself",
        "Direction: benefit",
        "Certainty: low",
        "With the treatment: 3 of 55 people",
        "Source: MIST 2019, Table 2",
    ]
    [note] = passage.notes
    assert note.title == "MIST 2019, Table 2"
    assert "randomised trial, 110 people. It found: Fewer people relapsed." in note.text
    assert note.url == "/sources/burt-2019-mist/"


def test_a_private_source_is_named_without_a_link(live_version, next_draft, author, claim, now):
    Source.objects.update(is_private=True)
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    [passage] = changed(live_version, next_draft)["Claims"].passages
    assert [note.url for note in passage.notes] == [""]


def test_a_source_that_no_longer_stands_is_named_as_such(
    next_draft, author, claim, now, live_version
):
    Source.objects.update(status="retracted")
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    [passage] = changed(live_version, next_draft)["Claims"].passages
    assert "Take care: this source is retracted." in passage.notes[0].text


def test_another_certainty_is_a_change_of_two_words(live_version, next_draft, author, claim, now):
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    before = next_draft.page.versions.get(pk=next_draft.pk)
    lines_before = {part.name: part.lines(before) for part in parts_of(before)}
    claim |= {"certainty": "very_low"}
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    part = next(part for part in parts_of(next_draft) if part.name == "claims")
    difference = compare_lines(part.label, lines_before["claims"], part.lines(next_draft))
    assert ("added", "very") in runs_of(difference)
    assert difference.changes == 1


def test_tags_are_compared_by_name_and_a_new_name_is_no_change(
    live_version, next_draft, author, theme, disease, now
):
    next_draft.rewrite(
        by=author, now=now, parts={"tags": [{"tag_id": theme.pk}, {"tag_id": disease.pk}]}
    )
    Tag.objects.filter(pk=theme.pk).update(name="Offers")
    found = runs_of(changed(live_version, next_draft)["Tags"])
    assert found == [("added", "Multiple sclerosis"), ("added", "Offers")]


def test_facts_key_messages_and_how_it_was_made_are_compared(live_version, next_draft, author, now):
    next_draft.rewrite(
        by=author,
        now=now,
        text={"how_made": "ai_assisted", "evidence_searched_on": None},
        parts={
            "article_facts": [{"question": "Can it help me?", "bottom_line": "It may."}],
            "key_messages": [{"text": KEY_MESSAGES[0]}, {"text": "New."}],
        },
    )
    found = changed(live_version, next_draft)
    assert set(found) == {
        "About the article",
        "Key messages",
        "How it was made",
        "Evidence searched to",
    }
    [passage] = found["About the article"].passages
    assert passage.after.text == "The question it answers: Can it help me?\nBottom line: It may."
    assert runs_of(found["How it was made"]) == [
        ("kept", "written"),
        ("removed", "by people"),
        ("added", "with the help of AI"),
    ]


def test_a_reverted_text_is_no_different(live_version, next_draft, author, now):
    next_draft.rewrite(by=author, now=now, text={"title": "Otherwise"})
    assert set(changed(live_version, next_draft)) == {"Title"}
    revert(next_draft, to=live_version, by=author, now=now)
    assert changed(live_version, next_draft) == {}


def test_the_queries_do_not_grow_with_the_claims(
    live_version, next_draft, author, claim, now, django_assert_num_queries
):
    def asked(rows):
        next_draft.rewrite(by=author, now=now, parts={"claims": [claim] * rows})
        with django_assert_num_queries(18):
            compare(live_version, next_draft)

    asked(2)
    asked(9)
