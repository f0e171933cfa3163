"""Answers in Redis, for every machine. The one module that speaks to it for whole answers.

Without Redis, or while it is down, the site serves on: each process makes its own answers.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any

import redis

from stemcell_site.answers.answer import Answer

logger = logging.getLogger(__name__)

# A reader is not kept waiting for a store that does not answer.
PATIENCE = 0.25
REST = 10.0
KEPT_SECONDS = 24 * 60 * 60
CLAIM_SECONDS = 5


class Shared:
    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._rests_until = 0.0
        self._is_down = False

    def get(self, address: str, stamp: str) -> Answer | None:
        found = self._ask(lambda: self._redis.get(_key(address, stamp)))
        return Answer.unpacked(found) if found else None

    def put(self, address: str, stamp: str, answer: Answer) -> None:
        data = answer.packed()
        self._ask(lambda: self._redis.set(_key(address, stamp), data, ex=KEPT_SECONDS))

    def claim(self, address: str, stamp: str) -> bool:
        """Whether this process is to make the answer: nobody else is at it, or nobody can tell."""
        key = _key(address, stamp) + ":maker"
        claimed = self._ask(lambda: self._redis.set(key, "1", nx=True, ex=CLAIM_SECONDS) or 0)
        return claimed != 0

    def unclaim(self, address: str, stamp: str) -> None:
        self._ask(lambda: self._redis.delete(_key(address, stamp) + ":maker"))

    def _ask(self, question: Callable[[], Any]) -> Any:
        """None where there is no answer. Said in the log once, and asked again after a rest."""
        if time.monotonic() < self._rests_until:
            return None
        try:
            found = question()
        except (redis.RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST
            if not self._is_down:
                logger.warning("Redis does not answer; the site serves on without it: %s", error)
            self._is_down = True
            return None
        if self._is_down:
            logger.info("Redis answers again.")
            self._is_down = False
        return found


def _key(address: str, stamp: str) -> str:
    digest = hashlib.blake2b(f"{stamp}\0{address}".encode(), digest_size=20).hexdigest()
    return f"answer:{digest}"
