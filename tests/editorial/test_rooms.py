"""Rooms stand on the ones below: foreign keys written as strings escape the import linter."""

import pytest
from django.apps import apps
from django.conf import settings

# Each room with those below it, on which it may lean.
BELOW = {
    "editorial": set(),
    "evidence": {"editorial"},
    "glossary": {"editorial", "evidence"},
    "articles": {"editorial", "evidence"},
    "search": {"editorial", "evidence", "glossary", "articles"},
}
OUTSIDE = {"auth", "contenttypes", "taggit"}


def relations():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                yield model, field, field.related_model._meta.app_label


@pytest.mark.parametrize("room", BELOW)
def test_a_room_leans_only_on_those_below_it(room):
    upward = [
        f"{model._meta.label}.{field.name} → {target}"
        for model, field, target in relations()
        if model._meta.app_label == room and target not in BELOW[room] | OUTSIDE | {room}
    ]
    assert upward == []


@pytest.mark.parametrize("room", BELOW)
def test_a_proxy_stands_above_its_model(room):
    for model in apps.get_app_config(room).get_models():
        if model._meta.proxy:
            assert model._meta.concrete_model._meta.app_label in BELOW[room]


def test_nothing_outside_leans_on_a_room():
    leaning = [
        model._meta.label
        for model, _, target in relations()
        if model._meta.app_label not in BELOW and target in BELOW
    ]
    assert leaning == []


def test_every_room_of_the_house_is_in_the_order():
    rooms = {name for name in settings.INSTALLED_APPS if "." not in name}
    others = {name for name in rooms if name.startswith(("django_", "taggit", "stemcell_site"))}
    assert rooms - others - {"axes", "allauth", "import_export"} == set(BELOW)
