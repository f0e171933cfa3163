"""What a migration would do to a PostgreSQL database that people are using: read off its SQL.

The rules are those of PostgreSQL's manual (ALTER TABLE, Notes; CREATE INDEX, Building Indexes
Concurrently): what rewrites or scans a table holds a lock meanwhile, and everybody behind it waits.
"""

import re
from collections.abc import Iterator

from django.db import connection, migrations
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

OURS = ("editorial", "evidence", "articles", "glossary", "search")
# A few hundred rows at most, whatever the site grows to: a lock on them is over at once.
SMALL = frozenset({
    "editorial_ledger", "editorial_contributor", "editorial_tag", "editorial_tagsynonym",
    "evidence_trustedsite", "search_promotion",
})  # fmt: skip

NAME = r'"?(?P<table>\w+)"?'
CREATE_TABLE = re.compile(rf"^CREATE TABLE {NAME}", re.I)
ABOUT = [
    re.compile(rf"^CREATE (?:UNIQUE )?INDEX (?P<concurrently>CONCURRENTLY )?.*? ON {NAME}", re.I),
    re.compile(rf"^ALTER TABLE (?:ONLY )?{NAME}", re.I),
    re.compile(rf"^DROP TABLE {NAME}", re.I),
    re.compile(rf"^(?:UPDATE|DELETE FROM) {NAME}", re.I),
]
# Of a statement about a table that is in use: what it does, and what to do instead.
RISKS = [
    (r"^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)", "locks out writers while it is built"),
    (r"ADD COLUMN (?!.*DEFAULT).*NOT NULL", "needs a default for the rows that are there"),
    (r"ADD COLUMN .*DEFAULT \(?\w+\(", "rewrites the table: each row gets a default of its own"),
    (r"ADD COLUMN .*(IDENTITY|SERIAL|STORED)", "rewrites the table"),
    (r"ADD COLUMN .*(UNIQUE|PRIMARY KEY)", "builds an index under the strongest lock"),
    (r"ALTER COLUMN .* TYPE ", "may rewrite the table"),
    (r"ADD COLUMN .*CHECK", "reads the table under the strongest lock"),
    (r"SET NOT NULL", "reads the table under the strongest lock"),
    (r"ADD CONSTRAINT .*(CHECK|FOREIGN KEY)(?!.*NOT VALID)", "reads the table under a lock"),
    (
        r"ADD CONSTRAINT .*(UNIQUE|PRIMARY KEY|EXCLUDE)(?!.*USING INDEX)",
        "builds an index under a lock",
    ),
    (
        r"(RENAME|DROP COLUMN|^DROP TABLE)",
        "takes from the release that still runs what it asks for",
    ),
    (r"^(UPDATE|DELETE)", "changes rows in the transaction of the migration"),
]


def risks_of(statements: list[str]) -> Iterator[str]:
    """A sentence for each thing that would hold up a site in use. New tables hold up nobody."""
    new = {found["table"] for it in statements if (found := CREATE_TABLE.match(it))}
    for statement in statements:
        about = next((found for it in ABOUT if (found := it.match(statement))), None)
        if about is None or about["table"] in new | SMALL:
            continue
        for pattern, why in RISKS:
            if re.search(pattern, statement, re.I | re.S):
                yield f"{about['table']}: {why}: {statement[:120]}"


class Collecting(DatabaseSchemaEditor):
    """Notes statements as they are, asking no database what its values look like."""

    def execute(self, sql, params=()) -> None:
        # One string may hold several statements.
        self.collected_sql += [it.strip() for it in str(sql).split("; ") if it.strip()]


def later_migrations() -> Iterator[tuple[str, migrations.Migration, list[str]]]:
    """Each migration of ours after the first of its room, with the SQL PostgreSQL would get.

    Few kinds of operation ask the database before they write SQL: those need PostgreSQL here too.
    """
    database = connection
    if connection.vendor != "postgresql":
        told = {**connection.settings_dict, "ENGINE": "django.db.backends.postgresql"}
        database = DatabaseWrapper({**told, "OPTIONS": {}}, connection.alias)
    loader = MigrationLoader(None)
    state = ProjectState()
    leaves = [key for key in loader.graph.leaf_nodes() if key[0] in OURS]
    for key in loader.graph._generate_plan(leaves, at_end=True):
        migration = loader.graph.nodes[key]
        if key[0] not in OURS or key[1].startswith("0001"):
            state = migration.mutate_state(state, preserve=False)
            continue
        with Collecting(database, collect_sql=True, atomic=False) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        yield ".".join(key), migration, editor.collected_sql
