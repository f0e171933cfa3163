"""What the database refuses to anybody who goes past the verbs, this program included."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_migrate

from editorial import guards
from editorial.models import Page, Tag, Version
from editorial.states import MOVES, OPEN_STATES, Lane, State
from tests.conftest import sign_by


def update(version, **fields):
    with transaction.atomic():
        return Version.objects.filter(pk=version.pk).update(**fields)


def insert_version(page, **fields):
    defaults = {"number": 9, "created_at": page.created_at, "edited_at": page.created_at}
    with transaction.atomic():
        return Version.objects.create(
            page=page, title="Beside the verbs", is_head=False, **(defaults | fields)
        )


# --- going live ---------------------------------------------------------------------------


def test_nothing_filled_in_does_not_go_live(draft, now):
    """A NULL or an empty string passes no condition by being unknown."""
    update(draft, content_hash="")
    for fields in ({}, {"published_at": now}, {"published_at": now, "content_hash": ""}):
        with pytest.raises(IntegrityError):
            update(draft, state=State.LIVE, **fields)


@pytest.mark.parametrize("state", OPEN_STATES)
def test_no_open_state_leads_to_live_without_sign_offs(draft, now, tomorrow, state):
    for step in OPEN_STATES[1 : OPEN_STATES.index(state) + 1]:
        update(draft, state=step, publish_at=tomorrow if step == State.SCHEDULED else None)
    with pytest.raises(IntegrityError):
        update(draft, state=State.LIVE, published_at=now, publish_at=None)


@pytest.mark.parametrize("missing", ["editorial", "medical"])
def test_one_sign_off_is_not_enough(approved, now, missing):
    approved.sign_offs.filter(role=missing).delete()
    with pytest.raises(IntegrityError, match="needs both sign-offs, or an exemption"):
        update(approved, state=State.LIVE, published_at=now)


def test_the_sign_offs_of_another_version_do_not_count(approved, author, now):
    other = Page.objects.create(kind="article", slug="other", created_at=now)
    stowaway = insert_version(other, content_hash=approved.content_hash)
    update(stowaway, state=State.EDITORIAL_REVIEW)
    update(stowaway, state=State.APPROVED)
    with pytest.raises(IntegrityError, match="needs both sign-offs"):
        update(stowaway, state=State.LIVE, published_at=now)


def test_a_text_changed_in_the_statement_that_sets_it_live_is_refused(approved, now):
    with pytest.raises(IntegrityError, match="text of a version that is not open cannot change"):
        update(approved, state=State.LIVE, published_at=now, title="Slipped in")


def test_live_takes_a_time_of_publication(approved):
    with pytest.raises(IntegrityError):
        update(approved, state=State.LIVE)


def test_what_is_signed_goes_live(approved, now):
    assert update(approved, state=State.LIVE, published_at=now) == 1


# --- one of each --------------------------------------------------------------------------


def test_a_page_has_one_live_version(live_version, next_draft, editor, medic, author, now):
    next_draft.submit(by=author, now=now)
    sign_by(next_draft, editor=editor, medic=medic, now=now)
    with pytest.raises(IntegrityError):
        update(next_draft, state=State.LIVE, published_at=now)


def test_a_page_has_one_open_draft(draft):
    with pytest.raises(IntegrityError):
        insert_version(draft.page)


def test_a_page_has_one_open_correction_beside_its_draft(live_version, next_draft):
    insert_version(live_version.page, lane=Lane.CORRECTION, corrects=live_version)
    with pytest.raises(IntegrityError):
        insert_version(live_version.page, number=10, lane=Lane.CORRECTION, corrects=live_version)


def test_version_numbers_are_unique_per_page(live_version):
    with pytest.raises(IntegrityError):
        insert_version(live_version.page, number=live_version.number)


def test_a_page_has_one_head(live_version):
    with pytest.raises(IntegrityError):
        Version.objects.create(
            page=live_version.page,
            number=9,
            created_at=live_version.created_at,
            edited_at=live_version.created_at,
            is_head=True,
        )


def test_a_slug_is_one_page_per_kind_and_language(page, now):
    Page.objects.create(kind="term", slug=page.slug, created_at=now)
    with pytest.raises(IntegrityError):
        Page.objects.create(kind=page.kind, slug=page.slug, created_at=now)


# --- states -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [(old, new) for old in OPEN_STATES for new in State if new != old and new not in MOVES[old]],
)
def test_an_open_version_moves_only_as_it_may(draft, now, tomorrow, old, new):
    for step in OPEN_STATES[1 : OPEN_STATES.index(old) + 1]:
        update(draft, state=step, publish_at=tomorrow if step == State.SCHEDULED else None)
    with pytest.raises(IntegrityError, match=r"may not move between|needs both sign-offs"):
        update(
            draft,
            state=new,
            publish_at=tomorrow if new == State.SCHEDULED else None,
            published_at=now,
            reason="Because.",
        )


@pytest.mark.parametrize("closing", ["superseded", "withdrawn", "discarded"])
def test_no_version_returns_from_a_closed_state(request, tomorrow, closing):
    version = request.getfixturevalue("draft" if closing == "discarded" else "live_version")
    update(version, state=closing, reason="Because.")
    for state in OPEN_STATES:
        with pytest.raises(IntegrityError, match="may not move between these states"):
            update(version, state=state, publish_at=tomorrow if state == "scheduled" else None)


def test_what_is_live_does_not_become_a_draft_again(live_version):
    with pytest.raises(IntegrityError, match="may not move between these states"):
        update(live_version, state=State.DRAFT)


def test_a_withdrawn_version_does_not_go_live_again(live_version, now):
    update(live_version, state=State.WITHDRAWN, reason="Because.")
    with pytest.raises(IntegrityError, match="may not move between these states"):
        update(live_version, state=State.LIVE)


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_no_version_begins_in_the_middle_of_its_life(live_version, now, tomorrow, state):
    with pytest.raises(IntegrityError):
        insert_version(
            live_version.page,
            state=state,
            published_at=now,
            content_hash="0" * 64,
            reason="Because.",
            publish_at=tomorrow if state == "scheduled" else None,
        )


@pytest.mark.parametrize("field", ["state", "lane"])
def test_a_word_that_is_no_state_and_no_lane_is_refused(draft, field):
    with pytest.raises(IntegrityError):
        update(draft, **{field: "published"})


def test_publish_at_is_there_only_while_scheduled(draft, approved, tomorrow):
    with pytest.raises(IntegrityError):
        update(approved, publish_at=tomorrow)
    with pytest.raises(IntegrityError):
        update(approved, state=State.SCHEDULED)
    with pytest.raises(IntegrityError):
        update(approved, state=State.SCHEDULED, publish_at=None)


@pytest.mark.parametrize(
    ("fixture", "state"), [("live_version", "withdrawn"), ("draft", "discarded")]
)
def test_leaving_takes_a_reason(request, fixture, state):
    version = request.getfixturevalue(fixture)
    with pytest.raises(IntegrityError):
        update(version, state=state)
    assert update(version, state=state, reason="Because.") == 1


@pytest.mark.parametrize("fields", [{"number": 7}, {"lane": "correction"}, {"page_id": 999_999}])
def test_a_version_keeps_its_page_its_number_and_its_lane(draft, fields):
    with pytest.raises(IntegrityError, match="keeps its page, its number and its lane"):
        update(draft, **fields)


# --- pages and their tags -----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["disease", "therapy"])
def test_a_disease_or_therapy_page_needs_its_tag(db, now, kind):
    with pytest.raises(IntegrityError):
        Page.objects.create(kind=kind, slug="untagged", created_at=now)


@pytest.mark.parametrize("kind", ["article", "term"])
def test_no_other_page_has_a_tag_of_its_own(disease, now, kind):
    with pytest.raises(IntegrityError):
        Page.objects.create(kind=kind, slug="tagged", tag=disease, created_at=now)


def test_a_tag_has_one_page_per_language(disease, now):
    Page.objects.create(kind="disease", slug="ms", tag=disease, created_at=now)
    with pytest.raises(IntegrityError):
        Page.objects.create(kind="disease", slug="ms-again", tag=disease, created_at=now)


@pytest.mark.parametrize("wrong", ["therapy", "theme"])
def test_a_disease_page_needs_the_tag_of_a_disease(request, wrong, now):
    tag = request.getfixturevalue(wrong)
    with pytest.raises(IntegrityError, match="A disease page needs a disease tag"):
        Page.objects.create(kind="disease", slug="ms", tag=tag, created_at=now)


def test_a_page_does_not_change_to_a_tag_of_another_kind(disease, therapy, now):
    page = Page.objects.create(kind="disease", slug="ms", tag=disease, created_at=now)
    with pytest.raises(IntegrityError, match="A disease page needs a disease tag"):
        Page.objects.filter(pk=page.pk).update(tag=therapy)


def test_the_tag_of_a_page_does_not_change_its_kind(disease, now):
    Page.objects.create(kind="disease", slug="ms", tag=disease, created_at=now)
    with pytest.raises(IntegrityError, match="keeps its kind"):
        Tag.objects.filter(pk=disease.pk).update(kind=Tag.Kind.THEME)


def test_a_tag_without_a_page_may_change_its_kind(theme):
    assert Tag.objects.filter(pk=theme.pk).update(kind=Tag.Kind.CELL_TYPE) == 1


# --- the guards themselves ----------------------------------------------------------------


def test_all_guards_are_there_after_a_migration(db):
    assert guards.missing(connection) == set()


def test_a_dropped_guard_is_missed(db):
    name = guards.PREFIX + "versions_are_never_deleted"
    with connection.cursor() as cursor:
        on = " ON editorial_version" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert guards.missing(connection) == {name}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite disables no triggers")
def test_a_disabled_guard_is_missed(db):
    name = guards.PREFIX + "versions_are_never_deleted"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE editorial_version DISABLE TRIGGER {name}")
    assert guards.missing(connection) == {name}


def test_guards_are_dropped_and_installed_as_often_as_one_likes(draft):
    guards.drop(connection)
    guards.drop(connection)
    assert len(guards.missing(connection)) >= len(guards.all_guards())
    assert guards.install(connection)
    assert guards.install(connection)
    assert guards.missing(connection) == set()
    with pytest.raises(IntegrityError, match="Versions are never deleted"), transaction.atomic():
        Version.objects.filter(pk=draft.pk)._raw_delete(using="default")


def test_guards_are_not_installed_on_half_a_database(db, monkeypatch):
    guards.drop(connection)
    tables = [name for name in connection.introspection.table_names() if name != "editorial_tag"]
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda self: tables)
    assert guards.install(connection) is False
    assert guards.missing(connection)


@pytest.mark.django_db(transaction=True)
def test_guards_are_lifted_for_a_migration_and_put_back_after_it():
    """SQLite rebuilds a table that it alters, and loses its triggers or trips over them."""
    missing = []

    def rebuild(**kwargs):
        missing.append(guards.missing(connection))
        old = Version._meta.get_field("reason")
        new = old.clone()
        new.null = True
        new.set_attributes_from_name("reason")
        with connection.schema_editor() as editor:
            editor.alter_field(Version, old, new, strict=True)
            editor.alter_field(Version, new, old, strict=True)

    after_the_newsroom = apps.get_app_config("taggit")
    pre_migrate.connect(rebuild, sender=after_the_newsroom)
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(rebuild, sender=after_the_newsroom)
    assert len(missing[0]) >= len(guards.all_guards())
    assert guards.missing(connection) == set()


def test_the_names_of_guards_are_unique_and_short_enough_for_postgresql():
    names = [guard.full_name for guard in guards.all_guards()]
    assert len(names) == len(set(names))
    assert max(len(name) for name in names) <= 63
