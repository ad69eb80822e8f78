"""Takes back what was told of products that shoppers cannot buy any more."""

from collections.abc import Sequence
from datetime import datetime

from app.data import journal, notifications, products, rules
from app.data.database import Connection
from app.domain.journals import WithdrewOf
from app.domain.notifications import UNPUBLISHED, Notification
from app.domain.rules import oldest_shown


async def withdraw_unsellable(
    connection: Connection, shop: str, suspects: Sequence[int], now: datetime
) -> list[Notification]:
    """Of these products, what is no longer for sale is not told any more; what to announce, which
    is what pages may still show.

    They are known to be so by asking Shopify, so that no event joins what proves them.
    """
    await journal.take_part(connection, shop)
    told_of = await notifications.products_told(connection, shop, suspects)
    facts = await products.facts_of(shop, told_of)
    gone = [each for each in told_of if facts.get(each) is None]
    if not gone:
        return []
    await journal.add(connection, shop, now, WithdrewOf(tuple(gone), UNPUBLISHED))
    since = oldest_shown(await rules.all_of(shop), now)
    return await notifications.withdraw(connection, shop, gone, UNPUBLISHED, (), now, since=since)
