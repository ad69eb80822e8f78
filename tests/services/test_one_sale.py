from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import redis.asyncio

from app.domain import frames
from app.errors import LiveUnavailable
from app.live.connections import command_client, listening_pool
from app.live.door import Live
from app.workers import notify
from tests.cast import ALBA, BOREALIS, line_item, order, product
from tests.services.chain import Chain


async def test_a_paid_order_becomes_a_card(chain: Chain) -> None:
    await chain.install()
    await chain.tell("products/create", product())
    await chain.tell("orders/create", order())
    [message] = await chain.heard()
    assert message.event == "notification"
    card = msgspec.json.decode(message.data, type=frames.Notification)
    assert card.kind == "recent-order"
    assert card.subject == "order-line:50010"
    assert card.facts.product
    assert card.facts.product.title == "Alba mug"
    assert card.facts.product.url == "/products/alba-mug"
    assert card.facts.product.image == "https://cdn.example/alba-mug.jpg"


async def test_a_card_carries_nothing_personal(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    [message] = await chain.heard()
    for personal in (b"Margaux", b"Delacroix", b"Lyon", b"margaux@example.com", b"9001"):
        assert personal not in message.data


async def test_create_paid_and_updated_complete_one_notification(chain: Chain) -> None:
    await chain.install()
    payload = order()
    for topic in ("orders/create", "orders/paid", "orders/updated"):
        await chain.receive(topic, payload)
    await chain.notify(await chain.relay())
    assert len(await chain.heard()) == 1


async def test_an_unpaid_order_makes_no_card_until_it_is_paid(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order(financial_status="pending"))
    assert await chain.heard() == []
    await chain.tell("orders/paid", order())
    assert len(await chain.heard()) == 1


async def test_a_test_order_makes_no_card(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order(test=True))
    assert await chain.heard() == []


async def test_a_cancelled_order_takes_its_card_back(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    await chain.tell("orders/cancelled", order(cancelled_at="2026-11-21T10:00:00Z"))
    card, retraction = await chain.heard()
    assert retraction.event == "retraction"
    told = msgspec.json.decode(retraction.data, type=frames.Retraction)
    assert told.reason == "order-cancelled"
    assert told.id == msgspec.json.decode(card.data, type=frames.Notification).id


async def test_a_cancellation_that_overtakes_its_order_leaves_no_card(chain: Chain) -> None:
    await chain.install()
    earlier, later = "2026-11-21T10:00:00Z", "2026-11-21T10:00:05Z"
    await chain.tell("orders/cancelled", order(updated_at=later, cancelled_at=later))
    await chain.tell("orders/create", order(updated_at=earlier))
    assert await chain.heard() == []


async def test_a_line_that_leaves_its_order_takes_its_card_back(chain: Chain) -> None:
    await chain.install()
    two = [line_item(1), line_item(2, product_id=8002, title="Alba bowl")]
    await chain.tell("orders/create", order(line_items=two))
    one = [line_item(1), line_item(2, product_id=8002, title="Alba bowl", current_quantity=0)]
    await chain.tell("orders/updated", order(line_items=one))
    assert [message.event for message in await chain.heard()] == [
        "notification",
        "notification",
        "retraction",
    ]


async def test_an_event_handed_over_again_makes_no_second_card(chain: Chain) -> None:
    await chain.install()
    await chain.receive("orders/create", order())
    [record] = await chain.events(await chain.relay())
    # As after a crash between the effect and its commit.
    for _ in range(2):
        await notify.handle(record, chain.doors)
    assert len(await chain.heard()) == 1


async def test_each_shop_hears_its_own_orders_only(chain: Chain) -> None:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    await chain.tell("orders/create", order(), shop=ALBA)
    assert len(await chain.heard(ALBA)) == 1
    assert await chain.heard(BOREALIS) == []


async def test_a_deleted_product_takes_its_cards_back(chain: Chain) -> None:
    await chain.install()
    await chain.tell("products/create", product())
    await chain.tell("orders/create", order())
    await chain.tell("products/delete", {"id": 8001})
    assert [message.event for message in await chain.heard()] == ["notification", "retraction"]


async def test_an_unpublished_product_takes_its_cards_back_and_makes_none(chain: Chain) -> None:
    await chain.install()
    await chain.tell("products/create", product())
    await chain.tell("orders/create", order(1))
    later = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    await chain.tell("products/update", product(status="draft", updated_at=later))
    await chain.tell("orders/create", order(2))
    assert [message.event for message in await chain.heard()] == ["notification", "retraction"]


async def test_what_no_page_shows_any_more_is_withdrawn_without_a_word(chain: Chain) -> None:
    """Years of orders of one product would push everything else out of the stream."""
    await chain.install()
    await chain.tell("orders/create", order(1))
    async with chain.doors.data.system() as connection:
        await connection.execute(
            "UPDATE notifications SET occurred_at = occurred_at - interval '8 days'"
        )
    await chain.tell("orders/create", order(2))
    await chain.tell("products/delete", {"id": 8001})
    events = [message.event for message in await chain.heard()]
    assert events == ["notification", "notification", "retraction"]
    async with chain.doors.data.system() as connection:
        rows = await connection.fetch("SELECT state, revision, proof FROM notifications")
    assert [(row["state"], row["revision"], len(row["proof"])) for row in rows] == [
        ("retracted", 2, 2)
    ] * 2


async def test_a_retraction_that_was_saved_but_not_announced_is_announced(chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    await chain.receive("products/delete", {"id": 8001})
    [record] = await chain.events(await chain.relay())
    nobody = Live(command_client("redis://127.0.0.1:1"), listening_pool("redis://127.0.0.1:1"))
    with pytest.raises(LiveUnavailable):
        await notify.handle(record, replace(chain.doors, live=nobody))
    await nobody.close()
    await notify.handle(record, chain.doors)
    assert [message.event for message in await chain.heard()] == ["notification", "retraction"]


async def test_an_unchanged_order_is_not_announced_again(chain: Chain) -> None:
    """Not even when Redis has forgotten what it announced."""
    await chain.install()
    await chain.tell("orders/create", order())
    client = redis.asyncio.from_url(chain.doors.settings.redis_url)
    await client.flushdb()
    await client.aclose()
    await chain.tell("orders/updated", order())
    assert await chain.heard() == []


async def test_an_order_from_long_ago_makes_no_card(chain: Chain) -> None:
    await chain.install()
    long_ago = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    await chain.tell("orders/create", order(processed_at=long_ago))
    assert await chain.heard() == []


async def test_of_two_changes_in_one_second_the_cancellation_is_the_newer(chain: Chain) -> None:
    await chain.install()
    same = "2026-11-21T10:00:00Z"
    await chain.tell("orders/cancelled", order(updated_at=same, cancelled_at=same))
    await chain.tell("orders/paid", order(updated_at=same))
    assert await chain.heard() == []
