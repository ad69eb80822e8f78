"""A replay makes of a shop's deliveries what was made of them the first time, and tells nobody."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiokafka import AIOKafkaConsumer

from app.data import products
from app.domain.kinds import BY_NAME
from app.errors import ShopUnknown
from app.services import replaying, withdrawing
from app.services.replaying import Outcome
from tests.cast import ALBA, BOREALIS, order, product
from tests.services.privacy.people import MARGAUX, ask, order_of
from tests.services.privacy.test_customers import work_off
from tests.services.reactions.shops import Talk
from tests.services.reactions.test_kinds import cart
from tests.services.replaying import derived
from tests.services.replaying.histories import PRIVACY, live_through, save_settings

EVER = datetime(2020, 1, 1, tzinfo=UTC)
TAGGED = {"customerId": "gid://shopify/Customer/9001", "tags": ["vip"]}
MARGAUX_TAGGED = {"customerId": f"gid://shopify/Customer/{MARGAUX['id']}"}


async def replay(alba: Talk, since: datetime = EVER) -> Outcome:
    return await replaying.replay(alba.chain.doors.settings.database_url, ALBA, since)


def mended(outcome: Outcome) -> int:
    return sum(each.rows for each in outcome.mended.values())


SPOILED = {
    "notifications gone": "DELETE FROM notifications",
    "notifications with other states": (
        "UPDATE notifications SET state = 'published', reason = NULL, revision = revision + 7"
    ),
    "notifications with other facts": (
        "UPDATE notifications SET facts = '{\"count\": 99}', product = 1, updated_at = now()"
    ),
    "a notification too many": """
        INSERT INTO notifications (shop, id, rule, kind, subject, source, revision, state, facts,
                                   proof, occurred_at, created_at, updated_at)
        SELECT shop, gen_random_uuid(), rule, kind, 'made-up', source, 1, 'published', facts,
            proof, occurred_at, created_at, updated_at
        FROM notifications LIMIT 1""",
    "events gone": "DELETE FROM events",
    "events that say something else": (
        "UPDATE events SET data = '{}', verdict = 'kept', decisions = '{}', entity = 'order:1'"
    ),
    "activity gone": "DELETE FROM activity",
    "activity that counts otherwise": (
        "UPDATE activity SET counts = NOT counts, country = 'XX', occurred_at = now()"
    ),
    "activity of another product": "UPDATE activity SET product = product + 1000",
    "customers gone": "DELETE FROM customers",
    "customers with other tags": (
        "UPDATE customers SET tags = '{odd}', orders = 9, deleted_at = now()"
    ),
    "all of it gone": (
        "DELETE FROM notifications; DELETE FROM events; DELETE FROM activity; DELETE FROM customers"
    ),
}


async def test_everything_that_is_spoiled_is_as_it_was(alba: Talk) -> None:
    await live_through(alba)
    before = await derived.rows(alba.chain.doors)
    assert {row["kind"] for row in before["notifications"]} == set(BY_NAME)
    assert {"by-hand", "redacted", "refunded"} <= {row["reason"] for row in before["notifications"]}
    assert mended(await replay(alba)) == 0
    for name, statement in SPOILED.items():
        await derived.run(alba.chain.doors, statement)
        assert await derived.rows(alba.chain.doors) != before, name
        outcome = await replay(alba)
        assert mended(outcome) > 0, name
        after = await derived.rows(alba.chain.doors)
        for table in derived.TABLES:
            assert after[table] == before[table], (name, table)
        assert outcome.unreadable == 0


async def test_towns_beside_events_are_as_they_were(alba: Talk) -> None:
    await save_settings(alba, PRIVACY)
    for number in (1, 2, 3):
        await alba.chain.tell("orders/create", order_of(MARGAUX, number))
    before = await derived.rows(alba.chain.doors)
    assert {row["town"] for row in before["events"]} == {None, "FR lyon"}
    await derived.run(alba.chain.doors, "DELETE FROM events; DELETE FROM notifications")
    await replay(alba)
    assert await derived.rows(alba.chain.doors) == before


async def test_a_replay_is_heard_by_nobody(alba: Talk, bystander: AIOKafkaConsumer) -> None:
    await alba.chain.tell("orders/create", order(1))
    consumer = alba.chain.follower._consumer
    ends = await bystander.end_offsets(consumer.assignment())
    heard = await alba.chain.heard()
    due = await due_work(alba)
    await derived.run(alba.chain.doors, "DELETE FROM notifications; DELETE FROM activity")
    assert mended(await replay(alba)) > 0
    assert await alba.chain.heard() == heard
    assert await bystander.end_offsets(consumer.assignment()) == ends
    assert await due_work(alba) == due


async def test_the_catalogue_of_today_stays_and_that_of_then_is_told(alba: Talk) -> None:
    await alba.chain.tell("orders/create", order(1))
    later = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    await alba.chain.tell("products/update", product(title="Renamed", updated_at=later))
    await derived.run(alba.chain.doors, "DELETE FROM notifications")
    await replay(alba)
    [told] = (await derived.rows(alba.chain.doors))["notifications"]
    assert told["facts"]["product"]["title"] == "Alba mug"
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        assert await connection.fetchval("SELECT title FROM products") == "Renamed"


async def test_what_shopify_was_asked_about_stays_taken_back(alba: Talk) -> None:
    await alba.chain.tell("orders/create", order(1))
    doors = alba.chain.doors
    async with doors.data.tenant(ALBA) as connection:
        await products.bury(connection, ALBA, 8001, doors.clock())
        assert await withdrawing.withdraw_unsellable(connection, ALBA, [8001], doors.clock())
    before = await derived.rows(doors)
    await derived.run(doors, "DELETE FROM notifications")
    await replay(alba)
    assert await derived.rows(doors) == before


async def test_another_shop_stays_as_it_is(alba: Talk) -> None:
    await alba.chain.install(BOREALIS)
    await alba.chain.tell("orders/create", order(1), BOREALIS)
    await derived.run(alba.chain.doors, "DELETE FROM activity", BOREALIS)
    before = await derived.rows(alba.chain.doors, BOREALIS)
    assert len(before["notifications"]) == 1
    await replay(alba)
    assert await derived.rows(alba.chain.doors, BOREALIS) == before


async def test_what_has_not_changed_since_is_left_alone(alba: Talk) -> None:
    await alba.chain.tell("orders/create", order(1))
    between = datetime.now(UTC)
    await alba.chain.tell("orders/create", order(2))
    await derived.run(alba.chain.doors, "DELETE FROM notifications; DELETE FROM activity")
    outcome = await replay(alba, between)
    assert (outcome.mended["notifications"].missing, outcome.mended["activity"].missing) == (1, 1)
    [told] = (await derived.rows(alba.chain.doors))["notifications"]
    assert told["source"] == f"order:{order(2)['id']}"


async def test_what_no_worker_has_worked_off_yet_is_left_to_it(alba: Talk) -> None:
    await alba.chain.receive("orders/create", order(1))
    passed = await alba.chain.relay()
    assert mended(await replay(alba)) == 0
    assert (await derived.rows(alba.chain.doors))["notifications"] == []
    await alba.chain.notify(passed)
    assert len((await derived.rows(alba.chain.doors))["notifications"]) == 1


async def test_what_was_written_before_there_was_a_journal_stays(alba: Talk) -> None:
    await alba.wishes("order-count", minimum=1)
    await alba.wishes("cart-activity", minimum=1)
    await alba.chain.tell("orders/create", order(1))
    await alba.chain.tell("customer.tags_added", TAGGED)
    await alba.chain.tell("carts/create", cart("c1"))
    await derived.run(alba.chain.doors, "DELETE FROM journal")
    later = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    await alba.chain.tell("orders/cancelled", order(1, cancelled_at=later, updated_at=later))
    await alba.chain.tell("customer.tags_added", {**TAGGED, "tags": ["new"]})
    await alba.chain.tell("carts/update", cart("c1"))
    await alba.chain.tell("orders/create", order(2))
    before = await derived.rows(alba.chain.doors)
    assert {row["state"] for row in before["notifications"]} == {"retracted", "published"}
    await replay(alba)
    assert await derived.rows(alba.chain.doors) == before


async def test_what_an_erased_delivery_does_not_say_any_more_stays(alba: Talk) -> None:
    await alba.wishes("sign-up")
    await alba.chain.tell("customers/create", {**MARGAUX, "first_name": "Margaux"})
    await ask(alba.chain, "customers/redact")
    await work_off(alba.chain)
    before = await derived.rows(alba.chain.doors)
    [told] = before["notifications"]
    assert (told["reason"], told["facts"]) == ("redacted", {})
    assert mended(await replay(alba)) == 0
    await derived.run(alba.chain.doors, "DELETE FROM notifications")
    await replay(alba)
    assert await derived.rows(alba.chain.doors) == before


@pytest.mark.parametrize("is_first", ["tags", "account"])
async def test_opting_out_counts_though_an_erased_delivery_does_not_say_so_any_more(
    alba: Talk, is_first: str
) -> None:
    await alba.wishes("sign-up")
    opting_out = {**MARGAUX_TAGGED, "tags": ["earshot-opt-out"]}
    said = [("customer.tags_added", opting_out), ("customers/create", MARGAUX)]
    for topic, payload in said if is_first == "tags" else reversed(said):
        await alba.chain.tell(topic, payload)
    await ask(alba.chain, "customers/redact")
    await work_off(alba.chain)
    before = await derived.rows(alba.chain.doors)
    assert [row["reason"] for row in before["notifications"]] == ["privacy"][is_first == "tags" :]
    assert mended(await replay(alba)) == 0
    await derived.run(alba.chain.doors, "DELETE FROM notifications")
    await replay(alba)
    assert await derived.rows(alba.chain.doors) == before


async def test_a_lost_event_of_an_erased_delivery_is_told_of(alba: Talk) -> None:
    await alba.wishes("sign-up")
    await alba.chain.tell("customers/create", {**MARGAUX, "first_name": "Margaux"})
    await ask(alba.chain, "customers/redact")
    await work_off(alba.chain)
    await derived.run(alba.chain.doors, "DELETE FROM events WHERE entity LIKE 'customer:%'")
    before = await derived.rows(alba.chain.doors)
    assert (await replay(alba)).unreadable == 1
    assert await derived.rows(alba.chain.doors) == before


async def test_shop_that_goes_on_meanwhile_is_not_disturbed(alba: Talk) -> None:
    is_over = asyncio.Event()

    async def keep_replaying() -> list[int]:
        found = []
        while not is_over.is_set():
            found.append(mended(await replay(alba)))
        return found

    replays = asyncio.create_task(keep_replaying())
    await live_through(alba)
    is_over.set()
    assert set(await replays) == {0}
    before = await derived.rows(alba.chain.doors)
    await derived.run(alba.chain.doors, SPOILED["all of it gone"])
    await replay(alba)
    assert await derived.rows(alba.chain.doors) == before


async def test_shop_that_has_left_may_be_replayed_and_an_unknown_one_not(alba: Talk) -> None:
    await alba.chain.tell("orders/create", order(1))
    await alba.chain.receive("app/uninstalled", {"myshopify_domain": ALBA})
    await alba.chain.relay()
    assert mended(await replay(alba)) == 0
    with pytest.raises(ShopUnknown):
        await replaying.replay(alba.chain.doors.settings.database_url, BOREALIS, EVER)


async def due_work(alba: Talk) -> list[object]:
    async with alba.chain.doors.data.tenant(ALBA) as connection:
        return list(await connection.fetch("SELECT * FROM sync_jobs ORDER BY kind"))
