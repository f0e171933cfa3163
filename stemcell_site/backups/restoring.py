"""Putting a backup back: everything is checked before anything is touched."""

import logging
from datetime import datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import DatabaseError, connection

from editorial import faults, ledger
from editorial.models import Event, Page
from editorial.refusals import NotReady
from search import places, rebuilding
from stemcell_site.backups import contents, manifest, media
from stemcell_site.backups.making import ENGINES
from stemcell_site.backups.manifest import Manifest, Watched

logger = logging.getLogger(__name__)


def check(folder: Path, *, watched: Watched) -> Manifest:
    """Whether this backup is whole, and could be restored by this release. Touches nothing.

    Raises NotReady.
    """
    told = manifest.read(folder)
    if told.engine != connection.vendor:
        raise NotReady(
            f"This backup is of a database on {told.engine}, and this site uses "
            f"{connection.vendor}: set DATABASE_URL to one of the same kind."
        )
    _require_same_schema(told)
    manifest.check_files(folder, told, watched=watched)
    return told


def restore(folder: Path, *, replace: bool, now: datetime, watched: Watched) -> Manifest:
    """Put database and uploads back, and hold them against what was put away. Raises NotReady.

    Uploads last but one, file by file; then the database, in one step.
    """
    told = check(folder, watched=watched)
    if not replace and not is_empty():
        raise NotReady(
            "This site holds pages or accounts already, which would be lost: make a backup of "
            "them, and give --replace."
        )
    faults.point("restore.begun")

    def put_uploads_back() -> None:
        media.load(folder, told, watched=watched)
        faults.point("restore.media")

    load = ENGINES[connection.vendor].load
    try:
        load(folder, told.database, before=put_uploads_back, watched=watched)
    except OSError as error:
        raise NotReady(
            f"The backup could not be restored: {error.strerror or error}. The database is as it "
            f"was; make room, and restore again."
        ) from error
    connection.close()
    faults.point("restore.in_place")
    contents.compare(connection, told.database)
    ledger.record("restored from backup", by=None, now=now, comment=f"made at {told.made_at}")
    _forget_answers()
    return told


def rebuild_search(*, watched: Watched) -> int | None:
    """How many pages it holds; None where the site has no index, or somebody is at it already."""
    if not places.is_in_use():
        return None
    try:
        return rebuilding.rebuild(watched=watched)
    except places.Busy:
        return None


def is_empty() -> bool:
    """Whether nobody has worked here yet: what `migrate` makes may be written over."""
    try:
        if "editorial_page" not in connection.introspection.table_names():
            return True
        return not any(model.objects.exists() for model in (Page, Event, get_user_model()))
    except DatabaseError as error:
        raise NotReady(
            f"The database of this site cannot be read: {error}. Move it away, or name another in "
            f"DATABASE_URL, and restore again."
        ) from error


def _require_same_schema(told: Manifest) -> None:
    ours, theirs = set(manifest.migrations_of_this_release()), set(told.migrations)
    if ours == theirs:
        return
    older = f" It lacks {', '.join(sorted(ours - theirs))}." if ours - theirs else ""
    newer = f" This release lacks {', '.join(sorted(theirs - ours))}." if theirs - ours else ""
    raise NotReady(
        f"This backup was made by another release.{older}{newer} Restore it with the release that "
        f"made it, and upgrade then."
    )


def _forget_answers() -> None:
    """What several machines share; each process forgets its own by the stamp."""
    try:
        cache.clear()
    except Exception:
        logger.exception("The cache could not be emptied: empty it by hand.")
