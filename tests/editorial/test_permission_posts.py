"""What the buttons of a version do, and for whom: for everybody else nothing at all changes."""

from datetime import timedelta

import pytest
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.utils import timezone

from editorial.models import (
    Comment,
    Event,
    KeptForm,
    PassedWarning,
    PatientReading,
    PreviewLink,
    SignOff,
    Version,
)
from editorial.warnings import pass_warning
from tests.editorial.test_permission_matrix import AROUND, MOVES, PEOPLE

REASON = {"reason": "For a test."}
# verb: (the fixture of the version, what is sent, for whom it works).
POSTS = {
    "start": ("live_version", {}, {"author", "editor"}),
    "correct": ("live_version", {}, {"editor"}),
    "submit": ("draft", {}, {"author", "editor"}),
    "take": ("submitted", {}, {"editor"}),
    "assign": ("submitted", {"priority": 2, "person": ""}, {"editor", "publisher"}),
    "send_back": ("submitted", {"comment": "Say why."}, {"editor", "medic"}),
    "revert": ("next_draft", {"to": "first", "lock_number": "lock"}, {"author", "editor"}),
    "discard": ("draft", REASON, {"author", "editor"}),
    "sign_editorial": ("submitted", {"content_hash": "hash"}, {"editor"}),
    "sign_medical": ("at_the_medic", {"content_hash": "hash"}, {"medic"}),
    "schedule": ("approved", {"publish_at": "tomorrow"}, {"publisher"}),
    "unschedule": ("scheduled", {}, {"publisher"}),
    "publish": ("approved", {}, {"publisher"}),
    "withdraw": ("live_version", REASON, {"publisher"}),
    "comment": ("draft", {"text": "Is that so?"}, {"author", "editor", "medic", "publisher"}),
    "resolve": ("commented", {"comment": "comment"}, {"author", "editor", "medic", "publisher"}),
    "reopen": ("resolved", {"comment": "comment"}, {"author", "editor", "medic", "publisher"}),
    "share": ("draft", {"days": 7}, {"author", "editor", "medic", "publisher"}),
    "unshare": ("shared", {"link": "link"}, {"author", "editor", "publisher"}),
    "pass_warning": ("warned", {"mark": "mark"} | REASON, {"author", "editor"}),
    "take_back_warning": ("passed", {"passed": "passed"}, {"author", "editor"}),
    "patient_reading": (
        "draft",
        {"reader": "Has lupus", "said": "Clear.", "read_on": "2026-01-31"},
        {"editor"},
    ),
    "keep": ("draft", {"lock_number": "lock", "title": "Typed"}, {"author", "editor"}),
}
# They write nothing of a version: that somebody is there, and that what one kept oneself is gone.
HARMLESS = {"compare", "preview", "here", "forget", "findings"}


def test_no_button_is_forgotten():
    assert set(POSTS) | HARMLESS == {*MOVES, *AROUND}


@pytest.fixture
def commented(draft, publisher, now):
    Comment.objects.create(version=draft, author=publisher, text="Is that so?", written_at=now)
    return draft


@pytest.fixture
def resolved(commented, publisher, now):
    commented.comments.update(resolved_at=now, resolved_by=publisher)
    return commented


@pytest.fixture
def warned(draft, finds, warning):
    finds(warning)
    return draft


@pytest.fixture
def passed(warned, warning, author, now):
    pass_warning(warned, warning, by=author, now=now, reason="It is a quotation.")
    return warned


@pytest.fixture
def shared(draft, author):
    now = timezone.now()
    draft.preview_links.create(made_by=author, made_at=now, expires_at=now + timedelta(days=7))
    return draft


@pytest.fixture
def clients(stranger, author, editor, medic, publisher):
    people = dict(zip(PEOPLE[1:], (stranger, author, editor, medic, publisher), strict=False))
    found = {"anonymous": Client()}
    for name, user in people.items():
        found[name] = Client()
        found[name].force_login(user)
    return found


def everything() -> list:
    """All that a button could have changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (
            *(Version, SignOff, Comment, PreviewLink, KeptForm, Redirect, Event),
            *(PassedWarning, PatientReading),
        )
    ]


@pytest.mark.parametrize("verb", POSTS)
def test_a_button_works_for_those_who_may_and_changes_nothing_for_others(verb, request, clients):
    fixture, sent, may = POSTS[verb]
    version = request.getfixturevalue(fixture)
    version.refresh_from_db()
    live = {
        "first": lambda: version.page.versions.get(number=1).pk,
        "lock": lambda: version.lock_number,
        "hash": lambda: version.content_hash,
        "tomorrow": lambda: f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "comment": lambda: version.comments.get().pk,
        "mark": lambda: request.getfixturevalue("warning").mark,
        "passed": lambda: version.passed_warnings.get().pk,
        "link": lambda: version.preview_links.get().pk,
    }
    data = {name: live[value]() if value in live else value for name, value in sent.items()}
    address = f"/admin/articles/article/{version.pk}/{verb}/"
    before = everything()

    for person in clients.keys() - may:
        response = clients[person].post(address, data)
        assert response.status_code in (200, 302, 403, 409), (person, response.status_code)
        assert everything() == before, person

    clients[sorted(may)[-1]].post(address, data)
    assert everything() != before
