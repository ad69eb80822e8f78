"""Notifications put into the table by hand, without the chain that makes them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from app.data import notifications
from app.data.database import Connection
from app.domain.notifications import Facts, Notification, ProductFacts
from app.domain.rules import first_of
from app.doors import Doors
from app.services import lifecycle
from app.shopify.id_tokens import Merchant
from tests.cast import ALBA, ANA

_PROVE = """
INSERT INTO events (shop, id, type, version, entity, entity_updated_at, occurred_at, received_at,
                    delivery_id, webhook_id, topic, data, verdict)
SELECT $1, id, 'order.paid', 1, 'order:0', $3, $3, $3, 0, id::text, 'orders/paid', '{}', 'published'
FROM unnest($2::uuid[]) AS id
ON CONFLICT DO NOTHING
"""
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


async def install(doors: Doors, *shops: str) -> None:
    for shop in shops:
        await lifecycle.install(doors.data, Merchant(shop, ANA, doors.clock()), doors.clock())


def a_notification(number: int = 1, shop: str = ALBA, **changes: Any) -> Notification:
    """Published; the higher its number, the newer it is. `title` is short for its product's."""
    title = changes.pop("title", f"Product {number}")
    told = Notification(
        id=UUID(int=number),
        rule=first_of(shop).id,
        kind="recent-order",
        subject=f"order-line:{number}",
        source=f"order:{number}",
        revision=1,
        state="published",
        reason=None,
        facts=Facts(product=ProductFacts(8000 + number, title), quantity=1),
        proof=(UUID(int=number),),
        occurred_at=NOW + timedelta(minutes=number),
    )
    return msgspec.structs.replace(told, **changes)


async def tell(doors: Doors, *told: Notification, shop: str = ALBA) -> None:
    """With events that stand for what proves them."""
    async with doors.data.tenant(shop) as connection:
        for each in told:
            await prove(connection, shop, each.proof)
            await notifications.save(connection, shop, each, doors.clock())


async def prove(connection: Connection, shop: str, events: Iterable[UUID]) -> None:
    await connection.execute(_PROVE, shop, list(events), NOW)
