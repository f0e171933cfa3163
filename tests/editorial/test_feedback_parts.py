"""Talking back, in its small parts: addresses, what gives machines away, and counted senders."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from editorial.feedback import senders
from editorial.feedback.places import part_of, path_of
from editorial.feedback.traps import looks_like_spam, opened, seconds_since
from editorial.models import SenderCount

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FEW = senders.Limit(each=2, all=3)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/articles/a-page/", "/articles/a-page/"),
        (" /search/?q=my+illness#results ", "/search/"),
        ("http://testserver/glossary/", "/glossary/"),
        ("/", "/"),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("/\t/evil.example/", ""),
        ("http://testserver.evil.example/", ""),
        ("http://testserver@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("/admin/editorial/", ""),
        ("/preview/a-secret-key/", ""),
        ("/" + "a" * 300, ""),
        ("a page of yours", ""),
    ],
)
def test_only_a_public_address_of_this_site_is_led_back_to(typed, path):
    assert path_of(typed) == path


def test_made_up_addresses_make_no_new_places_to_count():
    paths = ("/sources/one/", "/sources/two/", "/made/up/", "/")
    assert [part_of(path) for path in paths] == ["/sources/", "/sources/", "/", "/"]


def test_a_person_needs_seconds_and_may_take_days():
    told = opened(NOW)
    assert seconds_since(told, NOW + timedelta(days=2)) == 2 * 24 * 3600
    assert seconds_since(told.replace("1", "2", 1), NOW) is None
    assert seconds_since("", NOW) is None


@pytest.mark.parametrize(
    ("text", "trap", "seconds", "is_spam"),
    [
        ("The second number is wrong.", "", 20, False),
        ("See https://doi.org/10.1/x and www.example.org", "", 20, False),
        ("The second number is wrong.", "Anna", 20, True),
        ("The second number is wrong.", "", 1, True),
        ("The second number is wrong.", "", None, True),
        ("http://a.example http://b.example <a href=x>c</a>", "", 20, True),
    ],
)
def test_machines_give_themselves_away(text, trap, seconds, is_spam):
    assert looks_like_spam(text, trap=trap, seconds=seconds) is is_spam


@pytest.mark.django_db
def test_a_sender_is_stopped_and_another_is_not_until_there_are_too_many_of_all():
    for sender in ("a", "a", "b"):
        senders.require_room("report", FEW, sender=sender, now=NOW)

    with pytest.raises(senders.TooMany) as stopped:
        senders.require_room("report", FEW, sender="a", now=NOW)
    assert stopped.value.minutes == 30
    with pytest.raises(senders.TooMany):
        senders.require_room("report", FEW, sender="c", now=NOW)
    senders.require_room("suspect", FEW, sender="c", now=NOW)
    senders.require_room("report", FEW, sender="a", now=NOW + timedelta(minutes=31))


@pytest.mark.django_db
def test_no_address_is_stored_and_the_count_goes_with_the_hour():
    senders.require_room("report", FEW, sender="192.0.2.7", now=NOW)
    first = set(SenderCount.objects.values_list("mark", flat=True))
    assert not any("192.0.2.7" in mark for mark in first)

    later = NOW + timedelta(hours=1)
    senders.require_room("report", FEW, sender="192.0.2.7", now=later)
    assert first.isdisjoint(SenderCount.objects.values_list("mark", flat=True))
    assert [deed() for _, deed in senders.past_hours(later + timedelta(hours=1))] == [True]
    assert not SenderCount.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_a_household_is_one_sender(one, other, are_one):
    requests = [RequestFactory().get("/", REMOTE_ADDR=address) for address in (one, other)]
    first, second = map(senders.sender_of, requests)
    assert (first == second) is are_one
