"""Progress of long commands: a bar on a terminal, silence in a log."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.progress import track


def progress_bar(stdout) -> Callable[[Iterable[Any], str], Iterator[Any]]:
    """A function that walks an iterable and shows how far it is, where somebody watches."""
    is_watched = bool(getattr(stdout, "isatty", lambda: False)())

    def walk(items: Iterable[Any], label: str) -> Iterator[Any]:
        rows = list(items)
        if not is_watched:
            yield from rows
            return
        yield from track(rows, description=label, console=Console(stderr=True), transient=True)

    return walk
