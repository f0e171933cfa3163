"""What can never change again, and what is never taken away."""

import pytest
from django.db import IntegrityError, connection, transaction

from editorial.actions import begin_page
from editorial.models import (
    AlsoCalled,
    Event,
    Exemption,
    KeyMessage,
    SignOff,
    Version,
    VersionTag,
    Writer,
)
from editorial.states import State
from evidence.models import CheckedClaim, Citation, Claim, Source

FROZEN = "What belongs to a version that is not open cannot change"


def update(version, **fields):
    with transaction.atomic():
        return Version.objects.filter(pk=version.pk).update(**fields)


def execute(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


# --- frozen text --------------------------------------------------------------------------


CLOSED = ["live", "superseded", "withdrawn", "discarded"]


@pytest.fixture(params=CLOSED)
def closed(request):
    if request.param == "discarded":
        version = request.getfixturevalue("draft")
    else:
        version = request.getfixturevalue("live_version")
    if request.param != "live":
        update(version, state=request.param, reason="Because.")
    return version


def test_the_text_of_a_closed_version_is_frozen(closed):
    for fields in (
        {"title": "Else"},
        {"summary": "Else"},
        {"body": "<p>Else</p>"},
        {"how_made": "ai_assisted"},
        {"evidence_searched_on": None},
        {"content_hash": "0" * 64},
    ):
        with pytest.raises(IntegrityError, match="version that is not open cannot change"):
            update(closed, **fields)


def test_the_dates_of_a_public_text_are_frozen(live_version, now):
    another = now.replace(year=2031)
    for name in ("reviewed_on", "review_due_on", "corrected_on", "published_at"):
        value = another if name == "published_at" else another.date()
        with pytest.raises(IntegrityError, match="dates of a text that went live cannot change"):
            update(live_version, **{name: value})


@pytest.fixture
def laden(draft, author, disease, therapy, theme, now):
    """A draft with a row in every part that this room and the next one know."""
    source = Source.objects.create(key="burt-2019", kind="trial", title="MIST", design="cohort")
    draft.rewrite(
        by=author,
        now=now,
        parts={
            "also_called": [{"name": "HSCT"}],
            "tags": [{"tag_id": theme.pk}],
            "claims": [
                {
                    "statement": "It may help.",
                    "therapy_id": therapy.pk,
                    "disease_id": disease.pk,
                    "outcome": "relapse",
                    "direction": "benefit",
                    "citations": [{"source": source.key, "place": "Abstract"}],
                }
            ],
            "checked_claims": [
                {"quote": "a cure", "source_id": source.pk, "verdict": "wrong", "why": "It is not."}
            ],
        },
    )
    return draft


PARTS = [AlsoCalled, KeyMessage, VersionTag, Claim, CheckedClaim, Citation]


def version_field(model):
    return "content_object" if model is VersionTag else "version"


@pytest.mark.parametrize("model", PARTS, ids=lambda model: model._meta.model_name)
def test_a_row_of_a_closed_version_cannot_be_added_changed_or_taken_away(laden, model):
    update(laden, state=State.DISCARDED, reason="Because.")
    row = model.objects.first()
    untouched = {"tag": row.tag_id} if model is VersionTag else {"position": 0}
    table = model._meta.db_table
    with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
        model.objects.update(**untouched)
    with pytest.raises(IntegrityError, match=FROZEN):
        execute(f"DELETE FROM {table} WHERE id = %s", row.pk)  # noqa: S608
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("model", [AlsoCalled, KeyMessage, VersionTag, Claim, Citation])
@pytest.mark.parametrize("way", ["out of", "into"])
def test_no_row_moves_between_a_closed_and_an_open_version(laden, author, now, model, way):
    other = begin_page(kind="article", slug="other", title="Other", by=author, now=now)
    closing = laden if way == "out of" else other
    update(closing, state=State.DISCARDED, reason="Because.")
    # Rows that prove one another are refused for that as well: which guard speaks first is open.
    refusal = f"{FROZEN}|stays in its version|version of the claim that it proves"
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        model.objects.update(**{version_field(model): other})


def test_the_rows_of_a_live_version_are_frozen_too(live_version, theme):
    for refused in (
        lambda: KeyMessage.objects.create(version=live_version, text="One more."),
        lambda: live_version.key_messages.update(text="Else."),
        lambda: live_version.key_messages.all().delete(),
        lambda: live_version.tags.add(theme),
        lambda: AlsoCalled.objects.create(version=live_version, name="HSCT"),
    ):
        with pytest.raises(IntegrityError, match=FROZEN), transaction.atomic():
            refused()


# --- what is kept -------------------------------------------------------------------------


@pytest.mark.parametrize("fixture", ["draft", "live_version"])
def test_versions_are_never_deleted(request, fixture):
    version = request.getfixturevalue(fixture)
    with pytest.raises(IntegrityError, match="Versions are never deleted"):
        execute("DELETE FROM editorial_version WHERE id = %s", version.pk)
    assert Version.objects.filter(pk=version.pk).exists()


@pytest.mark.parametrize(
    "change",
    [lambda: Event.objects.update(comment=""), lambda: Event.objects.all().delete()],
    ids=["update", "delete"],
)
def test_the_audit_trail_is_append_only(draft, change):
    with pytest.raises(IntegrityError, match="The audit trail is append-only"):
        change()


@pytest.mark.parametrize("shift", [{"number": 99}, {"previous_hash": ""}, {"number": 1}])
def test_an_event_out_of_the_chain_is_refused(draft, now, shift):
    last = Event.objects.latest("number")
    fields = {"number": last.number + 1, "previous_hash": last.hash} | shift
    with pytest.raises(IntegrityError, match="must follow the last one"), transaction.atomic():
        Event.objects.create(at=now, verb="forged", hash="f" * 64, **fields)


def test_an_event_outlives_whatever_it_names(draft):
    assert not [field for field in Event._meta.fields if field.is_relation]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
@pytest.mark.parametrize(
    "model", [Event, Version, SignOff, Writer, Exemption, KeyMessage, VersionTag, Claim, Citation]
)
def test_no_kept_table_is_truncated(live_version, model):
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL truncates nothing before that.
    with pytest.raises(IntegrityError, match="never emptied"):
        execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has REPLACE")
def test_no_row_is_taken_away_by_putting_another_in_its_place(live_version):
    event = Event.objects.earliest("number")
    for sql, row in (
        (
            "INSERT OR REPLACE INTO editorial_keymessage (id, version_id, position, text) "
            "VALUES (%s, %s, 0, 'Else')",
            (live_version.key_messages.first().pk, live_version.pk),
        ),
        ("UPDATE OR REPLACE editorial_event SET hash = %s WHERE id = %s", (event.hash, event.pk)),
        (
            "REPLACE INTO editorial_version SELECT * FROM editorial_version WHERE id = %s",
            (live_version.pk,),
        ),
        (
            "REPLACE INTO editorial_event (id, number, at, verb, address, state, content_hash, "
            "comment, previous_hash, actor, hash) SELECT %s, max(number) + 1, at, verb, '', '', "
            "'', '', hash, '', 'f' FROM editorial_event",
            (event.pk,),
        ),
    ):
        with pytest.raises(IntegrityError):
            execute(sql, *row)
