"""Any webhook's body as plain values, and which order it is about."""

import json
from typing import Any

import msgspec

from app.errors import NOT_JSON

_LARGEST_ID = 2**63 - 1


def parsed(body: bytes) -> Any:
    """None for what is no JSON. Numbers stay whole, however long they are."""
    try:
        return json.loads(body)
    except (ValueError, *NOT_JSON):
        return None


def readable(body: bytes) -> object:
    """For a document: as it came where it is JSON, else as text."""
    try:
        msgspec.json.decode(body)
    except NOT_JSON:
        return body.decode("utf-8", "replace")
    return msgspec.Raw(body)


def order_of(topic: str, payload: Any) -> int | None:
    """The order's id: of its own topics `id`, of others' `order_id`."""
    if not isinstance(payload, dict):
        return None
    found = payload.get("id" if topic.startswith("orders/") else "order_id")
    return found if isinstance(found, int) and 0 < found <= _LARGEST_ID else None
