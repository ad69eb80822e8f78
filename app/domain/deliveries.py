"""One webhook request of Shopify's, as received."""

from datetime import datetime
from enum import StrEnum

from app.domain.discretion import Discreet


class Delivery(Discreet, frozen=True, kw_only=True):
    """Headers and raw bytes; `headers` holds Shopify's own, names in lower case."""

    shop: str
    webhook_id: str
    topic: str
    api_version: str
    triggered_at: datetime | None
    headers: dict[str, str]
    body: bytes


class StoredDelivery(Discreet, frozen=True, kw_only=True):
    """A delivery as kept in the inbox, with its place there."""

    id: int
    shop: str
    webhook_id: str
    topic: str
    api_version: str
    triggered_at: datetime | None
    received_at: datetime
    body: bytes

    @property
    def said_at(self) -> datetime:
        """When Shopify said so, as far as it tells."""
        return self.triggered_at or self.received_at


class Receipt(StrEnum):
    """What became of a delivery at the door. All of them are answered 200."""

    STORED = "stored"
    IGNORED = "ignored"  # kept, but no part of Earshot listens to its topic
    DUPLICATE = "duplicate"
    DROPPED = "dropped"  # the shop has uninstalled
