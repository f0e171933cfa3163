"""Demonstration accounts have public passwords: they exist under DEMO, on this machine, only."""

import importlib
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from gunicorn.config import Config

from editorial.demo import DEMO_STAFF, make_demo_staff, password_of, stray_demo_accounts
from tests.conftest import NOW

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_without_demo_the_command_refuses(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO is not set"):
        call_command("make_demo_staff")

    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_under_demo_all_can_sign_in_and_are_marked(settings, capsys):
    settings.DEMO = True

    call_command("make_demo_staff")
    call_command("make_demo_staff")

    out = capsys.readouterr().out
    assert "Made 5 demonstration accounts: author, editor, second-editor, medic, publisher." in out
    assert "are there already" in out
    assert get_user_model().objects.count() == 5
    for name, role in DEMO_STAFF.items():
        user = authenticate(username=name, password=password_of(name))
        assert user.is_staff
        assert not user.is_superuser
        assert user.contributor.is_demonstration
        assert [group.name for group in user.groups.all()] == [role.value]


@pytest.mark.django_db
def test_the_web_process_does_not_start_beside_demonstration_accounts(settings, monkeypatch):
    # The process closes its connections before it is copied: here the test's own stays.
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.close", lambda _: None)
    settings.DEMO = True
    make_demo_staff(now=NOW)
    wsgi = importlib.import_module("stemcell_site.wsgi")
    settings.DEMO = False

    with pytest.raises(SystemExit, match="Demonstration accounts exist"):
        importlib.reload(wsgi)

    call_command("remove_demo_staff")
    importlib.reload(wsgi)
    assert stray_demo_accounts() == []


@pytest.mark.django_db
def test_closed_accounts_cannot_sign_in_and_keep_their_history(settings):
    settings.DEMO = True
    make_demo_staff(now=NOW)

    call_command("remove_demo_staff")

    assert authenticate(username="editor", password=password_of("editor")) is None
    assert get_user_model().objects.filter(is_active=False).count() == 5


def start_gunicorn_on(*binds: str) -> None:
    """What the server does before its first worker, bound to these addresses."""
    told = runpy.run_path(str(REPOSITORY / "gunicorn.conf.py"))
    config = Config()
    config.set("bind", list(binds))
    told["on_starting"](SimpleNamespace(cfg=config))


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", ":8000", "[::]:8000", "192.168.1.5:80"])
def test_a_demonstration_is_not_bound_beyond_this_machine(monkeypatch, bind):
    monkeypatch.setenv("DEMO", "1")

    with pytest.raises(SystemExit, match=r"bind to 127\.0\.0\.1 only"):
        start_gunicorn_on("127.0.0.1:8000", bind)


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "localhost:80", "[::1]:8000", "unix:/tmp/x"])
def test_a_demonstration_may_be_bound_to_this_machine(monkeypatch, bind):
    monkeypatch.setenv("DEMO", "1")

    start_gunicorn_on(bind)


def test_a_real_site_is_bound_anywhere(monkeypatch):
    monkeypatch.setenv("DEMO", "0")

    start_gunicorn_on("0.0.0.0:8000")
