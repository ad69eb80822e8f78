"""A request's head, read from bytes. Bodies are refused: nothing here takes one."""

from typing import Literal

import httptools
from msgspec import Struct

LARGEST_HEAD = 16 * 1024

Refusal = Literal["malformed", "too-large"]


class Request(Struct, frozen=True):
    method: str
    path: str
    query: str
    last_event_id: str
    has_body: bool


class RequestReader:
    """Fed with what arrives until it gives a Request or a Refusal; of no use after that."""

    __slots__ = ("_complete", "_headers", "_parser", "_received", "_url")

    def __init__(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._received = 0
        self._url = b""
        self._headers: dict[bytes, bytes] = {}
        self._complete = False

    def feed(self, data: bytes) -> Request | Refusal | None:
        room = LARGEST_HEAD - self._received
        self._received += len(data)
        try:
            # What lies beyond the limit is not looked at: a body may follow an acceptable head.
            self._parser.feed_data(data[:room])
        except httptools.HttpParserUpgrade:
            pass  # an offer to speak another protocol may be passed over
        except httptools.HttpParserError:
            if not self._complete:
                return "malformed"
        if self._complete:
            return self._request()
        return "too-large" if self._received >= LARGEST_HEAD else None

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        self._complete = True

    def _request(self) -> Request | Refusal:
        try:
            url = httptools.parse_url(self._url)
            return Request(
                method=self._parser.get_method().decode("ascii"),
                path=(url.path or b"").decode("ascii"),
                query=(url.query or b"").decode("ascii"),
                last_event_id=self._headers.get(b"last-event-id", b"").decode("latin-1").strip(),
                has_body=self._has_body(),
            )
        except (httptools.HttpParserError, UnicodeDecodeError):
            return "malformed"

    def _has_body(self) -> bool:
        length = self._headers.get(b"content-length", b"0").strip()
        return b"transfer-encoding" in self._headers or length.strip(b"0") != b""
