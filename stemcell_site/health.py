"""For operators: whether the process lives, and whether it can serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from editorial import guards
from search import following


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, is migrated and holds its guards; else 503 with the reason.

    Says how the search index is; without one the site serves on.
    """
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        problems = {
            "migrations": [f"{migration.app_label}.{migration.name}" for migration, _ in waiting],
            "guards": sorted(guards.missing(connection)),
        }
    except DatabaseError:
        problems = {"database": ["does not answer"]}
    found = {name: what for name, what in problems.items() if what}
    if found:
        return JsonResponse({"ready": False, **found}, status=503)
    return JsonResponse({"ready": True, "search": following.state()})
