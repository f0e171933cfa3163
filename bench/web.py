"""The site's pages under gunicorn's two sync workers, beside bare Django under the same.

Two servers run side by side: the site, and the yardsticks without middleware. What is measured
takes turns, several times round: a ratio compares figures of the same round, so that what else the
machine does touches both.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations_with_replacement as pairs
from urllib.request import urlopen

from django.core.management import call_command

from bench.lines import Line, quantiles
from bench.scratch import ROOT
from bench.servers import WORKERS, Server, gunicorn
from editorial.models import Tag, Version
from editorial.states import Kind

ROUNDS, SECONDS, CONNECTIONS = 4, 1.5, 8
BARE, ONE_QUERY = "bare view", "one-query view"
Request = tuple[str, dict[str, str]]


@dataclass
class Target:
    """Requests taken in turn, and what came of them in each round."""

    name: str
    server: Server
    requests: list[Request]
    # Asked for once: a different address each time is in nobody's cache.
    is_fresh: bool = False
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)


def run() -> Iterator[Line]:
    call_command("collectstatic", interactive=False, verbosity=0)
    with gunicorn("stemcell_site.wsgi") as site, gunicorn("bench.bare.wsgi") as yardsticks:
        targets = [*_yardsticks(yardsticks), *_pages(site)]
        for target in targets:
            _ask(Target(target.name, target.server, target.requests[:40]), seconds=0.3)
        for _ in range(ROUNDS):
            for target in targets:
                _ask(target)
        by_name = {target.name: target for target in targets}
        yield from (_line(target, by_name) for target in targets)
        for server, name in ((yardsticks, "bare Django, a worker"), (site, "the site, a worker")):
            memory = max(server.memory()) / 1e6
            yield {"what": "memory", "by": name, "note": f"{memory:.0f} MB (PSS)"}


def _yardsticks(server: Server) -> Iterator[Target]:
    pk = Version.objects.live().of_kind(Kind.ARTICLE).values_list("pk", flat=True).first()
    yield Target(BARE, server, [("/healthz", {})])
    yield Target(ONE_QUERY, server, [(f"/one-query/{pk}/", {})])


def _pages(server: Server) -> Iterator[Target]:
    articles = list(Version.objects.live().of_kind(Kind.ARTICLE).select_related("page"))
    addresses = [version.get_absolute_url() for version in articles]
    tags = Tag.objects.current().filter(kind=Tag.Kind.DISEASE, version_tags__isnull=False)
    diseases = list(tags.distinct().values_list("slug", flat=True))
    words = [version.title.split()[-1] for version in articles]
    yield _target("article, fresh", server, addresses, is_fresh=True)
    yield _target("article, again", server, addresses[:1])
    yield Target("article, unchanged (304)", server, [_known(server, addresses[0])])
    yield _target("list of a disease, fresh", server, _combined(diseases), is_fresh=True)
    yield _target("list of a disease, again", server, [f"/articles/?disease={diseases[0]}"])
    yield _target("search, fresh", server, [f"/search/?q={word}" for word in words], is_fresh=True)
    yield _target("search, again", server, [f"/search/?q={words[0]}"])
    yield _target("home", server, ["/"])


def _target(name: str, server: Server, paths: list[str], *, is_fresh: bool = False) -> Target:
    return Target(name, server, [(path, {}) for path in paths], is_fresh)


def _combined(diseases: list[str]) -> list[str]:
    """Lists of one disease or of two, each in two orders and several pages of it."""
    return [
        f"/articles/?disease={one}&disease={other}&sort={sort}&page={page}"
        for page in range(1, 4)
        for sort in ("title", "newest")
        for one, other in pairs(diseases, 2)
    ]


def _known(server: Server, address: str) -> Request:
    """With what a browser that has the page sends along."""
    with urlopen(f"http://127.0.0.1:{server.port}{address}") as answer:
        return address, {"If-None-Match": answer.headers.get("ETag", "")}


def _ask(target: Target, seconds: float = SECONDS) -> None:
    requests = target.requests
    if target.is_fresh:
        # Where the last round ended: two workers have each seen what came before.
        done = len(target.times) % max(len(requests), 1)
        requests = [*requests[done:], *requests[:done]]
    asked = (target.server.port, seconds, CONNECTIONS)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(requests, file)
        file.flush()
        told = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "bench.load", *map(str, asked), file.name],
            cwd=ROOT,
            env=os.environ,
            check=True,
            capture_output=True,
        )
    found = json.loads(told.stdout)
    target.times += found["times"]
    target.rates.append(found["per_second"])
    target.statuses += Counter(found["statuses"])


def _line(target: Target, by_name: dict[str, Target]) -> Line:
    to = BARE if target.name.endswith(("again", "(304)")) else ONE_QUERY
    ratios = [
        own / yardstick for own, yardstick in zip(target.rates, by_name[to].rates, strict=True)
    ]
    is_measure = target.name in (BARE, ONE_QUERY)
    return {
        "what": target.name,
        "n": len(target.times),
        "connections": CONNECTIONS,
        "workers": WORKERS,
        **quantiles(target.times),
        "per_second": round(statistics.median(target.rates)),
        **({} if is_measure else {"ratio": round(statistics.median(ratios), 2), "to": to}),
        "note": ", ".join(f"{count} × {status}" for status, count in target.statuses.items()),
    }
