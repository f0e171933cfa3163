"""Who may do what, as the four groups are made after each migration."""

import pytest
from django.contrib.auth.models import Group, Permission

from editorial.refusals import NotAllowed
from editorial.rights import WHO_MAY, require
from editorial.roles import PERMISSIONS, ROOMS, StaffRole, make_groups

HOLDERS = {
    "submit_version": {"author", "editor"},
    "send_back_version": {"editor", "medic"},
    "sign_editorial": {"editor"},
    "sign_medical": {"medic"},
    "correct_version": {"editor"},
    "publish_version": {"publisher"},
    "change_version": {"author", "editor"},
    "edit_any_version": {"editor"},
    "assign_version": {"editor", "publisher"},
    "add_article": {"author", "editor"},
    "change_term": {"author", "editor"},
    "view_version": {"author", "editor", "medic", "publisher"},
    "delete_version": set(),
    "change_tag": {"editor"},
    "delete_tag": set(),
    "change_page": {"editor", "publisher"},
    "change_contributor": {"publisher"},
    "add_event": set(),
    "change_event": set(),
    "delete_event": set(),
    "add_signoff": set(),
}


@pytest.mark.parametrize(("permission", "holders"), HOLDERS.items(), ids=HOLDERS)
def test_a_permission_is_held_by_these_and_no_others(
    permission, holders, author, editor, medic, publisher, stranger
):
    people = {
        "author": author,
        "editor": editor,
        "medic": medic,
        "publisher": publisher,
        "stranger": stranger,
    }
    app = {"add_article": "articles", "change_term": "glossary"}.get(permission, "editorial")
    held = {name for name, user in people.items() if user.has_perm(f"{app}.{permission}")}
    assert held == holders


def test_only_editors_keep_sources(author, editor, medic, publisher):
    for permission in ("add_source", "change_source", "import_documents"):
        assert editor.has_perm(f"evidence.{permission}")
        assert not any(
            user.has_perm(f"evidence.{permission}") for user in (author, medic, publisher)
        )


def test_nobody_but_an_administrator_keeps_accounts(author, editor, medic, publisher, admin):
    assert admin.has_perm("auth.change_user")
    assert not any(
        user.has_perm(f"auth.{verb}_user")
        for user in (author, editor, medic, publisher)
        for verb in ("add", "change", "delete")
    )


def test_every_permission_of_the_table_exists(db):
    known = set(
        Permission.objects.filter(content_type__app_label__in=ROOMS).values_list(
            "codename", flat=True
        )
    )
    assert {name for names in PERMISSIONS.values() for name in names} - known == set()


def test_the_four_groups_are_there_after_a_migration(db):
    assert set(StaffRole.values) <= set(Group.objects.values_list("name", flat=True))


def test_making_the_groups_again_restores_the_table(db):
    group = Group.objects.get(name=StaffRole.MEDICAL_REVIEWER)
    before = set(group.permissions.values_list("codename", flat=True))
    group.permissions.set(Permission.objects.filter(codename="edit_any_version"))
    make_groups()
    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert "edit_any_version" not in before


@pytest.mark.parametrize("permission", WHO_MAY)
def test_who_may_not_is_told_who_can(stranger, permission):
    with pytest.raises(NotAllowed, match=r"^Only an? .+ can .+\.$"):
        require(stranger, permission)


def test_a_retired_account_may_nothing(editor):
    editor.is_active = False
    with pytest.raises(NotAllowed):
        require(editor, "sign_editorial")
