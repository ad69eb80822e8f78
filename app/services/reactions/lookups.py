"""What reactions look up beside what is made of events, noted so that a replay finds it again.

The catalogue also comes from asking Shopify, and towns come and go with the settings: no delivery
says what was known at a moment.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from uuid import UUID

from app.data import events, goods, products
from app.data.database import Connection
from app.domain.buyers import Sharing
from app.domain.events import Event
from app.domain.journals import Seen, When
from app.domain.notifications import ProductFacts
from app.domain.rule_filters import Goods
from app.services import cataloguing


class Lookups:
    """Looks, and notes in `seen` what it saw."""

    def __init__(self, connection: Connection, shop: str) -> None:
        self._connection = connection
        self._shop = shop
        self.seen = Seen()

    def forget(self) -> None:
        """What comes next is another deed."""
        self.seen = Seen()

    async def keep(self, event: Event, now: datetime) -> None:
        """What an event says of the catalogue."""
        await cataloguing.keep(self._connection, event, now)

    async def facts_of(self, ids: Iterable[int]) -> dict[int, ProductFacts | None]:
        """As `products.facts_of`."""
        found = await products.facts_of(self._shop, ids)
        self.seen.facts.update(found)
        return found

    async def goods(self, ids: Iterable[int]) -> dict[int, Goods]:
        found = await goods.of(self._connection, self._shop, list(ids))
        self.seen.goods.update(found)
        return found

    async def was_published(self, product: int) -> bool:
        """Before the event is kept."""
        self.seen.was_published = await products.is_published(self._shop, product)
        return self.seen.was_published

    async def product_of_item(self, item: int) -> int | None:
        self.seen.product = await goods.product_of_item(self._connection, self._shop, item)
        return self.seen.product

    async def stock(self, product: int, when: When) -> int | None:
        """Before the event is kept, or after."""
        found = await goods.stock(self._connection, self._shop, product)
        self.seen.stocks[when] = found
        return found

    async def others_from(self, rule: UUID, asked: Sharing) -> int:
        """How many buyers share a place that the rule still speaks of."""
        found = await events.other_buyers_from(self._connection, self._shop, asked)
        self.seen.others.setdefault(rule, {})[asked.what] = found
        return found

    async def first(self, look: Callable[[], Awaitable[bool | None]]) -> bool | None:
        """Whether an order is its customer's first, as `look` finds it."""
        self.seen.is_first = await look()
        return self.seen.is_first

    async def opted_out(self, look: Callable[[], Awaitable[bool]]) -> bool:
        """Whether an order is of a customer who is never to be told of, as `look` finds it."""
        self.seen.opted_out = await look()
        return self.seen.opted_out

    async def orders_of(self, customer: UUID) -> tuple[str, ...]:
        """Orders that are known to be a customer's."""
        found = await events.orders_of(self._connection, self._shop, customer)
        self.seen.orders = tuple(found)
        return self.seen.orders


class Recalled(Lookups):
    """Answers what was seen then, and changes nothing."""

    def __init__(self, connection: Connection, shop: str, seen: Seen) -> None:
        super().__init__(connection, shop)
        self.seen = seen

    async def keep(self, event: Event, now: datetime) -> None:
        return None

    async def facts_of(self, ids: Iterable[int]) -> dict[int, ProductFacts | None]:
        facts = self.seen.facts
        return {each: facts[each] for each in set(ids) if each in facts}

    async def goods(self, ids: Iterable[int]) -> dict[int, Goods]:
        found = self.seen.goods
        return {each: found[each] for each in set(ids) if each in found}

    async def was_published(self, product: int) -> bool:
        return self.seen.was_published

    async def product_of_item(self, item: int) -> int | None:
        return self.seen.product

    async def stock(self, product: int, when: When) -> int | None:
        return self.seen.stocks.get(when)

    async def others_from(self, rule: UUID, asked: Sharing) -> int:
        return self.seen.others.get(rule, {}).get(asked.what, -1)

    async def first(self, look: Callable[[], Awaitable[bool | None]]) -> bool | None:
        return self.seen.is_first

    async def opted_out(self, look: Callable[[], Awaitable[bool]]) -> bool:
        return self.seen.opted_out

    async def orders_of(self, customer: UUID) -> tuple[str, ...]:
        return self.seen.orders
