"""A save that comes too late: refused, both texts shown, nothing that was typed lost."""

import pytest
from django.test import Client
from django.urls import reverse

from editorial.models import KeyMessage, Version
from evidence.models import Claim
from tests.conftest import KEY_MESSAGES
from tests.editorial.forms_of_the_admin import as_sent, new_row


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def change(version: Version) -> str:
    return reverse("admin:articles_article_change", args=[version.pk])


@pytest.fixture
def mine(author, draft):
    return browser(author)


@pytest.fixture
def opened(mine, draft):
    """The form as it was sent to me before somebody else saved."""
    return as_sent(mine.get(change(draft)))


def saved_by(person, draft, **typed):
    theirs = browser(person)
    sent = as_sent(theirs.get(change(draft)))
    assert theirs.post(change(draft), sent | typed).status_code == 302


def texts(draft):
    return list(KeyMessage.objects.filter(version=draft).values_list("text", flat=True))


def compared(answer) -> dict[str, list[tuple[str, str]]]:
    return {
        it.label: [(run.change.value, run.text) for row in it.passages for run in row.runs]
        for it in answer.context["stale"].differences
    }


def test_both_texts_are_shown_with_their_differences(mine, editor, draft, opened):
    saved_by(
        editor, draft, title="Resetting quicker", body="<p>Some doctors now give cells back.</p>"
    )
    answer = mine.post(
        change(draft),
        opened | {"title": "Resetting slower", "body": "<p>Some doctors now keep cells.</p>"},
    )
    assert compared(answer) == {
        "Title": [("kept", "Resetting"), ("removed", "quicker"), ("added", "slower")],
        "Body": [
            ("kept", "Some doctors now"),
            ("removed", "give cells back."),
            ("added", "keep cells."),
        ],
    }
    assert "&lt;p&gt;Some" in answer.text  # In the editor's own field,
    assert "&lt;p&gt;" not in answer.text.partition('class="stale"')[2].partition("</section>\n")[0]


def test_it_says_who_saved_and_when(mine, editor, draft, opened):
    editor.first_name, editor.last_name = "Edda", "Editor"
    editor.save()
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened)
    assert "The stored text was last changed by Edda Editor, on" in answer.text


def test_two_tabs_of_one_person_are_two_forms(mine, author, draft, opened):
    saved_by(author, draft, title="In the other tab")
    answer = mine.post(change(draft), opened | {"title": "In this tab"})
    assert "You yourself last changed the stored text" in answer.text
    draft.refresh_from_db()
    assert draft.title == "In the other tab"


def test_a_second_press_without_a_choice_is_refused_again(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    again = as_sent(mine.post(change(draft), opened | {"title": "Slower"}))
    answer = mine.post(change(draft), again)
    assert answer.status_code == 200
    assert compared(answer) == {"Title": [("removed", "Quicker"), ("added", "Slower")]}
    draft.refresh_from_db()
    assert draft.title == "Quicker"


def test_whoever_chooses_saves_over_theirs(mine, author, editor, draft, opened):
    saved_by(editor, draft, title="Quicker", summary="Theirs.")
    answer = mine.post(change(draft), opened | {"title": "Slower"})
    lock = answer.context["stale"].stored.lock_number
    assert f'name="save_over" value="{lock}"' in answer.text
    assert mine.post(change(draft), as_sent(answer) | {"save_over": lock}).status_code == 302
    before = draft.summary
    draft.refresh_from_db()
    assert (draft.title, draft.summary) == ("Slower", before)
    assert set(draft.wrote.values_list("user", flat=True)) == {author.pk, editor.pk}


def test_a_choice_is_for_the_text_that_was_shown(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened | {"title": "Slower"})
    lock = answer.context["stale"].stored.lock_number
    saved_by(editor, draft, title="Quicker still")
    answer = mine.post(change(draft), as_sent(answer) | {"save_over": lock})
    assert compared(answer) == {"Title": [("removed", "Quicker still"), ("added", "Slower")]}
    draft.refresh_from_db()
    assert draft.title == "Quicker still"


def test_a_choice_outlives_the_refusal_of_another_field(mine, editor, draft, opened):
    saved_by(editor, draft, summary="Theirs.")
    answer = mine.post(change(draft), opened | {"title": ""})
    lock = answer.context["stale"].stored.lock_number
    answer = mine.post(change(draft), as_sent(answer) | {"save_over": lock})
    assert "stale" not in answer.context
    assert mine.post(change(draft), as_sent(answer) | {"title": "Given"}).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Given"


def test_what_was_typed_is_compared_even_where_it_is_refused(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened | {"title": "x" * 201})
    assert ("added", "x" * 201) in compared(answer)["Title"]


def test_a_save_over_nothing_new_says_that_the_texts_are_the_same(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened | {"title": "Quicker"})
    assert "What is stored now and what you typed are the same." in answer.text


# --- rows ---------------------------------------------------------------------------------


def test_rows_are_kept_as_typed_and_compared(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    sent = new_row(opened, "key_messages", position=0, text="Mine, and new.")
    answer = mine.post(change(draft), sent | {"key_messages-0-text": "Mine, and other."})
    assert compared(answer)["Key messages"][-1] == ("added", "Mine, and new.")
    lock = answer.context["stale"].stored.lock_number
    assert mine.post(change(draft), as_sent(answer) | {"save_over": lock}).status_code == 302
    assert texts(draft) == ["Mine, and other.", *KEY_MESSAGES[1:], "Mine, and new."]


def test_a_row_that_they_added_stands_in_the_form_and_stays(mine, editor, draft, opened):
    theirs = browser(editor)
    sent = new_row(as_sent(theirs.get(change(draft))), "key_messages", position=0, text="Theirs.")
    theirs.post(change(draft), sent)
    answer = mine.post(change(draft), opened | {"title": "Slower"})
    assert "Theirs." in answer.text
    assert set(compared(answer)) == {"Title"}
    lock = answer.context["stale"].stored.lock_number
    assert mine.post(change(draft), as_sent(answer) | {"save_over": lock}).status_code == 302
    assert texts(draft) == [*KEY_MESSAGES, "Theirs."]


def test_a_row_that_they_took_away_comes_back_as_typed(mine, editor, draft, opened):
    saved_by(editor, draft, **{"key_messages-0-DELETE": "on"})
    answer = mine.post(change(draft), opened | {"key_messages-0-text": "Mine."})
    assert compared(answer)["Key messages"][-1] == ("added", "Mine.")
    lock = answer.context["stale"].stored.lock_number
    assert mine.post(change(draft), as_sent(answer) | {"save_over": lock}).status_code == 302
    assert sorted(texts(draft)) == sorted([*KEY_MESSAGES[1:], "Mine."])


def test_a_row_that_i_took_away_stays_away(mine, editor, draft, opened):
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened | {"key_messages-2-DELETE": "on"})
    assert compared(answer)["Key messages"][-1] == ("removed", KEY_MESSAGES[2])
    lock = answer.context["stale"].stored.lock_number
    sent = as_sent(answer) | {"save_over": lock, "key_messages-2-DELETE": "on"}
    assert mine.post(change(draft), sent).status_code == 302
    assert texts(draft) == list(KEY_MESSAGES[:2])


def test_a_row_that_there_is_once_is_no_second_when_both_began_it(mine, editor, draft, opened):
    saved_by(editor, draft, **{"article_facts-0-question": "Theirs?"})
    answer = mine.post(change(draft), opened | {"article_facts-0-question": "Mine?"})
    assert compared(answer)["Facts of the article"][1:] == [
        ("removed", "Theirs?"),
        ("added", "Mine?"),
    ]
    lock = answer.context["stale"].stored.lock_number
    assert mine.post(change(draft), as_sent(answer) | {"save_over": lock}).status_code == 302
    draft = Version.objects.get(pk=draft.pk)
    assert draft.article_facts.question == "Mine?"


def test_facts_that_they_began_stay_where_i_left_mine_empty(mine, editor, draft, opened):
    saved_by(editor, draft, **{"article_facts-0-question": "Theirs?"})
    answer = mine.post(change(draft), opened | {"title": "Slower"})
    assert set(compared(answer)) == {"Title"}


def test_claims_and_tags_are_compared_in_words(
    mine, editor, draft, opened, disease, therapy, theme
):
    saved_by(editor, draft, tags=[disease.pk])
    sent = new_row(
        opened | {"tags": [theme.pk]},
        "claims",
        position=0,
        statement="It may calm the disease.",
        therapy=therapy.pk,
        disease=disease.pk,
        outcome="Relapse",
        direction="benefit",
        certainty="low",
    )
    answer = mine.post(change(draft), sent)
    found = compared(answer)
    assert found["Tags"] == [("removed", "Multiple sclerosis"), ("added", "Judging offers")]
    [(change_of_claim, text)] = found["Claims"]
    assert change_of_claim == "added"
    assert "Certainty: low" in text
    assert not Claim.objects.exists()


def test_a_form_that_names_rows_nonsensically_is_refused_without_a_crash(
    mine, editor, draft, opened
):
    saved_by(editor, draft, title="Quicker")
    answer = mine.post(change(draft), opened | {"lock_number": "x", "key_messages-0-id": "x"})
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.title == "Quicker"
