"""The index follows what goes live and what leaves, and holds nothing else."""

from datetime import timedelta
from threading import Thread

import pytest

from editorial import clock, ledger, tagging
from editorial.models import LiveChange, Page, Tag, Version
from search import changes, following, places
from search.asking import Asked
from search.finding import find, suggest
from tests.live_pages import NOW, begin, live_page, move_to, published, write


def found(words: str) -> list[str]:
    answer = find(Asked(words))
    assert answer.engine == "index"
    return sorted(hit.url for hit in answer.hits)


def position() -> int:
    return following.current().position["change"]


@pytest.fixture
def between_looks(monkeypatch):
    """As between two looks at the change table: what was not applied yet is not found."""
    monkeypatch.setattr(following, "LOOKS_EVERY", 3600.0)
    monkeypatch.setattr(following, "_looked_at", None)
    following.current()


def test_a_page_is_found_as_soon_as_it_is_published_and_gone_as_soon_as_it_left(
    index, between_looks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = published("zebra")
        assert found("zebra") == []
    assert found("zebra") == ["/articles/zebra/"]

    Version.objects.filter(pk=version.pk).update(expires_at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        version.withdraw(by=None, now=NOW, reason="It has expired.")
    assert found("zebra") == []
    assert following.current().pages == 0


def test_what_another_machine_published_is_found_by_the_next_query(index):
    version = live_page("zebra")
    assert found("zebra") == ["/articles/zebra/"]

    move_to(version.page, "okapi")
    ledger.note_change(version.page, version.pk, now=NOW)

    assert found("zebra") == ["/articles/okapi/"]
    assert following.current().pages == 1


def test_between_two_looks_the_change_table_is_left_alone(
    index, between_looks, django_assert_num_queries
):
    live_page("zebra")

    with django_assert_num_queries(0):
        assert following.current().pages == 0


def test_the_clock_follows_where_nobody_asks(index, between_looks):
    live_page("zebra")

    done = clock.publish_due(now=NOW)

    assert not done.failures
    assert found("zebra") == ["/articles/zebra/"]
    assert following.catch_up() == 0


def test_a_change_is_applied_once_however_often_it_is_told(index):
    version = live_page("zebra")
    for _ in range(3):
        ledger.note_change(version.page, version.pk, now=NOW)

    assert following.catch_up() == 4
    assert following.catch_up() == 0
    assert (following.current().pages, position()) == (1, LiveChange.objects.count())


def test_nothing_but_what_is_live_is_ever_held(index, draft, scheduled):
    write(begin("a-draft", title="Zebra"))
    superseded = live_page("zebra", title="Zebra")
    for page in Page.objects.all():
        ledger.note_change(page, superseded.pk, now=NOW)

    assert found("zebra") == ["/articles/zebra/"]
    assert following.current().pages == 1
    assert find(Asked("immunity")).total == 0
    assert suggest("resetting") == []
    assert find(Asked()).facets["kind"] == {"article": 1}


def test_who_finds_the_writer_busy_goes_on_with_what_there_is(index):
    with places.Hold(places.WRITING):
        live_page("zebra")
        assert following.catch_up() == 0
        assert found("zebra") == []
    assert found("zebra") == ["/articles/zebra/"]


def test_who_has_published_waits_for_the_writer(index, between_looks, monkeypatch):
    live_page("zebra")
    monkeypatch.setattr(following, "PATIENCE", 0.05)
    with places.Hold(places.WRITING):
        following.heard([])
        assert found("zebra") == []
    monkeypatch.setattr(following, "PATIENCE", 30.0)
    hold = places.Hold(places.WRITING)
    later = Thread(target=hold.release)
    later.start()
    following.heard([])
    later.join()
    assert found("zebra") == ["/articles/zebra/"]


def test_an_index_of_another_database_is_not_believed(index):
    live_page("zebra")
    assert found("zebra") == ["/articles/zebra/"]
    LiveChange.objects.update(at=NOW + timedelta(days=1))

    assert find(Asked("zebra")).engine == "database"
    assert index[0] == "It was built from another database."


def test_one_that_is_far_behind_is_rebuilt(index, monkeypatch):
    monkeypatch.setattr(changes, "MOST_AT_ONCE", 2)
    for slug in ("one", "two", "three"):
        live_page(slug)

    assert find(Asked("one")).engine == "database"
    assert index[0] == "It is far behind."
    assert find(Asked("one")).engine == "database"


def test_without_an_index_nothing_follows_and_publishing_goes_on(
    db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        published("zebra")

    assert find(Asked("zebra")).engine == "database"
    assert following.state() == "off"


def test_a_tag_that_is_renamed_or_merged_is_found_by_its_new_name(index, editor, disease):
    live_page("zebra", tags=[disease])
    assert find(Asked(diseases=("multiple-sclerosis",))).total == 1

    tagging.change(disease, name="MS", slug="ms", parent=None, by=editor, now=NOW)
    assert find(Asked(diseases=("ms",))).facets["disease"] == {"ms": 1}
    assert found("ms") == ["/articles/zebra/"]

    other = Tag.objects.create(name="Neurology", slug="neuro", kind=Tag.Kind.DISEASE)
    tagging.merge(disease, into=other, by=editor, now=NOW)
    assert find(Asked(diseases=("neuro",))).total == 1
    assert find(Asked(diseases=("ms",))).total == 0
