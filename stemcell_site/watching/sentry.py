"""Errors to Sentry, where SENTRY_DSN is set: their kind and their place in the code.

What is sent is built anew from a few fields, so that nothing comes along that somebody did not
think of: no body, cookie, header, address, person, local variable, nor the words of an error.
"""

import logging
from typing import Any

import sentry_sdk
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.utils import BadDsn

from editorial.release import release
from stemcell_site.environment import stop
from stemcell_site.watching import seen
from stemcell_site.watching.logs import words_of

KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk")
KEPT_OF_FRAMES = ("filename", "abs_path", "module", "function", "lineno", "in_app", "context_line")


def options(dsn: str, *, url: str) -> dict[str, Any]:
    return {
        "dsn": dsn,
        "release": release()[:12],
        "environment": url,
        "server_name": "",
        # Persons (send_default_pii) are off unless asked for; the option itself is deprecated.
        "include_local_variables": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        # What Django logs of failed requests is enough; nothing else of it is listened to.
        "default_integrations": False,
        "auto_enabling_integrations": False,
        "integrations": [
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            ExcepthookIntegration(),
        ],
        "before_send": only_what_is_ours,
    }


def begin(dsn: str, *, url: str) -> None:
    try:
        sentry_sdk.init(**options(dsn, url=url))
    except BadDsn:
        stop("SENTRY_DSN must be the address that Sentry shows in the settings of a project.")


def only_what_is_ours(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    kept = {name: event[name] for name in KEPT if name in event}
    record = hint.get("log_record")
    if record is not None:
        kept["logentry"] = {"message": words_of(record)}
    if values := (event.get("exception") or {}).get("values"):
        kept["exception"] = {"values": [_error(it) for it in values]}
    if watched := seen.current():
        kept["transaction"] = seen.place_of(watched.request)
        kept["tags"] = {"request": watched.id, "method": watched.request.method}
    return kept


def _error(value: dict[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    told = [{name: it[name] for name in KEPT_OF_FRAMES if name in it} for it in frames]
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "stacktrace": {"frames": told},
    }
