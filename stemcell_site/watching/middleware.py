"""Times and counts every answer, and names it. Outside all other middleware."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from stemcell_site.watching import metrics, seen

HEADER = "X-Request-ID"
# Asked by load balancers and Prometheus, by whatever name or number the machine has for them.
FOR_OPERATORS = frozenset({"/healthz", "/readyz", "/metrics"})


class Watch:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.static = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        watched = seen.begin(request)
        if request.path_info in FOR_OPERATORS:
            request.META["HTTP_HOST"] = settings.SITE_HOST
        response = self.get_response(request)
        response[HEADER] = watched.id
        metrics.note_answer(
            self._view(request),
            response.status_code,
            seconds=perf_counter() - begun,
            queries=watched.queries,
            kept=watched.kept,
        )
        return response

    def _view(self, request: HttpRequest) -> str:
        """A name out of the code, never out of the address: there are only so many."""
        match = request.resolver_match
        if match is not None:
            return match.view_name or "unnamed"
        return "static" if request.path_info.startswith(self.static) else "none"
