"""Two versions compared, and the history of a page, as each member of the staff sees them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from editorial import ledger
from editorial.actions import begin_page, start_version
from editorial.models import Version
from editorial.states import Kind, State
from evidence.models import Source


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(version: Version, verb: str, model: str = "articles_article") -> str:
    return reverse(f"admin:{model}_{verb}", args=[version.pk])


def compared(person, version: Version, **asked):
    return browser(person).get(address(version, "compare"), asked)


def words_shown(answer, tag: str) -> list[str]:
    """What is marked as removed or added, without the words for those who do not see."""
    marked = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
    return [re.sub(r"<span.*?</span>", "", text).strip() for text in marked]


@pytest.fixture
def rewritten(next_draft, author, now):
    """The draft beside the live version, with another title and a paragraph more."""
    body = next_draft.body + "<p>One in a hundred <script>people</script> died.</p>"
    next_draft.rewrite(by=author, now=now, text={"title": "Resetting defence", "body": body})
    return next_draft


# --- two versions -------------------------------------------------------------------------


def test_a_draft_is_compared_with_the_live_text_unasked(medic, live_version, rewritten):
    answer = compared(medic, rewritten)
    assert (answer.context["before"], answer.context["after"]) == (live_version, rewritten)
    assert words_shown(answer, "del")[1:] == ["immunity"]
    assert words_shown(answer, "ins")[1:] == ["defence", "One in a hundred died."]
    assert [it.label for it in answer.context["changed"]] == ["Title", "Body"]


def test_changes_are_told_in_words_as_well(medic, rewritten, live_version):
    text = compared(medic, rewritten).text
    assert '<span class="visually-hidden">[removed: </span>immunity' in text
    assert '<span class="visually-hidden">[added: </span>defence' in text


def test_the_older_version_comes_first_whichever_way_it_is_asked(medic, live_version, rewritten):
    answer = compared(medic, live_version, **{"with": rewritten.pk})
    assert (answer.context["before"], answer.context["after"]) == (live_version, rewritten)


def test_side_by_side_shows_each_text_for_itself(medic, live_version, rewritten):
    answer = compared(medic, rewritten, **{"with": live_version.pk, "view": "side"})
    assert answer.text.count('class="side"') == 4  # Two changes, twice.
    assert "One text, changes marked" in answer.text
    assert "Side by side" in compared(medic, rewritten).text


def test_no_markup_of_a_text_reaches_whoever_compares(medic, live_version, rewritten):
    Version.objects.filter(pk=rewritten.pk).update(
        title="<b>Bold</b>", summary="<script>x</script>"
    )
    text = compared(medic, rewritten).text
    assert "<b>Bold</b>" not in text
    assert "<script>x" not in text
    assert "&lt;p&gt;" not in text


def test_a_version_of_another_page_is_not_there(medic, live_version, author, now):
    other = begin_page(kind=Kind.ARTICLE, slug="other", title="Other", by=author, now=now)
    assert compared(medic, live_version, **{"with": other.pk}).status_code == 404


@pytest.mark.parametrize("asked", ["x", "-1", "9999999999999999999999", "١"])
def test_a_version_that_is_none_is_not_there(medic, live_version, asked):
    assert compared(medic, live_version, **{"with": asked}).status_code == 404


def test_an_only_version_has_nothing_to_be_compared_with(medic, draft):
    assert "there is nothing yet to compare it with" in compared(medic, draft).text


def test_equal_versions_say_so(medic, live_version, next_draft):
    assert "Nothing differs between these two versions." in compared(medic, next_draft).text


def test_steps_lead_from_each_pair_to_the_next(medic, author, editor, publisher, rewritten, now):
    first = rewritten.page.versions.get(number=1)
    Version.objects.filter(pk=first.pk).update(state=State.SUPERSEDED, closed_at=now)
    rewritten.discard(by=author, now=now, reason="Begun again.")
    third = start_version(first.page, by=author, now=now)
    answer = compared(medic, rewritten, **{"with": first.pk})
    assert answer.context["step_back"] is None
    assert f"../../{third.pk}/compare/?with={rewritten.pk}" in answer.text
    answer = compared(medic, third, **{"with": rewritten.pk})
    assert f"../../{rewritten.pk}/compare/?with={first.pk}" in answer.text
    assert answer.context["step_on"] is None


def test_a_claim_has_its_sources_beside_it(
    medic, live_version, next_draft, author, disease, therapy, now
):
    Source.objects.create(
        key="mist", kind="trial", title="MIST", finding="Fewer relapsed.", design="cohort"
    )
    claim = {
        "statement": "It may calm the disease.",
        "therapy_id": therapy.pk,
        "disease_id": disease.pk,
        "outcome": "relapse",
        "direction": "benefit",
        "citations": [{"source": "mist", "place": "Table 2"}],
    }
    next_draft.rewrite(by=author, now=now, parts={"claims": [claim]})
    text = compared(medic, next_draft).text
    assert '<a href="/sources/mist/">MIST, Table 2</a>' in text
    assert "It found: Fewer relapsed." in text


def test_the_queries_of_a_comparison_do_not_grow_with_versions(
    medic, live_version, next_draft, author, now, django_assert_max_num_queries
):
    for _ in range(6):
        next_draft.discard(by=author, now=now, reason="Begun again.")
        next_draft = start_version(live_version.page, by=author, now=now)
    client = browser(medic)
    with django_assert_max_num_queries(32):
        client.get(address(next_draft, "compare"))


# --- history ------------------------------------------------------------------------------


def test_the_history_shows_every_version_and_every_event_in_order(
    medic, live_version, rewritten, author, now
):
    rewritten.discard(by=author, now=now, reason="Begun in error.")
    answer = browser(medic).get(address(live_version, "history"))
    assert [row.number for row, _ in answer.context["rows"]] == [2, 1]
    verbs = [event.verb for event, _ in answer.context["told"]]
    assert verbs == [
        *("discarded", "edited", "started", "went live", "medical sign-off"),
        *("editorial sign-off", "submitted", "edited", "began page"),
    ]
    for words in ("Medic (medical,", "Editor (editorial,", "Begun in error.", "by author"):
        assert words in answer.text
    assert f'href="../../{rewritten.pk}/compare/?with={live_version.pk}"' in answer.text


def test_events_of_other_pages_are_not_in_it(medic, live_version, author, now):
    other = begin_page(kind=Kind.ARTICLE, slug="other", title="Other", by=author, now=now)
    answer = browser(medic).get(address(other, "history"))
    assert [event.verb for event, _ in answer.context["told"]] == ["began page"]


def test_whoever_may_write_in_the_open_draft_is_led_to_revert(
    author, medic, live_version, rewritten
):
    link = f'href="../../{rewritten.pk}/revert/?to={live_version.pk}"'
    assert link in browser(author).get(address(live_version, "history")).text
    assert link not in browser(medic).get(address(live_version, "history")).text


def test_a_long_history_has_pages(medic, live_version, author, now):
    for _ in range(70):
        ledger.record("edited", by=author, now=now, version=live_version)
    client = browser(medic)
    first = client.get(address(live_version, "history"))
    assert len(first.context["told"]) == 50
    assert "?v=1&amp;p=2#events" in first.text
    last = client.get(address(live_version, "history"), {"p": "99"})
    assert last.context["told"][-1][0].verb == "began page"


def test_the_queries_of_a_history_do_not_grow(
    medic, live_version, author, now, django_assert_max_num_queries
):
    for _ in range(8):
        version = start_version(live_version.page, by=author, now=now)
        version.rewrite(by=author, now=now, text={"title": "Otherwise"})
        version.discard(by=author, now=now, reason="Begun again.")
    client = browser(medic)
    with django_assert_max_num_queries(18):
        client.get(address(live_version, "history"))


# --- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["compare", "history"])
@pytest.mark.parametrize("role", ["author", "second_author", "editor", "medic", "publisher"])
def test_all_of_the_newsroom_sees_change(role, verb, draft, request):
    person = request.getfixturevalue(role)
    assert browser(person).get(address(draft, verb)).status_code == 200


@pytest.mark.parametrize("verb", ["compare", "history"])
def test_nobody_else_does(verb, stranger, draft):
    assert browser(stranger).get(address(draft, verb)).status_code == 403
    assert Client().get(address(draft, verb)).status_code == 302


@pytest.mark.parametrize("verb", ["compare", "history"])
def test_a_page_is_seen_under_its_own_kind_alone(verb, medic, draft):
    assert browser(medic).get(address(draft, verb, "glossary_term")).status_code == 404


@pytest.mark.parametrize("pk", ["x", "0", "99999", "1_0", "²"])
def test_the_history_of_nothing_is_not_there(pk, medic):
    assert browser(medic).get(f"/admin/articles/article/{pk}/history/").status_code == 404
