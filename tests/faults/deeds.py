"""What the copies of `one_that_dies` do, and how they look at what the dead have left."""

import html
import io
import re
import sqlite3
import time
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial import guards, ledger
from editorial.actions import begin_page, start_version
from editorial.auditing import audit
from editorial.clock import publish_due as let_the_clock_run
from editorial.models import Event, Ledger, LiveChange, Page, Rendering, Version
from editorial.publishing import publish_exempt
from editorial.roles import StaffRole
from editorial.states import Kind, State
from evidence.importing import Words, import_file
from evidence.models import DocumentText, Source
from search import following, places
from search.asking import Asked
from search.finding import find
from stemcell_site.backups import making, restoring
from tests.conftest import hire, sign_by, write_draft
from tests.editorial.forms_of_the_admin import as_sent
from tests.live_pages import published

FOLDER = Path()
SILENT = {"watched": lambda items, label: items}
NUMBERED = re.compile(r"textnumber(\d+)")


def body(number: int) -> str:
    """A text whose every paragraph names its number: a page of two texts would show."""
    return "".join(f"<h2>Part {part}</h2><p>zebra textnumber{number}.</p>" for part in range(9))


# --- what is done -------------------------------------------------------------------------


def begin_site() -> None:
    hire("editor", StaffRole.EDITOR, contributes=True)
    published("zebra", body=body(1))
    published("okapi")
    (FOLDER / "media").mkdir()
    (FOLDER / "media" / "leaflet.txt").write_text("A leaflet.")
    Client().get("/articles/zebra/")
    render()


def publish() -> None:
    """The next text of the page, from the draft on; one that was begun already is gone on with."""
    page = Page.objects.get(slug="zebra")
    editor = get_user_model().objects.get(username="editor")
    version = page.versions.open().first() or start_version(page, by=editor, now=timezone.now())
    number = page.versions.exclude(pk=version.pk).count() + 1
    if f"textnumber{number}." not in version.body:
        version.rewrite(by=editor, now=timezone.now(), text={"body": body(number)})
    publish_exempt(version, now=timezone.now(), reason="Written for a test.")


def read_in(number: int) -> str:
    path = FOLDER / f"text-{number}.txt"
    path.write_text(f"Text {number}\n\nStem cells cure everything. " * 3)
    return import_file(path, by=None, now=timezone.now(), words=Words()).status


def render() -> None:
    call_command("render_pages", stdout=io.StringIO())


def index() -> None:
    call_command("rebuild_search", quiet=True)


def backup(name: str) -> dict:
    made = making.make(FOLDER / name, now=timezone.now(), **SILENT)
    return {"events": made.database.events, "head": made.database.head, "files": list(made.files)}


def restore(folder: str, replace: bool) -> dict:
    told = restoring.restore(Path(folder), replace=replace, now=timezone.now(), **SILENT)
    restoring.rebuild_search(**SILENT)
    return told.database.counts


def schedule(seconds: float) -> None:
    """A version whose time comes so soon, with all that the database asks of it."""
    author = hire("author", StaffRole.AUTHOR)
    medic = hire("medic", StaffRole.MEDICAL_REVIEWER, contributes=True)
    publisher = hire("publisher", StaffRole.PUBLISHER)
    editor = get_user_model().objects.get(username="editor")
    now = timezone.now()
    version = begin_page(kind=Kind.ARTICLE, slug="gnu", title="Gnu", by=author, now=now)
    write_draft(version, by=author, now=now)
    version.submit(by=author, now=now)
    sign_by(version, editor=editor, medic=medic, now=now)
    version.schedule(by=publisher, now=now, publish_at=now + timedelta(seconds=seconds))


def publish_due(hours: float = 0.0) -> str:
    return str(let_the_clock_run(now=timezone.now() + timedelta(hours=hours)))


def keep_writing() -> None:
    """Events and changes in pairs, until it is killed."""
    page = Page.objects.get(slug="okapi")
    while True:
        with transaction.atomic():
            ledger.note_change(page, page.versions.get().pk, now=timezone.now())
            ledger.record("looked at", by=None, now=timezone.now(), page=page)
        time.sleep(0.005)


def save_in_the_admin(trouble: str) -> dict:
    """Somebody saves a long text while the database takes nothing; and once more when it does."""
    client = Client(raise_request_exception=False)
    editor = get_user_model().objects.get(username="editor")
    client.force_login(editor)
    page = Page.objects.get(slug="okapi")
    version = page.versions.open().first() or start_version(page, by=editor, now=timezone.now())
    address = reverse("admin:articles_article_change", args=[version.pk])
    typed = f"Typed while {trouble}. " * 9000
    sent = as_sent(client.get(address)) | {"body": f"<p>{typed}</p>"}
    with TROUBLES[trouble]():
        response = client.post(address, sent)
    was_stored = typed.strip() in Version.objects.get(pk=version.pk).body
    again = client.post(address, dict(unescaped(response.content.decode())))
    return {
        "status": response.status_code,
        "text": response.content.decode().replace(typed, "TYPED"),
        "is_kept": typed in response.content.decode(),
        "retry": response.get("Retry-After"),
        "was_stored": was_stored,
        "sent_again": again.status_code,
        "is_stored": typed.strip() in Version.objects.get(pk=version.pk).body,
    }


def unescaped(text: str) -> list[tuple[str, str]]:
    """The fields that the page would send again."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return [(name, html.unescape(value)) for name, value in found]


@contextmanager
def full_disk():
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def held_lock():
    """Somebody else writes for longer than this one waits."""
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


TROUBLES = {"full": full_disk, "locked": held_lock}


# --- what is looked at --------------------------------------------------------------------


def look() -> dict:
    """What the next start finds. Anything that is not whole is an AssertionError."""
    assert guards.missing(connection) == set()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    audit()
    numbers = list(LiveChange.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Ledger.objects.get().change_number == len(numbers)
    text = _look_at_pages()
    return {"text": text, "documents": _look_at_documents(), "events": Event.objects.count()}


def _look_at_pages() -> int:
    """Each page is of one text alone: in the tables, before readers and in the index."""
    live = Version.objects.live().get(page__slug="zebra")
    (number,) = {int(found) for found in NUMBERED.findall(live.body)}
    assert Version.objects.filter(page__slug="zebra", state=State.LIVE).count() == 1
    assert Rendering.objects.filter(version__state=State.LIVE).count() == (
        Version.objects.live().count()
    )
    page = Client().get("/articles/zebra/").content.decode()
    assert {int(found) for found in NUMBERED.findall(page)} == {number}
    assert page.count(f"zebra textnumber{number}.") >= 9
    assert page.rstrip().endswith("</html>")

    # As `make run` does, and then the first query.
    call_command("rebuild_search", if_needed=True, quiet=True)
    assert following.is_ready()
    found = find(Asked(f"textnumber{number}"))
    assert (found.engine, [hit.url for hit in found.hits]) == ("index", ["/articles/zebra/"])
    assert find(Asked(f"textnumber{number - 1}")).total == 0
    assert following.current().pages == Version.objects.live().count()
    folders = [folder for folder in places.root().glob("index-*") if folder != places.current()]
    assert len(folders) <= 1, folders
    return number


def _look_at_documents() -> int:
    """Each document whole: its source, its draft and its line in the trail."""
    documents = DocumentText.objects.filter(article__isnull=False).count()
    assert Source.objects.filter(is_private=True).count() == documents
    drafts = Page.objects.filter(kind=Kind.ARTICLE, slug__startswith="text-")
    assert drafts.count() == documents
    assert Event.objects.filter(verb="read document").count() == documents
    return documents


def look_at_backup(name: str) -> bool:
    """Whether there is one; if so, it is whole."""
    if not (FOLDER / name).exists():
        return False
    restoring.check(FOLDER / name, **SILENT)
    return True
