"""A shop at a glance: whether it lives, and how much is known of it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from app.data.database import Connection

_COUNTS = """
SELECT
    (SELECT count(*) FROM products WHERE shop = $1 AND deleted_at IS NULL),
    (SELECT count(*) FROM variants WHERE shop = $1),
    (SELECT count(*) FROM collections WHERE shop = $1 AND deleted_at IS NULL)
"""

# Topic by topic, since the index has them so: each is one look at its end.
_LAST_DELIVERY = """
SELECT max((SELECT max(received_at) FROM deliveries WHERE shop = $1 AND deliveries.topic = wanted))
FROM unnest($2::text[]) AS wanted
"""


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """What the shop's row says of it; `embed` is `on`, `off` or `unknown`."""

    state: str
    installed_at: datetime
    uninstalled_at: datetime | None
    facts_at: datetime | None
    embed: str
    embed_at: datetime | None
    setup_dismissed_at: datetime | None


class Catalogue(msgspec.Struct, frozen=True):
    """How many of each are known."""

    products: int
    variants: int
    collections: int


async def presence(connection: Connection, shop: str) -> Presence | None:
    row = await connection.fetchrow("SELECT * FROM shops WHERE shop = $1", shop)
    return Presence(**{name: row[name] for name in Presence.__struct_fields__}) if row else None


async def catalogue(connection: Connection, shop: str) -> Catalogue:
    return Catalogue(*await connection.fetchrow(_COUNTS, shop))


async def last_delivery(
    connection: Connection, shop: str, topics: Sequence[str]
) -> datetime | None:
    """When Shopify was heard of last, about one of these topics."""
    found: datetime | None = await connection.fetchval(_LAST_DELIVERY, shop, list(topics))
    return found


async def last_notification(connection: Connection, shop: str) -> datetime | None:
    """When a notification was made last."""
    found: datetime | None = await connection.fetchval(
        "SELECT created_at FROM notifications WHERE shop = $1"
        " ORDER BY occurred_at DESC, id DESC LIMIT 1",
        shop,
    )
    return found


async def has_seen_card(connection: Connection, shop: str, test_topic: str) -> bool:
    """Whether there ever was a notification, or of late a test card, a delivery of that topic."""
    found = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM notifications WHERE shop = $1)"
        " OR EXISTS (SELECT FROM deliveries WHERE shop = $1 AND topic = $2)",
        shop,
        test_topic,
    )
    return bool(found)
