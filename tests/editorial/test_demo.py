"""Demonstration staff: public passwords, and so on no real site."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from editorial import people
from editorial.demo import (
    DEMO_STAFF,
    make_demo_staff,
    password_of,
    refuse_stray_demo_accounts,
    stray_demo_accounts,
)
from editorial.models import Contributor
from editorial.states import Role


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_all_are_made_with_their_roles_and_faces(db, now):
    assert make_demo_staff(now=now) == list(DEMO_STAFF)
    for name, role in DEMO_STAFF.items():
        user = authenticate(username=name, password=password_of(name))
        assert [group.name for group in user.groups.all()] == [role.value]
        assert user.contributor.is_demonstration
        assert user.contributor.has_declared_conflicts(now.date())


def test_making_them_again_makes_none(db, now):
    make_demo_staff(now=now)
    assert make_demo_staff(now=now) == []
    assert Contributor.objects.count() == get_user_model().objects.count() == 5


def test_making_them_again_after_one_retired_gives_that_one_back(admin, now):
    make_demo_staff(now=now)
    medic = get_user_model().objects.get(username="medic")
    people.retire(medic, by=admin, now=now)
    assert make_demo_staff(now=now) == ["medic"]
    assert authenticate(username="medic", password=password_of("medic")) == medic
    assert Contributor.objects.get(slug="demo-medic").user == medic


def test_a_sign_off_of_demo_staff_is_a_demonstration(submitted_by_demo_author, now):
    editor = get_user_model().objects.get(username="editor")
    sign_off = submitted_by_demo_author.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    assert sign_off.is_demonstration


@pytest.fixture
def submitted_by_demo_author(db, now):
    from editorial.actions import begin_page
    from tests.conftest import write_draft

    make_demo_staff(now=now)
    author = get_user_model().objects.get(username="author")
    version = begin_page(kind="article", slug="demo", title="Demo", by=author, now=now)
    write_draft(version, by=author, now=now)
    version.submit(by=author, now=now)
    return version


def test_outside_a_demonstration_they_are_strays_and_stop_the_start(db, now):
    make_demo_staff(now=now)
    assert set(stray_demo_accounts()) == set(DEMO_STAFF)
    with pytest.raises(SystemExit, match="Demonstration accounts exist"):
        refuse_stray_demo_accounts()


def test_in_a_demonstration_they_are_no_strays(db, now, demo):
    make_demo_staff(now=now)
    assert stray_demo_accounts() == []
    refuse_stray_demo_accounts()


def test_without_them_the_site_starts(author):
    refuse_stray_demo_accounts()


def test_the_command_is_refused_outside_a_demonstration(db):
    with pytest.raises(CommandError, match="DEMO is not set"):
        call_command("make_demo_staff")
    assert not get_user_model().objects.exists()


def test_the_commands_make_and_close_them(demo, db, capsys, settings):
    call_command("make_demo_staff")
    call_command("make_demo_staff")
    settings.DEMO = False
    call_command("remove_demo_staff")
    call_command("remove_demo_staff")
    assert capsys.readouterr().out.splitlines() == [
        "Made 5 demonstration accounts: author, editor, second-editor, medic, publisher.",
        "The demonstration accounts are there already.",
        "Closed 5 demonstration accounts.",
        "Closed 0 demonstration accounts.",
    ]
    refuse_stray_demo_accounts()
    assert authenticate(username="editor", password=password_of("editor")) is None
