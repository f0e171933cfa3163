"""A real PostgreSQL on this machine: a primary, and copies that follow it, in folders of their own.

PostgreSQL refuses to run as root: then it runs as `postgres`, whose folders these are.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda it: float(it.parent.name))
BIN = FOUND[-1] if FOUND else None
# None: as who runs the tests.
USER = "postgres" if os.geteuid() == 0 else None
# Nothing here has to outlive the machine.
QUICK = "-c fsync=off -c wal_level=replica -c max_wal_senders=8 -c hot_standby=on"


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def run(program: str, *told: object) -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [str(BIN / program), *map(str, told)],
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        user=USER,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        told = f"-D {self.folder} -h 127.0.0.1 -p {self.port} -k {self.folder} {QUICK}"
        with self.folder.with_suffix(".log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [str(BIN / "postgres"), *told.split()], cwd="/", stderr=log, stdout=log, user=USER
            )
        deadline = time.monotonic() + 20
        while True:
            try:
                self.sql("SELECT 1")
                return
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, self.folder.with_suffix(".log").read_text()
                time.sleep(0.05)

    def kill(self) -> None:
        """At once, all of it: as if the power went."""
        if self._process is None:
            return
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self._process.wait(10)
        self._process = None

    def sql(self, statement: str):
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None


class Cluster:
    """A primary and two copies."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="cluster-"))
        if USER:
            shutil.chown(self.root, USER)
        self.primary = Server(self.root / "primary")
        self.copies = [Server(self.root / "copy1"), Server(self.root / "copy2")]
        run("initdb", "-D", self.primary.folder, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.primary.start()

    def copy(self) -> None:
        for server in self.copies:
            told = ("-c", "fast", "-R", "--no-sync", "-D", server.folder)
            run("pg_basebackup", "-d", self.primary.url, *told)
            server.start()

    def level(self) -> None:
        """Wait until the copies have what the primary has."""
        (at,) = self.primary.sql("SELECT pg_current_wal_flush_lsn()")
        deadline = time.monotonic() + 20
        for server in self.copies:
            while not server.sql(f"SELECT pg_last_wal_replay_lsn() >= '{at}'")[0]:
                assert time.monotonic() < deadline, f"{server.folder.name} does not follow."
                time.sleep(0.05)

    def end(self) -> None:
        for server in (self.primary, *self.copies):
            server.kill()
        shutil.rmtree(self.root, ignore_errors=True)
