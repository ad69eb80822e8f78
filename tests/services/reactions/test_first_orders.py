"""Rules about first or repeat customers alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.rules import Filters
from app.workers import notify
from tests.cast import ALBA, order
from tests.services.chain import Chain
from tests.services.reactions.shops import Talk

FIRST = Filters(customers="first")
REPEAT = Filters(customers="repeat")
MUG = "Someone bought Alba mug"


def sale(number: int, **changes: Any) -> dict[str, Any]:
    moment = (datetime.now(UTC) + timedelta(seconds=number)).isoformat()
    placed = {"created_at": moment, "processed_at": moment, "updated_at": moment}
    return order(number, **placed, **changes)


def counted(orders: int, last: int, customer: int = 9001) -> dict[str, Any]:
    return {
        "customerId": f"gid://shopify/Customer/{customer}",
        "numberOfOrders": str(orders),
        "lastOrderId": f"gid://shopify/Order/{order(last)['id']}",
        "occurredAt": datetime.now(UTC).isoformat(),
    }


async def test_first_order_is_told_as_soon_as_shopify_has_counted_it(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=FIRST)
    await alba.chain.tell("orders/create", sale(1))
    assert await alba.decisions("recent-order") == ["customer"]
    assert await alba.said("recent-order") == []
    await alba.chain.tell("customers/purchasing_summary", counted(1, 1))
    assert await alba.said("recent-order") == [MUG]
    assert await alba.decisions("recent-order") == ["customer", "published"]


async def test_count_may_arrive_before_its_order(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=FIRST)
    await alba.chain.tell("customers/purchasing_summary", counted(1, 1))
    await alba.chain.tell("orders/create", sale(1))
    assert await alba.said("recent-order") == [MUG]


async def test_count_that_is_handed_over_again_makes_no_second_card(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=FIRST)
    await alba.chain.tell("orders/create", sale(1))
    await alba.chain.receive("customers/purchasing_summary", counted(1, 1))
    [record] = await alba.chain.events(await alba.chain.relay())
    for _ in range(2):
        await notify.handle(record, alba.chain.doors)
    assert await alba.said("recent-order") == [MUG]


async def test_first_order_stays_one_after_the_next(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=FIRST)
    for number in (1, 2):
        await alba.chain.tell("orders/create", sale(number))
        await alba.chain.tell("customers/purchasing_summary", counted(number, number))
    await alba.chain.tell("orders/fulfilled", {**sale(1), "updated_at": sale(9)["updated_at"]})
    assert await alba.said("recent-order") == [MUG]
    assert await alba.decisions("recent-order") == [
        "customer",
        "published",
        "customer",
        "customer",
        "published",
    ]


async def test_whoever_has_an_earlier_order_buys_again_whether_shopify_counts_or_not(
    alba: Talk,
) -> None:
    await alba.wishes("recent-order", filters=REPEAT)
    await alba.chain.tell("orders/create", sale(1))
    await alba.chain.tell("orders/create", sale(2, customer={"id": 9002}))
    await alba.chain.tell("orders/create", sale(3))
    assert await alba.said("recent-order") == [MUG]
    assert await alba.decisions("recent-order") == ["customer", "customer", "published"]


async def test_test_order_is_no_earlier_one(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=REPEAT)
    await alba.chain.tell("orders/create", sale(1, test=True))
    await alba.chain.tell("orders/create", sale(2))
    assert await alba.said("recent-order") == []


async def test_customer_who_bought_before_there_was_earshot_buys_again(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=REPEAT)
    await alba.chain.tell("orders/create", sale(1))
    await alba.chain.tell("customers/purchasing_summary", counted(7, 1))
    assert await alba.said("recent-order") == [MUG]


async def test_order_of_nobody_is_neither_first_nor_another(alba: Talk) -> None:
    for filters in (FIRST, REPEAT):
        await alba.wishes("recent-order", filters=filters)
        await alba.chain.tell("orders/create", sale(1, customer=None))
    assert await alba.said("recent-order") == []
    assert set(await alba.decisions("recent-order")) == {"customer"}


async def test_first_orders_alone_are_counted(alba: Talk) -> None:
    await alba.wishes("order-count", filters=FIRST, minimum=2)
    for number, orders in ((1, 1), (2, 5), (3, 1)):
        await alba.chain.tell("orders/create", sale(number, customer={"id": 9000 + number}))
        said = counted(orders, number, 9000 + number)
        await alba.chain.tell("customers/purchasing_summary", said)
    assert await alba.said("order-count") == ["Alba mug was bought 2 times in the last 24 hours"]


async def test_whose_order_it_was_is_kept_only_where_a_rule_asks(alba: Talk) -> None:
    await alba.chain.tell("orders/create", sale(1))
    assert await _kept(alba.chain) == 0
    await alba.wishes("recent-order", filters=FIRST)
    await alba.chain.tell("orders/create", sale(2))
    assert await _kept(alba.chain) == 1
    assert all(b"9001" not in value for value in alba.chain.logged)


async def _kept(chain: Chain) -> int:
    async with chain.doors.data.tenant(ALBA) as connection:
        query = "SELECT count(*) FROM events WHERE customer IS NOT NULL"
        return int(await connection.fetchval(query))
