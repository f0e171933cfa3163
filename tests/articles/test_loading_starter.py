"""Loading starter content that is small: again, killed in the middle, edited, and badly written."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles import starter, starter_files
from articles.starter import load_starter
from articles.starter_files import BadStarterFile, body_html, read_page
from editorial.actions import start_version
from editorial.models import Event, Page, Tag, Version
from editorial.progress import progress_bar
from editorial.states import Kind, State
from evidence.models import Source
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

TAGS = """
[[tag]]
slug = "lupus"
name = "Lupus"
kind = "disease"
synonyms = ["SLE"]
"""
SOURCES = """
[[source]]
key = "a-study"
kind = "trial"
title = "A study"
design = "cohort"
verification = "verified"
"""
TERMS = """
[[term]]
slug = "relapse"
title = "Relapse"
also_called = ["flare"]
summary = "A return of symptoms."
not_same_as = [{ term = "remission", difference = "The opposite." }]
citations = [{ source = "a-study", place = "Abstract" }]

[[term]]
slug = "remission"
title = "Remission"
summary = "A quiet time."
"""
SITES = """
[[site]]
host = "example.org"
name = "A charity"
why = "Made up for a test."
gives_support = true
"""
DISEASE = """+++
title = "Lupus"
summary = "A disease."
key_messages = ["One.", "Two.", "Three."]
tags = ["lupus"]
evidence_searched_on = 2026-01-01
+++
A relapse can come.[@a-study | Abstract] See [remission](/glossary/remission/).

## What can go wrong {#harms}

Much.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A starter folder of our own: one tag, one source, two terms and one disease."""
    for name in ("sources", "terms", "articles", "diseases", "therapies"):
        (tmp_path / name).mkdir()
    (tmp_path / "tags.toml").write_text(TAGS, "utf-8")
    (tmp_path / "regulatory.toml").write_text("", "utf-8")
    (tmp_path / "trusted_sites.toml").write_text(SITES, "utf-8")
    (tmp_path / "sources" / "a.toml").write_text(SOURCES, "utf-8")
    (tmp_path / "terms" / "a.toml").write_text(TERMS, "utf-8")
    (tmp_path / "diseases" / "lupus.md").write_text(DISEASE, "utf-8")
    for module in (starter, starter_files):
        monkeypatch.setattr(module, "STARTER", tmp_path)
    return tmp_path


def load():
    return load_starter(now=NOW, progress=progress_bar(io.StringIO()))


def test_it_loads_once(folder):
    assert load() == {"tags": 1, "sources": 1, "statuses": 0, "trusted sites": 1, "pages": 3}
    events = Event.objects.count()

    assert sum(load().values()) == 0
    assert Event.objects.count() == events


def test_pages_link_to_one_another_and_to_terms(folder, client):
    load()

    html = client.get("/diseases/lupus/").text

    assert '<a href="/glossary/remission/">remission</a>' in html
    assert 'data-definition="A return of symptoms."' in html
    assert '<h2 data-part="harms" id="harms">What can go wrong</h2>' in html
    assert "A study" in client.get("/glossary/relapse/").text
    assert '<a href="/glossary/remission/">Remission</a>' in client.get("/glossary/relapse/").text


@pytest.mark.parametrize("pages_done", [0, 1, 2])
def test_killed_in_the_middle_and_run_again_it_completes(folder, monkeypatch, pages_done):
    publish, done = starter.publish_begun, []

    def die_after(fillings, **told):
        if len(done) == pages_done:
            raise KeyboardInterrupt
        publish(fillings, **told)
        done.extend(fillings)

    monkeypatch.setattr(starter, "AT_A_TIME", 1)
    monkeypatch.setattr(starter, "publish_begun", die_after)
    with pytest.raises(KeyboardInterrupt):
        load()
    assert Version.objects.live().count() == pages_done
    assert Version.objects.filter(state=State.DRAFT, summary="").count() == 3 - pages_done
    monkeypatch.setattr(starter, "publish_begun", publish)

    assert load()["pages"] == 3 - pages_done

    assert Version.objects.live().count() == Page.objects.count() == 3
    call_command("verify_audit", stdout=io.StringIO())


def test_what_people_changed_meanwhile_is_left_alone(folder, editor):
    load()
    page = Page.objects.get(slug="lupus", kind=Kind.DISEASE)
    draft = start_version(page, by=editor, now=NOW)
    draft.rewrite(by=editor, now=NOW, text={"title": "Our own lupus"})
    Tag.objects.filter(slug="lupus").update(name="Our own tag")
    Source.objects.filter(key="a-study").update(title="Our own source")

    assert sum(load().values()) == 0

    assert Version.objects.get(pk=draft.pk).title == "Our own lupus"
    assert Tag.objects.get(slug="lupus").name == "Our own tag"
    assert Source.objects.get().title == "Our own source"


def test_a_withdrawn_page_does_not_come_back(folder, publisher):
    load()
    version = Version.objects.live().get(page__slug="lupus", page__kind=Kind.DISEASE)
    version.withdraw(by=publisher, now=NOW, reason="Wrong.")

    assert load()["pages"] == 0
    assert not Version.objects.live().filter(page=version.page).exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("diseases/lupus.md", "+++\n", "---\n", "lupus.md: no front matter"),
        ("diseases/lupus.md", 'title = "Lupus"', "title = Lupus", "lupus.md: "),
        ("diseases/lupus.md", 'tags = ["lupus"]', 'tags = ["gout"]', "no tag 'gout'"),
        ("terms/a.toml", 'term = "remission"', 'term = "nothing"', "no term 'nothing'"),
    ],
)
def test_a_bad_file_is_named_and_what_is_wrong_with_it(folder, name, old, new, told):
    file = folder / name
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    with pytest.raises(CommandError, match=told):
        call_command("load_starter")

    assert Version.objects.live().count() < 3


def test_the_command_says_what_it_added(folder, capsys):
    call_command("load_starter")
    call_command("load_starter")

    first, second = capsys.readouterr().out.splitlines()
    assert first == "Added 1 tags, 1 sources, 0 statuses, 1 trusted sites, 3 pages."
    assert second == "The starter content is there already."


def test_a_citation_in_markdown_becomes_a_node():
    assert body_html("A.[@a-study | Table 2][@b]") == (
        '<p>A.<cite data-source="a-study" data-place="Table 2"></cite>'
        '<cite data-source="b"></cite></p>'
    )


def test_markdown_cannot_bring_in_scripts():
    html = body_html('<script>alert(1)</script>\n\n<p onclick="a()">x</p> [y](javascript:a())')

    assert "script" not in html.replace("javascript:a()", "")
    assert "onclick" not in html


def test_a_page_without_front_matter_is_no_page(tmp_path):
    file = tmp_path / "page.md"
    file.write_text("Only words.", "utf-8")

    with pytest.raises(BadStarterFile, match=r"page\.md"):
        read_page(file, Kind.ARTICLE)
