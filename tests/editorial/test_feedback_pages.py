"""Where readers talk back: below every page, on the contact page, without JavaScript or cookies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.feedback import senders, traps
from editorial.models import HelpfulCount, Report, SenderCount
from tests.live_pages import live_page

OURS = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
CONTACT = "/about/contact/"


@pytest.fixture
def page(db):
    return live_page("a-page")


def typed(**told) -> dict:
    opened = traps.opened(timezone.now() - timedelta(minutes=1))
    return {
        "kind": "error",
        "about": "/articles/a-page/",
        "text": "The number is wrong.",
        "opened": opened,
        **told,
    }


def send(client, headers=OURS, **told):
    return client.post(CONTACT, typed(**told), headers=headers)


@pytest.mark.parametrize("address", ["/", "/articles/a-page/", "/glossary/", "/about/privacy/"])
def test_every_page_offers_to_report_an_error(client, page, address):
    shown = client.get(address)
    assert f'href="/about/contact/?about={address}"' in shown.text
    assert "Was this page helpful?" in shown.text
    assert 'href="/about/corrections/"' in shown.text
    assert "csrf" not in shown.text
    assert not shown.cookies


@pytest.mark.parametrize("address", ["/articles/not-there/", CONTACT])
def test_where_there_is_no_page_there_is_nothing_to_ask(client, db, address):
    assert "Was this page helpful?" not in client.get(address).text


def test_the_form_names_the_page_and_says_what_it_cannot_do_and_what_is_kept(client, page):
    shown = client.get(f"{CONTACT}?about=/articles/a-page/")
    assert 'value="/articles/a-page/"' in shown.text
    assert "We cannot give medical advice" in shown.text
    assert "deleted after 90 days" in shown.text
    assert "no-store" in shown["Cache-Control"]
    assert not shown.cookies


def test_a_report_arrives_and_the_reader_is_thanked_and_led_back(client, page):
    answer = send(client, email="anna@example.org")
    assert answer.status_code == 302
    assert 'href="/articles/a-page/"' in client.get(answer["Location"]).text

    report = Report.objects.get()
    assert (report.page, report.text) == (page.page, "The number is wrong.")
    assert (report.email, report.is_suspect) == ("anna@example.org", False)


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client, page):
    answer = send(client, text="  \x00 ", email="anna@", kind="")
    assert answer.status_code == 422
    for told in ("Choose what it is about.", "Write what you want to tell us.", "anna@"):
        assert told in answer.text
    assert 'aria-describedby="id_email_helptext id_email_error"' in answer.text
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"origin": "https://evil.example"},
    ],
)
def test_a_form_of_another_site_is_refused_and_what_was_typed_is_kept(client, page, headers):
    answer = send(client, headers=headers)
    assert answer.status_code == 403
    assert "The number is wrong." in answer.text
    assert not Report.objects.exists()


def test_a_machine_gets_the_same_thanks_and_is_kept_apart(client, page):
    assert send(client, website="https://spam.example").status_code == 302
    assert Report.objects.get().is_suspect


def test_whoever_writes_too_much_is_told_when_to_try_again_and_loses_nothing(
    client, page, monkeypatch
):
    monkeypatch.setattr(senders, "REPORTS", senders.Limit(each=1, all=100))
    send(client)
    refused = send(client, text="One more thing.")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "One more thing." in refused.text
    assert Report.objects.count() == 1


def test_rubbish_is_answered_like_a_mistake_and_kept_whole(client, page):
    assert send(client, about="//evil.example/\x00", text="a\x00b " + "😀" * 50).status_code == 302
    report = Report.objects.get()
    assert (report.address, report.page) == ("", None)
    assert report.text.startswith("ab 😀")
    assert send(client, text="a" * 4001).status_code == 422


def press(client, answer, headers=OURS, page="/articles/a-page/"):
    told = {"page": page, "helpful": answer}
    return client.post("/about/contact/helpful/", told, headers=headers)


def test_a_no_is_counted_and_asks_what_was_missing(client, page):
    answer = press(client, "no")
    shown = client.get(answer["Location"])
    assert "What was missing?" in shown.text
    assert 'name="kind" value="missing"' in shown.text
    press(client, "yes")
    count = HelpfulCount.objects.get()
    assert (count.page, count.helped, count.did_not_help) == (page.page, 1, 1)


def test_an_answer_of_another_site_or_of_nothing_is_not_counted(client, page, monkeypatch):
    assert press(client, "no", headers={}).status_code == 403
    assert press(client, "perhaps")["Location"] == CONTACT
    assert client.get("/about/contact/helpful/")["Location"] == CONTACT
    monkeypatch.setattr(senders, "ANSWERS", senders.Limit(each=0, all=0))
    assert press(client, "no").status_code == 429
    assert not HelpfulCount.objects.exists()


def test_nobody_is_led_to_another_site(client, db):
    shown = client.get("/about/contact/thanks/?said=report&about=//evil.example/")
    assert "evil.example" not in shown.text


def test_nothing_about_the_sender_is_in_the_database(client, page):
    client.post(CONTACT, typed(), headers=OURS, REMOTE_ADDR="192.0.2.77")
    rows = [*Report.objects.values(), *SenderCount.objects.values()]
    assert "192.0.2.77" not in repr(rows)
