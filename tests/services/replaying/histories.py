"""A shop to which everything has happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.data import notifications
from app.domain.reports import ReviewPosted, ShopReported
from app.domain.settings import Privacy, ShopSettings
from app.services import retracting, ruling, shop_settings
from app.services.sync import working
from app.services.sync.kinds import KINDS
from tests.cast import ALBA, level, line_item, order, product
from tests.services.privacy.people import CAMILLE, MARGAUX, ask, order_of
from tests.services.privacy.test_customers import work_off
from tests.services.reactions.shops import CALLER, Talk

PRIVACY = Privacy(name="first-name", place="town", understood=True, crowd=2)


async def live_through(alba: Talk) -> None:
    """Rules, settings and stock change in between; a card is taken back, a customer erased."""
    await _switch_on(alba)
    await _trade(alba)
    await alba.wishes("order-count", minimum=3)
    await alba.wishes("recent-order", recency_days=3)
    await _trade(alba, first=20)
    await _say_things(alba)
    await _move_stock(alba)
    await _take_back(alba)
    await save_settings(alba, Privacy(name="first-name", understood=True))
    await _sell(alba, 40)
    await _erase_margaux(alba)
    await _sell(alba, 41)
    await _work_on(alba)


async def _switch_on(alba: Talk) -> None:
    await _sell(alba, 2)
    await save_settings(alba, PRIVACY)
    await alba.wishes("order-count", minimum=2)
    await alba.wishes("cart-activity", minimum=1)
    await alba.wishes("low-stock", minimum=3)
    await alba.wishes("reported", report="workshop", wording={"en": "Somebody booked"})
    for kind in ("sign-up", "review", "back-in-stock", "just-launched"):
        await alba.wishes(kind)


async def _sell(alba: Talk, number: int, **changes: Any) -> None:
    lines = [line_item(number * 10), line_item(number * 10 + 1, product_id=8002, title="Bowl")]
    person = MARGAUX if number % 2 else CAMILLE
    await alba.chain.tell("orders/create", order_of(person, number, line_items=lines, **changes))


async def _change(alba: Talk, topic: str, number: int, **changes: Any) -> None:
    lines = changes.pop("line_items", [line_item(number * 10)])
    person = MARGAUX if number % 2 else CAMILLE
    later = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    changed = order_of(person, number, line_items=lines, updated_at=later, **changes)
    await alba.chain.tell(topic, changed)


async def _trade(alba: Talk, first: int = 10) -> None:
    await _sell(alba, first, financial_status="pending")
    await _change(alba, "orders/paid", first)
    for number in (first + 1, first + 2, first + 3):
        await _sell(alba, number)
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    await _change(alba, "orders/cancelled", first + 1, cancelled_at=later)
    await _change(alba, "orders/updated", first + 2)
    refund = {
        "id": first,
        "order_id": order(first + 3)["id"],
        "refund_line_items": [{"line_item_id": (first + 3) * 10, "quantity": 1}],
    }
    await alba.chain.tell("refunds/create", refund)
    for lines in ([{"id": 1, "product_id": 8001, "quantity": 1}], []):
        cart = {"id": f"c{first}", "token": f"c{first}", "line_items": lines}
        moment = datetime.now(UTC).isoformat()
        await alba.chain.tell("carts/update", {**cart, "created_at": moment, "updated_at": moment})


async def _say_things(alba: Talk) -> None:
    now = datetime.now(UTC)
    moment = now.isoformat()
    for number in (9_001, 9_002, 9_003):
        signed = {"id": number, "first_name": "Ada", "created_at": moment, "updated_at": moment}
        await alba.chain.tell("customers/create", signed)
        counted = {"customerId": f"gid://shopify/Customer/{number}", "numberOfOrders": 3}
        await alba.chain.tell("customers/purchasing_summary", counted)
    await alba.chain.tell("customers/delete", {"id": 9_001})
    gid = "gid://shopify/Customer/9002"
    for topic, tags in (
        ("customer.tags_added", ["vip", "Earshot-Opt-Out", "new"]),
        ("customer.tags_removed", ["new"]),
    ):
        await alba.chain.tell(topic, {"customerId": gid, "tags": tags})
    for reference, rating in (("r1", 3), ("r2", 5)):
        await alba.reports(
            ReviewPosted(reference=reference, occurred_at=now, product_id=8001, rating=rating)
        )
    await alba.reports(ShopReported(reference="w1", occurred_at=now, kind="workshop"))
    rule = await alba.wishes("announcement", wording={"en": "Open on Sunday"})
    await ruling.publish(alba.chain.doors, alba.chain.intake, CALLER, rule.id)
    await alba.chain.notify(await alba.chain.relay())


async def _move_stock(alba: Talk) -> None:
    for available in (2, 0, 4, 9, 1):
        await alba.chain.tell("inventory_levels/update", level(available=available))
    made = datetime.now(UTC)
    tea = product(id=8003, title="Tea bowl", handle="tea-bowl", created_at=made.isoformat())
    for seconds, status in enumerate(("draft", "active", "active", "draft", "active"), start=1):
        moment = (made + timedelta(seconds=seconds)).isoformat()
        tea |= {"status": status, "updated_at": moment, "title": f"Tea bowl {seconds}"}
        await alba.chain.tell("products/update", tea)


async def _take_back(alba: Talk) -> None:
    doors = alba.chain.doors
    async with doors.data.tenant(ALBA):
        told = await notifications.latest(ALBA, 99, published_only=True)
    one = next(each for each in told if each.kind == "recent-order")
    await retracting.retract(doors, CALLER, one.id)
    # What comes after it brings nothing back.
    await _change(alba, "orders/updated", (int(one.subject.rpartition(":")[2])) // 10)


async def save_settings(alba: Talk, privacy: Privacy) -> None:
    doors, wanted = alba.chain.doors, ShopSettings(privacy=privacy)
    await shop_settings.save(doors.data, doors.live, CALLER, wanted, doors.clock())


async def _work_on(alba: Talk) -> None:
    """Counts leave their windows; towns that are not told any more are forgotten."""
    doors = alba.chain.doors
    later = replace(doors, clock=lambda: doors.clock() + timedelta(days=40))
    for kind in ("buyers", "counts"):
        while await working.work_one(later, {kind: KINDS[kind]}):
            pass


async def _erase_margaux(alba: Talk) -> None:
    await ask(alba.chain, "customers/redact")
    await work_off(alba.chain)
