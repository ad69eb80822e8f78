"""One page of a part of the catalogue."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

import msgspec

from app.data.database import Connection
from app.domain.notifications import Notification
from app.domain.passes import Pass
from app.doors import Doors
from app.services import asking
from app.services.sync.steps import Keep
from app.shopify import searches
from app.shopify.queries import Query

Answer = TypeVar("Answer")


class Read(msgspec.Struct, frozen=True):
    """Where the pass stands behind the page, and what to write."""

    at: Pass
    keep: Keep


# The moment is that before Shopify is asked: whatever happens later is newer than the answer.
Part: TypeAlias = Callable[[Doors, str, Pass, datetime], Awaitable[Read]]


async def ask(doors: Doors, shop: str, query: Query[Answer], at: Pass, **more: Any) -> Answer:
    """The next page of what the pass lists."""
    wanted = {"first": at.first.get(str(at.part)), **more}
    if (search := searches.changed(at.searches_since, at.floor)) is not None:
        wanted["search"] = search
    present = {name: value for name, value in wanted.items() if value is not None}
    return await asking.ask(doors, shop, query, after=at.after, **present)


async def nothing(connection: Connection) -> list[Notification]:
    """There is nothing to write."""
    return []
