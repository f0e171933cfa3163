"""Processes that make a corpus together: each writes and renders batches of its own.

It imports no models before Django is set up: a new process begins with this module.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess


class WorkerFailed(Exception):
    """A process ended before its work was done. What it had finished is there."""


def in_processes(
    batches: Sequence[range], *, processes: int, seed: int, now: datetime
) -> Iterator[range]:
    """Publish the articles of these numbers. Yields each batch when it is live.

    Raises WorkerFailed.
    """
    from django.db import connection

    # Nothing is shared: no connection to the database, no writer of the search index.
    context = multiprocessing.get_context("spawn")
    database = str(connection.settings_dict["NAME"])
    workers: dict[Connection, SpawnProcess] = {}
    for place in range(processes):
        reader, writer = context.Pipe(duplex=False)
        given = (database, batches[place::processes], seed, now, writer)
        worker = context.Process(target=_work, args=given, daemon=True)
        worker.start()
        writer.close()
        workers[reader] = worker
    try:
        while workers:
            ready = wait(list(workers))
            for reader in [it for it in workers if it in ready]:
                try:
                    yield reader.recv()
                except EOFError:
                    worker = workers.pop(reader)
                    worker.join()
                    if worker.exitcode:
                        raise WorkerFailed("Not all articles were made: run it again.") from None
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def _work(
    database: str, batches: Sequence[range], seed: int, now: datetime, done: Connection
) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from articles.corpus import Surroundings, publish_batch

    around, parent = Surroundings.make(), multiprocessing.parent_process()
    for batch in batches:
        if parent is None or not parent.is_alive():
            return
        publish_batch(batch, around, seed=seed, now=now)
        done.send(batch)
