from collections.abc import Callable
from threading import Lock
from time import monotonic


class Pace:
    """At most so many a second in this process, whoever they come from: nobody is remembered."""

    def __init__(self, *, a_second: int, clock: Callable[[], float] = monotonic) -> None:
        self.most, self.clock = a_second, clock
        self._lock = Lock()
        self._room, self._at = float(a_second), clock()

    def has_room(self) -> bool:
        with self._lock:
            now = self.clock()
            self._room = min(self.most, self._room + (now - self._at) * self.most)
            self._at = now
            if self._room < 1:
                return False
            self._room -= 1
            return True
