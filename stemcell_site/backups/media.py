"""Uploads: copied as they are read, each with the hash of what was copied."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings

from stemcell_site.backups.manifest import CHUNK, Manifest, Watched, fingerprint

FOLDER = "media"


def save(folder: Path, *, watched: Watched) -> dict[str, dict[str, Any]]:
    """After the database: whatever that names has been there by then."""
    root = Path(settings.MEDIA_ROOT)
    found = {}
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    for path in watched(paths, "Copying uploads"):
        name = path.relative_to(root).as_posix()
        target = folder / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            found[f"{FOLDER}/{name}"] = _copy(path, target)
        except FileNotFoundError:  # Somebody has just taken it away.
            target.unlink(missing_ok=True)
    return found


def _copy(path: Path, target: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += copy.write(chunk)
    return {"bytes": size, "sha256": digest.hexdigest()}


def load(folder: Path, manifest: Manifest, *, watched: Watched) -> int:
    """Before the database: whatever that names is there by then. Returns how many were put back.

    Uploads that the backup does not know stay: nothing points at them, and nothing is lost.
    """
    root = Path(settings.MEDIA_ROOT)
    count = 0
    for name in watched(list(manifest.media()), "Restoring uploads"):
        place = root / name
        if place.is_file() and fingerprint(place) == manifest.files[f"{FOLDER}/{name}"]:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=".restoring-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as copy, (folder / FOLDER / name).open("rb") as source:
                shutil.copyfileobj(source, copy)
            os.chmod(beside, 0o644)
            os.replace(beside, place)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        count += 1
    return count
