"""Making a backup: in a folder beside its place, into which it comes whole or not at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from editorial import faults
from editorial.refusals import NotReady
from stemcell_site.backups import manifest, media, postgresql, sqlite
from stemcell_site.backups.manifest import Manifest, Watched

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
UNFINISHED = ".unfinished"


def make(target: Path, *, now: datetime, watched: Watched) -> Manifest:
    """Put database and uploads away in a new folder. The site goes on meanwhile.

    Raises NotReady; then nothing of it is left.
    """
    target = target.absolute()
    _require_place(target)
    try:
        with _unfinished(target) as folder:
            made = _fill(folder, now=now, watched=watched)
            _to_disk(folder)
            faults.point("backup.finished")
            folder.rename(target)
            faults.point("backup.in_place")
            _to_disk(target.parent)
    except OSError as error:
        raise NotReady(
            f"The backup could not be written to {target.parent}: {error.strerror or error}. "
            f"Nothing of it was left there; the site is as it was."
        ) from error
    except DatabaseError as error:
        raise NotReady(f"The database could not be read: {error}") from error
    return made


def _fill(folder: Path, *, now: datetime, watched: Watched) -> Manifest:
    migrations = manifest.migrations_applied()
    faults.point("backup.begun")
    database = ENGINES[connection.vendor].save(folder, watched=watched)
    files = {
        path.relative_to(folder).as_posix(): manifest.fingerprint(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    faults.point("backup.database")
    files |= media.save(folder, watched=watched)
    faults.point("backup.media")
    made = Manifest(
        made_at=now.isoformat(),
        engine=connection.vendor,
        versions=manifest.versions(),
        migrations=migrations,
        database=database,
        files=files,
    )
    manifest.write(folder, made)
    return made


def _require_place(target: Path) -> None:
    for root in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
        if target.resolve().is_relative_to(Path(root).resolve()):
            raise NotReady(f"Files in {root} are for readers: choose another place for a backup.")
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise NotReady(f"{target} is there already: name a folder that is not there yet.")


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """An empty folder beside the place, for this process alone; gone if anything fails.

    What a killed backup left there is cleared away: its lock went with it.
    """
    folder = target.with_name(target.name + UNFINISHED)
    # Passwords and what readers wrote are in a backup: for its owner's eyes only.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = folder.exists() and os.path.samestat(os.fstat(handle), folder.stat())
        except BlockingIOError:
            is_ours = False
        if not is_ours:
            raise NotReady(f"Another backup is just being written to {target}.")
        _clear(folder)
        try:
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    finally:
        os.close(handle)


def _clear(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _to_disk(folder: Path) -> None:
    """Written, and not only promised: a power cut after this line takes nothing away."""
    for path in [folder, *folder.rglob("*")] if folder.name.endswith(UNFINISHED) else [folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
