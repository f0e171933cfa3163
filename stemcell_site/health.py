"""For operators: whether the process lives, and whether it can serve."""

import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as store
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from editorial import guards
from editorial.databases import PRIMARY, rests
from search import following
from stemcell_site import replicas

SCARCE = 500 * 1024 * 1024
GIGABYTE = 1024**3
READ_ONLY = "The primary database does not answer: readers read on, and nothing can be saved."


def healthz(request: HttpRequest) -> HttpResponse:
    return _told(request, {"alive": True}, ["The process lives."])


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, is migrated and holds its guards; else 503 with the reason.

    Whoever watches is warned of a full disk or a cache that is away, but the site serves on: to
    take the machine away for them would take the site away.
    """
    copies = replicas.states()
    is_read_only = "serves" in copies.values() and not rests.are_over(PRIMARY)
    problems = {} if is_read_only else _problems()
    told: dict[str, Any] = {"ready": not problems, **problems}
    if not problems:
        told |= {"search": following.state()}
    if copies:
        told |= {"can_save": not is_read_only, "replicas": copies}
    if warnings := [*([READ_ONLY] if is_read_only else []), *_warnings()]:
        told["warnings"] = warnings
    lines = ["Ready." if not problems else "Not ready."]
    lines += [f"{name}: {', '.join(what)}" for name, what in problems.items()]
    lines += [f"search index: {told['search']}"] if not problems else []
    return _told(request, told, [*lines, *warnings], status=503 if problems else 200)


def _problems() -> dict[str, list[str]]:
    try:
        problems = {"migrations": _waiting(), "guards": sorted(guards.missing(connection))}
    except DatabaseError:
        problems = {"database": ["does not answer"]}
    return {name: what for name, what in problems.items() if what}


def _waiting() -> list[str]:
    """Migrations that this release has and the database has not; more of them are no harm."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in sorted(_migrations() - set(applied))]


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Read from the disk once: asked each second, that would be most of the work."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _warnings() -> list[str]:
    warnings = []
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < SCARCE:
        warnings.append(
            f"The disk of the data is nearly full: {free / GIGABYTE:.2f} GB free. Make room."
        )
    try:
        store.set("readyz", "1", 10)
        answers = store.get("readyz") == "1" and not getattr(store, "is_away", False)
    except Exception:  # Each kind of cache has errors of its own.
        answers = False
    if not answers:
        warnings.append("The cache does not answer: the site serves on, slower.")
    return warnings


def _told(request: HttpRequest, told: dict, lines: list[str], *, status: int = 200) -> HttpResponse:
    """JSON for machines; lines for who asks for plain text, as `curl -H "Accept: text/plain"`."""
    if request.get_preferred_type(["application/json", "text/plain"]) == "text/plain":
        text = "\n".join(lines) + "\n"
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    return JsonResponse(told, status=status)
