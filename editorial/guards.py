"""Triggers in the database: put there, taken away, looked for.

They hold against every way into the database, this program included. They are dropped before a
migration and installed after it; `missing()` tells `/readyz` and a test whether all are there.
The rules themselves are in `guard_rules.py` and, of what readers see, in `public_rows.py`.
"""

from editorial.guard_rules import PREFIX, Guard, all_guards
from editorial.public_rows import stamp_guards


def _kept_from_truncate() -> list[str]:
    """TRUNCATE, which only PostgreSQL has, fires no row triggers: every table that has some."""
    return sorted({guard.table for guard in all_guards() if guard.event == "DELETE"})


def fire_on_replace(connection) -> None:
    """SQLite's REPLACE deletes without firing triggers, unless each connection is told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


def _all() -> list[Guard]:
    return [*all_guards(), *stamp_guards()]


def _installed(connection) -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}


def _expected(connection) -> set[str]:
    names = {_cut(guard.full_name) for guard in _all()}
    if connection.vendor == "postgresql":
        names |= {f"{PREFIX}{table}_is_not_truncated" for table in _kept_from_truncate()}
    return names


def _cut(name: str) -> str:
    """PostgreSQL cuts names at 63 bytes; SQLite does not."""
    return name[:63]


def missing(connection) -> set[str]:
    """The names of guards that should be in the database and are not."""
    return _expected(connection) - {_cut(name) for name in _installed(connection)}


def drop(connection) -> None:
    installed = _installed(connection)
    with connection.cursor() as cursor:
        for name in installed:
            if connection.vendor == "postgresql":
                # The function takes its trigger with it.
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def install(connection) -> bool:
    """Put every guard in place, anew. False where tables are missing (a partial migration)."""
    tables = set(connection.introspection.table_names())
    guards = _all()
    if not {guard.table for guard in guards} <= tables:
        return False
    drop(connection)
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in getattr(guard, connection.vendor)():
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            for table in _kept_from_truncate():
                _refuse_truncate(cursor, table)
    return True


def _refuse_truncate(cursor, table: str) -> None:
    name = f"{PREFIX}{table}_is_not_truncated"
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
        f"RAISE EXCEPTION 'This table is never emptied.' USING ERRCODE = 'check_violation'; "
        f"END $$ LANGUAGE plpgsql"
    )
    cursor.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")
