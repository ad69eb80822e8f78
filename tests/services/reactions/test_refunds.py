"""What was given back is not told, in whatever order Shopify says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast import line_item, order
from tests.services.reactions.shops import Talk

MUG = "Someone bought Alba mug"


def refund(number: int, quantity: int, of: int = 1) -> dict[str, Any]:
    lines = [{"line_item_id": of * 10, "quantity": quantity}]
    return {"id": number, "order_id": order(of)["id"], "refund_line_items": lines}


def sale(pieces: int, left: int, seconds: int = 0) -> dict[str, Any]:
    moment = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()
    line = line_item(10, quantity=pieces, current_quantity=left)
    return order(1, line_items=[line], updated_at=moment)


async def test_one_piece_of_two_leaves_the_card_whichever_webhook_comes_first(alba: Talk) -> None:
    await alba.chain.tell("orders/create", sale(2, 2))
    await alba.chain.tell("orders/updated", sale(2, 1, seconds=1))
    await alba.chain.tell("refunds/create", refund(1, 1))
    assert "-" not in await alba.said("recent-order")
    await alba.chain.tell("refunds/create", refund(2, 1))
    assert (await alba.said("recent-order"))[-1] == "-"


async def test_twins_of_one_refund_give_back_once(alba: Talk) -> None:
    await alba.chain.tell("orders/create", sale(2, 2))
    for _ in range(2):
        await alba.chain.tell("refunds/create", refund(1, 1))
    assert "-" not in await alba.said("recent-order")


async def test_a_refund_that_overtakes_its_order_leaves_no_card(alba: Talk) -> None:
    await alba.chain.tell("refunds/create", refund(1, 1))
    await alba.chain.tell("orders/create", sale(1, 1))
    assert await alba.said("recent-order") == []
    assert (await alba.decisions("recent-order"))[-1] == "refunded"


async def test_what_was_given_back_does_not_count(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=1)
    await alba.chain.tell("refunds/create", refund(1, 1))
    await alba.chain.tell("orders/create", sale(1, 1))
    assert await alba.said("order-count") == []
