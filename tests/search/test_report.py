"""Editors see what readers search for in vain, and mend it from there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial import desk
from editorial.models import Event, TagSynonym
from search.models import SearchLog
from tests.live_pages import begin, live_page

pytestmark = pytest.mark.django_db

REPORT = "/admin/search/searchlog/"


def asked(words, *, times=1, found=0, opened=0, ranks=0, days=0, filters=""):
    SearchLog.objects.create(
        searched_on=timezone.localdate() - timedelta(days=days),
        words=words,
        filters=filters,
        times=times,
        found=found,
        opened=opened,
        ranks=ranks,
    )


@pytest.fixture
def searches(disease):
    live_page("zebra", tags=[disease])
    asked("zebra", times=10, found=4, opened=5, ranks=15)
    asked("zebra", times=2, found=0, filters="kind=term")
    asked("stripes", times=6, found=3, opened=1, ranks=1)
    asked("okapi", times=3)
    asked("okapi", times=1, days=20)
    asked("quagga", days=60)
    asked("", times=2)


def sign_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person, query: str) -> list[tuple[str, int]]:
    response = sign_in(person).get(f"{REPORT}?{query}")
    return [(row.words, row.times) for row in response.context["rows"]]


def test_the_report_lists_what_is_asked_what_finds_nothing_and_what_nobody_opens(editor, searches):
    assert shown(editor, "") == [("zebra", 12), ("stripes", 6), ("okapi", 4)]
    assert shown(editor, "show=nothing&days=90") == [("okapi", 4), ("quagga", 1)]
    assert shown(editor, "show=nothing&days=7") == [("okapi", 3)]
    assert shown(editor, "show=unopened") == [("stripes", 6)]
    assert shown(editor, "show=odd&days=odd&page=odd") == shown(editor, "")


def test_a_row_says_what_the_words_find_today_and_where_readers_opened(editor, searches):
    response = sign_in(editor).get(REPORT)

    zebra = response.context["rows"][0]
    assert (zebra.finds_now, zebra.opened_percent, zebra.place) == (1, 42, "3.0")
    assert response.context["totals"] == {"times": 24, "opened": 6}


def test_words_become_a_synonym_of_a_tag_on_record(editor, searches, disease):
    client = sign_in(editor)
    assert 'value="okapi"' in client.get(f"{REPORT}synonym/?words=okapi").text

    response = client.post(f"{REPORT}synonym/", {"name": " okapi ", "tag": disease.pk})

    assert response["Location"] == f"{REPORT}?show=nothing"
    assert TagSynonym.objects.get().name == "okapi"
    assert Event.objects.first().comment == "Multiple sclerosis: + okapi"
    again = client.post(f"{REPORT}synonym/", {"name": "Okapi", "tag": disease.pk})
    assert "“Okapi” means “Multiple sclerosis” already." in again.text


def test_who_may_not_change_tags_is_not_asked_to(author, searches):
    client = sign_in(author)

    assert "Make a synonym" not in client.get(REPORT).text
    assert client.get(f"{REPORT}synonym/").status_code == 403


def test_the_desk_tells_editors_alone_what_found_nothing(editor, author, searches):
    text = sign_in(editor).get(reverse("admin:index")).text

    assert "Searches that found nothing in the last 30 days: 1" in text
    assert f'href="{REPORT}?show=nothing"' in text
    assert "found nothing" not in sign_in(author).get(reverse("admin:index")).text
    assert desk.pointers(editor, timezone.localdate() + timedelta(days=365)) == []


def test_the_report_takes_no_more_queries_for_more_words(editor, searches, index):
    client = sign_in(editor)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(REPORT)
        return len(captured)

    few = queries()
    for number in range(20):
        asked(f"word {number}")

    # Each row asks the search room what its words find today; all else is asked once.
    assert queries() - few <= 20 * 3


def test_staff_find_a_draft_by_the_title_it_has_there(editor, next_draft, author, now):
    next_draft.rewrite(by=author, now=now, text={"title": "Okapi"})
    begin("another")

    response = sign_in(editor).get(reverse("admin:articles_article_changelist") + "?q=okapi")

    assert [version.pk for version in response.context["cl"].result_list] == [next_draft.pk]
