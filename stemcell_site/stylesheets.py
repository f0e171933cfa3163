"""One stylesheet for readers: `@import` lines become what they name when files are collected.

A browser that finds `@import` asks for one sheet after another; so it gets a single file, while in
development each part is served, and read, as it was written.
"""

import re
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# @import url("core.css");   @import url("print.css") print;
IMPORT = re.compile(r"""^@import url\("(?P<name>[\w.-]+\.css)"\)(?: (?P<medium>\w+))?;$""", re.M)


def fold(storage: Storage, path: str) -> str:
    """The sheet with its parts in place of its imports. The parts lie beside it, so that what they
    address by `url()` is still found."""

    def part(found: re.Match[str]) -> str:
        css = fold(storage, str(PurePosixPath(path).with_name(found["name"])))
        return f"@media {found['medium']} {{\n{css}}}" if found["medium"] else css

    with storage.open(path) as sheet:
        return IMPORT.sub(part, sheet.read().decode())


class Folded:
    """A place of static files that hands out its sheets folded."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> ContentFile:
        return ContentFile(fold(self.storage, path).encode())


class FoldedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compressed files under lasting names, each sheet whole."""

    def post_process(self, paths: dict[str, tuple], *args: Any, **kwargs: Any):
        whole = {
            name: (Folded(storage) if name.endswith(".css") else storage, path)
            for name, (storage, path) in paths.items()
        }
        return super().post_process(whole, *args, **kwargs)
