"""What must not be told again is told to nobody, and everyone learns that the past is gone."""

import json

from app.domain.frames import Message
from app.domain.positions import Position
from app.live import Live
from tests.live.waiting import until

TEXT = '"name":"'


async def publish(live: Live, shop: str, card: str, revision: int = 1, **facts: str) -> Position:
    data = json.dumps({"id": card, **facts}, separators=(",", ":")).encode()
    position = await live.publish(shop, "notification", card, revision, data)
    assert position is not None
    return position


async def test_what_is_forgotten_is_replayed_to_nobody(live: Live, shop: str) -> None:
    before = await publish(live, shop, "a", name="Margaux")
    assert await live.forget(shop, [TEXT])
    tip = await live.position(shop)
    assert tip.epoch != before.epoch
    assert await live.replay(shop, Position(before.epoch, 0)) is None
    assert await live.replay(shop, before) is None
    assert await live.replay(shop, tip) == []


async def test_a_past_without_it_stays(live: Live, shop: str) -> None:
    last = await publish(live, shop, "a", place="Lyon")
    assert not await live.forget(shop, [TEXT])
    assert not await live.forget(shop, [])
    assert await live.position(shop) == last


async def test_a_text_that_only_quotes_it_is_not_it(live: Live, shop: str) -> None:
    await publish(live, shop, "a", title='"name":"')
    assert not await live.forget(shop, [TEXT])


async def test_a_shop_without_a_past_has_nothing_to_forget(live: Live, shop: str) -> None:
    assert not await live.forget(shop, [TEXT])


async def test_whoever_listens_is_told_to_start_anew_and_then_hears_on(
    live: Live, shop: str
) -> None:
    heard: list[Message] = []
    await publish(live, shop, "a", name="Margaux")
    await live.subscriptions.subscribe(shop, heard.append)
    await live.forget(shop, [TEXT])
    await until(lambda: len(heard) == 1)
    after = await publish(live, shop, "a", revision=2)
    await until(lambda: len(heard) == 2)
    assert [message.event for message in heard] == ["reset", "notification"]
    assert heard[1].position == after
    assert heard[1].position.is_next_to(heard[0].position)


async def test_another_shop_keeps_its_past(live: Live, shop: str) -> None:
    other = f"other-{shop}"
    last = await publish(live, other, "a", name="Ada")
    await publish(live, shop, "a", name="Margaux")
    await live.forget(shop, [TEXT])
    assert await live.position(other) == last


async def test_what_older_settings_allowed_is_refused_once_newer_are_announced(
    live: Live, shop: str
) -> None:
    async def allowed_by(version: int, revision: int) -> Position | None:
        return await live.publish(shop, "notification", "a", revision, b"{}", by_settings=version)

    assert await allowed_by(3, revision=1)
    await live.publish_settings(shop, 4)
    assert await allowed_by(3, revision=2) is None
    assert await allowed_by(4, revision=2)
    assert [message.event for message in await _all(live, shop)] == [
        "notification",
        "settings",
        "notification",
    ]


async def _all(live: Live, shop: str) -> list[Message]:
    messages = await live.replay(shop, Position((await live.position(shop)).epoch, 0))
    assert messages is not None
    return messages
