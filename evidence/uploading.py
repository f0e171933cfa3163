"""Documents uploaded in the admin, read in like files from the command line."""

import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from evidence.documents.opening import MAX_BYTES
from evidence.importing import Imported, Words, import_file

if TYPE_CHECKING:
    from django.contrib.auth.models import User as Person


def import_uploads(
    uploads: Iterable[UploadedFile], *, by: "Person", now: datetime
) -> list[Imported]:
    """Read each upload in, wholly or not at all; bad ones are told and do not stop the others."""
    words = Words()
    with tempfile.TemporaryDirectory() as folder:
        return [
            _import(upload, Path(folder, str(number)), by=by, now=now, words=words)
            for number, upload in enumerate(uploads)
        ]


def _import(
    upload: UploadedFile, folder: Path, *, by: "Person", now: datetime, words: Words
) -> Imported:
    # The name comes from a stranger's machine: its last part only, and short enough to be a file.
    name = PurePath(upload.name or "upload").name[-120:]
    path = folder / name
    try:
        folder.mkdir()
        with path.open("wb") as file:
            written = 0
            for chunk in upload.chunks():
                written += len(chunk)
                file.write(chunk)
                if written > MAX_BYTES:
                    break  # Reading it will say that it is too large.
    except OSError as error:
        return Imported(
            name,
            "failed",
            reason=_("It could not be stored to be read: %(strerror)s.")
            % {"strerror": error.strerror},
        )
    imported = import_file(path, by=by, now=now, words=words)
    return Imported(**{**imported.as_dict(), "path": name})
