"""Four processes publish, withdraw and search at once: nothing is lost, twice, or shown too long.

What each finds is looked at in the process itself (`one_of_four`), after each thing that it does.
"""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from editorial import ledger
from editorial.models import LiveChange, Version
from search import following
from search.asking import Asked
from search.finding import find
from tests.search.one_of_four import PAGES, Board

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("anna", "bela", "carla", "dora")


def begin(name: str, board) -> subprocess.Popen:
    arguments = [name, str(connection.settings_dict["NAME"]), str(settings.SEARCH_DIR), str(board)]
    return subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "tests.search.one_of_four", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def all_at_once(board) -> list[str]:
    """Let them begin when all are ready. Returns what each complained of."""
    board.touch()
    processes = [begin(name, board) for name in NAMES]
    try:
        for process in processes:
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=300)[1] for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return [error for error, process in zip(said, processes, strict=True) if process.returncode]


def test_four_processes_publish_withdraw_and_search_at_once(index, publisher, tmp_path):
    board = tmp_path / "board"

    assert all_at_once(board) == []

    everything = {f"zebra-{name}-{number}" for name in NAMES for number in range(PAGES)}
    assert Board(board).told("published") == everything
    # The database: each page live or withdrawn, each once in the trail and in the change table.
    live = set(Version.objects.live().values_list("page__slug", flat=True))
    assert live == everything - Board(board).told("withdrawn")
    events = Counter((event.verb, event.address) for event in ledger.walk_chain())
    assert max(events.values()) == 1
    verbs = Counter(verb for verb, _ in events)
    assert (verbs["went live"], verbs["withdrawn"]) == (16, 8)
    numbers = list(LiveChange.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 16 + 8 + 1))
    # The index: the same pages, and nobody had to build it anew.
    answer = find(Asked("zebra"))
    assert sorted(hit.url for hit in answer.hits) == sorted(f"/articles/{slug}/" for slug in live)
    assert (following.current().pages, following.current().position["change"]) == (8, 24)
    assert index == []
