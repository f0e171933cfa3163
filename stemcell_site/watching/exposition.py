"""`/metrics`, for Prometheus and nobody else."""

import os
import shutil
from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from search import following
from stemcell_site.accounts.client_address import client_address
from stemcell_site.watching import work
from stemcell_site.watching.metrics import REGISTRY

# Where one of these is there, somebody else asked and a proxy handed it on.
HANDED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class OfThisMachine(Collector):
    """What is looked up when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "site_disk_free_bytes",
            "Room where the data lie.",
            value=shutil.disk_usage(settings.DATA_DIR).free,
        )
        ready = following.state() in ("ready", "off")
        yield GaugeMetricFamily(
            "site_search_ready", "1 unless the search index is being rebuilt.", value=int(ready)
        )
        yield from work.families()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 for strangers, as for any address that is not there."""
    if not may_ask(request):
        raise Http404
    machine = CollectorRegistry()
    machine.register(OfThisMachine())
    counted = CollectorRegistry() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else REGISTRY
    if counted is not REGISTRY:
        MultiProcessCollector(counted)
    text = generate_latest(counted) + generate_latest(machine)
    return HttpResponse(
        text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


def may_ask(request: HttpRequest) -> bool:
    """Whoever knows METRICS_TOKEN, or asks from one of METRICS_NETWORKS.

    Behind a proxy that nobody told us of, every reader seems to come from its address: then only
    the token counts.
    """
    kind, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if settings.METRICS_TOKEN and kind.lower() == "bearer":
        return constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if not settings.TRUSTED_PROXIES and any(name in request.META for name in HANDED_ON):
        return False
    address = ip_address(client_address(request))
    return any(address in ip_network(network) for network in settings.METRICS_NETWORKS)
