"""Takes back what was told of products that shoppers cannot buy any more."""

from collections.abc import Sequence
from datetime import datetime

from app.data import journal, notifications, products
from app.data.database import Connection
from app.domain.journals import Withdrew
from app.domain.notifications import Notification, withdraw

UNPUBLISHED = "product-unpublished"


async def withdraw_unsellable(
    connection: Connection, shop: str, suspects: Sequence[int], now: datetime
) -> list[Notification]:
    """Of these products, what is no longer for sale is not told any more; what to announce.

    They are known to be so by asking Shopify, so that no event joins what proves them.
    """
    await journal.take_part(connection, shop)
    told_of = await notifications.products_told(connection, shop, suspects)
    facts = await products.facts_of(shop, told_of)
    withdrawn: list[Notification] = []
    for product_id in (each for each in told_of if facts.get(each) is None):
        told = await notifications.of_product(shop, product_id)
        withdrawn += withdraw(told, UNPUBLISHED, None)
    for notification in withdrawn:
        await notifications.save(connection, shop, notification, now)
    if withdrawn:
        deed = Withdrew(tuple(each.id for each in withdrawn), UNPUBLISHED)
        await journal.add(connection, shop, now, deed)
    return withdrawn
