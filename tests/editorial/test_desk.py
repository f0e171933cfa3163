"""The desk: each person finds what waits for them, in few queries, and nothing of others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editorial import desk, notices
from editorial.models import Page, Version
from editorial.states import Kind, Priority, Role

MOST_QUERIES = 12


def heaps(person, now):
    return {heap.section.key: heap for heap in desk.first_rows(person, now.date())}


def rows(person, now, key):
    return [version.title for version in heaps(person, now)[key].rows]


def rows_on(person, day, key):
    heaps = {heap.section.key: heap for heap in desk.first_rows(person, day)}
    return [version.title for version in heaps[key].rows]


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def look(person):
    return browser(person).get(reverse("admin:index"))


@pytest.fixture
def begin(now):
    """Many drafts in one step, each of a page of its own."""

    def make(count, *, title="Draft", owner=None, **fields):
        first = Page.objects.count()
        pages = Page.objects.bulk_create(
            Page(kind=Kind.ARTICLE, slug=f"page-{first + place}", created_at=now, owner=owner)
            for place in range(count)
        )
        return Version.objects.bulk_create(
            Version(
                page=page,
                number=1,
                title=f"{title} {place}",
                created_at=now,
                edited_at=fields.get("edited_at", now),
                **{name: value for name, value in fields.items() if name != "edited_at"},
            )
            for place, page in enumerate(pages)
        )

    return make


# --- your work ----------------------------------------------------------------------------


def test_my_work_is_what_is_assigned_to_me_and_my_own_drafts(begin, author, second_author, now):
    begin(1, title="Mine", created_by=author)
    begin(1, title="Of a page I own", owner=author)
    begin(1, title="Given to me", created_by=second_author, assigned_to=author)
    begin(1, title="Given away", created_by=author, assigned_to=second_author)
    begin(1, title="Theirs", created_by=second_author)
    assert set(rows(author, now, "mine")) == {"Mine 0", "Of a page I own 0", "Given to me 0"}


def test_what_was_sent_back_says_why_until_it_is_submitted_again(submitted, author, editor, now):
    submitted.send_back(by=editor, now=now, comment="Give the numbers.")
    assert "Sent back:</strong> Give the numbers." in look(author).text
    submitted.rewrite(by=author, now=now, text={"title": "With numbers"})
    assert "Give the numbers." in look(author).text
    submitted.submit(by=author, now=now)
    assert "Sent back:</strong>" not in look(author).text


def test_work_comes_by_due_date_then_priority_then_age(begin, author, now):
    old = now - timedelta(days=9)
    begin(1, title="No date", created_by=author)
    begin(1, title="No date, old", created_by=author, edited_at=old)
    begin(1, title="No date, urgent", created_by=author, priority=Priority.URGENT)
    begin(1, title="Next week", created_by=author, due_on=now.date() + timedelta(days=7))
    begin(1, title="Tomorrow", created_by=author, due_on=now.date() + timedelta(days=1))
    assert rows(author, now, "mine") == [
        "Tomorrow 0",
        "Next week 0",
        "No date, urgent 0",
        "No date, old 0",
        "No date 0",
    ]


def test_a_new_author_is_told_how_to_begin(author):
    page = look(author).text
    assert "Nothing is assigned to you, and you have no draft of your own." in page
    assert reverse("admin:articles_article_add") in page
    assert reverse("admin:glossary_term_add") in page


# --- the queues ---------------------------------------------------------------------------


def test_a_reviewer_finds_what_they_may_sign(submitted, editor, medic, now):
    assert rows(editor, now, "review") == [submitted.title]
    assert rows(medic, now, "review") == []


def test_after_the_editorial_sign_off_it_waits_for_the_medical_reviewer(
    at_the_medic, editor, medic, now
):
    assert rows(editor, now, "review") == []
    assert rows(medic, now, "review") == [at_the_medic.title]


def test_nobody_finds_in_the_queue_what_they_wrote_or_signed(
    submitted, all_rounder, second_editor, now
):
    assert rows(all_rounder, now, "review") == [submitted.title]
    submitted.wrote.create(user=all_rounder, first_at=now)
    assert rows(all_rounder, now, "review") == []
    assert rows(second_editor, now, "review") == [submitted.title]


def test_who_gave_the_editorial_sign_off_does_not_find_it_for_the_medical_one(
    submitted, all_rounder, now
):
    submitted.sign_off(by=all_rounder, role=Role.EDITORIAL, now=now)
    assert rows(all_rounder, now, "review") == []


def test_a_publisher_finds_what_is_approved_and_what_is_scheduled(scheduled, publisher, now):
    assert rows(publisher, now, "publish") == [scheduled.title]
    scheduled.unschedule(by=publisher, now=now)
    assert rows(publisher, now, "publish") == [scheduled.title]


@pytest.mark.parametrize(
    ("minutes_later", "words"), [(-60, "goes live on"), (1, "goes live on"), (3, "and could not")]
)
def test_a_version_that_should_be_live_by_now_is_pointed_out(
    scheduled, publisher, monkeypatch, minutes_later, words
):
    then = scheduled.publish_at + timedelta(minutes=minutes_later)
    client = browser(publisher)
    monkeypatch.setattr("editorial.admin.desk.timezone.now", lambda: then)
    assert f"{words} " in client.get(reverse("admin:index")).text.replace("</strong>", " ")


def test_overdue_pages_come_first_of_those_due(live_version, editor, author, publisher):
    due_on = live_version.review_due_on
    assert rows_on(publisher, due_on - timedelta(days=61), "due") == []
    assert rows_on(publisher, due_on - timedelta(days=60), "due") == [live_version.title]
    assert rows_on(publisher, due_on + timedelta(days=900), "due") == [live_version.title]


def test_an_author_sees_the_reviews_due_of_pages_they_own(live_version, author, second_author):
    due_on = live_version.review_due_on
    assert rows_on(author, due_on, "due") == [live_version.title]
    assert rows_on(second_author, due_on, "due") == []


def test_a_draft_that_nobody_touched_for_a_month_goes_stale(begin, editor, now):
    begin(1, title="Fresh", edited_at=now - timedelta(days=29))
    begin(1, title="Stale", edited_at=now - timedelta(days=32))
    assert rows(editor, now, "stale") == ["Stale 0"]


def test_pages_without_an_owner_are_counted_once_each(live_version, next_draft, publisher, now):
    assert rows(publisher, now, "ownerless") == []
    Page.objects.update(owner=None)
    heap = heaps(publisher, now)["ownerless"]
    assert [(version.pk, heap.total) for version in heap.rows] == [(next_draft.pk, 1)]


def test_new_notices_are_on_the_desk_until_they_are_read(draft, author, now):
    notices.give(author, "Something happened.", version=draft, now=now, mail=False)
    client = browser(author)
    assert "Something happened." in client.get(reverse("admin:index")).text
    client.get(reverse("admin:editorial_notice_open", args=[author.notices.get().pk]))
    assert "Something happened." not in client.get(reverse("admin:index")).text


# --- who sees what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("author", ["mine", "due", "failing", "changed"]),
        ("editor", ["mine", "review", "due", "failing", "stale", "ownerless", "changed"]),
        ("medic", ["mine", "review", "changed"]),
        ("publisher", ["mine", "publish", "due", "failing", "stale", "ownerless", "changed"]),
        ("admin", ["mine", "review", "publish", "due", "failing", "stale", "ownerless", "changed"]),
        ("stranger", []),
    ],
)
def test_a_section_is_there_for_those_who_can_act_on_it(who, keys, request, now):
    person = request.getfixturevalue(who)
    assert list(heaps(person, now)) == keys
    for section in desk.sections():
        answer = browser(person).get(reverse("desk_section", args=[section.key]))
        assert answer.status_code == (200 if section.key in keys else 403)


def test_somebody_without_a_role_is_told_whom_to_ask(stranger):
    assert "ask an administrator for one" in look(stranger).text


@pytest.mark.parametrize("address", ["/admin/", "/admin/desk/mine/"])
def test_nobody_sees_a_desk_without_signing_in(db, client, address):
    answer = client.get(address)
    assert answer.headers["Location"] == f"{reverse('admin:login')}?next={address}"


def test_the_desk_has_no_other_sections(editor):
    assert browser(editor).get("/admin/desk/lost/").status_code == 404


# --- many ---------------------------------------------------------------------------------


def test_a_section_shows_its_first_rows_its_count_and_leads_to_all(begin, author):
    begin(desk.FIRST_ROWS + 60, created_by=author)
    page = look(author).text
    assert page.count('class="desk-row"') == desk.FIRST_ROWS
    assert f"all {desk.FIRST_ROWS + 60}" in page
    first = browser(author).get("/admin/desk/mine/").text
    second = browser(author).get("/admin/desk/mine/?page=2").text
    assert first.count('class="desk-row"') == 50
    assert second.count('class="desk-row"') == desk.FIRST_ROWS + 10


def test_the_desk_costs_twelve_queries_at_most_however_many_pages_there_are(
    begin, all_rounder, author, now
):
    """Somebody who holds every role has every section."""
    for _ in range(2):
        begin(2, created_by=all_rounder, owner=author, edited_at=now - timedelta(days=90))
        notices.give(all_rounder, "Something happened.", now=now, mail=False)
    few = queries_of(all_rounder)
    begin(1500, edited_at=now - timedelta(days=90))
    begin(500, created_by=all_rounder, assigned_to=all_rounder)
    assert queries_of(all_rounder) == few <= MOST_QUERIES


def queries_of(person):
    client = browser(person)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("admin:index")).status_code == 200
    return len(captured)


def test_the_full_list_costs_the_same_for_one_row_and_for_fifty(begin, author):
    def queries():
        client = browser(author)
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/desk/mine/")
        return len(captured)

    begin(1, created_by=author)
    one = queries()
    begin(60, created_by=author, owner=author)
    assert queries() == one
