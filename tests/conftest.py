"""Named people, one draft on its way to the public, and a database that keeps its guards."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connections
from django.template import Template

from editorial import guards, ledger, rendering, vocabulary
from editorial.actions import start_version
from editorial.models import Contributor, Page, Tag, Version
from editorial.parts import content_hash, key_messages
from editorial.publishing import store_rendering
from editorial.roles import StaffRole
from editorial.states import Kind, Role, State

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KEY_MESSAGES = (
    "A transplant calms relapsing disease in some people.",
    "It can cause serious harm.",
    "Clinics that promise a cure go further than the evidence.",
)


# --- the database -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """SQLite in a file: threads that share a database in memory get no waiting for locks."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(autouse=True)
def _lift_guards_before_a_flush(request):
    """A transactional test ends with a flush, which the guards refuse; post_migrate, which the
    flush sends, puts them back."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not asked and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    # Asked for here, so that this fixture ends before the flush of that one.
    request.getfixturevalue("transactional_db")
    yield
    for connection in connections.all(initialized_only=True):
        guards.drop(connection)


@pytest.fixture
def whole_gate(settings):
    """Every check of the site, where other tests have the ground floor of the gate."""
    settings.EDITORIAL_CHECKS = settings.FULL_GATE


# --- time and people ----------------------------------------------------------------------


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def tomorrow(now) -> datetime:
    return now + timedelta(days=1)


def hire(name: str, *roles: StaffRole, contributes: bool = False, **fields):
    """Somebody in these groups; a contributor has a conflict statement of last month."""
    user = get_user_model().objects.create(
        username=name, email=f"{name}@example.org", is_staff=True, password="!", **fields
    )
    if roles:
        user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    if contributes:
        Contributor.objects.create(
            user=user,
            slug=name.replace("_", "-"),
            name=name.replace("_", " ").title(),
            role=roles[0].label,
            conflicts="None declared.",
            conflicts_declared_on=(NOW - timedelta(days=30)).date(),
        )
    return user


@pytest.fixture
def author(db):
    return hire("author", StaffRole.AUTHOR)


@pytest.fixture
def second_author(db):
    return hire("second_author", StaffRole.AUTHOR)


@pytest.fixture
def editor(db):
    return hire("editor", StaffRole.EDITOR, contributes=True)


@pytest.fixture
def second_editor(db):
    return hire("second_editor", StaffRole.EDITOR, contributes=True)


@pytest.fixture
def medic(db):
    return hire("medic", StaffRole.MEDICAL_REVIEWER, contributes=True)


@pytest.fixture
def publisher(db):
    return hire("publisher", StaffRole.PUBLISHER)


@pytest.fixture
def all_rounder(db):
    """Holds every role, and so meets only the rules about hands."""
    return hire("all_rounder", *StaffRole, contributes=True)


@pytest.fixture
def stranger(db):
    """An account without any role."""
    return hire("stranger")


@pytest.fixture
def admin(db):
    return hire("admin", is_superuser=True)


# --- vocabulary ---------------------------------------------------------------------------


@pytest.fixture
def disease(db):
    return Tag.objects.create(
        name="Multiple sclerosis", slug="multiple-sclerosis", kind=Tag.Kind.DISEASE
    )


@pytest.fixture
def therapy(db):
    return Tag.objects.create(name="Autologous HSCT", slug="autologous-hsct", kind=Tag.Kind.THERAPY)


@pytest.fixture
def theme(db):
    return Tag.objects.create(name="Judging offers", slug="judging-offers", kind=Tag.Kind.THEME)


# --- a page on its way --------------------------------------------------------------------


@pytest.fixture
def plain_rendering(monkeypatch):
    """The body as it is, where a test does not care how pages look."""

    def render(version):
        return rendering.Rendered(html=version.body, contents=[], references=[], terms=[], words=0)

    monkeypatch.setattr(rendering, "render", render)


TEXT = {
    "summary": "What a transplant can do in relapsing disease, and what it cannot.",
    "body": "<h2>What it is</h2><p>Doctors give back a person’s own stem cells.</p>",
    "evidence_searched_on": date(2026, 1, 31),
}


_hash_of_draft = ""


def write_draft(version, *, by, now):
    version.rewrite(
        by=by,
        now=now,
        text=TEXT,
        parts={"key_messages": [{"text": text} for text in KEY_MESSAGES]},
    )
    return version


@pytest.fixture
def draft(author, now):
    """A page of kind article, its text written by the author.

    Put into the tables directly, a quarter of the queries of the verbs: nearly every test of the
    newsroom begins with it, and the verbs have tests of their own. Its hash is always the same.
    """
    global _hash_of_draft
    page = Page.objects.create(
        kind=Kind.ARTICLE, slug="resetting-immunity", created_at=now, owner=author
    )
    version = Version.objects.create(
        page=page,
        number=1,
        lock_number=1,
        title="Resetting immunity",
        **TEXT,
        is_head=True,
        created_by=author,
        created_at=now,
        edited_at=now,
    )
    key_messages.model.objects.bulk_create(
        key_messages.model(version=version, position=position, text=text)
        for position, text in enumerate(KEY_MESSAGES)
    )
    version.wrote.create(user=author, first_at=now)
    version.content_hash = _hash_of_draft or content_hash(version)
    _hash_of_draft = version.content_hash
    version.save(update_fields=["content_hash"])
    ledger.record("began page", by=author, now=now, version=version)
    ledger.record("edited", by=author, now=now, version=version)
    return version


@pytest.fixture
def page(draft) -> Page:
    return draft.page


def sign_by(version, *, editor, medic, now):
    version.sign_off(by=editor, role=Role.EDITORIAL, now=now)
    version.sign_off(by=medic, role=Role.MEDICAL, now=now)
    return version


def move(version, state, *, verb, by, now, **fields):
    """What a verb writes when all is well, without its questions."""
    Version.objects.filter(pk=version.pk).update(state=state, **fields)
    for name, value in {"state": state, **fields}.items():
        setattr(version, name, value)
    ledger.record(verb, by=by, now=now, version=version)
    return version


def sign(version, *, by, role, now):
    version.sign_offs.create(
        role=role,
        signed_by=by,
        contributor=by.contributor,
        content_hash=version.content_hash,
        signed_at=now,
    )
    state = State.MEDICAL_REVIEW if role == Role.EDITORIAL else State.APPROVED
    return move(version, state, verb=f"{role.value} sign-off", by=by, now=now)


@pytest.fixture
def submitted(draft, author, now):
    return move(draft, State.EDITORIAL_REVIEW, verb="submitted", by=author, now=now)


@pytest.fixture
def at_the_medic(submitted, editor, now):
    return sign(submitted, by=editor, role=Role.EDITORIAL, now=now)


@pytest.fixture
def approved(at_the_medic, medic, now):
    return sign(at_the_medic, by=medic, role=Role.MEDICAL, now=now)


@pytest.fixture
def scheduled(approved, publisher, now, tomorrow):
    return move(
        approved, State.SCHEDULED, verb="scheduled", by=publisher, now=now, publish_at=tomorrow
    )


@pytest.fixture
def live_version(approved, publisher, now):
    store_rendering(approved, rendering.render(approved), now=now)
    ledger.note_change(approved.page, approved.pk, now=now)
    return move(
        approved,
        State.LIVE,
        verb="went live",
        by=publisher,
        now=now,
        published_at=now,
        reviewed_on=now.date(),
        review_due_on=approved.page.review_due_after(now.date()),
    )


@pytest.fixture
def next_draft(live_version, author, now):
    """A second version of the page, open beside the live one."""
    return start_version(live_version.page, by=author, now=now)


@pytest.fixture(scope="session", autouse=True)
def widgets_unnoted(django_test_environment):
    """Django's test client copies the context of every template it sees: not of every widget.

    A form of the admin renders hundreds, and no test asks what they were given.
    """
    note = Template._render

    def render(self, context):
        if (self.name or "").startswith(("django/forms/", "admin/widgets/")):
            return self.nodelist.render(context)
        return note(self, context)

    Template._render = render
    yield
    Template._render = note


@pytest.fixture(autouse=True)
def _vocabulary_forgotten():
    """A test takes back its tags, and the stamp with them: what it read must not outlive it."""
    vocabulary.forget()


# --- search -------------------------------------------------------------------------------


@pytest.fixture
def index(settings, tmp_path, monkeypatch, db):
    """The search index, empty, of this test alone. Each query looks at the change table first.

    Gives why a rebuild in the background would have begun: none does.
    """
    from search import finding, following, names, rebuilding

    # Stamps begin again after each test: what the last one knew would seem fresh.
    monkeypatch.setattr(names, "_latest", names.Names(stamp=-1))
    monkeypatch.setattr(finding, "_vocabulary", None)
    settings.SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(following, "LOOKS_EVERY", 0.0)
    monkeypatch.setattr(following, "_index", None)
    monkeypatch.setattr(rebuilding, "_begun_at", None)
    begun: list[str] = []
    monkeypatch.setattr(rebuilding, "begin", begun.append)
    rebuilding.rebuild()
    return begun


# --- figures ------------------------------------------------------------------------------

# What a test measured, told by `record_property`, stands at the end of the run under this heading.
FIGURES = {
    "red flags": "red flags on labelled sentences",
    "search": "search on judged questions",
}


def pytest_terminal_summary(terminalreporter) -> None:
    """Also when workers ran the tests."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    for name, heading in FIGURES.items():
        told = [
            value
            for report in reports
            if report.when == "call"
            for told_as, value in report.user_properties
            if told_as == name
        ]
        if told:
            terminalreporter.section(heading)
            for line in sorted(told):
                terminalreporter.line(line)
