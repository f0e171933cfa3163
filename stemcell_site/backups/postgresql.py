"""A PostgreSQL database: every table by COPY, out of one snapshot and into one transaction.

Not by pg_dump: that is a program of its own, at least as new as the server, and the machines that
serve pages need neither it nor its files. The tables themselves are made by the migrations, which
the backup names.
"""

from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from editorial import faults, guards
from editorial.refusals import NotReady
from stemcell_site.backups import contents
from stemcell_site.backups.manifest import CHUNK, Database, Watched

FOLDER = "tables"
LOCK_TIMEOUT = "30s"


def save(folder: Path, *, watched: Watched) -> Database:
    (folder / FOLDER).mkdir()
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        # Everything below sees the moment of the first question, whoever writes meanwhile.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in watched(_tables(), "Copying tables"):
            copy = f"COPY {_columns(cursor, table)} TO STDOUT"
            with (folder / FOLDER / f"{table}.copy").open("wb") as file, cursor.copy(copy) as rows:
                for row in rows:
                    file.write(row)
            faults.point("backup.copied")
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL"
        )
        return contents.describe(connection, dict(cursor.fetchall()))


def load(folder: Path, told: Database, *, before: Callable[[], object], watched: Watched) -> None:
    """Put it in place, or leave everything as it is. `before` is done when all was checked, and
    stops it if it fails. Raises NotReady.
    """
    if not _tables():
        call_command("migrate", verbosity=0, interactive=False)
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            _replace(cursor, folder, told, watched)
            contents.compare(connection, told)
            faults.point("restore.checked")
            before()
    except DatabaseError as error:
        raise NotReady(f"The database could not be replaced: {error}".strip()) from error


def _replace(cursor: CursorWrapper, folder: Path, told: Database, watched: Watched) -> None:
    quote = connection.ops.quote_name
    cursor.execute("SELECT COALESCE(MAX(stamp), 0) FROM editorial_ledger")
    stamp = cursor.fetchone()[0]
    guards.drop(connection)
    cursor.execute(f"TRUNCATE {', '.join(map(quote, _tables()))}")
    for table in watched(sorted(told.counts), "Restoring tables"):
        copy = f"COPY {_columns(cursor, table)} FROM STDIN"
        with (folder / FOLDER / f"{table}.copy").open("rb") as file, cursor.copy(copy) as rows:
            while chunk := file.read(CHUNK):
                rows.write(chunk)
    faults.point("restore.copied")
    for name, number in told.sequences.items():
        cursor.execute("SELECT setval(%s::regclass, %s)", [quote(name), number])
    # A stamp under which no answer was ever kept.
    cursor.execute("UPDATE editorial_ledger SET stamp = GREATEST(stamp, %s) + 1", [stamp])
    connection.check_constraints()
    guards.install(connection)


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def _columns(cursor: CursorWrapper, table: str) -> str:
    """The table with its columns by name: their order may differ between two databases."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY column_name",
        [table],
    )
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(quote(name) for (name,) in cursor.fetchall())})"
