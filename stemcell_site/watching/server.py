"""Where the processes of one server count, and under which names.

Counts lie in DATA_DIR/metrics, in a folder for each running server. A worker counts in files
named after its place: who takes the place of one that ended goes on counting, so that the files do
not grow in number with the workers that came and went, and no count goes back.
"""

import os
import shutil
import socket
from pathlib import Path

_place: int | None = None


def name_of_process() -> str:
    return str(os.getpid()) if _place is None else f"worker-{_place}"


def take_place(place: int) -> None:
    """In a worker that was just forked."""
    global _place
    _place = place


class Places:
    """In the master: the lowest number that no living worker has."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self) -> int:
        place = next(it for it in range(len(self._taken) + 1) if it not in self._taken)
        self._taken.add(place)
        return place

    def leave(self, place: int) -> None:
        self._taken.discard(place)


def begin_counting(data_dir: Path) -> None:
    """Before the application is loaded. A server that reads its settings anew keeps its counts."""
    folder = data_dir / "metrics" / f"{socket.gethostname()}-{os.getpid()}"
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR") == str(folder):
        return
    _sweep(folder.parent, folder)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _sweep(parent: Path, ours: Path) -> None:
    """What servers of this machine left that run no more, and what lies under our own name."""
    for folder in parent.glob(f"{socket.gethostname()}-*"):
        if folder == ours or not _runs(folder.name.rpartition("-")[2]):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True  # Somebody else's.
    return True
