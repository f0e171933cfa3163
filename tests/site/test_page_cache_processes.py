"""Nothing stale: after a change returns, no process serves the old text."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from editorial.models import Contributor, Tag
from evidence.models import Source
from tests.live_pages import live_page


@pytest.fixture
def database(transactional_db, tmp_path) -> str:
    """The address of a database with a small site in it, for other processes."""
    tag = Tag.objects.create(name="A tag", slug="a-tag", kind=Tag.Kind.THEME)
    Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")
    Contributor.objects.create(slug="somebody", name="Somebody", role="Author")
    live_page(
        "a-page",
        tags=[tag],
        body='<p>Old words.<cite data-source="a-study" data-place=""></cite></p>',
    )
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        return (
            f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
            f"/{told['NAME']}"
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "site.sqlite3")])
    return f"sqlite:///{tmp_path / 'site.sqlite3'}"


def test_four_processes_give_the_new_text_as_soon_as_it_stands(database):
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.four_readers"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "TEST_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "nothing stale" in done.stdout
