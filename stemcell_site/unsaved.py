"""When the database or the disk does not take what somebody sent: plain words, and nothing lost.

What was typed comes back on the page that says so, ready to be sent again: it cannot be kept in the
very database that refuses it.
"""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.defaults import server_error as broken

RETRY_AFTER = "30"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite calls by the same name what cannot be done now and what is wrong in the program.
BUSY, FULL = ("is locked",), ("is full", "disk I/O error", "No space left")
AWAY = ("unable to open", "readonly database")
LONG = 60


def server_error(request: HttpRequest) -> HttpResponse:
    """The site's handler500: 503 for what passes by itself or by an operator's hand."""
    why = reason(sys.exc_info()[1])
    return broken(request) if why is None else cannot_save(request, why)


def cannot_save(request: HttpRequest, why: str) -> HttpResponse:
    fields = typed(request)
    context = {
        "why": why,
        "address": request.get_full_path(),
        "is_sent": request.method == "POST",
        "fields": fields,
        "long": [(name, value) for name, value in fields if len(value) > LONG],
    }
    response = HttpResponse(
        render_to_string("unsaved.html", context), status=503, headers={"Retry-After": RETRY_AFTER}
    )
    add_never_cache_headers(response)
    return response


def reason(error: BaseException | None) -> str | None:
    """In words for whoever sent it; None for an error of the program."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return _full()
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    said = str(error)
    if any(words in said for words in FULL):
        return _full()
    if any(words in said for words in BUSY):
        return _("Somebody else was saving for longer than we could wait.")
    is_sqlite = type(error.__cause__).__module__.startswith("sqlite3")
    if not is_sqlite or any(words in said for words in AWAY):
        return _("The database does not answer, or takes nothing at the moment.")
    return None


def _full() -> str:
    return _("The disk is full: whoever runs this site has to make room first.")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, field by field; nothing where a secret is among it, or it cannot be read."""
    if request.method != "POST":
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:
        # The body was being read when this happened: it cannot be read twice.
        return []
    if any("password" in name or name == "code" for name, _value in fields):
        return []
    return fields
