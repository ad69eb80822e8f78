"""A customer who is to be forgotten is forgotten everywhere, and the shop goes on."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import redis.asyncio

from app.data import compliance_requests
from app.domain import frames
from app.domain.compliance import Request
from app.domain.settings import Privacy, ShopSettings
from app.services import relaying, shop_settings, storefront
from app.services.privacy import inbox, requests
from app.shopify import orders
from app.shopify.id_tokens import Merchant
from app.workers import notify
from tests.cast import ALBA, ANA, BOREALIS, encoded
from tests.services.chain import Chain
from tests.services.privacy.everything import held, where
from tests.services.privacy.people import CAMILLE, MARGAUX, OF_MARGAUX, ask, demand, order_of

REDACT = "customers/redact"
OPEN = Privacy(name="first-name", place="town", crowd=2, understood=True)


async def rows(chain: Chain, query: str, *arguments: Any) -> list[Any]:
    async with chain.doors.data.system() as connection:
        return list(await connection.fetch(query, *arguments))


async def of_alba(chain: Chain) -> list[Request]:
    async with chain.doors.data.tenant(ALBA) as connection:
        return await compliance_requests.page_of(connection, ALBA, 100, 0)


async def work_off(chain: Chain) -> None:
    while await requests.work_off_one(chain.doors):
        pass


@pytest.fixture
async def sold(chain: Chain) -> Chain:
    """Alba tells names and towns; Margaux has bought twice and Camille once."""
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    doors, now = chain.doors, chain.doors.clock()
    await shop_settings.save(
        doors.data, doors.live, Merchant(ALBA, ANA, now), ShopSettings(privacy=OPEN), now
    )
    await chain.tell("orders/create", order_of(CAMILLE, 1))
    await chain.tell("orders/create", order_of(MARGAUX, 2))
    await chain.tell("orders/updated", order_of(MARGAUX, 3))
    return chain


async def test_nothing_of_the_customer_is_left_anywhere(sold: Chain) -> None:
    before = await held(sold)
    assert where(before, "Margaux") == ["notifications", "deliveries", "redis"]
    await ask(sold, REDACT, orders_to_redact=[order_of(MARGAUX, 2)["id"]])
    await work_off(sold)
    after = await held(sold)
    for text in OF_MARGAUX:
        assert where(after, text) == [], text


async def test_nothing_personal_was_ever_on_kafka(sold: Chain) -> None:
    assert len(sold.logged) == 3
    kafka = {"kafka": (await held(sold))["kafka"]}
    for text in (*OF_MARGAUX, "Camille", "Lyon", "example.com"):
        assert where(kafka, text) == [], text


async def test_tags_of_the_customer_are_left_nowhere(sold: Chain) -> None:
    tagged = {"customerId": f"gid://shopify/Customer/{MARGAUX['id']}", "tags": ["hiv-clinic"]}
    await sold.tell("customer.tags_added", tagged)
    assert where(await held(sold), "hiv-clinic") == ["customers", "deliveries"]
    # As events were stored that carried the tags themselves.
    older = """UPDATE events SET data = data || '{"tags": ["hiv-clinic"]}'
        WHERE entity LIKE 'customer:%' RETURNING 1"""
    assert len(await rows(sold, older)) == 1
    await ask(sold, REDACT)
    await work_off(sold)
    assert where(await held(sold), "hiv-clinic") == []


async def test_tags_that_are_worked_off_after_an_erasure_say_nothing(sold: Chain) -> None:
    tagged = {"customerId": f"gid://shopify/Customer/{MARGAUX['id']}", "tags": ["hiv-clinic"]}
    await sold.receive("customer.tags_added", tagged)
    passed = await sold.relay()
    await ask(sold, REDACT)
    await work_off(sold)
    await sold.notify(passed)
    assert where(await held(sold), "hiv-clinic") == []


async def test_whose_orders_they_were_is_forgotten(sold: Chain) -> None:
    kept = "SELECT count(customer) FROM events"
    assert [row[0] for row in await rows(sold, kept)] == [3]
    await ask(sold, REDACT)
    await work_off(sold)
    assert [row[0] for row in await rows(sold, kept)] == [1]


async def test_others_stay_as_they_are(sold: Chain) -> None:
    [before] = await rows(sold, "SELECT body FROM deliveries WHERE body LIKE '%Camille%'::bytea")
    await ask(sold, REDACT)
    await work_off(sold)
    [after] = await rows(sold, "SELECT body FROM deliveries WHERE body LIKE '%Camille%'::bytea")
    assert after == before
    config = await _config(sold)
    assert [card.facts.name for card in config.cards] == ["Camille"]


async def test_the_same_can_be_made_anew_of_what_is_left(sold: Chain) -> None:
    query = "SELECT body FROM deliveries WHERE topic LIKE 'orders/%' ORDER BY id"
    before = [orders.read(row["body"]) for row in await rows(sold, query)]
    await ask(sold, REDACT)
    await work_off(sold)
    assert [orders.read(row["body"]) for row in await rows(sold, query)] == before


async def test_open_pages_take_the_cards_off_and_start_anew(sold: Chain) -> None:
    heard: list[frames.Message] = []
    await sold.doors.live.subscriptions.subscribe(ALBA, heard.append)
    before = await sold.doors.live.position(ALBA)
    await ask(sold, REDACT)
    await work_off(sold)
    async with asyncio.timeout(5):
        while [message.event for message in heard][-1:] != ["reset"]:
            await asyncio.sleep(0.01)
    retractions = [
        msgspec.json.decode(message.data, type=frames.Retraction)
        for message in heard
        if message.event == "retraction"
    ]
    assert [each.reason for each in retractions] == ["redacted", "redacted"]
    assert await sold.doors.live.replay(ALBA, before) is None
    assert await sold.heard_since_reset() == []


async def test_orders_of_a_guest_are_found_by_their_address(sold: Chain) -> None:
    guest = order_of(MARGAUX, 4, customer=None)
    await sold.tell("orders/create", guest)
    await ask(sold, REDACT)
    await work_off(sold)
    [row] = await rows(
        sold, "SELECT state, reason FROM notifications WHERE source = $1", f"order:{guest['id']}"
    )
    assert tuple(row) == ("retracted", "redacted")


async def test_two_requests_about_one_customer_are_both_done(sold: Chain) -> None:
    await ask(sold, REDACT)
    await ask(sold, REDACT)
    await work_off(sold)
    assert [request.done_at is not None for request in await of_alba(sold)] == [True, True]
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text


async def test_what_was_still_to_be_gathered_of_them_is_nothing(sold: Chain) -> None:
    await ask(sold, REDACT)
    await ask(sold, "customers/data_request")
    assert await requests.work_off_one(sold.doors)
    assert not await requests.work_off_one(sold.doors)
    assert [request.has_export for request in await of_alba(sold)] == [False, False]
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text


async def test_cards_of_long_ago_do_not_push_others_out_of_the_stream(sold: Chain) -> None:
    await rows(
        sold,
        "UPDATE notifications SET occurred_at = now() - interval '8 days', state = 'published'"
        " WHERE facts->>'name' = 'Margaux' RETURNING 1",
    )
    before = await sold.doors.live.position(ALBA)
    client = redis.asyncio.from_url(sold.doors.settings.redis_url)
    await client.delete(f"recent:{ALBA}", *await client.keys(f"published:{ALBA}:*"))
    await client.aclose()
    await ask(sold, REDACT)
    await work_off(sold)
    assert await sold.doors.live.position(ALBA) == before
    states = await rows(sold, "SELECT state FROM notifications ORDER BY state")
    assert [row["state"] for row in states] == ["published", "retracted", "retracted"]


async def test_what_mentions_only_an_order_of_theirs_is_found_too(sold: Chain) -> None:
    """It came before the delivery that says whose order it is, in the order of the search."""
    refund = {"id": 1, "order_id": order_of(MARGAUX, 3)["id"], "note": "sorry, Mrs Delacroix"}
    await sold.receive("aaa/create", refund)
    await rows(sold, "SELECT ensure_partition('deliveries', (now() - interval '1 hour')::date)")
    await rows(
        sold,
        "UPDATE deliveries SET received_at = received_at - interval '1 hour'"
        " WHERE topic = 'aaa/create' RETURNING 1",
    )
    await ask(sold, REDACT)
    await work_off(sold)
    assert where(await held(sold), "Delacroix") == []


async def test_parked_and_ignored_and_waiting_deliveries_are_erased_too(sold: Chain) -> None:
    await sold.receive("orders/create", b'{"email": "margaux@example.com"')  # no JSON: parked
    await sold.receive("orders/create", order_of(MARGAUX, 5, line_items=[{"id": "Margaux"}]))
    await sold.relay()
    await sold.receive("customers/update", {"id": 1, **MARGAUX, "first_name": "Margaux"})
    letters = await rows(sold, "SELECT * FROM dead_letters")
    assert len(letters) == 2
    assert where(await held(sold), "margaux@example.com") == ["dead_letters", "deliveries"]
    await ask(sold, REDACT)
    await sold.receive("orders/updated", order_of(MARGAUX, 6))  # not relayed yet
    await work_off(sold)
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text
    await sold.relay()
    await sold.notify(2)  # the customer's, which was relayed with the request, and the order's
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text


async def test_what_is_held_for_a_shop_that_never_came_is_erased_too(chain: Chain) -> None:
    await chain.receive("orders/create", order_of(MARGAUX, 1))
    await ask(chain, REDACT)
    await work_off(chain)
    for text in OF_MARGAUX:
        assert where(await held(chain), text) == [], text
    assert [
        row["state"] for row in await rows(chain, "SELECT state FROM deliveries ORDER BY id")
    ] == [
        "held",
        "settled",
    ]


async def test_the_towns_of_the_erased_count_no_more(sold: Chain) -> None:
    await ask(sold, REDACT)
    await work_off(sold)
    towns = await rows(sold, "SELECT town FROM events ORDER BY received_at")
    assert [row["town"] for row in towns] == ["FR lyon", None, None]


async def test_another_shop_keeps_its_customer_of_that_name(sold: Chain) -> None:
    await sold.tell("orders/create", order_of(MARGAUX, 9), BOREALIS)
    await ask(sold, REDACT)
    await work_off(sold)
    hers = await rows(sold, "SELECT shop FROM deliveries WHERE body LIKE '%Margaux%'::bytea")
    assert [row["shop"] for row in hers] == [BOREALIS]


async def test_it_is_done_once_and_on_record(sold: Chain) -> None:
    await sold.receive(REDACT, encoded(demand(REDACT)), webhook_id="w")
    await sold.receive(REDACT, encoded(demand(REDACT)), webhook_id="w")
    await sold.relay()
    await work_off(sold)
    [request] = await of_alba(sold)
    assert request.done_at is not None
    assert not request.demand.names_somebody
    audit = await rows(sold, "SELECT actor, action, detail FROM audit_log ORDER BY id")
    assert [row["action"] for row in audit if "custom" in row["action"]] == [
        "received customers/redact",
        "erased a customer",
    ]
    detail = json.loads(audit[-1]["detail"])
    assert detail == {"request": "w", "deliveries": 3, "dead_letters": 0, "notifications": 2}
    assert not await requests.work_off_one(sold.doors)


class Killed(BaseException):
    """A process that dies catches nothing."""


async def test_a_crash_half_way_is_made_good(sold: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bodies are erased by then, and no longer say which orders were hers."""
    await ask(sold, REDACT)
    real = sold.doors.live.forget

    async def crash(*_: Any) -> bool:
        raise Killed

    monkeypatch.setattr(sold.doors.live, "forget", crash)
    with pytest.raises(Killed):
        await work_off(sold)
    monkeypatch.setattr(sold.doors.live, "forget", real)
    await rows(sold, "UPDATE compliance_requests SET leased_until = NULL RETURNING 1")
    await work_off(sold)
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text
    states = await rows(sold, "SELECT state FROM notifications ORDER BY occurred_at")
    assert [row["state"] for row in states].count("retracted") == 2


class Late:
    """Postgres, where a worker's transaction ends only when the erasure has begun."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self.erasing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def tenant(self, shop: str) -> AsyncIterator[Any]:
        async with self._chain.doors.data.tenant(shop) as connection:
            yield connection
            if self.erasing is None:
                self.erasing = asyncio.create_task(work_off(self._chain))
                await asyncio.sleep(0.5)


async def test_a_card_that_is_being_made_meanwhile_is_erased_after_all(sold: Chain) -> None:
    await sold.receive("orders/create", order_of(MARGAUX, 7))
    await ask(sold, REDACT)
    [record] = await sold.events(1)
    late: Any = Late(sold)
    await notify.handle(record, replace(sold.doors, data=late))
    await late.erasing
    source = f"order:{order_of(MARGAUX, 7)['id']}"
    [told] = await rows(sold, "SELECT state FROM notifications WHERE source = $1", source)
    assert told["state"] == "retracted"
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text


async def test_a_large_inbox_is_gone_through_in_pieces(
    sold: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PIECE", 2)
    await sold.receive("products/create", {"id": 1})
    for number in range(10, 15):
        await sold.receive("orders/create", order_of(MARGAUX, number))
    await ask(sold, REDACT)
    await work_off(sold)
    for text in OF_MARGAUX:
        assert where(await held(sold), text) == [], text


async def test_the_relay_is_not_held_up_by_an_erasure(sold: Chain) -> None:
    """Its transactions are short, and no row changes its place in the inbox."""
    xids = "SELECT id, xid::text FROM deliveries ORDER BY id"
    before = await rows(sold, xids)
    await ask(sold, REDACT)
    await work_off(sold)
    assert (await rows(sold, xids))[: len(before)] == before
    progress = await relaying.relay(sold.doors.data, sold.producer, sold.doors.clock())
    assert (progress.passed, progress.more) == (0, False)


async def _config(chain: Chain) -> Any:
    doors = chain.doors
    return await storefront.config(doors.data, doors.live, doors.settings, ALBA, doors.clock())
