"""What a backup says of itself, written last: whoever restores holds every file against it."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from editorial.refusals import NotReady

NAME = "manifest.json"
FORM = 1
CHUNK = 1024 * 1024

Watched = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(frozen=True)
class Database:
    """What was in the database at the one moment of the backup.

    `sequences`: the last number that PostgreSQL gave out for each; SQLite keeps them in its file.
    `trail_fits` is empty, or says what was wrong with the audit trail already then.
    """

    counts: dict[str, int]
    sequences: dict[str, int]
    events: int
    head: str
    trail_fits: str = ""


@dataclass(frozen=True)
class Manifest:
    made_at: str
    engine: str
    versions: dict[str, str]
    migrations: list[str]
    database: Database
    files: dict[str, dict[str, Any]]

    @property
    def bytes(self) -> int:
        return sum(file["bytes"] for file in self.files.values())

    def media(self) -> Iterator[str]:
        """The uploads, as paths below the folder of uploads."""
        return (name.removeprefix("media/") for name in self.files if name.startswith("media/"))


def versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        "django": django.__version__,
        "database": ".".join(map(str, connection.get_database_version())),
    }


def migrations_applied() -> list[str]:
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def migrations_of_this_release() -> list[str]:
    loader = MigrationLoader(None)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations)


# --- files ----------------------------------------------------------------------------------


def fingerprint(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def write(folder: Path, manifest: Manifest) -> None:
    told = {"form": FORM, **asdict(manifest)}
    (folder / NAME).write_text(json.dumps({**told, "seal": _seal(told)}, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Raises NotReady for what is no backup, or one that was cut or changed."""
    try:
        told = json.loads((folder / NAME).read_text("utf-8"))
        seal = told.pop("seal")
    except FileNotFoundError:
        raise NotReady(
            f"{folder} holds no {NAME}: it is no backup, or one that was cut before its end."
        ) from None
    except OSError as error:
        raise NotReady(f"{folder} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, AttributeError, TypeError):
        raise NotReady(_damaged(NAME)) from None
    if seal != _seal(told):
        raise NotReady(_damaged(NAME))
    if told.pop("form") != FORM:
        raise NotReady("This backup has a form that this release does not know.")
    return Manifest(**{**told, "database": Database(**told["database"])})


def check_files(folder: Path, manifest: Manifest, *, watched: Watched) -> None:
    """Hold every file against its size and hash. Raises NotReady."""
    for name, told in watched(manifest.files.items(), "Checking the backup"):
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise NotReady(f"This backup names a file outside itself: {name}.")
        if not path.is_file():
            raise NotReady(f"This backup is not whole: {name} is missing.")
        if fingerprint(path) != told:
            raise NotReady(_damaged(name))


def _damaged(name: str) -> str:
    return f"This backup is damaged: {name} is not what was written. Take another one."


def _seal(told: dict[str, Any]) -> str:
    """SHA-256 over everything else, so that a manifest that was cut or changed shows."""
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
