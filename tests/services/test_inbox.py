"""What the inbox does with what is odd: nothing is lost, and nobody else is held up."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from app.data import deliveries
from app.domain.deliveries import Receipt
from app.errors import EventLogUnavailable, ShopUnknown
from app.eventlog.producing import Producer
from app.services import lifecycle, relaying, upkeep
from app.shopify import webhooks
from app.shopify.id_tokens import Merchant
from tests.cast import (
    ALBA,
    ANA,
    BOREALIS,
    CLOSED_CAFE,
    encoded,
    line_item,
    order,
    product,
    webhook_headers,
)
from tests.services.chain import Chain


async def _rows(chain: Chain, query: str, *args: Any) -> list[Any]:
    async with chain.doors.data.system() as connection:
        return list(await connection.fetch(query, *args))


async def test_what_is_not_json_is_kept_and_parked(chain: Chain) -> None:
    await chain.install()
    assert await chain.receive("orders/create", b"\xff not json") is Receipt.STORED
    await chain.receive("orders/create", order())
    await chain.notify(await chain.relay() - 1)
    [letter] = await _rows(chain, "SELECT * FROM dead_letters")
    assert (letter["shop"], letter["worker"], letter["reason"]) == (ALBA, "relay", "not-json")
    assert letter["message"] == b"\xff not json"
    [parked] = await _rows(chain, "SELECT * FROM deliveries WHERE state = 'parked'")
    assert parked["body"] == b"\xff not json"
    assert len(await chain.heard()) == 1


@pytest.mark.parametrize("payload", [[], "text", None, 7, {}, {"id": "x"}, {"id": 1}])
async def test_json_of_another_shape_is_parked(chain: Chain, payload: object) -> None:
    await chain.install()
    await chain.receive("orders/create", payload)
    await chain.relay()
    [letter] = await _rows(chain, "SELECT reason, trace FROM dead_letters")
    assert letter["reason"] == "unexpected-shape"


@pytest.mark.parametrize(
    "body",
    [
        b'{"x":' + b"[" * 20_000 + b"]" * 20_000 + b',"id":1}',
        b'{"id": 1, "updated_at": "0001-01-01T00:00:00+14:00"}',
        b'{"id": 1, "updated_at": "9999-12-31T23:59:59-14:00"}',
        b'{"id": 1180591620717411303424, "updated_at": "2026-11-21T10:00:00Z"}',
    ],
)
async def test_an_impossible_order_is_parked_and_the_others_go_on(
    chain: Chain, body: bytes
) -> None:
    await chain.install()
    await chain.receive("orders/create", body)
    await chain.receive("app/uninstalled", body)
    await chain.receive("orders/create", order())
    await chain.notify(await chain.relay() - 2)
    assert len(await chain.heard()) == 1
    assert len(await _rows(chain, "SELECT 1 FROM dead_letters")) == 2


async def test_one_delivery_that_cannot_be_stored_fails_alone(chain: Chain) -> None:
    body = encoded(order())
    good = webhooks.parse(_lower(webhook_headers(body, "orders/create")), body)
    impossible = msgspec.structs.replace(good, webhook_id="a\0b")
    answers = await asyncio.gather(
        *(chain.intake.accept(each) for each in (good, impossible)), return_exceptions=True
    )
    assert answers[0] is Receipt.STORED
    assert isinstance(answers[1], Exception)


def _lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


async def test_what_postgres_cannot_store_is_parked_by_the_worker(chain: Chain) -> None:
    """A NUL is good JSON, but no text to Postgres."""
    from app.workers import notify, runtime

    await chain.install()
    await chain.receive("products/create", product(title="a\0b"))
    [record] = await chain.events(await chain.relay())
    consumption = runtime.Consumption(
        "notify",
        chain.follower,
        handle=lambda each: notify.handle(each, chain.doors),
        park=lambda each, error, trace: notify.park(each, error, trace, chain.doors),
    )
    await consumption._handle_or_park(record)
    [letter] = await _rows(chain, "SELECT * FROM dead_letters")
    assert letter["worker"] == "notify"
    assert letter["message"] == record.value
    assert "Traceback" in letter["trace"]


async def test_a_shop_that_never_opened_the_app_is_worked_off_when_it_does(chain: Chain) -> None:
    await chain.receive("products/create", product())
    await chain.receive("orders/create", order())
    await chain.relay()
    assert [row["state"] for row in await _rows(chain, "SELECT state FROM deliveries")] == [
        "held",
        "held",
    ]
    await chain.install()
    await chain.notify(await chain.relay())
    assert len(await chain.heard()) == 1


async def test_what_was_held_goes_before_what_is_new(chain: Chain) -> None:
    await chain.receive("orders/create", order(1))
    await chain.relay()
    await chain.install()
    await chain.receive("orders/create", order(2))
    passed = await chain.events(await chain.relay())
    ids = [record.value.split(b'"data":{"id":')[1].split(b",")[0] for record in passed]
    assert ids == [str(order(1)["id"]).encode(), str(order(2)["id"]).encode()]


async def test_an_unclaimed_delivery_is_forgotten_after_30_days(chain: Chain) -> None:
    await chain.receive("orders/create", order(1), shop=BOREALIS)
    await chain.receive("orders/create", order(2), shop=ALBA)
    await chain.install(ALBA)
    await chain.relay()
    async with chain.doors.data.system() as connection:
        await connection.execute(
            "SELECT ensure_partition('deliveries', (now() - interval '31 days')::date)"
        )
        await connection.execute(
            "UPDATE deliveries SET received_at = received_at - interval '30 days 1 minute'"
        )
    assert await upkeep.tidy(chain.doors.data) == 1
    assert [row["shop"] for row in await _rows(chain, "SELECT shop FROM deliveries")] == [ALBA]


async def test_an_unclaimed_delivery_is_kept_until_then(chain: Chain) -> None:
    await chain.receive("orders/create", order(), shop=BOREALIS)
    await chain.relay()
    assert await upkeep.tidy(chain.doors.data) == 0
    assert len(await _rows(chain, "SELECT 1 FROM deliveries")) == 1


async def _uninstall(chain: Chain, shop: str) -> None:
    await chain.install(shop)
    await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": shop}, shop)
    await chain.relay()


async def test_a_shop_that_uninstalled_is_dropped(chain: Chain) -> None:
    await _uninstall(chain, CLOSED_CAFE)
    assert await chain.receive("orders/create", order(), CLOSED_CAFE) is Receipt.DROPPED
    topics = await _rows(chain, "SELECT topic FROM deliveries")
    assert [row["topic"] for row in topics] == ["app/uninstalled"]


@pytest.mark.parametrize("topic", ["customers/data_request", "customers/redact", "shop/redact"])
async def test_compliance_topics_are_kept_after_an_uninstall(chain: Chain, topic: str) -> None:
    await _uninstall(chain, CLOSED_CAFE)
    body = {"shop_id": 1, "shop_domain": CLOSED_CAFE}
    assert await chain.receive(topic, body, CLOSED_CAFE) is Receipt.STORED
    await chain.relay()
    actions = await _rows(chain, "SELECT action FROM audit_log ORDER BY id")
    assert actions[-1]["action"] == f"received {topic}"


async def test_a_delivery_on_its_way_during_an_uninstall_makes_no_card(chain: Chain) -> None:
    await chain.install()
    await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": ALBA})
    await chain.receive("orders/create", order())
    passed = await chain.relay()
    await chain.notify(passed - 1)
    assert await chain.heard() == []


async def test_an_uninstall_from_before_the_installation_changes_nothing(chain: Chain) -> None:
    """Webhooks may arrive in any order around a reinstallation."""
    early = chain.doors.clock() - timedelta(hours=1)
    await chain.install()
    async with chain.doors.data.system() as connection:
        from app.data import shops

        assert not await shops.uninstall(connection, ALBA, early)
        assert await shops.state(connection, ALBA) == "installed"


async def test_an_uninstall_in_another_shops_name_is_parked(chain: Chain) -> None:
    """The header is not signed: a body of one shop's must not end another."""
    await chain.install(ALBA)
    await chain.receive("app/uninstalled", {"id": 1, "myshopify_domain": BOREALIS}, ALBA)
    await chain.relay()
    [letter] = await _rows(chain, "SELECT reason FROM dead_letters")
    assert letter["reason"] == "other-shop"
    [shop] = await _rows(chain, "SELECT state FROM shops")
    assert shop["state"] == "installed"


@pytest.mark.parametrize("body", [{}, {"id": 1}, {"id": 1, "myshopify_domain": None}])
async def test_an_uninstall_that_names_no_shop_is_parked(
    chain: Chain, body: dict[str, object]
) -> None:
    await chain.install(ALBA)
    await chain.receive("app/uninstalled", body, ALBA)
    await chain.relay()
    [shop] = await _rows(chain, "SELECT state FROM shops")
    assert shop["state"] == "installed"


async def test_a_page_from_before_the_uninstall_does_not_install_again(chain: Chain) -> None:
    before = chain.doors.clock() - timedelta(seconds=30)
    await _uninstall(chain, ALBA)
    with pytest.raises(ShopUnknown):
        await lifecycle.install(chain.doors.data, Merchant(ALBA, ANA, before), chain.doors.clock())
    [shop] = await _rows(chain, "SELECT state FROM shops")
    assert shop["state"] == "uninstalled"


async def test_an_uninstalled_shop_may_come_back(chain: Chain) -> None:
    await _uninstall(chain, ALBA)
    await chain.install(ALBA)
    assert await chain.receive("orders/create", order()) is Receipt.STORED
    await chain.notify(await chain.relay())
    assert len(await chain.heard()) == 1


async def test_deliveries_that_come_together_share_a_commit(chain: Chain) -> None:
    await chain.install()
    receipts = await asyncio.gather(
        *(chain.receive("orders/create", order(number)) for number in range(100))
    )
    assert set(receipts) == {Receipt.STORED}
    rows = await _rows(chain, "SELECT count(*), count(DISTINCT xid) AS commits FROM deliveries")
    assert rows[0]["count"] == 100
    assert rows[0]["commits"] < 10


async def test_the_same_delivery_twice_at_once_is_kept_once(chain: Chain) -> None:
    await chain.install()
    receipts = await asyncio.gather(
        *(chain.receive("orders/create", order(), webhook_id="twin") for _ in range(5))
    )
    assert sorted(receipts) == [Receipt.DUPLICATE] * 4 + [Receipt.STORED]


async def test_a_late_commit_is_not_skipped(chain: Chain) -> None:
    """A slow transaction's delivery has a lower id, and is relayed all the same."""
    await chain.install()
    async with chain.doors.data.system() as slow:
        await slow.execute(
            "INSERT INTO deliveries (shop, webhook_id, topic, api_version, headers, body)"
            " VALUES ($1, 'slow', 'orders/create', '2026-10', '{}', $2)",
            ALBA,
            encoded(order(1)),
        )
        await chain.receive("orders/create", order(2))
        progress = await relaying.relay(chain.doors.data, chain.producer, chain.doors.clock())
        assert (progress.passed, progress.more) == (0, True)
    assert await chain.relay() == 2


async def test_commit_order_is_by_number_not_by_text(chain: Chain) -> None:
    async with chain.doors.data.system() as connection:
        for xid in ("10", "9"):
            await connection.execute(
                "INSERT INTO deliveries (shop, webhook_id, topic, api_version, headers, body, xid)"
                " VALUES ($1, $2::text, 'orders/create', '2026-10', '{}', '', $2::text::xid8)",
                ALBA,
                xid,
            )
        followed = await deliveries.follow(connection, "0", 0, 10)
    assert [each.xid for each in followed] == ["9", "10"]


async def test_a_bell_tells_that_deliveries_came(chain: Chain) -> None:
    from app.data.doorbells import listening

    async with listening(chain.doors.settings.database_url) as bell:
        await chain.receive("orders/create", order())
        async with asyncio.timeout(2):
            await bell.wait(5)


async def test_nothing_is_lost_while_kafka_is_away(chain: Chain) -> None:
    await chain.install()
    await chain.receive("orders/create", order())
    nobody = Producer("127.0.0.1:1", chain.doors.settings.kafka_topic_prefix)
    with pytest.raises(EventLogUnavailable):
        await relaying.relay(chain.doors.data, nobody, chain.doors.clock())
    await chain.notify(await chain.relay())
    assert len(await chain.heard()) == 1


async def test_two_relays_never_pass_the_same_delivery(chain: Chain) -> None:
    await chain.install()
    for number in range(20):
        await chain.receive("orders/create", order(number))
    rounds = await asyncio.gather(
        *(relaying.relay(chain.doors.data, chain.producer, chain.doors.clock()) for _ in range(4))
    )
    assert sum(each.passed for each in rounds) + await chain.relay() == 20
    assert len(await chain.events(20)) == 20


async def test_the_headers_of_a_delivery_are_kept_but_its_signature_is_none_of_ours(
    chain: Chain,
) -> None:
    await chain.receive("orders/create", order())
    [row] = await _rows(chain, "SELECT headers FROM deliveries")
    assert "x-shopify-event-id" in row["headers"]


async def test_a_duplicate_is_told_apart_from_what_is_ignored(chain: Chain) -> None:
    await chain.install()
    assert await chain.receive("themes/publish", {}, webhook_id="t") is Receipt.IGNORED
    assert await chain.receive("themes/publish", {}, webhook_id="t") is Receipt.DUPLICATE
    assert await chain.relay() == 1
    async with chain.doors.data.system() as connection:
        assert not await deliveries.held_of_installed(connection, 10)


async def test_an_event_too_large_for_kafka_is_parked_and_holds_nobody_up(chain: Chain) -> None:
    await chain.install()
    lines = [line_item(number, title="mug " * 50) for number in range(1, 4001)]
    await chain.receive("orders/create", order(1, line_items=lines))
    await chain.receive("orders/create", order(2))
    await chain.notify(await chain.relay() - 1)
    [letter] = await _rows(chain, "SELECT worker, reason FROM dead_letters")
    assert (letter["worker"], letter["reason"]) == ("relay", "too-large")
    assert len(await chain.heard()) == 1
