"""What a database holds, counted, and its audit trail walked: to be compared with what it held."""

from django.db.backends.base.base import BaseDatabaseWrapper

from editorial import ledger
from editorial.auditing import Audit, audit
from editorial.models import Ledger
from editorial.refusals import NotReady
from stemcell_site.backups.manifest import Database


def count(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table holds."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {
            table: cursor.execute(f"SELECT COUNT(*) FROM {quote(table)}").fetchone()[0]  # noqa: S608
            for table in tables
        }


def describe(connection: BaseDatabaseWrapper, sequences: dict[str, int]) -> Database:
    """A trail that does not fit is told, and put away like everything else."""
    trail_fits = ""
    try:
        found = audit(using=connection.alias)
    except ledger.BrokenChain as broken:
        trail_fits = str(broken)
        head = Ledger.objects.using(connection.alias).filter(pk=1).first() or Ledger()
        found = Audit(head.event_number, head.event_hash)
    return Database(count(connection), sequences, found.events, found.head, trail_fits)


def compare(connection: BaseDatabaseWrapper, told: Database) -> None:
    """Raises NotReady where a database is not what the backup says."""
    found = describe(connection, told.sequences)
    if found.counts != told.counts:
        tables = found.counts.keys() | told.counts.keys()
        wrong = sorted(it for it in tables if found.counts.get(it) != told.counts.get(it))
        raise NotReady(f"The number of rows is not what was put away: {', '.join(wrong)}.")
    if found != told:
        why = found.trail_fits or f"It ends at event {found.events}, not {told.events}."
        raise NotReady(f"The audit trail is not what was put away. {why}")
