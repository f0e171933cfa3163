"""A load generator for loopback: so many connections, each asking as soon as it was answered.

    python -m bench.load PORT SECONDS CONNECTIONS FILE

FILE holds the requests, in JSON: a list of [path, headers]. They are taken in turn. Each has a
connection of its own, as gunicorn's sync workers close it. Says in JSON how long each answer took,
how many there were a second and of which status.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from itertools import cycle
from pathlib import Path

PATIENCE = 10.0


class Asking:
    """One request, from connecting until the server has closed."""

    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.began = time.perf_counter()
        self.request, self.answer = request, b""
        self.socket.connect_ex(address)

    def send(self) -> None:
        self.socket.send(self.request)

    def is_answered(self) -> bool:
        received = self.socket.recv(1 << 18)
        # The status is all that is kept of an answer.
        self.answer = self.answer or received[:16]
        return not received


def ask(port: int, seconds: float, connections: int, requests: list[bytes]) -> dict:
    selector, turn = selectors.DefaultSelector(), cycle(requests)
    times: list[float] = []
    statuses: Counter[str] = Counter()
    began = time.perf_counter()

    def begin() -> None:
        asking = Asking(("127.0.0.1", port), next(turn))
        selector.register(asking.socket, selectors.EVENT_WRITE, asking)

    for _ in range(connections):
        begin()
    while selector.get_map():
        ready = selector.select(PATIENCE)
        if not ready:
            raise SystemExit(f"No answer within {PATIENCE:.0f} seconds.")
        for key, event in ready:
            asking = key.data
            if event & selectors.EVENT_WRITE:
                asking.send()
                selector.modify(asking.socket, selectors.EVENT_READ, asking)
            elif asking.is_answered():
                selector.unregister(asking.socket)
                asking.socket.close()
                now = time.perf_counter()
                times.append(now - asking.began)
                statuses[asking.answer[9:12].decode() or "none"] += 1
                if now - began < seconds:
                    begin()
    return {
        "times": times,
        "statuses": statuses,
        "per_second": len(times) / (time.perf_counter() - began),
    }


def written(path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def main() -> None:
    port, seconds, connections, file = sys.argv[1:]
    requests = [written(path, headers) for path, headers in json.loads(Path(file).read_text())]
    json.dump(ask(int(port), float(seconds), int(connections), requests), sys.stdout)


if __name__ == "__main__":
    main()
