"""A document becomes a private source and a draft, wholly or not at all."""

import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError

from articles.starter import Known, load_sources, load_tags
from articles.starter_files import STARTER, read_tables
from editorial.models import Event, Page, Tag, TagSynonym, Version
from editorial.refusals import NotAllowed, NotReady
from editorial.roles import StaffRole
from editorial.states import Kind, Role, State
from evidence import importing
from evidence.importing import Words, import_file
from evidence.models import CheckedClaim, DocumentText, Source
from tests.conftest import hire
from tests.live_pages import NOW, live_term

pytestmark = pytest.mark.django_db

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "documents"
TEXT = """# Stem cells for lupus

## What the cells do

Stem cells cure lupus in 90% of patients. The treatment is safe and has no side effects.

## The price

It is proven to work for MS. A relapse will not come back after HSCT.
"""


@pytest.fixture
def tags():
    found = {
        "lupus": Tag.objects.create(name="Lupus", slug="lupus", kind=Tag.Kind.DISEASE),
        "ms": Tag.objects.create(
            name="Multiple sclerosis", slug="multiple-sclerosis", kind=Tag.Kind.DISEASE
        ),
        "hsct": Tag.objects.create(name="Transplant", slug="hsct", kind=Tag.Kind.THERAPY),
        "theme": Tag.objects.create(name="Price", slug="price", kind=Tag.Kind.THEME),
    }
    TagSynonym.objects.create(tag=found["ms"], name="MS")
    TagSynonym.objects.create(tag=found["hsct"], name="HSCT")
    return found


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "advert.md"
    path.write_text(TEXT, "utf-8")
    return path


def read_in(path, *, by=None, dry_run=False):
    return import_file(path, by=by, now=NOW, words=Words(), dry_run=dry_run)


def rows() -> dict[str, int]:
    """How many rows each table of the site holds."""
    return {
        model._meta.label: model._base_manager.count()
        for room in ("editorial", "evidence", "articles", "glossary")
        for model in apps.get_app_config(room).get_models()
    }


def test_a_document_becomes_a_private_source_with_its_text(document, tags):
    imported = read_in(document)

    source = Source.objects.get()
    assert imported.status == "created"
    assert imported.source == source.key
    assert source.is_private
    assert source.title == imported.title == "Stem cells for lupus"
    assert source.kind == Source.Kind.WEB_TEXT
    assert set(source.tags.all()) == {tags["lupus"], tags["ms"], tags["hsct"]}
    held = source.document
    assert held.sha256 == hashlib.sha256(document.read_bytes()).hexdigest()
    assert "Stem cells cure lupus in 90% of patients." in held.text
    assert (held.file_name, held.media_type) == ("advert.md", "text/markdown")
    assert held.read_at == NOW


def test_it_becomes_a_draft_with_headings_tags_and_claims_to_check(document, tags):
    live_term("relapse")

    imported = read_in(document)

    draft = Version.objects.get(page__kind=Kind.ARTICLE)
    assert draft.state == State.DRAFT
    assert draft.page.slug == imported.article == "stem-cells-for-lupus"
    assert draft.body == "<h2>What the cells do</h2><h2>The price</h2>"
    assert imported.tags == ["hsct", "lupus", "multiple-sclerosis"]
    assert set(draft.tags.values_list("slug", flat=True)) == set(imported.tags)
    assert draft.page.documents.get().terms == ["relapse"]
    quotes = draft.checked_claims.values_list("quote", flat=True)
    assert "Stem cells cure lupus in 90% of patients." in quotes
    assert all(len(quote.split()) <= 12 for quote in quotes)


def test_the_draft_holds_no_sentence_of_the_document_but_what_is_to_be_checked(document, tags):
    read_in(document)

    draft = Version.objects.get(page__kind=Kind.ARTICLE)
    assert draft.summary == ""
    assert "cure" not in draft.body


def test_reading_in_is_on_the_audit_trail(document, editor):
    imported = read_in(document, by=editor)

    event = Event.objects.get(verb="read document")
    assert (event.actor, event.comment) == ("editor", imported.source)
    assert Page.objects.get().owner == editor


def test_the_draft_cannot_go_live_before_it_is_argued(document, tags, editor):
    writer = hire("writer", StaffRole.EDITOR)
    read_in(document, by=writer)
    draft = Version.objects.get(page__kind=Kind.ARTICLE)
    with pytest.raises(NotReady, match="summary is empty"):
        draft.submit(by=writer, now=NOW)
    key_messages = [{"text": text} for text in ("One.", "Two.", "Three.")]
    draft.rewrite(
        by=writer, now=NOW, text={"summary": "Short."}, parts={"key_messages": key_messages}
    )
    draft.submit(by=writer, now=NOW)

    with pytest.raises(NotReady, match="needs a reason and a citation"):
        draft.sign_off(by=editor, role=Role.EDITORIAL, now=NOW)

    draft.refresh_from_db()
    assert draft.state == State.EDITORIAL_REVIEW


def test_an_author_without_the_right_to_write_makes_nothing(document, medic):
    before = rows()

    with pytest.raises(NotAllowed):
        read_in(document, by=medic)

    assert rows() == before


def test_the_same_bytes_twice_are_one_source(document, tmp_path):
    created = read_in(document)
    twin = tmp_path / "another-name.md"
    twin.write_bytes(document.read_bytes())
    before = rows()

    again, same_bytes = read_in(document), read_in(twin)

    assert rows() == before
    for imported in (again, same_bytes):
        assert imported.status == "exists"
        assert imported.reason == "These bytes were read in before, as advert.md."
        assert (imported.source, imported.article) == (created.source, created.article)


def test_a_source_that_waits_for_its_text_gets_it_and_counts_as_created(document, tags):
    waiting = Source.objects.create(
        key="document-000", kind="web_text", title="Our own title", is_private=True
    )
    DocumentText.objects.create(
        source=waiting,
        sha256=hashlib.sha256(document.read_bytes()).hexdigest(),
        file_name="original.txt",
    )

    imported = read_in(document)

    assert (imported.status, imported.source) == ("created", "document-000")
    waiting.refresh_from_db()
    assert waiting.title == "Our own title"
    assert "cure lupus" in waiting.document.text
    assert waiting.document.article.slug == imported.article
    assert Source.objects.count() == 1
    assert read_in(document).status == "exists"


def test_two_documents_of_one_title_get_two_drafts(document, tmp_path):
    other = tmp_path / "other.md"
    other.write_text(TEXT + "\nOne more sentence.", "utf-8")

    first, second = read_in(document), read_in(other)

    assert (first.article, second.article) == ("stem-cells-for-lupus", "stem-cells-for-lupus-2")
    assert first.source != second.source


def test_a_dry_run_tells_the_same_and_writes_nothing(document, tags):
    before = rows()

    imported = read_in(document, dry_run=True)

    assert rows() == before
    assert (imported.status, imported.source, imported.article) == ("created", "", "")
    assert imported.tags == ["hsct", "lupus", "multiple-sclerosis"]
    read_in(document)
    assert read_in(document, dry_run=True).status == "exists"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "The file is empty."),
        ("binary.txt", bytes(range(256)) * 20, ""),
        ("broken.docx", b"PK\x03\x04 and no more", ""),
        ("broken.pdf", b"%PDF-1.7 and no more", ""),
        ("picture.jpg", b"\xff\xd8\xff", "cannot be read"),
        ("no-words.txt", b"... --- ...", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_told_and_leaves_nothing(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    before = rows()

    imported = read_in(path)

    assert imported.status == "failed"
    assert imported.path == str(path)
    assert reason in imported.reason
    assert imported.reason.endswith(".")
    assert rows() == before


@pytest.mark.parametrize("step", ["_draft", "_source", "sentences_that_assert", "ledger.record"])
def test_an_error_in_the_middle_leaves_nothing_half_written(document, monkeypatch, step):
    def fail(*args, **kwargs):
        raise DatabaseError("the power went")

    target, _, name = step.rpartition(".")
    words = Words()
    before = rows()
    monkeypatch.setattr(getattr(importing, target) if target else importing, name, fail)

    with pytest.raises(DatabaseError):
        import_file(document, by=None, now=NOW, words=words)

    assert rows() == before


def a_source_of_our_own(*args) -> Source:
    return Source.objects.create(key="ours", kind="web_text", title="Ours", is_private=True)


def test_a_race_over_the_same_bytes_ends_with_one_source(document, monkeypatch):
    """The other one commits between our look and our write."""
    write = importing._write

    def be_slower(*args, **kwargs):
        monkeypatch.setattr(importing, "_write", write)
        assert read_in(document).status == "created"
        monkeypatch.setattr(importing, "_source", a_source_of_our_own)
        return write(*args, **kwargs)

    monkeypatch.setattr(importing, "_write", be_slower)

    imported = read_in(document)

    assert imported.status == "exists"
    assert Source.objects.count() == DocumentText.objects.count() == Page.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ж" * 3000,
        "# " + "word " * 400 + "\n\nIt cures lupus.",
        "It cures lupus &#0; &#11; &#x1F; now.",
        "It cures lupus in 99% of patients " + "x" * 1000 + ".",
        "<script>alert(1)</script> It cures lupus. <img src=x onerror=alert(1)>",
        "## <script>alert(1)</script>\n\nIt cures lupus.",
        "%s %(a)s {0} {{ x }} {% y %} \\ ' \" ; -- It cures lupus.",
        "👩🏽‍⚕️ مرحبا \u202e It cures lupus.",
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_odd_documents_fit_into_the_database(tmp_path, text, ending):
    path = tmp_path / f"odd{ending}"
    path.write_text(text, "utf-8")

    imported = read_in(path)

    assert imported.status in ("created", "failed")
    if imported.status == "created":
        draft = Version.objects.get()
        assert "<script" not in draft.body
        assert all(len(claim.quote) <= 200 for claim in CheckedClaim.objects.all())


@pytest.fixture
def starter_vocabulary():
    load_tags()
    documents = read_tables(STARTER / "sources" / "documents.toml", "source")
    load_sources(documents, Known.read())


EXPECTED_TAGS = {
    "000": {"type-1-diabetes", "lupus", "amyotrophic-lateral-sclerosis"},
    "001": {"multiple-sclerosis", "rheumatoid-arthritis", "lupus", "crohns-disease"},
    "002": {"multiple-sclerosis", "systemic-sclerosis", "crohns-disease", "type-1-diabetes"},
    "003": {"multiple-sclerosis", "rheumatoid-arthritis", "lupus", "type-1-diabetes"},
    "004": {"autologous-hsct", "allogeneic-hsct", "multiple-sclerosis", "lupus"},
}


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the first documents are not here")
def test_the_five_documents_fill_the_five_sources_that_wait_for_them(starter_vocabulary):
    words = Words()
    for number, expected in EXPECTED_TAGS.items():
        (path,) = DOCUMENTS.glob(f"{number}_*.txt")

        imported = import_file(path, by=None, now=NOW, words=words)

        assert (imported.status, imported.source) == ("created", f"document-{number}")
        draft = Version.objects.get(page__slug=imported.article)
        assert expected <= set(draft.tags.values_list("slug", flat=True))
        assert draft.checked_claims.exists()
    assert Source.objects.count() == 5
    assert Version.objects.filter(state=State.DRAFT).count() == 5
