"""Django's own checks as a public site would run them, and that no migration is missing."""

import os
import secrets
import subprocess
import sys
import tempfile

os.environ |= {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "https://example.org",
    "DEBUG": "0",
    "DEMO": "0",
    "DATA_DIR": tempfile.mkdtemp(prefix="stemcell-site-check-"),
    "DATABASE_URL": "",
    "DATABASE_REPLICA_URLS": "",
}
for command in (
    ["check", "--deploy", "--fail-level", "WARNING"],
    ["makemigrations", "--check", "--dry-run"],
):
    result = subprocess.run([sys.executable, "manage.py", *command], check=False)  # noqa: S603 - our own command
    if result.returncode:
        sys.exit(result.returncode)
