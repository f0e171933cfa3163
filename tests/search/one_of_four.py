"""One of the processes of test_four_processes: publishes, withdraws and searches as told.

    python -m tests.search.one_of_four NAME DATABASE SEARCH_DIR BOARD

The board is a file to which each process adds a line when something is done, so that the others
know what must be found from then on, and what must not be found any more.
"""

import os
import sys
from pathlib import Path

PAGES = 4


def set_up(database: str, search_dir: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.SEARCH_DIR = Path(search_dir)
    django.setup()


class Board:
    def __init__(self, path: Path) -> None:
        self._path = path

    def tell(self, *words: str) -> None:
        with self._path.open("a") as file:
            file.write(" ".join(words) + "\n")

    def told(self, word: str) -> set[str]:
        lines = (line.split() for line in self._path.read_text().splitlines())
        return {slug for said, slug in lines if said == word}


def look(board: Board) -> None:
    """Search once, and hold what is found against what is known."""
    from search.asking import Asked
    from search.finding import find

    published, withdrawn = board.told("published"), board.told("withdrawn")
    answer = find(Asked("zebra"))
    found = [hit.url.split("/")[2] for hit in answer.hits]
    must_be_found = published - board.told("withdrawing")

    assert answer.engine == "index", answer.engine
    assert len(found) == len(set(found)) == answer.total, f"twice: {found}"
    assert must_be_found <= set(found), f"lost: {must_be_found - set(found)}"
    assert not withdrawn & set(found), f"shown after it was withdrawn: {withdrawn & set(found)}"


def work(name: str, board: Board) -> None:
    """Every second page is withdrawn again."""
    from django.contrib.auth import get_user_model

    from tests.live_pages import NOW, published

    publisher = get_user_model().objects.get(username="publisher")
    for number in range(PAGES):
        slug = f"zebra-{name}-{number}"
        version = published(slug)
        board.tell("published", slug)
        look(board)
        if number % 2:
            board.tell("withdrawing", slug)
            version.withdraw(by=publisher, now=NOW, reason="It was a test.")
            board.tell("withdrawn", slug)
            look(board)


if __name__ == "__main__":
    name, database, search_dir, path = sys.argv[1:]
    set_up(database, search_dir)
    print("ready", flush=True)
    sys.stdin.readline()
    work(name, Board(Path(path)))
