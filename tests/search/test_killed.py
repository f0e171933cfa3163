"""kill -9 at any moment: nothing lost, nothing twice, no lock left behind."""

import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from search import following, places, rebuilding
from search.asking import Asked
from search.engine import Index
from search.finding import find
from tests.live_pages import live_page

# A writer of the index on its own, as the publishing process is one: each commit puts one page in
# the place of itself and says so. The database has no part in it, and so no waiting.
WRITER = """
import sys
from pathlib import Path
from search.engine import Index

index = Index(Path(sys.argv[1]))
number = index.snapshot().position["change"]
print("ready", flush=True)
while True:
    number += 1
    page = {"page_id": number % 7 + 1, "shown": b"{}", "title": "zebra", "kind": "article"}
    index.replace([page["page_id"]], [page], {"schema": 1, "change": number})()
    print(number, flush=True)
"""
ROUNDS = 5


def write_and_kill(folder, *, commits: int, after: float) -> int:
    """Kill it so long after so many commits. Returns the last that it told of."""
    child = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", WRITER, str(folder)],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
    )
    with child:
        told = [child.stdout.readline() for _ in range(commits + 1)]
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
    return int([line for line in told if line.endswith(b"\n")][-1])


def test_a_killed_writer_loses_and_doubles_nothing(tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    Index.create(folder).replace([], [], {"schema": 1, "change": 0})()
    moments = random.Random(5)  # noqa: S311 - no secret

    for _ in range(ROUNDS):
        told = write_and_kill(folder, commits=moments.choice([1, 2]), after=moments.random() / 30)

        snapshot = Index(folder).snapshot()
        # One more may be written than it came to tell of.
        assert snapshot.position["change"] in (told, told + 1)
        # Each of seven pages once, as far as the writer came: no page without its position.
        assert snapshot.pages == min(snapshot.position["change"], 7)


def test_a_killed_holder_leaves_no_lock(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path
    hold = (
        "import fcntl, sys, time\n"
        "handle = open(sys.argv[1], 'w')\n"
        "fcntl.flock(handle, fcntl.LOCK_EX)\n"
        "print('held', flush=True)\n"
        "time.sleep(60)\n"
    )
    child = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", hold, str(tmp_path / places.WRITING)], stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(places.Busy):
            places.Hold(places.WRITING)
        child.kill()
        child.wait()

    places.Hold(places.WRITING).release()


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_what_was_published_in_the_moment_of_a_crash_is_found_afterwards(
    index, monkeypatch, moment
):
    live_page("zebra")
    replace = Index.replace

    def killed(self, *told):
        if moment == "after the commit":
            replace(self, *told)()
        raise Killed

    monkeypatch.setattr(Index, "replace", killed)
    with pytest.raises(Killed):
        following.catch_up()
    monkeypatch.setattr(Index, "replace", replace)
    monkeypatch.setattr(following, "_index", None)

    assert find(Asked("zebra")).total == 1
    assert following.current().pages == 1


def test_a_rebuild_that_dies_leaves_the_old_index_in_place(index, monkeypatch):
    live_page("zebra")
    following.catch_up()
    before = places.current()

    def killed(folder):
        raise Killed

    monkeypatch.setattr(places, "put_in_place", killed)
    with pytest.raises(Killed):
        rebuilding.rebuild()
    assert places.current() == before
    assert find(Asked("zebra")).engine == "index"
