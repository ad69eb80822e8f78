"""What each kind says, when it says nothing, and when it takes it back."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from app.data import customers, notifications, rules
from app.domain.events import customer_id
from app.domain.kinds import BY_NAME
from app.domain.notifications import Notification
from app.domain.reports import ReviewPosted, ShopReported, SignUpReported
from app.domain.rules import Filters, Schedule, Selection
from app.domain.settings import QuietHours
from app.errors import LiveUnavailable, RuleInvalid
from app.live.connections import command_client, listening_pool
from app.live.door import Live
from app.services import ruling
from app.services.sync import working
from app.services.sync.kinds import KINDS
from app.workers import notify
from tests.cast import ALBA, BOREALIS, level, line_item, order, product
from tests.data.tellings import a_notification
from tests.services.reactions.shops import CALLER, Talk


def sale(number: int, **changes: Any) -> dict[str, Any]:
    return order(number, line_items=[line_item(number * 10)], **changes)


async def test_only_recent_orders_are_told_at_first(alba: Talk) -> None:
    await alba.chain.tell("orders/create", sale(1))
    await alba.chain.tell("carts/create", cart("c1"))
    await alba.chain.tell("customers/create", customer())
    heard = {message.data.count(b'"recent-order"') for message in await alba.chain.heard()}
    assert heard == {1}


# Counts -------------------------------------------------------------------------------------------


async def test_orders_are_counted_from_the_merchant_s_minimum_on(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2)
    for number in (1, 2, 3):
        await alba.chain.tell("orders/create", sale(number))
    assert await alba.said("order-count") == [
        "Alba mug was bought 2 times in the last 24 hours",
        "Alba mug was bought 3 times in the last 24 hours",
    ]
    assert await alba.decisions("order-count") == ["below-threshold", "published", "published"]


async def test_several_webhooks_of_one_order_count_once(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2)
    for topic in ("orders/create", "orders/paid", "orders/updated"):
        await alba.chain.tell(topic, sale(1))
    assert await alba.said("order-count") == []


async def test_a_count_falls_with_a_cancellation_and_goes_below_the_minimum(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2)
    for number in (1, 2, 3):
        await alba.chain.tell("orders/create", sale(number))
    for number in (3, 2):
        await alba.chain.tell("orders/cancelled", cancelled(number))
    assert (await alba.said("order-count"))[2:] == [
        "Alba mug was bought 2 times in the last 24 hours",
        "-",
    ]
    await alba.chain.tell("orders/create", sale(4))
    said = await alba.said("order-count")
    assert said[-1] == "Alba mug was bought 2 times in the last 24 hours"


async def test_small_shop_s_window_widens_and_says_so(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2, windows=("24h", "7d"))
    ago = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    await alba.chain.tell("orders/create", sale(1, processed_at=ago, created_at=ago))
    await alba.chain.tell("orders/create", sale(2))
    assert await alba.said("order-count") == ["Alba mug was bought 2 times in the last 7 days"]


async def test_count_that_its_orders_have_left_is_taken_back_by_itself(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2, windows=("24h",))
    almost = (datetime.now(UTC) - timedelta(hours=23, minutes=59, seconds=57)).isoformat()
    await alba.chain.tell("orders/create", sale(1, processed_at=almost, created_at=almost))
    await alba.chain.tell("orders/create", sale(2))
    assert len(await alba.said("order-count")) == 1
    in_two_minutes = datetime.now(UTC) + timedelta(minutes=2)
    later = replace(alba.chain.doors, clock=lambda: in_two_minutes)
    assert await working.work_one(later, {"counts": KINDS["counts"]})
    assert (await alba.said("order-count"))[-1] == "-"


async def test_proof_of_a_count_are_all_its_orders(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=2)
    await alba.chain.tell("orders/create", sale(1))
    await alba.chain.tell("orders/create", sale(2))
    async with alba.chain.doors.data.tenant(ALBA):
        [told] = [
            each for each in await notifications.latest(ALBA, 9) if each.kind == "order-count"
        ]
    assert len(told.proof) == told.facts.count == 2


async def test_carts_are_counted_and_nothing_of_whose_they_are(alba: Talk) -> None:
    await alba.wishes("cart-activity", minimum=2)
    await alba.chain.tell("carts/create", cart("c1"))
    await alba.chain.tell("carts/update", cart("c1"))
    assert await alba.said("cart-activity") == []
    await alba.chain.tell("checkouts/create", {**cart("x"), "token": "t", "cart_token": "c2"})
    said = "Alba mug was put into 2 carts in the last 24 hours"
    assert await alba.said("cart-activity") == [said]
    await alba.chain.tell("carts/update", {**cart("c1"), "line_items": []})
    assert await alba.said("cart-activity") == [said, "-"]


# Stock --------------------------------------------------------------------------------------------


async def test_few_are_told_of_until_none_or_many_are_left(alba: Talk) -> None:
    await alba.wishes("low-stock", minimum=3)
    for available in (9, 3, 2, 0, 1, 8):
        await alba.chain.tell("inventory_levels/update", level(available=available))
    assert await alba.said("low-stock") == [
        "Alba mug: 3 left",
        "Alba mug: 2 left",
        "-",
        "Alba mug: 1 left",
        "-",
    ]


async def test_stock_that_nobody_counts_is_not_told(alba: Talk) -> None:
    await alba.wishes("low-stock", minimum=3)
    await alba.chain.tell("inventory_levels/update", level(available=None))
    assert await alba.said("low-stock") == []
    assert (await alba.decisions("low-stock"))[-1] == "unknown-stock"


async def test_product_that_comes_back_is_told_once_and_not_when_it_goes_again(alba: Talk) -> None:
    await alba.wishes("back-in-stock")
    for available in (0, 4, 6, 0):
        await alba.chain.tell("inventory_levels/update", level(available=available))
    assert await alba.said("back-in-stock") == ["Alba mug is back in stock", "-"]


# Products -----------------------------------------------------------------------------------------


async def test_new_product_is_told_when_it_can_be_bought(alba: Talk) -> None:
    await alba.wishes("just-launched")
    made = datetime.now(UTC).isoformat()
    tea = product(id=8002, title="Tea bowl", handle="tea-bowl", created_at=made)
    await alba.chain.tell("products/create", {**tea, "status": "draft"})
    assert await alba.said("just-launched") == []
    later = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    await alba.chain.tell("products/update", {**tea, "updated_at": later})
    assert await alba.said("just-launched") == ["New in the shop: Tea bowl"]


async def test_old_product_that_is_published_again_is_not_new(alba: Talk) -> None:
    await alba.wishes("just-launched")
    made = (datetime.now(UTC) - timedelta(days=90)).isoformat()
    for number, status in enumerate(("draft", "active"), start=1):
        moment = (datetime.now(UTC) + timedelta(seconds=number)).isoformat()
        changed = product(created_at=made, status=status, updated_at=moment)
        await alba.chain.tell("products/update", changed)
    assert await alba.said("just-launched") == []
    assert (await alba.decisions("just-launched"))[-1] == "too-old"


# People -------------------------------------------------------------------------------------------


async def test_sign_up_is_told_of_nobody_by_name(alba: Talk) -> None:
    await alba.wishes("sign-up")
    await alba.chain.tell("customers/create", customer())
    assert await alba.said("sign-up") == ["Someone signed up"]
    for message in await alba.chain.heard():
        assert b"Margaux" not in message.data
    assert all(b"9001" not in value and b"Margaux" not in value for value in alba.chain.logged)


async def test_customer_who_is_deleted_or_opts_out_is_taken_back(alba: Talk) -> None:
    await alba.wishes("sign-up")
    await alba.chain.tell("customers/create", customer())
    await alba.chain.tell("customers/delete", {"id": 9001})
    await alba.chain.tell("customers/create", customer(id=9002))
    await alba.chain.tell(
        "customer.tags_added",
        {"customerId": "gid://shopify/Customer/9002", "tags": ["Earshot-Opt-Out"]},
    )
    assert await alba.said("sign-up") == ["Someone signed up", "-", "Someone signed up", "-"]


async def test_tags_are_kept_of_a_customer_and_on_no_event(alba: Talk) -> None:
    gid = "gid://shopify/Customer/9001"
    await alba.chain.tell("customer.tags_added", {"customerId": gid, "tags": " VIP, hiv-clinic "})
    await alba.chain.tell("customer.tags_removed", {"customerId": gid, "tags": ["vip"]})
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        kept = await customers.find(connection, ALBA, customer_id(ALBA, 9001))
        stored = await connection.fetch("SELECT data FROM events WHERE entity LIKE 'customer:%'")
    assert kept.tags == ("hiv-clinic",)
    assert all(set(json.loads(row["data"])) == {"id", "updated_at"} for row in stored)
    assert all(b"vip" not in value.lower() and b"hiv" not in value for value in alba.chain.logged)


async def test_customer_who_opted_out_before_is_never_told(alba: Talk) -> None:
    await alba.wishes("sign-up")
    gid = "gid://shopify/Customer/9001"
    await alba.chain.tell("customer.tags_added", {"customerId": gid, "tags": ["earshot-opt-out"]})
    await alba.chain.tell("customers/create", customer())
    assert await alba.said("sign-up") == []
    assert "privacy" in await alba.decisions("sign-up")


async def test_orders_of_a_customer_who_opted_out_are_told_to_nobody(alba: Talk) -> None:
    gid = "gid://shopify/Customer/9001"
    await alba.chain.tell("customer.tags_added", {"customerId": gid, "tags": ["earshot-opt-out"]})
    await alba.chain.tell("orders/create", order(1))
    assert await alba.said("recent-order") == []
    assert await alba.decisions("recent-order") == ["privacy"]
    await alba.chain.tell("customer.tags_removed", {"customerId": gid, "tags": ["earshot-opt-out"]})
    await alba.chain.tell("orders/create", order(2))
    assert await alba.said("recent-order") == ["Someone bought Alba mug"]


async def test_orders_that_are_known_to_be_a_customers_go_when_they_opt_out(alba: Talk) -> None:
    await alba.wishes("recent-order", filters=Filters(customers="first"))
    await alba.wishes("order-count", enabled=False)
    await alba.chain.tell("orders/create", order(1))
    counted = {
        "customerId": "gid://shopify/Customer/9001",
        "numberOfOrders": "1",
        "lastOrderId": f"gid://shopify/Order/{order(1)['id']}",
        "occurredAt": datetime.now(UTC).isoformat(),
    }
    await alba.chain.tell("customers/purchasing_summary", counted)
    tagged = {"customerId": "gid://shopify/Customer/9001", "tags": ["earshot-opt-out"]}
    await alba.chain.tell("customer.tags_added", tagged)
    assert await alba.said("recent-order") == ["Someone bought Alba mug", "-"]


@pytest.mark.parametrize(("kind", "levels"), [("back-in-stock", (0, 4)), ("low-stock", (9, 2))])
async def test_what_was_saved_but_not_announced_is_announced(
    alba: Talk, kind: str, levels: tuple[int, int]
) -> None:
    await alba.wishes(kind)
    await alba.stocks_now(levels[0])
    await alba.chain.receive("inventory_levels/update", level(available=levels[1]))
    [record] = await alba.chain.events(await alba.chain.relay())
    nobody = Live(command_client("redis://127.0.0.1:1"), listening_pool("redis://127.0.0.1:1"))
    with pytest.raises(LiveUnavailable):
        await notify.handle(record, replace(alba.chain.doors, live=nobody))
    await nobody.close()
    assert await alba.said(kind) == []
    await notify.handle(record, alba.chain.doors)
    assert len(await alba.said(kind)) == 1


# What the shop says itself ------------------------------------------------------------------------


async def test_review_is_told_from_enough_stars_on_and_once_per_reference(alba: Talk) -> None:
    await alba.wishes("review")
    for reference, rating in (("r1", 3.9), ("r2", 4.5)):
        assert await alba.reports(review(reference, rating))
    assert not await alba.reports(review("r2", 5))
    assert await alba.said("review") == ["Alba mug was rated 4.5 ★"]


async def test_news_of_its_own_kind_are_told_in_the_shop_s_words(alba: Talk) -> None:
    wording = {"en": "Somebody booked a workshop"}
    await alba.wishes("reported", report="workshop", wording=wording)
    now = datetime.now(UTC)
    await alba.reports(ShopReported(reference="w1", occurred_at=now, kind="workshop"))
    await alba.reports(ShopReported(reference="w2", occurred_at=now, kind="other"))
    await alba.reports(SignUpReported(reference="s1", occurred_at=now))
    assert await alba.said("reported") == ["Somebody booked a workshop"]


async def test_announcement_is_told_when_it_is_published_and_proved_by_that(alba: Talk) -> None:
    rule = await alba.wishes("announcement", wording={"en": "Open on Sunday"})
    assert await alba.said("announcement") == []
    await ruling.publish(alba.chain.doors, alba.chain.intake, CALLER, rule.id)
    await alba.chain.notify(await alba.chain.relay())
    assert await alba.said("announcement") == ["Open on Sunday"]


async def test_announcement_without_words_cannot_be_switched_on(alba: Talk) -> None:
    with pytest.raises(RuleInvalid):
        await alba.wishes("announcement")


# Refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"filters": Filters(never=Selection(products=(8001,)))}, "excluded-product"),
        ({"filters": Filters(only=Selection(products=(8002,)))}, "other-product"),
        ({"filters": Filters(only=Selection(vendors=("borealis",)))}, "other-product"),
        ({"filters": Filters(countries=("DE",))}, "country"),
        ({"filters": Filters(channels=("pos",))}, "channel"),
        ({"filters": Filters(least_price=Decimal(50))}, "price"),
        ({"filters": Filters(customers="first")}, "customer"),
        ({"schedule": Schedule(begins_on=datetime(2030, 1, 1).date())}, "not-scheduled"),
        ({"schedule": Schedule(quiet_hours=QuietHours("00:00", "23:59"))}, "quiet-hours"),
    ],
)
async def test_order_that_a_rule_is_not_about_is_kept_with_the_word(
    alba: Talk, wish: dict[str, Any], word: str
) -> None:
    await alba.wishes("recent-order", **wish)
    await alba.chain.tell("orders/create", sale(1))
    assert await alba.said("recent-order") == []
    assert await alba.decisions("recent-order") == [word]


async def test_product_with_the_sensitive_tag_is_never_told(alba: Talk) -> None:
    later = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    await alba.chain.tell("products/update", product(tags="earshot-never", updated_at=later))
    await alba.chain.tell("orders/create", sale(1))
    assert await alba.said("recent-order") == []
    assert (await alba.decisions("recent-order"))[-1] == "sensitive-product"


async def test_refund_of_a_whole_line_takes_its_card_off(alba: Talk) -> None:
    await alba.chain.tell("orders/create", sale(1))
    refund = {
        "id": 1,
        "order_id": sale(1)["id"],
        "refund_line_items": [{"line_item_id": 10, "quantity": 1}],
    }
    await alba.chain.tell("refunds/create", refund)
    assert await alba.said("recent-order") == ["Someone bought Alba mug", "-"]


async def test_another_shop_hears_nothing_of_it(alba: Talk) -> None:
    await alba.chain.install(BOREALIS)
    await alba.wishes("sign-up")
    await alba.chain.tell("customers/create", customer())
    assert await alba.chain.heard(BOREALIS) == []


@pytest.mark.parametrize("kind", BY_NAME)
async def test_no_notification_is_stored_without_stored_proof(alba: Talk, kind: str) -> None:
    rule = await alba.rule(kind)
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        await rules.save(connection, ALBA, rule, "42", datetime.now(UTC))
    made = a_notification(rule=rule.id, kind=kind)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await _store(alba, made)


async def _store(talk: Talk, made: Notification) -> None:
    async with talk.chain.doors.data.tenant(ALBA) as connection:
        await notifications.save(connection, ALBA, made, datetime.now(UTC))


def cart(token: str) -> dict[str, Any]:
    return {
        "id": token,
        "token": token,
        "line_items": [{"id": 1, "product_id": 8001, "variant_id": 9101, "quantity": 1}],
        "created_at": datetime.now(UTC).isoformat(),
        "updated_at": datetime.now(UTC).isoformat(),
    }


def customer(**changes: Any) -> dict[str, Any]:
    moment = datetime.now(UTC).isoformat()
    return {
        "id": 9001,
        "first_name": "Margaux",
        "default_address": {"city": "Lyon", "country_code": "FR"},
        "created_at": moment,
        "updated_at": moment,
    } | changes


def cancelled(number: int) -> dict[str, Any]:
    moment = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    return sale(number, cancelled_at=moment, updated_at=moment)


def review(reference: str, rating: float) -> ReviewPosted:
    return ReviewPosted(
        reference=reference, occurred_at=datetime.now(UTC), product_id=8001, rating=rating
    )
