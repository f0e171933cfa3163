"""Preview links: what their address shows, to whom, until when, and what a guest may say there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import sharing
from editorial.models import Comment, Event, PreviewLink
from editorial.refusals import NotAllowed, NotReady, WrongState

HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
SAID = {"name": "Dr Example", "text": "The harms are clear.", "website": ""}


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def to(version, verb="change") -> str:
    return reverse(f"admin:articles_article_{verb}", args=[version.pk])


@pytest.fixture
def link(draft, author):
    """A link that is good now."""
    return sharing.share(draft, by=author, now=timezone.now(), made_for="Dr Example")


@pytest.fixture
def address(link) -> str:
    return sharing.address_of(link)


# --- making and ending --------------------------------------------------------------------


@pytest.mark.parametrize("role", ["author", "second_author", "editor", "medic", "publisher"])
def test_whoever_may_view_a_version_may_share_it(draft, role, now, request):
    link = sharing.share(draft, by=request.getfixturevalue(role), now=now)
    assert link.expires_at == now + timedelta(days=7)
    assert Event.objects.first().verb == "made preview link"


def test_a_stranger_shares_nothing(draft, stranger, now):
    with pytest.raises(NotAllowed):
        sharing.share(draft, by=stranger, now=now)


@pytest.mark.parametrize(("days", "is_kept"), [(0, False), (1, True), (30, True), (31, False)])
def test_a_link_lasts_between_one_and_thirty_days(draft, author, now, days, is_kept):
    if is_kept:
        sharing.share(draft, by=author, now=now, days=days)
    else:
        with pytest.raises(NotReady, match="between 1 and 30 days"):
            sharing.share(draft, by=author, now=now, days=days)
    assert PreviewLink.objects.exists() is is_kept


def test_what_is_live_is_not_shared_by_a_link(live_version, editor, now):
    with pytest.raises(WrongState, match="only an open version"):
        sharing.share(live_version, by=editor, now=now)


@pytest.mark.parametrize(
    ("role", "may"), [("author", True), ("editor", True), ("publisher", True), ("medic", False)]
)
def test_who_made_it_an_editor_or_a_publisher_ends_it(link, role, may, request):
    person = request.getfixturevalue(role)
    if not may:
        with pytest.raises(NotAllowed, match="ask one of them"):
            sharing.revoke(link, by=person, now=timezone.now())
        return
    sharing.revoke(link, by=person, now=timezone.now())
    assert Event.objects.first().verb == "revoked preview link"
    with pytest.raises(WrongState, match="has ended already"):
        sharing.revoke(link, by=person, now=timezone.now())


def test_the_form_makes_lists_and_ends_links(draft, author):
    client = browser(author)
    made = client.post(to(draft, "share"), {"made_for": "Dr Example", "days": "3"}, follow=True)
    link = PreviewLink.objects.get()
    assert f"http://testserver{sharing.address_of(link)}" in made.text
    assert "<strong>Dr Example</strong>" in made.text
    ended = client.post(to(draft, "unshare"), {"link": link.pk}, follow=True)
    assert sharing.address_of(link) not in ended.text
    assert "ended on" in ended.text


@pytest.mark.parametrize("days", ["", "0", "31", "a week"])
def test_the_form_refuses_other_numbers_of_days_in_words(draft, author, days):
    page = browser(author).post(to(draft, "share"), {"days": days}, follow=True)
    assert "A preview link lasts between 1 and 30 days." in page.text
    assert not PreviewLink.objects.exists()


# --- what the address shows ---------------------------------------------------------------


def test_the_address_shows_the_text_as_it_is_now(client, link, address, draft, author):
    draft.rewrite(by=author, now=timezone.now(), text={"title": "A newer title"})
    page = client.get(address)
    assert page.status_code == 200
    assert "A newer title" in page.text
    assert "Preview, not public" in page.text
    assert "csrfmiddlewaretoken" not in page.text


def test_it_is_never_indexed_never_kept_and_never_told(client, address):
    page = client.get(address)
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, address, method):
    events = Event.objects.count()
    assert getattr(client, method)(address).status_code == 200
    assert (Event.objects.count(), Comment.objects.count()) == (events, 0)
    assert PreviewLink.objects.get().revoked_at is None


def test_ended_expired_and_forged_addresses_say_the_same(client, link, address, author):
    sharing.revoke(link, by=author, now=timezone.now())
    revoked = client.get(address)
    link.revoked_at, link.made_at = None, timezone.now() - timedelta(days=8)
    link.expires_at = timezone.now() - timedelta(days=1)
    link.save()
    expired = client.get(address)
    forged = [
        client.get(f"/preview/{token}/") for token in (f"{link.pk}.x", "x", "..", f"{link.pk}")
    ]
    assert [page.status_code for page in (revoked, expired, *forged)] == [
        410,
        410,
        404,
        404,
        404,
        404,
    ]
    for page in (revoked, expired, *forged):
        assert "There is no preview at this address" in page.text
        assert "Resetting immunity" not in page.text
        assert page["Cache-Control"] == "private, no-store"


def test_a_link_does_not_open_another(client, link, address, draft, author):
    other = sharing.share(draft, by=author, now=timezone.now())
    signature = address.strip("/").rpartition(".")[2]
    assert client.get(f"/preview/{other.pk}.{signature}/").status_code == 404


def test_once_published_it_leads_to_the_page(client, approved, publisher, medic, now):
    link = sharing.share(approved, by=medic, now=timezone.now())
    approved.publish(by=publisher, now=now)
    page = client.get(sharing.address_of(link))
    assert page.status_code == 200
    assert 'href="/articles/resetting-immunity/"' in page.text
    approved.withdraw(by=publisher, now=now, reason="A source was retracted.")
    assert client.get(sharing.address_of(link)).status_code == 410


def test_a_discarded_version_is_shown_to_nobody(client, draft, address, author):
    draft.discard(by=author, now=timezone.now(), reason="Begun twice.")
    assert client.get(address).status_code == 410


# --- what a guest may say -----------------------------------------------------------------


def test_a_guest_leaves_a_comment(client, link, address, author):
    answer = client.post(address, SAID, headers=HERE)
    assert answer["Location"] == f"{address}?sent=1#comment"
    comment = Comment.objects.get()
    assert (comment.by, comment.preview_link) == ("Dr Example (guest)", link)
    assert "Thank you." in client.get(answer["Location"]).text
    page = browser(author).get(to(link.version)).text
    assert "Dr Example (guest)" in page
    assert "1 comment" in page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "http://elsewhere.example", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_a_comment_comes_from_the_preview_itself(address, headers, status):
    # As a real browser would be treated: the test client otherwise waves everything through.
    client = Client(enforce_csrf_checks=True)
    answer = client.post(address, SAID, headers=headers)
    assert answer.status_code == status
    assert Comment.objects.count() == (1 if status == 302 else 0)


def test_what_a_machine_fills_in_is_thrown_away_without_a_word(client, address):
    answer = client.post(address, SAID | {"website": "http://spam.example"}, headers=HERE)
    assert answer["Location"].endswith("?sent=1#comment")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("missing", ["name", "text"])
def test_what_is_missing_is_said_and_what_was_typed_stays(client, address, missing):
    page = client.post(address, SAID | {missing: " "}, headers=HERE)
    assert page.status_code == 422
    kept = {"name": "The harms are clear.", "text": "Dr Example"}[missing]
    assert kept in page.text
    assert not Comment.objects.exists()


def test_twenty_comments_an_hour_come_by_one_link(client, link, address):
    now = timezone.now()
    for number in range(20):
        sharing.comment_by_link(link, name="Dr Example", now=now, text=f"{number}")
    page = client.post(address, SAID, headers=HERE)
    assert page.status_code == 429
    assert "wait a while" in page.text
    later = now + timedelta(hours=1, minutes=1)
    assert sharing.comment_by_link(link, name="Dr Example", now=later, text="Now?")


def test_no_comment_comes_by_a_link_that_ended_meanwhile(link, author):
    now = timezone.now()
    sharing.revoke(PreviewLink.objects.get(), by=author, now=now)
    with pytest.raises(WrongState, match="has ended"):
        sharing.comment_by_link(link, name="Dr Example", now=now, text="Late")


def test_looking_takes_no_query_for_each_comment(client, link, address, django_assert_num_queries):
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        client.get(address)
    Comment.objects.bulk_create(
        Comment(version=link.version, preview_link=link, text="x", written_at=timezone.now())
        for _ in range(30)
    )
    with django_assert_num_queries(len(before)):
        client.get(address)
