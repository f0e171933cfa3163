"""A missing, outdated or damaged index is built again, beside the answers."""

import logging
import os

import pytest
from django.core.management import CommandError, call_command

from search import engine, following, places, rebuilding
from search.asking import Asked
from search.finding import find, suggest
from tests.live_pages import live_page


def break_index() -> None:
    for path in places.current().glob("*.term"):
        path.write_bytes(b"not an index")


def test_a_rebuild_puts_a_fresh_index_in_place_while_the_old_one_answers(index, monkeypatch):
    live_page("zebra")
    assert find(Asked("zebra")).total == 1
    before, answers = places.current(), []
    build = rebuilding.documents

    def documents(pks):
        answers.append(find(Asked("zebra")).total)
        live_page("okapi")  # Goes live in the middle.
        return build(pks)

    monkeypatch.setattr(rebuilding, "documents", documents)
    pages = rebuilding.rebuild()

    assert (answers, pages) == ([1], 2)
    assert places.current() != before
    assert not before.exists()
    assert find(Asked("zebra")).total == find(Asked("okapi")).total == 1


@pytest.mark.parametrize("harm", ["missing", "broken", "half", "outdated"])
def test_without_a_sound_index_titles_are_matched_and_a_rebuild_begins(index, monkeypatch, harm):
    live_page("zebra")
    assert find(Asked("zebra")).engine == "index"
    if harm == "missing":
        (places.root() / "current").unlink()
    elif harm == "broken":
        break_index()
        monkeypatch.setattr(following, "_index", None)
    elif harm == "half":
        (places.current() / "meta.json").write_text("{")
    else:
        monkeypatch.setattr(following, "SCHEMA_VERSION", 999)

    answer = find(Asked("zebra"))

    assert (answer.engine, [hit.title for hit in answer.hits]) == ("database", ["Zebra"])
    assert [each.title for each in suggest("zeb")] == ["Zebra"]
    assert index


def test_a_rebuild_mends_it(index, monkeypatch):
    live_page("zebra")
    break_index()
    monkeypatch.setattr(following, "_index", None)
    assert find(Asked("zebra")).engine == "database"

    rebuilding.rebuild()

    assert find(Asked("zebra")).engine == "index"
    assert following.state() == "ready"


def test_what_fails_in_the_middle_of_an_answer_is_answered_by_the_database(index, monkeypatch):
    live_page("zebra")

    def panic(*args, **kwargs):
        raise engine.Damaged("The file is cut off.")

    monkeypatch.setattr(engine.Snapshot, "count", panic)

    assert find(Asked("zebra")).engine == "database"
    assert index == ["The file is cut off."]


def test_operators_see_it_and_the_site_serves_on(index, client):
    assert client.get("/readyz").json()["search"] == "ready"
    (places.root() / "current").unlink()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["search"] == "rebuilding"


def test_only_one_rebuild_is_begun(settings, tmp_path, monkeypatch, caplog):
    settings.SEARCH_DIR = tmp_path / "search"
    started: list[int] = []
    monkeypatch.setattr(rebuilding, "start", lambda: started.append(1))
    monkeypatch.setattr(rebuilding, "_begun_at", None)
    with caplog.at_level(logging.WARNING), places.Hold(places.REBUILDING):
        rebuilding.begin("There is none yet.")
    assert started == []

    monkeypatch.setattr(rebuilding, "_begun_at", None)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            rebuilding.begin("There is none yet.")

    assert started == [1]
    assert "is being rebuilt" in caplog.text
    assert "There is none yet." in caplog.text


def test_two_rebuilds_at_once_are_refused(index):
    with places.Hold(places.REBUILDING):
        assert following.state() == "rebuilding"
        with pytest.raises(CommandError, match="rebuilt already"):
            call_command("rebuild_search")


def test_the_command_says_what_it_did_and_can_be_left_out_where_there_is_no_need(index, capsys):
    live_page("zebra")
    following.catch_up()
    before = places.current()

    call_command("rebuild_search", if_needed=True)
    assert places.current() == before
    call_command("rebuild_search")

    assert places.current() != before
    assert capsys.readouterr().out.startswith("Built the search index: 1 pages in ")


def test_what_a_dead_rebuilder_left_is_cleared_away(index):
    left = places.make_fresh()
    os.close(os.open(left / "part", os.O_CREAT))

    rebuilding.rebuild()

    assert [path.name for path in places.root().glob("index-*")] == [places.current().name]
