"""Tells shoppers of an order, without Kafka in between."""

from uuid import UUID

from app.domain import events, notifications
from app.domain.deliveries import StoredDelivery
from app.domain.rules import first_of
from app.doors import Doors
from app.services import notifying
from app.shopify import topics
from tests.cast import encoded, line_item, order


async def tell_of_product(doors: Doors, shop: str, product: int, number: int = 5001) -> UUID:
    """The id of the notification that a paid order of the product gives."""
    now = doors.clock()
    payload = order(number, line_items=[line_item(number * 10, product_id=product)])
    delivery = StoredDelivery(
        id=number,
        shop=shop,
        webhook_id=f"order-{number}",
        topic="orders/create",
        api_version="2026-10",
        triggered_at=now,
        received_at=now,
        body=encoded(payload),
    )
    event = topics.event_of(delivery)
    assert isinstance(event, events.OrderCreated)
    await notifying.react_to(event, doors.data, doors.live, now)
    subject = f"order-line:{number * 10}"
    return notifications.id_of(shop, first_of(shop).id, subject)
