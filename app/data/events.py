"""What happened, as stored: the proof behind notifications."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.data.tables import EventRow
from app.domain.buyers import NOWHERE, Origin, Sharing
from app.domain.events import Order, Purchases, Refund, ShopEvent
from app.domain.receipts import Proof

# Changes of orders, of which each has a few. A crowd is at most 1,000 buyers, and where fewer are
# found than there are, less is told.
_ENOUGH = 10_000
NO_DECISIONS: Mapping[UUID, str] = {}

_ADD = """
INSERT INTO events (shop, id, type, version, entity, entity_updated_at, occurred_at, received_at,
                    delivery_id, webhook_id, topic, data, verdict, decisions, town, region,
                    customer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT DO NOTHING
"""


# Buyers, and not orders or events: one buyer may have several. A guest is known by the order alone,
# and a test order is nobody's.
_OTHERS_FROM = """
SELECT count(DISTINCT coalesce(customer::text, entity)) FROM (
    SELECT customer, entity FROM events
    WHERE shop = $1 AND {} = $2 AND occurred_at >= $3 AND entity <> $4
        AND verdict NOT IN ('test-order', 'unpaid')
        AND ($6::uuid IS NULL OR customer IS NULL OR customer <> $6)
    ORDER BY occurred_at DESC LIMIT $5
) AS newest
"""


_DECIDED = """
SELECT rule, word, count(*) FROM events, jsonb_each_text(decisions) AS decided(rule, word)
WHERE shop = $1 AND received_at >= $2 GROUP BY rule, word
"""


_EARLIER_ORDER = """
SELECT EXISTS (
    SELECT FROM events
    WHERE shop = $1 AND customer = $2 AND occurred_at < $3 AND entity <> $4
        AND verdict <> 'test-order'
)
"""


_WITHOUT_PLACE = """
SELECT id, delivery_id, received_at FROM events
WHERE shop = $1 AND ($2::uuid IS NULL OR id > $2)
    AND entity LIKE 'order:%' AND (town IS NULL OR region IS NULL) AND occurred_at >= $3
ORDER BY id LIMIT $4
"""


_PROVING = """
SELECT id, type, entity, occurred_at, entity_updated_at AS changed_at, received_at, webhook_id,
    topic
FROM events WHERE shop = $1 AND id = ANY($2::uuid[])
ORDER BY entity_updated_at, received_at, id
"""


class KnownOrder(msgspec.Struct, frozen=True):
    """One stored event about an order, and which delivery told of it."""

    event_id: UUID
    placed_at: datetime
    order: Order
    delivery_id: int
    received_at: datetime


async def add(
    connection: Connection,
    event: ShopEvent,
    verdict: str,
    origin: Origin = NOWHERE,
    decisions: Mapping[UUID, str] = NO_DECISIONS,
) -> None:
    """Stores an event with what was decided, by rule and in sum; a repeated one changes nothing."""
    await connection.execute(
        _ADD,
        event.shop,
        event.id,
        event.type,
        event.version,
        event.data.entity,
        event.data.updated_at,
        event.occurred_at,
        event.received_at,
        event.delivery.id,
        event.delivery.webhook_id,
        event.delivery.topic,
        msgspec.json.encode(event.data).decode(),
        verdict,
        msgspec.json.encode(decisions).decode(),
        origin.town,
        origin.region,
        origin.customer,
    )


async def is_stored(connection: Connection, shop: str, event_id: UUID) -> bool:
    found = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM events WHERE shop = $1 AND id = $2)", shop, event_id
    )
    return bool(found)


async def refunds_of(connection: Connection, shop: str, entity: str) -> list[Refund]:
    """All that were told of an order before."""
    rows = await connection.fetch(
        "SELECT data FROM events WHERE shop = $1 AND entity = $2", shop, entity
    )
    return [msgspec.json.decode(row["data"], type=Refund) for row in rows]


async def decisions_of(connection: Connection, shop: str, rule: UUID) -> list[str]:
    """The rule's word on each event that it was asked about, oldest first."""
    rows = await connection.fetch(
        "SELECT decisions ->> $2 AS word FROM events WHERE shop = $1 AND decisions ? $2"
        " ORDER BY received_at, id",
        shop,
        str(rule),
    )
    return [row["word"] for row in rows]


async def orders_of(connection: Connection, shop: str, customer: UUID) -> list[str]:
    """A customer's, as far as is known: whose an order is, is kept only where somebody asks."""
    rows = await connection.fetch(
        "SELECT DISTINCT entity FROM events WHERE shop = $1 AND customer = $2"
        " AND entity LIKE 'order:%' ORDER BY entity",
        shop,
        customer,
    )
    return [row["entity"] for row in rows]


async def decided(connection: Connection, shop: str, since: datetime) -> dict[str, dict[str, int]]:
    """How often each rule gave which word, by its id, about what came in since a moment."""
    found: dict[str, dict[str, int]] = {}
    for rule, word, count in await connection.fetch(_DECIDED, shop, since):
        found.setdefault(rule, {})[word] = count
    return found


async def other_buyers_from(
    connection: Connection,
    shop: str,
    asked: Sharing,
) -> int:
    """How many they are, as far as anybody asks."""
    found: int = await connection.fetchval(
        _OTHERS_FROM.format(asked.what),
        shop,
        asked.key,
        asked.since,
        asked.entity,
        _ENOUGH,
        asked.customer,
    )
    return found


async def wait_for_others_about(connection: Connection, shop: str, entity: str) -> None:
    """Until this transaction ends, no other that waits as well goes on about the same."""
    await connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{shop} {entity}"
    )


async def has_earlier_order(
    connection: Connection, shop: str, customer: UUID, before: datetime, entity: str
) -> bool:
    """Whether another order of the customer's was placed before."""
    found = await connection.fetchval(_EARLIER_ORDER, shop, customer, before, entity)
    return bool(found)


async def purchases_of(connection: Connection, shop: str, customer: UUID) -> list[Purchases]:
    """Each count of a customer's orders that Shopify told of."""
    rows = await connection.fetch(
        "SELECT data FROM events WHERE shop = $1 AND entity = $2 AND type = 'customer.purchased'",
        shop,
        f"customer:{customer}",
    )
    return [msgspec.json.decode(row["data"], type=Purchases) for row in rows]


async def forget_origins(connection: Connection, shop: str, entities: Sequence[str]) -> None:
    await connection.execute(
        "UPDATE events SET town = NULL, region = NULL, customer = NULL"
        " WHERE shop = $1 AND entity = ANY($2::text[])"
        " AND coalesce(town, region, customer::text) IS NOT NULL",
        shop,
        list(entities),
    )


async def have_places(connection: Connection, shop: str) -> bool:
    found = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM events WHERE shop = $1 AND town IS NOT NULL)"
        " OR EXISTS (SELECT FROM events WHERE shop = $1 AND region IS NOT NULL)",
        shop,
    )
    return bool(found)


async def forget_some_places(connection: Connection, shop: str, limit: int) -> None:
    await connection.execute(
        "UPDATE events SET town = NULL, region = NULL, customer = NULL WHERE shop = $1 AND id IN ("
        " (SELECT id FROM events WHERE shop = $1 AND town IS NOT NULL LIMIT $2) UNION"
        " (SELECT id FROM events WHERE shop = $1 AND region IS NOT NULL LIMIT $2))",
        shop,
        limit,
    )


async def without_place(
    connection: Connection, shop: str, after: UUID | None, since: datetime, limit: int
) -> list[tuple[UUID, int, datetime]]:
    """Events about orders placed `since`, with the delivery that each was made of; by their ids."""
    rows = await connection.fetch(_WITHOUT_PLACE, shop, after, since, limit)
    return [(row["id"], row["delivery_id"], row["received_at"]) for row in rows]


async def learn_place(connection: Connection, shop: str, event_id: UUID, origin: Origin) -> None:
    await connection.execute(
        "UPDATE events SET town = coalesce($3, town), region = coalesce($4, region),"
        " customer = coalesce($5, customer)"
        " WHERE shop = $1 AND id = $2",
        shop,
        event_id,
        origin.town,
        origin.region,
        origin.customer,
    )


async def about(connection: Connection, shop: str, entities: Sequence[str]) -> list[dict[str, Any]]:
    """All that is stored of events about these, as plain values."""
    rows = await connection.fetch(
        "SELECT id, type, entity, occurred_at, received_at, verdict, data, town, region FROM events"
        " WHERE shop = $1 AND entity = ANY($2::text[]) ORDER BY occurred_at, id",
        shop,
        list(entities),
    )
    return [{**row, "data": msgspec.Raw(row["data"].encode())} for row in rows]


async def proving(connection: Connection, shop: str, ids: Sequence[UUID]) -> list[Proof]:
    """The events of a receipt, in the order in which they happened."""
    rows = await connection.fetch(_PROVING, shop, list(ids))
    return [Proof(**row) for row in rows]


async def about_order(shop: str, entity: str) -> list[KnownOrder]:
    """What is known of an order, oldest change first."""
    rows = (
        await EventRow.select(
            EventRow.id,
            EventRow.occurred_at,
            EventRow.data,
            EventRow.delivery_id,
            EventRow.received_at,
        )
        .where(EventRow.shop == shop, EventRow.entity == entity)
        .order_by(EventRow.entity_updated_at, EventRow.received_at)
    )
    return [
        KnownOrder(
            row["id"],
            row["occurred_at"],
            msgspec.json.decode(row["data"], type=Order),
            row["delivery_id"],
            row["received_at"],
        )
        for row in rows
    ]
