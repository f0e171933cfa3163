"""Answers in the memory of this process: those asked for last, up to a number of bytes."""

from collections import OrderedDict
from threading import Lock

from stemcell_site.answers.answer import Answer


class Memory:
    """Safe among threads. An answer is good under the stamp that it was kept under, and no other.

    One answer may take a sixteenth of the room at most.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._kept: OrderedDict[str, tuple[str, Answer, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, address: str, stamp: str) -> Answer | None:
        with self._lock:
            found = self._kept.get(address)
            if found is None or found[0] != stamp:
                return None
            self._kept.move_to_end(address)
            return found[1]

    def put(self, address: str, stamp: str, answer: Answer) -> None:
        size = answer.size() + len(address)
        with self._lock:
            self._drop(address)
            if size > self.most_bytes // 16:
                return
            self._kept[address] = (stamp, answer, size)
            self.bytes += size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._kept)))

    def weigh(self, address: str, stamp: str, answer: Answer) -> None:
        """Again, as it has been compressed since."""
        with self._lock:
            found = self._kept.get(address)
        if found and found[1] is answer and found[2] != answer.size() + len(address):
            self.put(address, stamp, answer)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _drop(self, address: str) -> None:
        found = self._kept.pop(address, None)
        if found:
            self.bytes -= found[2]
