"""Write the .env of a demonstration on this machine: a key of its own, and this address."""

import secrets
import sys
from pathlib import Path

port = sys.argv[1] if len(sys.argv) > 1 else "8000"
target = Path(__file__).resolve().parent.parent / ".env"
try:
    with target.open("x", encoding="utf-8") as file:
        target.chmod(0o600)
        file.write(
            "# Written by `make run` for a demonstration on this machine. Not for a public site:\n"
            "# see docs/operations.md.\n"
            f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
            f"SITE_URL=http://127.0.0.1:{port}\n"
            "DEMO=1\n"
        )
except FileExistsError:
    sys.exit(0)
print("Wrote .env with a key of its own, for a demonstration on this machine.")
