"""What the environment must say before the site starts, and what it says when that is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stemcell_site import environment

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "a key for this test",
    "SITE_URL": "https://example.org",
    "DEBUG": "0",
    "DEMO": "0",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "",
    "CACHE_URL": "",
    "EMAIL_URL": "",
    "LOG_FORMAT": "plain",
    "DJANGO_SETTINGS_MODULE": "stemcell_site.settings",
}


def manage(command: str, tmp_path: Path, **changes: str) -> subprocess.CompletedProcess:
    # Set and empty beats a .env that `make run` may have written here.
    told = {**os.environ, **GOOD, "DATA_DIR": str(tmp_path), **changes}
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command.split()],
        cwd=REPOSITORY,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL"])
def test_without_its_key_or_address_the_site_stops_with_one_line(tmp_path, name):
    result = manage("check", tmp_path, **{name: ""})

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert f"{name} is not set" in result.stderr


def test_a_site_that_is_told_everything_starts(tmp_path):
    assert manage("check", tmp_path).returncode == 0


def test_commands_that_answer_no_visitor_need_neither(tmp_path):
    result = manage("showmigrations --list editorial", tmp_path, SECRET_KEY="", SITE_URL="")

    assert result.returncode == 0, result.stderr
    assert "[ ] 0001_initial" in result.stdout


@pytest.fixture
def told(monkeypatch):
    """Put these into the environment, and run as a web server would."""

    def tell(command: str = "runserver", **values: str) -> None:
        monkeypatch.setattr(sys, "argv", ["manage.py", command])
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return tell


def stopped_with(read) -> str:
    with pytest.raises(SystemExit) as stop:
        read()
    return str(stop.value)


@pytest.mark.parametrize("command", ["migrate", "collectstatic", "load_starter"])
def test_offline_commands_get_a_key_of_their_own(told, command):
    told(command, SECRET_KEY="", SITE_URL="")

    assert len(environment.secret_key()) > 50
    assert environment.secret_key() != environment.secret_key()
    assert environment.site_url() == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "//example.org",
        "https://",
        "https://example.org/site",
        "https://example.org?a=b",
        "https://example.org#top",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_no_plain_site_is_refused(told, url):
    told(SITE_URL=url)

    assert "SITE_URL must be http:// or https:// and a host" in stopped_with(environment.site_url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/", "https://example.org"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_plain_address_is_kept_without_its_last_slash(told, url, expected):
    told(SITE_URL=url)

    assert environment.site_url() == expected


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://192.168.1.5:8000", "http://0.0.0.0", "http://127.1.test"]
)
def test_a_demonstration_beyond_this_machine_is_refused(told, url):
    told(DEMO="1")

    assert "DEMO is set, but SITE_URL is not this machine" in stopped_with(
        lambda: environment.demo(url)
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:80"])
def test_a_demonstration_on_this_machine_is_allowed(told, url):
    told(DEMO="1")

    assert environment.demo(url) is True


def test_without_demo_any_address_will_do(told):
    told(DEMO="0")

    assert environment.demo("https://example.org") is False


def test_without_a_database_url_it_is_sqlite_in_the_data_folder(told, tmp_path):
    told(DATABASE_URL="")

    found = environment.database(tmp_path / "new")

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "new" / "db.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


def test_a_sqlite_url_gets_the_same_options(told, tmp_path):
    told(DATABASE_URL=f"sqlite:///{tmp_path}/mine.sqlite3")

    found = environment.database(tmp_path)

    assert found["NAME"] == f"{tmp_path}/mine.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_url_gets_a_pool(told, tmp_path, scheme):
    told(DATABASE_URL=f"{scheme}://me:secret@db.example.org:5433/site")

    found = environment.database(tmp_path)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "site")
    assert found["OPTIONS"]["pool"]["max_size"] == 4


def test_any_other_database_is_refused(told, tmp_path):
    told(DATABASE_URL="mysql://me@localhost/site")

    assert "must be a postgres:// or sqlite://" in stopped_with(
        lambda: environment.database(tmp_path)
    )


def test_the_cache_is_memory_or_redis_and_nothing_else(told):
    told(CACHE_URL="")
    assert environment.cache()["BACKEND"].endswith("LocMemCache")
    told(CACHE_URL="redis://localhost:6379/1")
    assert environment.cache()["BACKEND"].endswith("RedisCache")
    told(CACHE_URL="memcached://localhost")
    assert "CACHE_URL must be a redis:// address" in stopped_with(environment.cache)


def test_mail_goes_where_it_is_told(told):
    told(EMAIL_URL="")
    assert environment.mailers(True)["default"]["BACKEND"].endswith("console.EmailBackend")
    assert environment.mailers(False)["default"]["BACKEND"].endswith("smtp.EmailBackend")
    told(EMAIL_URL="submission://me:secret@mail.example.org:587")
    options = environment.mailers(True)["default"]["OPTIONS"]
    assert (options["host"], options["port"], options["use_tls"]) == ("mail.example.org", 587, True)
    told(EMAIL_URL="console:")
    assert environment.mailers(False)["default"]["BACKEND"].endswith("console.EmailBackend")
    told(EMAIL_URL="smtp+tls://mail.example.org")
    assert "EMAIL_URL must be an address" in stopped_with(lambda: environment.mailers(True))
