"""One webhook on its way: headers and body stay the same over all attempts."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.shopify.signatures import webhook_signature
from sandbox.shopify.state.moments import in_utc
from sandbox.shopify.state.subscriptions import Subscription


@dataclass(frozen=True)
class Attempt:
    """`status` is None when no answer came within the time Shopify allows."""

    at: datetime
    status: int | None
    note: str
    milliseconds: int

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass
class Delivery:
    shop: str
    topic: str
    body: bytes
    subscription: Subscription
    headers: dict[str, str]
    triggered_at: datetime
    is_forged: bool = False
    is_over: bool = False
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def webhook_id(self) -> str:
        return self.headers.get("X-Shopify-Webhook-Id", "")

    @property
    def is_accepted(self) -> bool:
        return any(attempt.is_accepted for attempt in self.attempts)

    @property
    def status(self) -> int | None:
        """The latest answer."""
        return self.attempts[-1].status if self.attempts else None


def delivery(
    shop: str,
    topic: str,
    body: bytes,
    subscription: Subscription,
    *,
    secret: str,
    api_version: str,
    triggered_at: datetime,
    event_id: str | None = None,
) -> Delivery:
    headers = {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": webhook_signature(secret, body),
        "X-Shopify-Shop-Domain": shop,
        "X-Shopify-API-Version": api_version,
        "X-Shopify-Webhook-Id": str(uuid.uuid4()),
        "X-Shopify-Event-Id": event_id or str(uuid.uuid4()),
        "X-Shopify-Triggered-At": in_utc(triggered_at),
    }
    if subscription.name is not None:
        headers["X-Shopify-Name"] = subscription.name
    return Delivery(shop, topic, body, subscription, headers, triggered_at)


def encoded(payload: dict[str, Any]) -> bytes:
    """Compact JSON; names stay readable, as Shopify's do."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def described(one: Delivery) -> dict[str, Any]:
    """For the control page and its JSON."""
    return {
        "webhook_id": one.webhook_id,
        "event_id": one.headers.get("X-Shopify-Event-Id"),
        "shop": one.shop,
        "topic": one.topic,
        "source": "api" if one.subscription.id else "manifest",
        "triggered_at": in_utc(one.triggered_at),
        "state": _state(one),
        "status": one.status,
        "forged": one.is_forged,
        "attempts": [
            {
                "at": in_utc(attempt.at),
                "status": attempt.status,
                "note": attempt.note,
                "milliseconds": attempt.milliseconds,
            }
            for attempt in one.attempts
        ],
    }


def _state(one: Delivery) -> str:
    if one.is_accepted:
        return "accepted"
    if one.is_over:
        return "refused"
    return "retrying" if one.attempts else "waiting"
