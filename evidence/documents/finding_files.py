"""Which files a list of paths means."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence.documents.reading import FORMATS


def find_documents(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Files as given, existing or not; folders recursed in sorted order.

    Inside folders, hidden files and unknown endings are skipped. Each folder is entered once,
    so that links between folders cannot make a circle. A folder that may not be opened is itself
    yielded: reading it then says why.
    """
    entered: set[tuple[int, int]] = set()
    for path in map(Path, paths):
        if _is_folder(path):
            yield from _inside(path, entered)
        else:
            yield path


def _inside(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path]:
    """By a stack of our own: folders may be nested deeper than Python's calls may be."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not _is_folder(path):
            yield path
            continue
        try:
            if _is_new(path, entered):
                waiting.extend(reversed(_entries(path)))
        except OSError:
            yield path


def _entries(folder: Path) -> list[Path]:
    """What counts in a folder, sorted by name."""
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    paths = [folder / name for name in names if not name.startswith((".", "~$"))]
    return [path for path in paths if path.suffix.lower() in FORMATS or _is_folder(path)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_new(folder: Path, entered: set[tuple[int, int]]) -> bool:
    status = folder.stat()
    identity = (status.st_dev, status.st_ino)
    if identity in entered:
        return False
    entered.add(identity)
    return True
