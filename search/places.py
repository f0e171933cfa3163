"""Where the index lies on this machine, and who may write to it.

    DATA_DIR/search/current        a link to the folder that answers
    DATA_DIR/search/index-…        that folder, and for a moment the one before or after it
    DATA_DIR/search/*.lock         held by whoever writes or rebuilds

Locks are the kernel's own (flock): those of a process that died are gone with it.
"""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings

from editorial import faults

WRITING = "writing.lock"
REBUILDING = "rebuilding.lock"


def is_in_use() -> bool:
    """Whether the site has an index at all."""
    return settings.SEARCH_DIR is not None


def root() -> Path:
    """The folder of everything, where it is in use."""
    return Path(str(settings.SEARCH_DIR))


def current() -> Path | None:
    """The folder that answers."""
    try:
        return root() / os.readlink(root() / "current")
    except OSError:
        return None


def make_fresh() -> Path:
    """An empty folder for the next index."""
    root().mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="index-", dir=root()))


def put_in_place(folder: Path) -> None:
    """Let this folder answer from now on, in one step, and clear away every other.

    Who still reads the one before keeps it open until the next query. Hold both locks.
    """
    link = root() / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    faults.point("index.linked")
    link.replace(root() / "current")
    faults.point("index.in_place")
    clear_away(but=folder)


def clear_away(*, but: Path | None) -> None:
    """Remove what dead rebuilders left."""
    for folder in root().glob("index-*"):
        if folder != but:
            shutil.rmtree(folder, ignore_errors=True)


class Busy(Exception):
    """Somebody else holds the lock."""


class Hold:
    """A lock between the processes and the threads of this machine. Raises Busy.

    It may be released by another thread than took it.
    """

    def __init__(self, name: str, *, patience: float = 0.0) -> None:
        """Wait for it this many seconds at most."""
        root().mkdir(parents=True, exist_ok=True)
        self._handle = os.open(root() / name, os.O_RDWR | os.O_CREAT, 0o644)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    os.close(self._handle)
                    raise Busy(name) from error
            time.sleep(0.005)

    def release(self) -> None:
        os.close(self._handle)

    def __enter__(self) -> "Hold":
        return self

    def __exit__(self, *what: object) -> None:
        self.release()


def is_held(name: str) -> bool:
    if not is_in_use() or not (root() / name).exists():
        return False
    try:
        Hold(name).release()
    except Busy:
        return True
    return False
