"""Whole answers as bytes; every one of them is the last on its connection."""

from collections.abc import Mapping
from email.utils import formatdate
from http import HTTPStatus

import msgspec

_EVERYWHERE = {"Access-Control-Allow-Origin": "*", "Connection": "close"}
_STREAM = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, OPTIONS",
    "Access-Control-Allow-Headers": "Cache-Control, Last-Event-ID",
    "Access-Control-Max-Age": "86400",
    "Content-Length": "0",
}

# An EventSource waits this long before it connects again, in milliseconds.
_RETRY = b"retry: 2000\n\n"


def stream_begins() -> bytes:
    """The end of the connection ends the body, so that what follows is the same for everyone."""
    return _head(200, _STREAM) + _RETRY


def preflight() -> bytes:
    return _head(204, _PREFLIGHT)


def text(status: int, content: bytes, content_type: str = "text/plain; charset=utf-8") -> bytes:
    headers = {
        "Content-Type": content_type,
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
    }
    return _head(status, headers) + content


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, *, with_body: bool = True
) -> bytes:
    """A problem document (RFC 9457); without its body for HEAD."""
    title = HTTPStatus(status).phrase
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body = msgspec.json.encode(document)
    about = {"Content-Type": "application/problem+json", "Content-Length": str(len(body))}
    head = _head(status, {**about, "Cache-Control": "no-store", **(headers or {})})
    return head + body if with_body else head


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    every = {"Date": formatdate(usegmt=True), **_EVERYWHERE, **headers}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in every.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
