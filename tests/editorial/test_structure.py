"""The house style, where a machine can hold it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models

from editorial.models import Contributor

ROOMS = ("editorial", "evidence", "glossary", "articles", "search", "stemcell_site")
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "migrations", "vendor"}
# Read as English they say something else than a time or a person.
NO_TIME_AND_NO_PERSON = {
    "editorial.Version.based_on",
    "evidence.Source.superseded_by",
}
LONGEST = 400


def fields_ending(ending):
    return {
        f"{model._meta.label}.{field.name}": field
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.fields
        if field.name.endswith(ending)
        and f"{model._meta.label}.{field.name}" not in NO_TIME_AND_NO_PERSON
    }


def files(*suffixes):
    for folder, folders, names in Path(settings.BASE_DIR).walk():
        folders[:] = [
            name
            for name in folders
            if name not in SKIPPED
            and not name.startswith(".")
            # A virtual environment, whatever it is called.
            and not (folder / name / "pyvenv.cfg").exists()
        ]
        for name in names:
            if name.endswith(suffixes):
                yield folder / name


@pytest.mark.parametrize(
    ("ending", "kind"), [("_at", models.DateTimeField), ("_on", models.DateField)]
)
def test_times_end_in_at_and_dates_in_on(ending, kind):
    fields = fields_ending(ending)
    assert fields
    assert {name for name, field in fields.items() if type(field) is not kind} == set()


def test_times_and_dates_have_no_other_endings():
    times = {models.DateTimeField: "_at", models.DateField: "_on"}
    astray = {
        f"{model._meta.label}.{field.name}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.local_fields
        if type(field) in times
        and not field.name.endswith(times[type(field)])
        and field.name != "at"
    }
    assert astray == set()


def test_people_end_in_by():
    fields = fields_ending("_by")
    assert fields
    people = {get_user_model(), Contributor}
    assert {name for name, field in fields.items() if field.related_model not in people} == set()


def test_no_file_is_longer_than_can_be_read():
    long = {
        str(path.relative_to(settings.BASE_DIR))
        for path in files(".py", ".html", ".css", ".js")
        if len(path.read_text().splitlines()) > LONGEST
    }
    assert long == set()


def test_no_file_knows_the_machine_it_was_written_on():
    homes = tuple("/" + name + "/" for name in ("home", "work", "Users", "root", "workspace"))
    texts = (".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".in", ".yml", ".cfg")
    knowing = {
        f"{path.relative_to(settings.BASE_DIR)}: {home}"
        for path in files(*texts, "Makefile", "run")
        for home in homes
        if any(f"{before}{home}" in f" {path.read_text()}" for before in " \n\"'`=(")
    }
    assert knowing == set()


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [path for path in files(".py") if path.name in drawers] == []


def test_every_constraint_is_named_as_a_sentence():
    names = [
        constraint.name
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for constraint in model._meta.constraints
    ]
    assert names
    assert [name for name in names if name.count("_") < 3] == []
