"""Whatever readers see moves the stamp with it, in the same transaction, whoever changes it how."""

import pytest
from django.apps import apps
from django.contrib.redirects.models import Redirect
from django.db import connection, transaction

from editorial import guards, ledger
from editorial.actions import start_version
from editorial.models import Contributor, Notice, Page, Rendering, Surround, Tag, TagSynonym
from editorial.parts import version_parts
from editorial.public_rows import public_rows
from editorial.states import Overdue
from evidence.models import Registration, RegulatoryStatus, ReviewFlag, Source
from search.models import Promotion, SearchLog
from tests.conftest import write_draft
from tests.live_pages import NOW, live_page

ROOMS = ("editorial", "evidence", "glossary", "articles", "search", "stemcell_site")
# What staff see, what machines keep, and what becomes public only with a row that is listed.
NOT_PUBLIC = {
    *("editorial_comment", "editorial_event", "editorial_keptform", "editorial_ledger"),
    *("editorial_livechange", "editorial_notice", "editorial_passedwarning"),
    *("editorial_patientreading", "editorial_presence", "editorial_previewlink"),
    *("editorial_signedtext", "editorial_surround", "editorial_writer"),
    *("editorial_signoff", "editorial_exemption"),
    *("editorial_report", "editorial_helpfulcount", "editorial_sendercount"),
    *("evidence_documenttext", "evidence_outboundlink", "evidence_trustedsite"),
    "search_searchlog",
}
# Columns of public tables that no reader sees.
NOT_SHOWN = {
    "editorial_version": {
        *("page_id", "number", "lane", "is_head", "content_hash", "lock_number", "based_on_id"),
        *("corrects_id", "created_at", "created_by_id", "edited_at", "assigned_to_id", "due_on"),
        *("priority", "publish_at", "expires_at"),
    },
    "editorial_rendering": {"version_id", "rendered_at", "failing", "checked_at"},
    "editorial_page": {"owner_id", "backup_owner_id", "review_months", "created_at"},
    "evidence_reviewflag": {"raised_at", "raised_by_id", "answered_by_id", "leans"},
}


def stamp() -> int:
    """As it will be after a commit: what waits for it on PostgreSQL is done now."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("SELECT set_config('site.stamped', '', true)")
    return ledger.stamp()


@pytest.fixture
def site(db, disease, therapy):
    """A live page with all that stands on it, and around it."""
    source = Source.objects.create(key="a-study", kind="trial", title="A study", design="cohort")
    version = live_page(
        "a-page",
        body='<p>Text<cite data-source="a-study" data-place=""></cite></p>',
        tags=[disease],
    )
    Contributor.objects.create(slug="somebody", name="Somebody", role="Author")
    Registration.objects.create(source=source, number="NCT00000001")
    RegulatoryStatus.objects.create(
        therapy=therapy, jurisdiction="eu", status="not_approved", source=source
    )
    TagSynonym.objects.create(tag=disease, name="MS")
    Promotion.objects.create(words="ms", key="ms", page=version.page)
    Redirect.objects.create(site_id=1, old_path="/old/", new_path="/articles/a-page/")
    return version


def changes(version, theme):
    """By the shortest way into each table: no verb that might move the stamp by itself."""
    source = Source.objects.get(key="a-study")
    return {
        "a page goes live": lambda: live_page("another-page"),
        "a rendering is made again": lambda: Rendering.objects.update(html="<p>Other</p>"),
        "a page moves": lambda: Page.objects.filter(slug="a-page").update(slug="moved"),
        "a page is overdue": lambda: Page.objects.update(overdue=Overdue.LONG),
        "a contributor is renamed": lambda: Contributor.objects.update(name="Somebody Else"),
        "a contributor comes": lambda: Contributor.objects.create(slug="new", name="N", role="E"),
        "a contributor goes": lambda: Contributor.objects.filter(slug="new").delete(),
        "a tag is renamed": lambda: Tag.objects.filter(kind="disease").update(name="Other"),
        "a tag is merged": lambda: Tag.objects.filter(kind="disease").update(merged_into=theme),
        "a tag gets a synonym": lambda: TagSynonym.objects.create(tag=theme, name="Word"),
        "a synonym goes": lambda: TagSynonym.objects.all().delete(),
        "a source is edited": lambda: Source.objects.update(title="A trial"),
        "a source is marked": lambda: Source.objects.update(status="retracted"),
        "a source comes": lambda: Source.objects.create(key="b", kind="trial", title="B"),
        "a source is tagged": lambda: source.tags.add(theme),
        "a source loses a tag": lambda: source.tags.remove(theme),
        "a trial gets another number": lambda: Registration.objects.update(number="NCT00000002"),
        "a status changes": lambda: RegulatoryStatus.objects.update(status="in_trials"),
        "a status goes": lambda: RegulatoryStatus.objects.all().delete(),
        "a page is flagged": lambda: ReviewFlag.objects.create(
            page=version.page, source=source, change="retracted", raised_at=NOW
        ),
        "a flag is answered": lambda: ReviewFlag.objects.update(answered_at=NOW, answer="Still so"),
        "a redirect changes": lambda: Redirect.objects.update(new_path="/"),
        "a redirect goes": lambda: Redirect.objects.all().delete(),
        "a result is promoted": lambda: Promotion.objects.update(position=3),
        "a promotion ends": lambda: Promotion.objects.all().delete(),
    }


def test_every_kind_of_public_change_moves_the_stamp(site, theme):
    unmoved = []
    for name, change in changes(site, theme).items():
        before = stamp()
        change()
        if stamp() <= before:
            unmoved.append(name)

    assert unmoved == []


def test_going_and_leaving_by_the_verbs_moves_it(live_version, next_draft, author, publisher, now):
    before = stamp()
    live_version.withdraw(by=publisher, now=now, reason="Wrong.")
    assert stamp() > before


def test_what_staff_do_among_themselves_leaves_it(live_version, author, now):
    before = stamp()
    draft = start_version(live_version.page, by=author, now=now)
    write_draft(draft, by=author, now=now)
    draft.submit(by=author, now=now)
    Notice.objects.create(user=author, text="Look", key="k", given_at=now)
    SearchLog.objects.create(searched_on=now.date(), words="ms", times=1)
    Rendering.objects.update(checked_at=now, rendered_at=now)
    Page.objects.update(owner=author)
    assert stamp() == before


def test_a_change_that_is_taken_back_leaves_it(site):
    before = stamp()
    with transaction.atomic():
        Contributor.objects.update(name="Nobody")
        stamp()
        transaction.set_rollback(True)
    assert stamp() == before


def around(version, **told):
    """A page that was put together beforehand."""
    return Surround.objects.create(
        rendering=version.rendering, before="before", after="after", made_with="x", **told
    )


def test_what_stands_around_a_page_goes_with_what_it_shows(site, editor):
    """Around the pages that show the row, and no others."""
    other = live_page("another-page")
    site.wrote.create(user=editor, first_at=NOW)
    for name, change in [
        ("tag", lambda: Tag.objects.filter(kind="disease").update(name="Other")),
        ("source", lambda: Source.objects.update(title="A trial")),
        ("text", lambda: Rendering.objects.filter(version=site).update(html="<p>New")),
        ("mark", lambda: Page.objects.filter(slug="a-page").update(overdue=Overdue.LONG)),
        ("contributor", lambda: Contributor.objects.update(name="Somebody Else")),
    ]:
        stamp()
        Surround.objects.all().delete()
        around(site)
        around(other)
        change()
        stamp()
        left = list(Surround.objects.values_list("rendering__version__page__slug", flat=True))
        assert left == ["another-page"], name


# --- nothing is forgotten -------------------------------------------------------------------------


def tables() -> dict[str, type]:
    return {
        model._meta.db_table: model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if not model._meta.proxy
    }


def test_each_table_of_ours_is_public_or_said_not_to_be():
    """A new table: name it in the `public_rows` of its room, or here."""
    listed = {rows.table for rows in public_rows()}
    frozen = {table for part in version_parts() for table, _column in part.tables()}
    assert set(tables()) - listed - frozen - NOT_PUBLIC == set()
    assert listed & NOT_PUBLIC == set()


def test_each_column_of_a_public_table_is_shown_or_said_not_to_be():
    """A new column: name it among the `columns` of its table, or here."""
    for rows in public_rows():
        model = tables().get(rows.table, Redirect)
        columns = {field.column for field in model._meta.concrete_fields} - {"id"}
        told = {column.strip('"') for column in rows.columns}
        assert columns - told - NOT_SHOWN.get(rows.table, set()) == set(), rows.table
        assert told <= columns, rows.table


def test_the_guards_are_in_the_database(db):
    assert guards.missing(connection) == set()
    assert {f"guard_{rows.table}_moves_the_stamp_update"[:63] for rows in public_rows()} <= {
        name[:63] for name in guards._installed(connection)
    }
