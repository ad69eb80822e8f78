"""Which request asks for what."""

import re
from typing import Literal
from urllib.parse import parse_qs

from msgspec import Struct

from app.domain import positions, shops
from app.domain.positions import Position
from app.routes.stream.requests import Request

_STREAM = re.compile(r"/storefront/([^/]+)/stream", re.ASCII)

# What cannot be read as a position was one to whoever sent it: it is answered like one of an epoch
# that is gone, so that nobody believes to have missed nothing.
UNREADABLE = Position("", 0)

Page = Literal["live", "ready", "metrics"]
_PAGES: dict[str, Page] = {
    "/health/live": "live",
    "/health/ready": "ready",
    "/metrics": "metrics",
}


class StreamWanted(Struct, frozen=True):
    """`after` is None for whoever only wants what comes from now on."""

    shop: str
    after: Position | None


class PageWanted(Struct, frozen=True):
    page: Page


class PreflightWanted(Struct, frozen=True):
    """A browser asks whether it may ask."""


class Refused(Struct, frozen=True):
    status: int
    detail: str
    allow: str | None = None


Wanted = StreamWanted | PageWanted | PreflightWanted | Refused


def wanted(request: Request) -> Wanted:
    if stream := _STREAM.fullmatch(request.path):
        return _on_stream(request, stream[1])
    if page := _PAGES.get(request.path):
        return _refusal(request, "GET") or PageWanted(page)
    return Refused(404, "There is nothing here.")


def _on_stream(request: Request, shop: str) -> Wanted:
    if not shops.is_domain(shop):
        return Refused(404, "No such shop.")
    if request.method == "OPTIONS":
        return PreflightWanted()
    return _refusal(request, "GET, OPTIONS") or StreamWanted(shop, _after(request))


def _refusal(request: Request, allow: str) -> Refused | None:
    if request.method != "GET":
        return Refused(405, "Only to be read.", allow=allow)
    if request.has_body:
        return Refused(413, "A request here has no body.")
    return None


def _after(request: Request) -> Position | None:
    """The header wins: a browser keeps it up to date, while the address stays what it was."""
    written = request.last_event_id or _after_in_query(request.query)
    return (positions.parse(written) or UNREADABLE) if written else None


def _after_in_query(query: str) -> str:
    try:
        return parse_qs(query, max_num_fields=20).get("after", [""])[0]
    except ValueError:
        return ""
