"""Django's cache in Redis, and in the memory of each process while Redis is away.

What lies in it is counts against guessing: while Redis is down each process counts for itself.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

import redis
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

REST = 10.0


def _steady(name: str) -> Callable[..., Any]:
    def method(cache: "SteadyRedisCache", *args: Any, **kwargs: Any) -> Any:
        return cache._ask(name, args, kwargs)

    method.__name__ = name
    return method


class SteadyRedisCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._memory = LocMemCache("beside-redis", {**params, "OPTIONS": {}})

    # One for all instances: each thread of a process has its own.
    _rests_until = 0.0

    add = _steady("add")
    get = _steady("get")
    set = _steady("set")
    touch = _steady("touch")
    delete = _steady("delete")
    get_many = _steady("get_many")
    has_key = _steady("has_key")
    incr = _steady("incr")
    set_many = _steady("set_many")
    delete_many = _steady("delete_many")
    clear = _steady("clear")

    @property
    def is_away(self) -> bool:
        return time.monotonic() < self._rests_until

    def _ask(self, name: str, args: tuple, kwargs: dict) -> Any:
        if not self.is_away:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except (redis.RedisError, OSError) as error:
                SteadyRedisCache._rests_until = time.monotonic() + REST
                logger.warning("Redis does not answer; this process counts for itself: %s", error)
        return getattr(self._memory, name)(*args, **kwargs)
