"""Whatever happens in a shop, in whatever order: a replay finds the same."""

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.data import notifications
from app.domain.kinds import BY_NAME
from app.domain.reports import ReviewPosted
from app.domain.rules import CHANNELS, Filters, Selection
from app.domain.settings import Privacy, ShopSettings
from app.eventlog.following import Record
from app.services import retracting, shop_settings
from app.workers import notify
from tests.cast import ALBA, level, line_item, product, variant
from tests.services.privacy.people import CAMILLE, MARGAUX, order_of
from tests.services.reactions.shops import CALLER, Talk
from tests.services.replaying import derived
from tests.services.replaying.test_replaying import mended, replay

STEPS = 60
PRODUCTS = (8001, 8002, 8003)


class Life:
    """What may happen next, by chance; `seed` makes the same life again."""

    def __init__(self, alba: Talk, seed: int) -> None:
        self._alba = alba
        self._any = random.Random(seed)
        self._moment = datetime.now(UTC)
        self._orders: dict[int, dict[str, Any]] = {}

    async def go_on(self) -> None:
        deeds: Sequence[Callable[[], Awaitable[object]]] = (
            *[self._order] * 8,
            *[self._stock] * 4,
            *[self._customer] * 3,
            *[self._cart] * 3,
            *[self._rule] * 3,
            *[self._settings] * 2,
            *[self._product] * 2,
            self._refund,
            self._review,
            self._retract,
            self._again,
        )
        self._moment += timedelta(seconds=self._any.choice((0, 1, 1)))
        await self._any.choice(deeds)()

    async def _tell(self, topic: str, payload: dict[str, Any]) -> None:
        await self._alba.chain.tell(topic, {**payload, "updated_at": self._moment.isoformat()})

    async def _order(self) -> None:
        number = self._any.randint(1, 6)
        topic = self._any.choice(("create", "updated", "paid", "cancelled", "fulfilled"))
        lines = [
            line_item(number * 10 + n, product_id=each, quantity=self._any.randint(1, 2))
            for n, each in enumerate(PRODUCTS)
            if self._any.random() < 0.6
        ]
        ago = self._moment - timedelta(days=self._any.choice((0, 0, 2, 9)))
        made = {
            "line_items": lines,
            "financial_status": self._any.choice(("paid", "paid", "pending", "refunded")),
            "cancelled_at": self._moment.isoformat() if topic == "cancelled" else None,
            "processed_at": ago.isoformat(),
        }
        sold = order_of(MARGAUX if number % 2 else CAMILLE, number, **made)
        self._orders[number] = sold
        await self._tell(f"orders/{topic}", sold)

    async def _refund(self) -> None:
        for sold in self._orders.values():
            lines = [{"line_item_id": each["id"], "quantity": 1} for each in sold["line_items"]]
            refund = {"id": 1, "order_id": sold["id"], "refund_line_items": lines}
            return await self._tell("refunds/create", refund)

    async def _stock(self) -> None:
        changed = level(available=self._any.choice((0, 1, 2, 4, 9, None)))
        await self._tell("inventory_levels/update", changed)

    async def _product(self) -> None:
        made = self._moment - timedelta(days=self._any.choice((0, 30)))
        changed = product(
            id=self._any.choice(PRODUCTS),
            title=f"Mug {self._any.randint(1, 9)}",
            status=self._any.choice(("active", "draft")),
            tags=self._any.choice(("", "new", "earshot-never")),
            created_at=made.isoformat(),
            variants=[variant()],
        )
        await self._tell("products/update", changed)

    async def _customer(self) -> None:
        number = self._any.randint(9_001, 9_003)
        gid = f"gid://shopify/Customer/{number}"
        created = {"first_name": "Ada", "created_at": self._moment.isoformat()}
        topic, payload = self._any.choice(
            (
                ("customers/create", {"id": number, **created}),
                ("customers/update", {"id": number, **created}),
                ("customers/delete", {"id": number}),
                ("customer.tags_added", {"customerId": gid, "tags": ["earshot-opt-out", "b"]}),
                ("customer.tags_removed", {"customerId": gid, "tags": ["b", "a"]}),
                ("customers/purchasing_summary", {"customerId": gid, "numberOfOrders": number}),
            )
        )
        await self._tell(topic, payload)

    async def _cart(self) -> None:
        token = f"c{self._any.randint(1, 4)}"
        lines = [
            {"id": each, "product_id": each, "quantity": 1}
            for each in PRODUCTS
            if self._any.random() < 0.5
        ]
        moment = self._moment.isoformat()
        cart = {"id": token, "token": token, "line_items": lines, "created_at": moment}
        await self._tell("carts/update", cart)

    async def _review(self) -> None:
        await self._alba.reports(
            ReviewPosted(
                reference=f"r{self._any.randint(1, 99)}",
                occurred_at=self._moment,
                product_id=self._any.choice(PRODUCTS),
                rating=self._any.randint(1, 5),
            )
        )

    async def _rule(self) -> None:
        kind = self._any.choice([each for each in BY_NAME if each not in ("announcement",)])
        vague = Filters(channels=self._any.choice((CHANNELS, ("pos",))))
        never = Filters(never=Selection(products=(self._any.choice(PRODUCTS),)))
        await self._alba.wishes(
            kind,
            enabled=self._any.random() < 0.8,
            minimum=self._any.randint(1, 3),
            recency_days=self._any.choice((1, 7)),
            filters=self._any.choice((Filters(), vague, never)) if kind in _FILTERED else Filters(),
            **({"report": "w", "wording": {"en": "So it is"}} if kind == "reported" else {}),
        )

    async def _settings(self) -> None:
        privacy = Privacy(
            name=self._any.choice(("first-name", "hidden")),
            place=self._any.choice(("town", "hidden")),
            crowd=2,
            understood=True,
        )
        doors = self._alba.chain.doors
        wanted = ShopSettings(privacy=privacy)
        await shop_settings.save(doors.data, doors.live, CALLER, wanted, doors.clock())

    async def _retract(self) -> None:
        doors = self._alba.chain.doors
        async with doors.data.tenant(ALBA):
            told = await notifications.latest(ALBA, 50, published_only=True)
        if told:
            one = self._any.choice(sorted(told, key=lambda each: each.id))
            await retracting.retract(doors, CALLER, one.id)

    async def _again(self) -> None:
        """An event is handed over once more."""
        value = self._any.choice(self._alba.chain.logged)
        record = Record(0, value, 0.0)
        await notify.handle(record, self._alba.chain.doors)


_FILTERED = ("recent-order", "order-count")


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_replay_of_any_history_finds_the_same(alba: Talk, seed: int) -> None:
    life = Life(alba, seed)
    for _ in range(STEPS):
        await life.go_on()
    before = await derived.rows(alba.chain.doors)
    assert mended(await replay(alba)) == 0
    for table in ("notifications", "activity", "customers"):
        await derived.run(alba.chain.doors, f"DELETE FROM {table}")
    await derived.run(alba.chain.doors, "UPDATE events SET data = '{}', decisions = '{}'")
    assert mended(await replay(alba)) > 0
    assert await derived.rows(alba.chain.doors) == before
