"""One whole answer, ready to be sent again: its bodies compressed once, its tag made once."""

import gzip
import hashlib
import json
import re
import zlib
from base64 import b85decode, b85encode
from dataclasses import dataclass, field
from typing import Any, Self

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

# Below this, compressing saves nothing that a packet notices.
WORTH_COMPRESSING = 512
TEXTS = re.compile(r"^(text/|application/(json|ld\+json|xml|.*\+xml)|image/svg)")
# Quick ones: most of the gain at a tenth of the time of the best.
COMPRESSORS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
OF_A_304 = ("Cache-Control", "ETag", "Vary", "Content-Location", "Content-Security-Policy")
NOT_KEPT = {"content-length", "content-encoding", "etag", "last-modified", "vary", "date"}


@dataclass
class Answer:
    """`since` is a moment after everything that it shows was written; see `last_modified`."""

    status: int
    headers: dict[str, str]
    body: bytes
    since: float
    compressed: dict[str, bytes] = field(default_factory=dict)
    # What its view wants to be told whenever it is given again: plain data.
    given_with: list[Any] | None = None

    @classmethod
    def of(cls, response: HttpResponse, *, cache_control: str, since: float) -> Self:
        body = response.content
        kept = {name: it for name, it in response.items() if name.lower() not in NOT_KEPT}
        kept.setdefault("Cache-Control", cache_control)
        digest = hashlib.blake2b(body, digest_size=12)
        digest.update(response.get("Content-Type", "").encode())
        # Weak: one tag for all encodings of the same text.
        kept["ETag"] = f'W/"{digest.hexdigest()}"'
        kept["Vary"] = "Accept-Encoding"
        given_with = getattr(response, "given_again_with", None)
        return cls(response.status_code, kept, body, since, given_with=given_with)

    def size(self) -> int:
        bodies = len(self.body) + sum(map(len, self.compressed.values()))
        return bodies + sum(len(name) + len(it) for name, it in self.headers.items()) + 500

    def to(self, request: HttpRequest, accepts: str, *, now: float) -> HttpResponse:
        """As this reader wants it: not at all if it is what he has, and in an encoding he takes."""
        if self.status == 200 and self._is_known_to(request):
            response: HttpResponse = HttpResponseNotModified()
            names = [name for name in OF_A_304 if name in self.headers]
        else:
            encoding, body = self._encoded(accepts)
            response = HttpResponse(b"" if request.method == "HEAD" else body, status=self.status)
            response["Content-Length"] = str(len(body))
            if encoding:
                response["Content-Encoding"] = encoding
            names = list(self.headers)
        for name in names:
            response[name] = self.headers[name]
        if self.status == 200:
            response["Last-Modified"] = http_date(self.last_modified(now))
        return response

    def last_modified(self, now: float) -> int:
        """To the second, as HTTP tells it, and never such that two texts share one.

        Rounded down in the very second, in which there may be another change yet, and up
        afterwards: whoever was told a time was told it before the next text was written.
        """
        up = -int(-self.since // 1)
        return up if up <= now else int(self.since)

    def _is_known_to(self, request: HttpRequest) -> bool:
        if held := request.META.get("HTTP_IF_NONE_MATCH"):
            tag = self.headers["ETag"].removeprefix("W/")
            tags = parse_etags(held)
            return "*" in tags or tag in [it.removeprefix("W/") for it in tags]
        since = request.META.get("HTTP_IF_MODIFIED_SINCE")
        told = parse_http_date_safe(since) if since else None
        return told is not None and told >= self.since

    def _encoded(self, accepts: str) -> tuple[str, bytes]:
        if len(self.body) < WORTH_COMPRESSING or not TEXTS.match(
            self.headers.get("Content-Type", "")
        ):
            return "", self.body
        for encoding, compress in COMPRESSORS.items():
            if takes(accepts, encoding):
                if encoding not in self.compressed:
                    self.compressed[encoding] = compress(self.body)
                return encoding, self.compressed[encoding]
        return "", self.body

    # --- on the way between machines ------------------------------------------------------

    def packed(self) -> bytes:
        """As plain data: whatever somebody else put into a shared store runs nothing here."""
        bodies = {name: b85encode(it).decode() for name, it in self.compressed.items()}
        told = [self.status, self.headers, self.since, bodies, self.given_with]
        return json.dumps(told).encode() + b"\n" + zlib.compress(self.body, 1)

    @classmethod
    def unpacked(cls, data: bytes) -> Self | None:
        """None for what no answer of ours looks like."""
        try:
            told, _, body = data.partition(b"\n")
            status, headers, since, bodies, given_with = json.loads(told)
            compressed = {name: b85decode(it) for name, it in bodies.items()}
            body = zlib.decompress(body)
            return cls(int(status), dict(headers), body, float(since), compressed, given_with)
        except (ValueError, TypeError, AttributeError, zlib.error):
            return None


def takes(accepts: str, encoding: str) -> bool:
    """Whether an Accept-Encoding names it, and not with a weight of nought."""
    for part in accepts.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == encoding:
            return not re.fullmatch(r"q=0(\.0*)?", weight.replace(" ", ""))
    return False
