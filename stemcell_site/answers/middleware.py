"""Answers a reader from what is kept, and keeps what was made for one.

It stands outside all other middleware, and readers whose answers are the same for everyone meet
`settings.PUBLIC_MIDDLEWARE` alone: no session, no account, no message is looked for.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.exception import convert_exception_to_response
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string

from editorial import databases, ledger
from editorial.release import release
from editorial.same_for_everyone import is_signed_in, tell_given_again
from stemcell_site import replicas
from stemcell_site.answers import purging
from stemcell_site.answers.addresses import Asked, asked_of
from stemcell_site.answers.answer import Answer
from stemcell_site.answers.memory import Memory
from stemcell_site.answers.shared import Shared
from stemcell_site.watching import seen

Handler = Callable[[HttpRequest], HttpResponseBase]
# Pages, and beside them what leads elsewhere or nowhere: a few of those, which push out no page.
KEPT = {200: "pages", 301: "others", 404: "others", 410: "others"}
# Answered here, of whole answers: the view is to make one.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")
WORDS = re.compile(r"[?&]q=")
PATIENCE = 1.0
LOOKS_EVERY = 0.02


class KeptAnswers:
    """Those of this process: made with its middleware, and looked at by tests."""

    def __init__(self) -> None:
        most = settings.PAGE_CACHE_BYTES
        self.is_on = most > 0 and not settings.MAINTENANCE
        shares = {"pages": most, "searches": most // 4, "others": most // 16}
        self.memory = {name: Memory(share) for name, share in shares.items()}
        self.shared = Shared(settings.CACHE_URL) if self.is_on and settings.CACHE_URL else None
        self.hits = self.misses = 0
        # Looked up now, before the first reader waits and before the server makes its workers.
        release()
        self._met = (0, 0.0)
        self._making: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def stamp(self) -> tuple[str, float]:
        """What answers are good under now, and since when this process knows of it."""
        found = replicas.steadily(ledger.stamp)
        if self._met[0] != found:
            self._met = (found, time.time())
        return name_of(found), self._met[1]

    def get(self, address: str, stamp: str) -> Answer | None:
        for memory in self.memory.values():
            if found := memory.get(address, stamp):
                return found
        if self.shared and (found := self.shared.get(address, stamp)):
            self.memory_of(address, found).put(address, stamp, found)
            return found
        return None

    def memory_of(self, address: str, answer: Answer) -> Memory:
        """Words that readers type are endless: what is found for them pushes out no page."""
        is_search = answer.status == 200 and WORDS.search(address)
        return self.memory["searches" if is_search else KEPT[answer.status]]

    def put(self, address: str, stamp: str, answer: Answer) -> None:
        self.memory_of(address, answer).put(address, stamp, answer)
        if self.shared:
            self.shared.put(address, stamp, answer)

    def await_other(self, address: str, stamp: str) -> Answer | None:
        """What somebody else is just making, waited for; None for whoever is to make it."""
        deadline = time.monotonic() + PATIENCE
        while not self._begin(address, stamp):
            if time.monotonic() > deadline:
                return None
            time.sleep(LOOKS_EVERY)
            if found := self.get(address, stamp):
                return found
        return None

    def _begin(self, address: str, stamp: str) -> bool:
        with self._lock:
            begun = self._making.get((address, stamp))
            if begun is not None and time.monotonic() - begun < PATIENCE:
                return False
            self._making[address, stamp] = time.monotonic()
        if self.shared is None or self.shared.claim(address, stamp):
            return True
        self._end_here(address, stamp)
        return False

    def end(self, address: str, stamp: str) -> None:
        self._end_here(address, stamp)
        if self.shared:
            self.shared.unclaim(address, stamp)

    def _end_here(self, address: str, stamp: str) -> None:
        with self._lock:
            self._making.pop((address, stamp), None)


def name_of(stamp: int) -> str:
    """A day and a release are part of it: some texts depend on the calendar, all on the code."""
    return f"{stamp}-{timezone.localdate():%Y%m%d}-{release()}"


class KeepAnswers:
    """The middleware. It stands first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.kept = KeptAnswers()
        self.answer_publicly = _public_chain()
        self.cache_control = f"public, max-age=0, must-revalidate, s-maxage={settings.CDN_SECONDS}"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = asked_of(request)
        if asked is None:
            return self._in_person(request)
        request.resolver_match = asked.match
        if not self.kept.is_on:
            return self._afresh(request, asked, time.time())
        try:
            stamp, since = self.kept.stamp()
        except DatabaseError:
            return self._afresh(request, asked, time.time())
        found = self.kept.get(asked.address, stamp)
        if found is None:
            found = self.kept.await_other(asked.address, stamp)
        if found is None:
            return self._make(request, asked, stamp, since)
        self.kept.hits += 1
        seen.note_kept("hit")
        tell_given_again(asked.view, found.given_with)
        return self._send(request, asked, stamp, found)

    def _in_person(self, request: HttpRequest) -> HttpResponseBase:
        """Nobody else may keep the page of somebody who is signed in."""
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            purging.after_commit()
        is_personal = is_signed_in(request) or response.cookies
        if is_personal and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def _make(
        self, request: HttpRequest, asked: Asked, stamp: str, since: float
    ) -> HttpResponseBase:
        self.kept.misses += 1
        read_from = databases.alias_to_read()
        try:
            response, answer = self._answer(request, asked, since)
            # Read before and after: what was made in between is of one stamp, or is not kept. Nor
            # what was begun at one copy of the database and ended at another, which may be older.
            if (
                answer is None
                or stamp != self._stamp_of(response)
                or read_from != databases.alias_to_read()
            ):
                return self._given(request, response, answer)
            self.kept.put(asked.address, stamp, answer)
            seen.note_kept("made")
            return self._send(request, asked, stamp, answer)
        finally:
            self.kept.end(asked.address, stamp)

    def _stamp_of(self, response: HttpResponseBase) -> str:
        found = getattr(response, "stamp", None)
        return name_of(replicas.steadily(ledger.stamp) if found is None else found)

    def _afresh(self, request: HttpRequest, asked: Asked, since: float) -> HttpResponseBase:
        response, answer = self._answer(request, asked, since)
        return self._given(request, response, answer)

    def _given(
        self, request: HttpRequest, response: HttpResponseBase, answer: Answer | None
    ) -> HttpResponseBase:
        if answer is None:
            return response
        return answer.to(request, _accepts(request), now=time.time())

    def _send(
        self, request: HttpRequest, asked: Asked, stamp: str, answer: Answer
    ) -> HttpResponseBase:
        encodings = len(answer.compressed)
        response = answer.to(request, _accepts(request), now=time.time())
        if len(answer.compressed) != encodings:
            self.kept.memory_of(asked.address, answer).weigh(asked.address, stamp, answer)
        return response

    def _answer(
        self, request: HttpRequest, asked: Asked, since: float
    ) -> tuple[HttpResponseBase, Answer | None]:
        """What the view says, and what of it can be kept, if anything."""
        method, request.method = request.method, "GET"
        request.META["QUERY_STRING"] = asked.query
        held = {name: request.META.pop(name, None) for name in CONDITIONS}
        response = self.answer_publicly(request)
        request.method = method
        request.META.update({name: it for name, it in held.items() if it is not None})
        if not isinstance(response, HttpResponse) or not _can_be_kept(response):
            return response, None
        answer = Answer.of(response, cache_control=self.cache_control, since=since)
        return response, answer


def _accepts(request: HttpRequest) -> str:
    return request.META.get("HTTP_ACCEPT_ENCODING", "")


def _can_be_kept(response: HttpResponse) -> bool:
    if response.status_code not in KEPT or response.cookies:
        return False
    told = response.get("Cache-Control", "")
    vary = {it.strip().lower() for it in response.get("Vary", "").split(",")}
    return not (
        any(word in told for word in ("private", "no-store", "no-cache"))
        or vary - {"", "accept-encoding"}
    )


def _public_chain() -> Handler:
    """The view, in those middleware alone that every public answer needs."""
    handler: Any = convert_exception_to_response(_view)
    for path in reversed(settings.PUBLIC_MIDDLEWARE):
        with suppress(MiddlewareNotUsed):
            handler = convert_exception_to_response(import_string(path)(handler))
    return handler


def _view(request: HttpRequest) -> HttpResponseBase:
    view, args, kwargs = cast("ResolverMatch", request.resolver_match)
    return replicas.steadily(partial(replicas.in_full, view, request, *args, **kwargs))
