"""Everything `make run` needs before it serves, in one process: each start of Django costs time."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from stemcell_site import standing


class Command(BaseCommand):
    help = "Migrate, collect static files, load starter content, make demonstration staff."

    def handle(self, *args, **options) -> None:
        call_command("migrate", verbosity=0)
        self.collect_static()
        standing.write_pages()
        # Before the starter content, which is then followed: a first start builds nothing twice.
        call_command("rebuild_search", if_needed=True, quiet=True, stdout=self.stdout)
        call_command("load_starter", stdout=self.stdout)
        if settings.DEMO:
            call_command("make_demo_staff", stdout=self.stdout)

    def collect_static(self) -> None:
        """Hashing and compressing takes seconds: only when a file has changed."""
        mark = Path(settings.STATIC_ROOT) / ".made-from"
        fingerprint = static_fingerprint()
        if mark.is_file() and mark.read_text("utf-8") == fingerprint:
            return
        call_command(
            "collectstatic",
            interactive=False,
            clear=True,
            verbosity=0,
        )
        mark.write_text(fingerprint, "utf-8")


def static_fingerprint() -> str:
    """SHA-256 over the name, size and time of every static file, and Django's version."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
