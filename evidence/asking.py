"""Asks outside addresses whether they still answer, politely, and keeps what each said.

The one module that speaks to other people's sites. Several sites at a time, each of them one
address after another with a pause between; a page is never read, only asked for.
"""

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from editorial.models import Version
from evidence.language.html_text import plain_of
from evidence.models import OutboundLink
from evidence.outbound import by_host, is_outside

SECONDS_TO_ANSWER = 10
SECONDS_BETWEEN = 1.0
SITES_AT_ONCE = 8
LONGEST_ANSWER = 200
# These refuse programs, or are busy: whether people can read the page is not known, and a link is
# not called broken on a guess.
REFUSES_PROGRAMS = frozenset({401, 403, 405, 406, 408, 429, 451, 500, 501, 502, 503, 504})


@dataclass(frozen=True)
class Answer:
    url: str
    works: bool
    said: str


def outbound_addresses() -> list[str]:
    """Every address outside that the body of a live page links to, once, in order."""
    bodies = Version.objects.live().filter(body__contains="href=").order_by("pk")
    found = {
        link.href
        for body in bodies.values_list("body", flat=True).iterator(chunk_size=100)
        for link in plain_of(body).links
        if is_outside(link.href)
    }
    return sorted(found)


def ask_all(addresses: Iterable[str], *, pause: float = SECONDS_BETWEEN) -> Iterator[Answer]:
    """What each address answers, as the answers come."""
    with ThreadPoolExecutor(SITES_AT_ONCE) as pool:
        sites = [pool.submit(_ask_one_site, ours, pause) for ours in by_host(addresses).values()]
        for site in as_completed(sites):
            yield from site.result()


def _ask_one_site(addresses: list[str], pause: float) -> list[Answer]:
    answers = []
    for number, address in enumerate(addresses):
        if number:
            time.sleep(pause)
        answers.append(ask(address))
    return answers


def ask(address: str) -> Answer:
    """By HEAD; by GET where that does not answer well, as some servers know no HEAD."""
    answer = _ask(address, "HEAD")
    return answer if answer.said.startswith("2") else _ask(address, "GET")


def _ask(address: str, method: str) -> Answer:
    agent = f"{settings.SITE_NAME} (link check; {settings.SITE_URL})"
    full = f"https:{address}" if address.startswith("//") else address
    try:
        # Only http and https: see `is_outside`.
        request = Request(full, method=method, headers={"User-Agent": agent})  # noqa: S310
        with urlopen(request, timeout=SECONDS_TO_ANSWER) as response:  # noqa: S310
            return _answer(address, response.status)
    except HTTPError as error:
        with error:
            return _answer(address, error.code)
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Answer(address, False, f"no answer: {reason}"[:LONGEST_ANSWER])


def _answer(address: str, code: int) -> Answer:
    phrase = HTTPStatus(code).phrase if code in set(HTTPStatus) else ""
    works = code < HTTPStatus.BAD_REQUEST or code in REFUSES_PROGRAMS
    return Answer(address, works, f"{code} {phrase}".strip())


def keep(answer: Answer, *, now: datetime) -> None:
    OutboundLink.objects.update_or_create(
        url=answer.url,
        defaults={"checked_at": now, "works": answer.works, "answer": answer.said},
    )


def forget_others(addresses: Iterable[str]) -> int:
    """Drop what no live page links to any more; returns how many."""
    return OutboundLink.objects.exclude(url__in=list(addresses)).delete()[0]
