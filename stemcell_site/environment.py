"""What the environment says, read once and failing loudly.

Values come from the process environment and from a git-ignored `.env` beside `manage.py`.
"""

import re
import secrets
import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

POSTGRESQL = ("postgres://", "postgresql://")
# For libpq, seconds and milliseconds: nobody waits for a machine that fell silent as long as TCP
# would, which is a quarter of an hour.
PATIENCE = {"connect_timeout": 2, "tcp_user_timeout": 4000}

# Commands that answer no visitor: they may run before the site has been set up.
OFFLINE_COMMANDS = frozenset(
    {
        "check_text",
        "clean_html",
        "collectstatic",
        "help",
        "import_documents",
        "load_starter",
        "makemigrations",
        "migrate",
        "showmigrations",
        "test",
    }
)

# First words of addresses that readers use.
PUBLIC_PATHS = frozenset({
    *("about", "articles", "claims", "diseases", "evidence", "feeds", "glossary", "healthz"),
    *("metrics", "people", "preview", "readyz", "search", "sources", "static", "tags", "therapies"),
})  # fmt: skip

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def stop(sentence: str) -> None:
    """End the start with one clear line instead of a traceback."""
    sys.exit(f"The site did not start. {sentence}")


def runs_offline() -> bool:
    return len(sys.argv) > 1 and sys.argv[1] in OFFLINE_COMMANDS


def secret_key() -> str:
    key: str = env.str("SECRET_KEY", "")
    if not key:
        if not runs_offline():
            stop(
                "SECRET_KEY is not set: put a long random value into the environment or .env "
                "(`make run` writes one for you)."
            )
        key = secrets.token_urlsafe(50)
    return key


def site_url() -> str:
    """Scheme, host and port of the public site, without a slash at the end."""
    url: str = env.str("SITE_URL", "").rstrip("/")
    if not url:
        if not runs_offline():
            stop(
                "SITE_URL is not set: give the public address, for example https://example.org "
                "(`make run` writes one for you)."
            )
        url = "http://127.0.0.1:8000"
    parts = urlsplit(url)
    more = parts.path or parts.query or parts.fragment
    if parts.scheme not in ("http", "https") or not parts.hostname or more:
        stop(f"SITE_URL must be http:// or https:// and a host, without a path; it is {url!r}.")
    return url


def admin_path() -> str:
    """Where the newsroom lives, as "admin/": letters, figures and hyphens, not a public address."""
    path: str = env.str("ADMIN_PATH", "admin/").strip("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,60}", path) or path in PUBLIC_PATHS:
        stop(f"ADMIN_PATH must be one word such as newsroom, and no page of readers: {path!r}.")
    return f"{path}/"


def demo(url: str) -> bool:
    """Whether demonstration accounts may exist. Their passwords are public: this machine only."""
    wanted: bool = env.bool("DEMO", False)
    if wanted and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        stop(
            "DEMO is set, but SITE_URL is not this machine: demonstration accounts have public "
            "passwords. Unset DEMO, or set SITE_URL to http://127.0.0.1:8000."
        )
    return wanted


def database(data_dir: Path) -> dict:
    """Django's settings for the database: PostgreSQL by DATABASE_URL, else SQLite in DATA_DIR."""
    url: str = env.str("DATABASE_URL", "")
    if url:
        settings: dict = env.dj_db_url("DATABASE_URL")
        if settings["ENGINE"].endswith("postgresql"):
            # How long somebody waits for a connection while the pool has none.
            pool = {"min_size": 1, "max_size": 4, "timeout": 5}
            settings["OPTIONS"] = PATIENCE | settings.get("OPTIONS", {}) | {"pool": pool}
            return settings
        if not settings["ENGINE"].endswith("sqlite3"):
            stop("DATABASE_URL must be a postgres:// or sqlite:// address.")
        name = settings["NAME"]
    else:
        data_dir.mkdir(parents=True, exist_ok=True)
        name = str(data_dir / "db.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # Opening the file for each reader anew would take longer than answering him.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock when the transaction begins, and others wait for it:
            # a read that later writes would otherwise fail at once under load.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def replicas() -> dict[str, dict]:
    """Copies of the database by DATABASE_REPLICA_URLS: "replica_1" and so on."""
    told: list[str] = env.list("DATABASE_REPLICA_URLS", [])
    urls = [url.strip() for url in told if url.strip()]
    primary: str = env.str("DATABASE_URL", "")
    if urls and not all(url.startswith(POSTGRESQL) for url in [primary, *urls]):
        stop(
            "DATABASE_REPLICA_URLS must be postgres:// addresses, by comma, beside a DATABASE_URL "
            "of the same kind: SQLite has no copies that follow it."
        )
    return {f"replica_{number}": _replica(url) for number, url in enumerate(urls, 1)}


def _replica(url: str) -> dict:
    """A connection that lasts for each thread: asked for anew, it fails at once and not late."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    settings["OPTIONS"] = PATIENCE | settings.get("OPTIONS", {})
    return settings | {"CONN_MAX_AGE": None, "TEST": {"MIRROR": "default"}}


def replica_lag_seconds() -> float:
    """A copy is looked at once a second, so that less than two could not be kept."""
    return env.float(
        "REPLICA_LAG_SECONDS", 5.0, validate=validate.Range(min=2, error="must be 2 or more.")
    )


def cache() -> dict:
    """The cache: memory of this process, or Redis by CACHE_URL where several share it."""
    url: str = env.str("CACHE_URL", "")
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "site"}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        stop("CACHE_URL must be a redis:// address.")
    return {
        "BACKEND": "stemcell_site.steady_cache.SteadyRedisCache",
        "LOCATION": url,
        "OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
    }


def mailers(onto_the_console: bool) -> dict:
    """How mail leaves: by EMAIL_URL, else printed where no real person is waiting for it."""
    if url := env.str("EMAIL_URL", ""):
        found = env.dj_email_url("EMAIL_URL")
        if "EMAIL_BACKEND" not in found:
            stop("EMAIL_URL must be an address such as submission://user:password@host:587.")
        if not url.startswith(("smtp", "subm")):
            return {"default": {"BACKEND": found["EMAIL_BACKEND"]}}
        options = {
            "host": found["EMAIL_HOST"],
            "port": found["EMAIL_PORT"],
            "username": found["EMAIL_HOST_USER"],
            "password": found["EMAIL_HOST_PASSWORD"],
            "use_tls": found["EMAIL_USE_TLS"],
            "use_ssl": found["EMAIL_USE_SSL"],
        }
        return {"default": {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}}
    name = "console" if onto_the_console else "smtp"
    backend: dict = {"BACKEND": f"django.core.mail.backends.{name}.EmailBackend"}
    if name == "smtp":
        backend["OPTIONS"] = {"host": "localhost"}
    return {"default": backend}


def logging(log_format: str) -> dict:
    """Logs to standard error, in lines for people or in JSON for machines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": "stemcell_site.watching.logs.PlainFormatter"},
            "json": {"()": "stemcell_site.watching.logs.JsonFormatter"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }


def networks(name: str, *usual: str) -> list[str]:
    """Networks such as 10.0.0.0/8, by comma."""
    found: list[str] = env.list(name, list(usual))
    for network in found:
        try:
            ip_network(network)
        except ValueError:
            stop(f"{name} must be networks such as 10.0.0.0/8, by comma; one is {network!r}.")
    return found


def one_of(*allowed: str):
    """A validator that names the values it allows."""
    return validate.OneOf(allowed, error=f"must be one of: {', '.join(allowed)}")
