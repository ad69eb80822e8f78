"""What a merchant is given of a customer who asks: all there is, for a while."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.data import compliance_requests
from app.services import upkeep
from app.services.privacy import requests
from app.shopify import compliance
from tests.cast import ALBA, BOREALIS, encoded
from tests.services.chain import Chain
from tests.services.privacy.everything import held, where
from tests.services.privacy.people import CAMILLE, MARGAUX, OF_MARGAUX, ask, demand, order_of
from tests.services.privacy.test_customers import of_alba, rows, work_off
from tests.services.reactions.shops import Talk

ASKED = "customers/data_request"


async def export(chain: Chain, shop: str = ALBA) -> Any:
    async with chain.doors.data.tenant(shop) as connection:
        found = await compliance_requests.page_of(connection, shop, 100, 0)
        content = await compliance_requests.export_of(connection, shop, found[0].webhook_id)
    return json.loads(content) if content else None


async def sell(chain: Chain) -> None:
    await chain.install(ALBA)
    await chain.tell("orders/create", order_of(MARGAUX, 1))
    await chain.tell("orders/create", order_of(CAMILLE, 2))
    await chain.tell("orders/updated", order_of(MARGAUX, 1))


async def test_all_that_is_held_of_the_customer_is_in_it(chain: Chain) -> None:
    await sell(chain)
    await chain.receive("orders/create", b'{"email": "margaux@example.com"')  # parked
    await ask(chain, ASKED, orders_requested=[order_of(MARGAUX, 1)["id"]])
    await work_off(chain)
    document = await export(chain)
    assert document["customer"] == MARGAUX
    bodies = [each["body"] for each in document["deliveries"]]
    assert {each["topic"] for each in document["deliveries"]} == {
        "orders/create",
        "orders/updated",
        ASKED,
    }
    notes = [body["note"] for body in bodies if isinstance(body, dict) and "note" in body]
    assert notes == ["for Margaux"] * 2
    assert '{"email": "margaux@example.com"' in bodies
    assert [each["type"] for each in document["events"]] == ["order.created", "order.updated"]
    assert len(document["notifications"]) == 1


async def test_the_customer_s_account_is_in_it(chain: Chain) -> None:
    await chain.install()
    await Talk(chain).wishes("sign-up")
    gid = f"gid://shopify/Customer/{MARGAUX['id']}"
    await chain.tell("customers/create", {**MARGAUX, "first_name": "Margaux"})
    await chain.tell("customers/create", {**CAMILLE, "first_name": "Camille"})
    await chain.tell("customer.tags_added", {"customerId": gid, "tags": ["VIP"]})
    await chain.tell("customers/purchasing_summary", {"customerId": gid, "numberOfOrders": 3})
    await ask(chain, ASKED)
    await work_off(chain)
    document = await export(chain)
    assert document["account"] == {"orders": 3, "tags": ["vip"], "is_deleted": False}
    assert [each["type"] for each in document["events"]] == [
        "customer.created",
        "customer.tagged",
        "customer.purchased",
    ]
    assert [each["kind"] for each in document["notifications"]] == ["sign-up"]


async def test_guest_s_orders_are_in_it_without_an_account(chain: Chain) -> None:
    await sell(chain)
    guest = {name: MARGAUX[name] for name in ("email", "phone")}
    await ask(chain, ASKED, customer=guest)
    await work_off(chain)
    document = await export(chain)
    assert document["account"] is None
    assert len(document["events"]) == 2


async def test_nobody_else_is_in_it(chain: Chain) -> None:
    await sell(chain)
    await chain.install(BOREALIS)
    await chain.tell("orders/create", order_of(MARGAUX, 8), BOREALIS)
    await ask(chain, ASKED)
    await work_off(chain)
    text = json.dumps(await export(chain))
    assert "Camille" not in text
    assert str(order_of(MARGAUX, 8)["id"]) not in text


async def test_another_shop_sees_neither_request_nor_export(chain: Chain) -> None:
    await sell(chain)
    await ask(chain, ASKED)
    await work_off(chain)
    [request] = await of_alba(chain)
    async with chain.doors.data.tenant(BOREALIS) as connection:
        assert await compliance_requests.page_of(connection, BOREALIS, 100, 0) == []
        for shop in (ALBA, BOREALIS):
            assert not await compliance_requests.export_of(connection, shop, request.webhook_id)


async def test_it_is_dropped_after_thirty_days_with_all_that_says_whose_it_was(
    chain: Chain,
) -> None:
    await ask(chain, ASKED)
    await work_off(chain)
    for days, is_there in ((29, True), (2, False)):
        await rows(
            chain,
            "UPDATE compliance_requests SET done_at = done_at - make_interval(days => $1)"
            " RETURNING 1",
            days,
        )
        await upkeep.tidy(chain.doors.data)
        [request] = await of_alba(chain)
        assert request.has_export == is_there
        assert request.demand.names_somebody == is_there


async def test_an_erasure_takes_the_export_along(chain: Chain) -> None:
    await sell(chain)
    await ask(chain, ASKED)
    await work_off(chain)
    await ask(chain, "customers/redact")
    await work_off(chain)
    assert [request.has_export for request in await of_alba(chain)] == [False, False]
    for text in OF_MARGAUX:
        assert where(await held(chain), text) == [], text


async def test_a_customer_of_whom_nothing_is_held_gets_a_document_that_says_so(
    chain: Chain,
) -> None:
    await ask(chain, ASKED)
    await work_off(chain)
    document = await export(chain)
    assert [each["topic"] for each in document["deliveries"]] == [ASKED]
    assert (document["events"], document["notifications"]) == ([], [])


async def test_it_is_on_record_that_it_was_made(chain: Chain) -> None:
    await ask(chain, ASKED)
    await work_off(chain)
    actions = await rows(chain, "SELECT action FROM audit_log ORDER BY id")
    assert [row["action"] for row in actions] == [f"received {ASKED}", "gathered a customer's data"]


async def test_a_request_that_names_nobody_waits_for_somebody_to_look(chain: Chain) -> None:
    await ask(chain, ASKED, customer=None)
    await work_off(chain)
    [request] = await of_alba(chain)
    assert request.done_at is None
    assert request.problem == "The request names no customer and no order."
    later = replace(chain.doors, clock=lambda: request.due_at - timedelta(days=6))
    assert request.is_near(later.clock())
    assert await requests.work_off_one(later)


def test_a_request_does_not_show_whom_it_is_about() -> None:
    asked = compliance.read(encoded(demand(ASKED)))
    assert asked.names_somebody
    assert "margaux" not in repr(asked).lower()
