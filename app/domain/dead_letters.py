"""What could not be worked off: what it is, why, and what can be done about it."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from app.domain.discretion import Discreet
from app.errors import NOT_JSON

# In the place of a trace: a customer was forgotten, and with them what was parked.
ERASED = "erased"
# Why a letter stays, besides what is wrong with it.
GONE = "gone"
NOT_INSTALLED = "not-installed"

_LARGEST_ID = 2**63 - 1

Shape = TypeVar("Shape")


class Letter(Discreet, frozen=True, kw_only=True):
    """A dead letter as it is kept. `topic` and `webhook_id` are its delivery's, where that is there
    still; `message` is None in a list where it is long."""

    id: UUID
    shop: str
    worker: str
    topic: str | None
    webhook_id: str | None
    delivery_id: int | None
    event_id: UUID | None
    message: bytes | None
    reason: str
    trace: str
    parked_at: datetime

    @property
    def is_erased(self) -> bool:
        return self.trace == ERASED

    @property
    def number(self) -> int | None:
        """Shopify's, of the order, product or whatever it is about."""
        return _number_in(self.message) if self.message else None


class _Named(msgspec.Struct):
    id: int | None = None


class _Event(msgspec.Struct):
    data: _Named


def _number_in(message: bytes) -> int | None:
    """A webhook's body names it by itself, an event in its data."""
    found = _read(message, _Named) or getattr(_read(message, _Event), "data", None)
    number = found.id if isinstance(found, _Named) else None
    return number if number is not None and 0 < number <= _LARGEST_ID else None


def _read(message: bytes, shape: type[Shape]) -> Shape | None:
    try:
        return msgspec.json.decode(message, type=shape)
    except NOT_JSON:
        return None


def explained(reason: str) -> str:
    """A reason as a sentence; what is no word of ours is the name of a fault of ours."""
    if reason in _OBSTACLES:
        return _OBSTACLES[reason]
    return _REASONS.get(reason, "Earshot made a mistake while working on it.")


def why_it_stays(reason: str) -> str:
    """What to tell whoever asked for it to be worked off once more."""
    return _OBSTACLES.get(reason) or f"It still cannot be processed. {explained(reason)}"


_REASONS = {
    "not-json": "What came in cannot be read at all.",
    "unexpected-shape": "It came in a shape that Earshot does not know.",
    "unexpected-value": "It holds a value that cannot be, such as a date that does not exist.",
    "too-large": "It is too large to be passed on.",
    "other-shop": "It names another store than the one that it came for.",
}
_OBSTACLES = {
    ERASED: "A customer in it was forgotten and its contents with them: it can only be dropped.",
    GONE: "What came in is not kept any more: it can only be dropped.",
    NOT_INSTALLED: "Earshot is not installed in the shop, so nothing of it is worked off.",
}
