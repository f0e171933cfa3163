"""What this copy of the site is made of, as one hash: what it made itself is good for it alone."""

import hashlib
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

SUFFIXES = {".py", ".html", ".svg", ".txt", ".xml", ".mo"}
NO_PART = {"tests", "bench", "docs", "var", "__pycache__", "migrations", "node_modules"}


@cache
def release() -> str:
    """SHA-256 over the code, the templates and the settings that pages show.

    Machines of one release agree on it: it looks into files, and at no times.
    """
    digest = hashlib.sha256(django.__version__.encode())
    told = (settings.SITE_NAME, settings.SITE_URL, settings.DEMO, settings.LANGUAGE_CODE)
    digest.update(repr(told).encode())
    # The names that style sheets and scripts have after collecting.
    digest.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    root = Path(settings.BASE_DIR)
    for path in sorted(_files(root)):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path):
    for path in folder.iterdir():
        if path.name in NO_PART or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.suffix in SUFFIXES:
            yield path
