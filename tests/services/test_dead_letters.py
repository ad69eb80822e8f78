"""What could not be worked off is worked off once more, or given up, and never twice."""

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from app.errors import DeadLetterUnknown
from app.services import dead_letters, upkeep
from app.workers import notify
from tests.cast import ALBA, ANA, BOREALIS, CLOSED_CAFE, encoded, order
from tests.services.chain import Chain

REDACT = "customers/redact"


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


async def rows(chain: Chain, query: str, *arguments: Any) -> list[Any]:
    async with chain.doors.data.system() as connection:
        return list(await connection.fetch(query, *arguments))


async def letters(chain: Chain) -> list[Any]:
    return await rows(chain, "SELECT * FROM dead_letters ORDER BY parked_at")


async def unreadable(
    chain: Chain, body: bytes = b"not json", topic: str = "orders/create", shop: str = ALBA
) -> UUID:
    """A delivery that the relay parks."""
    await chain.receive(topic, body, shop)
    await chain.relay()
    return UUID(str((await letters(chain))[-1]["id"]))


async def unhandled(chain: Chain, **changes: Any) -> UUID:
    """An order on which the notify worker failed for good."""
    await chain.receive("orders/create", order(**changes))
    [record] = await chain.events(await chain.relay())
    await notify.park(record, KeyError("x"), "Traceback: KeyError", chain.doors)
    return UUID(str((await letters(chain))[-1]["id"]))


async def mend(chain: Chain, body: bytes) -> None:
    """As a newer Earshot would: what came in can be read after all."""
    await rows(chain, "UPDATE deliveries SET body = $1 WHERE state = 'parked'", body)


async def replay(chain: Chain, letter: UUID, shop: str = ALBA) -> str | None:
    return await dead_letters.replay(chain.doors, shop, ANA, letter)


async def test_a_delivery_that_can_be_read_after_all_becomes_a_card(alba: Chain) -> None:
    letter = await unreadable(alba)
    await mend(alba, encoded(order()))
    assert await replay(alba, letter) is None
    assert await letters(alba) == []
    await alba.notify(await alba.relay())
    assert [message.event for message in await alba.heard()] == ["notification"]
    [delivery] = await rows(alba, "SELECT state FROM deliveries")
    assert delivery["state"] == "accepted"


async def test_a_delivery_that_still_cannot_be_read_stays_with_its_new_reason(
    alba: Chain,
) -> None:
    letter = await unreadable(alba)
    [before] = await letters(alba)
    await mend(alba, b"{}")
    assert await replay(alba, letter) == "unexpected-shape"
    [after] = await letters(alba)
    assert after["id"] == before["id"]
    assert after["reason"] == "unexpected-shape"
    assert after["trace"].startswith("unexpected-shape: ")
    assert after["parked_at"] > before["parked_at"]
    assert await alba.relay() == 0
    assert await rows(alba, "SELECT 1 FROM audit_log WHERE action LIKE '%dead letter'") == []


async def test_an_event_is_handled_once_more_and_makes_one_card(alba: Chain) -> None:
    letter = await unhandled(alba)
    assert await alba.heard() == []
    assert await replay(alba, letter) is None
    await alba.notify(await alba.relay())
    assert len(await alba.heard()) == 1


async def test_an_event_that_was_handled_after_all_makes_no_second_card(alba: Chain) -> None:
    """Parked, and then handed over once more by Kafka."""
    letter = await unhandled(alba)
    await alba.receive("orders/updated", order(updated_at="2026-11-21T10:00:00Z"))
    await alba.notify(await alba.relay())
    before = len(await alba.heard())
    await replay(alba, letter)
    await alba.notify(await alba.relay())
    told = await rows(alba, "SELECT 1 FROM notifications")
    assert (before, len(told)) == (1, 1)


async def test_what_was_taken_back_meanwhile_does_not_come_again(alba: Chain) -> None:
    letter = await unhandled(alba)
    cancelled = order(updated_at="2030-01-01T10:00:00Z", cancelled_at="2030-01-01T10:00:00Z")
    await alba.tell("orders/cancelled", cancelled)
    assert await replay(alba, letter) is None
    await alba.notify(await alba.relay())
    assert [message.event for message in await alba.heard()] in ([], ["retraction"])
    assert await rows(alba, "SELECT 1 FROM notifications WHERE state = 'published'") == []


async def test_one_that_fails_again_is_the_same_letter_with_its_new_reason(alba: Chain) -> None:
    letter = await unhandled(alba)
    await replay(alba, letter)
    [record] = await alba.events(await alba.relay())
    await notify.park(record, ValueError("y"), "Traceback: ValueError", alba.doors)
    [again] = await letters(alba)
    assert (again["id"], again["reason"]) == (letter, "ValueError")
    await notify.park(record, TypeError("z"), "Traceback: TypeError", alba.doors)
    [again] = await letters(alba)
    assert (again["id"], again["reason"]) == (letter, "TypeError")


async def test_what_is_about_the_installation_is_settled_once_more(alba: Chain) -> None:
    letter = await unreadable(alba, encoded({"id": 1}), "app/uninstalled")
    assert await replay(alba, letter) is None
    assert await letters(alba) == []
    await alba.settle()
    [again] = await letters(alba)
    assert (again["id"], again["reason"]) == (letter, "other-shop")
    await mend(alba, encoded({"id": 1, "myshopify_domain": ALBA}))
    assert await replay(alba, letter) is None
    await alba.settle()
    [shop] = await rows(alba, "SELECT state FROM shops")
    assert shop["state"] == "uninstalled"
    assert await letters(alba) == []


async def test_one_whose_customer_was_forgotten_cannot_be_replayed(alba: Chain) -> None:
    letter = await unreadable(alba)
    await rows(alba, "UPDATE dead_letters SET message = '{}', trace = 'erased'")
    assert await replay(alba, letter) == "erased"
    assert len(await letters(alba)) == 1


@pytest.mark.parametrize(
    "lost", ["DELETE FROM deliveries", "UPDATE dead_letters SET delivery_id = NULL"]
)
async def test_one_whose_delivery_is_gone_cannot_be_replayed(alba: Chain, lost: str) -> None:
    letter = await unreadable(alba)
    await rows(alba, lost)
    assert await replay(alba, letter) == "gone"
    assert len(await letters(alba)) == 1


async def test_a_shop_that_has_left_is_worked_off_no_more_but_for_its_privacy(
    chain: Chain,
) -> None:
    await chain.install(CLOSED_CAFE)
    order_letter = await unreadable(chain, shop=CLOSED_CAFE)
    privacy_letter = await unreadable(chain, topic=REDACT, shop=CLOSED_CAFE)
    await rows(chain, "UPDATE shops SET state = 'uninstalled'")
    assert await replay(chain, order_letter, CLOSED_CAFE) == "not-installed"
    assert await replay(chain, privacy_letter, CLOSED_CAFE) is None
    states = await rows(chain, "SELECT state FROM deliveries ORDER BY id")
    assert [row["state"] for row in states] == ["parked", "due"]


async def test_a_dropped_one_is_never_worked_off(alba: Chain) -> None:
    letter = await unreadable(alba)
    await mend(alba, encoded(order()))
    await dead_letters.drop(alba.doors, ALBA, ANA, letter)
    assert await letters(alba) == []
    assert await alba.relay() == 0
    with pytest.raises(DeadLetterUnknown):
        await replay(alba, letter)


async def test_nobody_touches_another_shops(alba: Chain) -> None:
    await alba.install(BOREALIS)
    letter = await unreadable(alba)
    with pytest.raises(DeadLetterUnknown):
        await replay(alba, letter, BOREALIS)
    with pytest.raises(DeadLetterUnknown):
        await dead_letters.drop(alba.doors, BOREALIS, ANA, letter)
    assert len(await letters(alba)) == 1


async def test_two_who_replay_at_once_replay_it_once(alba: Chain) -> None:
    letter = await unhandled(alba)
    answers = await asyncio.gather(
        *(replay(alba, letter) for _ in range(4)), return_exceptions=True
    )
    assert answers.count(None) == 1
    assert sum(isinstance(each, DeadLetterUnknown) for each in answers) == 3
    assert await alba.relay() == 1


async def test_it_is_on_record_who_replayed_or_dropped_what(alba: Chain) -> None:
    replayed = await unhandled(alba)
    await replay(alba, replayed)
    dropped = await unreadable(alba)
    await dead_letters.drop(alba.doors, ALBA, dead_letters.OPERATOR, dropped)
    log = await rows(
        alba, "SELECT actor, action, detail FROM audit_log WHERE action LIKE '%letter' ORDER BY id"
    )
    assert [(row["actor"], row["action"]) for row in log] == [
        (ANA, "replayed a dead letter"),
        ("operator", "dropped a dead letter"),
    ]
    assert json.loads(log[1]["detail"]) == {
        "letter": str(dropped),
        "worker": "relay",
        "topic": "orders/create",
        "reason": "not-json",
    }


async def test_an_old_one_that_waits_for_the_relay_is_not_forgotten(alba: Chain) -> None:
    """Unlike what waits 30 days for a shop that never comes."""
    letter = await unhandled(alba)
    async with alba.doors.data.system() as connection:
        await connection.execute(
            "SELECT ensure_partition('deliveries', (now() - interval '40 days')::date)"
        )
        await connection.execute(
            "UPDATE deliveries SET received_at = received_at - interval '40 days'"
        )
    assert await replay(alba, letter) is None
    assert await upkeep.tidy(alba.doors.data) == 0
    assert await alba.relay() == 1
