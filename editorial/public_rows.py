"""The tables that readers see, and that each change of them moves the stamp, by triggers.

By triggers, because there are many ways to a row: a verb, a form of the admin, a command, a
fixture, a hand in the database's shell. `settings.PUBLIC_ROWS` names the tables of each room.
"""

# ruff: noqa: S608 - this SQL is put together from names in this repository alone.

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from editorial.guard_rules import Guard, _any_changed

# Which pages show a row, as the ids of their versions; `{row}` is the row itself.
NO_PAGE = ""
OF_ITS_VERSION = "{row}.version_id"
OF_ITS_TAG = (
    "SELECT content_object_id FROM editorial_versiontag WHERE tag_id = {row}.id UNION "
    "SELECT v.id FROM editorial_version v JOIN editorial_page p ON p.id = v.page_id "
    "WHERE p.tag_id = {row}.id"
)
# A correction shows the sign-offs of the version that it corrects.
OF_THIS_PERSON = (
    "SELECT version_id FROM editorial_writer WHERE user_id = {row}.user_id UNION "
    "SELECT version_id FROM editorial_signoff WHERE contributor_id = {row}.id UNION "
    "SELECT v.id FROM editorial_version v JOIN editorial_signoff s ON s.version_id = v.corrects_id "
    "WHERE s.contributor_id = {row}.id"
)
OF_ITS_PAGE = "SELECT id FROM editorial_version WHERE page_id = {row}.page_id"
MOVE = "UPDATE editorial_ledger SET stamp = stamp + 1 WHERE id = 1"


@dataclass(frozen=True)
class PublicRows:
    """Rows of a table that readers see, and the pages around whose text they stand.

    `columns` are those that show; `only` narrows the rows to those that do.
    """

    table: str
    columns: tuple[str, ...]
    shown_around: str
    events: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")
    only: str = ""

    def guards(self) -> Iterator["MovesTheStamp"]:
        for event in self.events:
            row = "OLD" if event == "DELETE" else "NEW"
            changed = _any_changed(self.columns) if event == "UPDATE" else f"{row}.id IS NOT NULL"
            yield MovesTheStamp(
                f"{self.table}_moves_the_stamp_{event.lower()}",
                "AFTER",
                event,
                self.table,
                f"{changed} AND ({self.only})" if self.only else changed,
                run=(MOVE, *self._let_go("OLD" if event == "UPDATE" else row, row)),
            )

    def _let_go(self, *rows: str) -> Iterator[str]:
        for row in dict.fromkeys(rows if self.shown_around else ()):
            yield (
                "DELETE FROM editorial_surround WHERE rendering_id IN (SELECT id FROM "
                "editorial_rendering WHERE version_id IN "
                f"({self.shown_around.format(row=row)}))"
            )


class MovesTheStamp(Guard):
    """A guard that waits, on PostgreSQL, until the transaction commits.

    The ledger's lock is the last of a transaction: taken here in the middle of one, two writers
    could wait for each other. And by then nothing written in the meantime escapes the deletion.
    """

    def postgresql(self) -> list[str]:
        move, *let_go = self.run
        deletions = "".join(f"{statement}; " for statement in let_go)
        return [
            f"CREATE OR REPLACE FUNCTION {self.full_name}() RETURNS trigger AS $$ "
            f"BEGIN IF {self.condition} THEN "
            # Once in a transaction is enough, however many rows it changed.
            f"IF current_setting('site.stamped', true) IS DISTINCT FROM "
            f"pg_current_xact_id()::text THEN {move}; "
            f"PERFORM set_config('site.stamped', pg_current_xact_id()::text, true); END IF; "
            f"{deletions}END IF; RETURN NULL; END $$ LANGUAGE plpgsql",
            f"CREATE CONSTRAINT TRIGGER {self.full_name} AFTER {self.event} ON {self.table} "
            f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {self.full_name}()",
        ]


IS_OR_WAS_LIVE = "OLD.state = 'live' OR NEW.state = 'live'"
ROWS = [
    PublicRows(
        "editorial_version",
        (
            *("state", "title", "summary", "body", "how_made", "evidence_searched_on", "reason"),
            *("published_at", "closed_at", "reviewed_on", "review_due_on", "corrected_on"),
        ),
        shown_around="{row}.id",
        events=("UPDATE",),
        only=IS_OR_WAS_LIVE,
    ),
    PublicRows(
        "editorial_rendering",
        ("html", "contents", '"references"', "terms", "words"),
        shown_around=OF_ITS_VERSION,
    ),
    PublicRows(
        "editorial_page",
        ("kind", "slug", "language", "translation_of_id", "tag_id", "specialty", "overdue"),
        shown_around="SELECT id FROM editorial_version WHERE page_id = {row}.id",
        events=("UPDATE",),
    ),
    PublicRows(
        "editorial_contributor",
        (
            *("user_id", "slug", "name", "role", "credentials", "specialty", "biography"),
            *("conflicts", "conflicts_declared_on", "is_demonstration"),
        ),
        shown_around=OF_THIS_PERSON,
    ),
    PublicRows(
        "editorial_tag",
        ("name", "slug", "kind", "parent_id", "merged_into_id"),
        shown_around=OF_ITS_TAG,
    ),
    PublicRows("editorial_tagsynonym", ("tag_id", "name"), shown_around=NO_PAGE),
    PublicRows("django_redirect", ("site_id", "old_path", "new_path"), shown_around=NO_PAGE),
]


@cache
def public_rows() -> tuple[PublicRows, ...]:
    return tuple(rows for path in settings.PUBLIC_ROWS for rows in import_string(path))


def stamp_guards() -> list[Guard]:
    return [guard for rows in public_rows() for guard in rows.guards()]
