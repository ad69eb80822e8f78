"""Names and towns on cards: only as the merchant said, and no longer than that."""

import asyncio
from typing import Any

import msgspec
import pytest

from app.data import notifications, rules
from app.domain import frames
from app.domain.callers import Caller
from app.domain.settings import Privacy, ShopSettings
from app.services import notifying, ruling, shop_settings, storefront
from app.shopify.id_tokens import Merchant
from tests.cast import ALBA, ANA, BOREALIS, order
from tests.services.chain import Chain

OPEN = Privacy(name="first-name", place="town", crowd=2, understood=True)


async def allow(chain: Chain, privacy: Privacy, shop: str = ALBA) -> None:
    now = chain.doors.clock()
    await shop_settings.save(
        chain.doors.data,
        chain.doors.live,
        Merchant(shop, ANA, now),
        ShopSettings(privacy=privacy),
        now,
    )


async def told(chain: Chain, shop: str = ALBA) -> list[frames.Facts]:
    """The facts of the cards that open pages were told of, oldest first."""
    return [
        msgspec.json.decode(message.data, type=frames.Notification).facts
        for message in await chain.heard(shop)
        if message.event == "notification"
    ]


async def on_cards(chain: Chain) -> list[frames.Facts]:
    """The facts of the cards that a page begins with, newest first."""
    doors = chain.doors
    config = await storefront.config(doors.data, doors.live, doors.settings, ALBA, doors.clock())
    return [card.facts for card in config.cards]


async def sell(chain: Chain, number: int, shop: str = ALBA, **changes: Any) -> None:
    """To another customer each time."""
    buyer = {"customer": {"id": number, "first_name": "Margaux"}}
    await chain.tell("orders/create", order(number, **buyer | changes), shop)


def living_in(city: str, region: str | None = None) -> dict[str, Any]:
    return {"shipping_address": {"city": city, "province": region, "country_code": "FR"}}


async def test_a_first_name_is_told_where_the_merchant_says_so(chain: Chain) -> None:
    await chain.install()
    await allow(chain, Privacy(name="first-name", understood=True))
    await sell(chain, 1)
    [facts] = await told(chain)
    assert (facts.name, facts.place) == ("Margaux", msgspec.UNSET)
    assert [facts.name for facts in await on_cards(chain)] == ["Margaux"]


async def test_a_card_goes_by_the_version_that_open_pages_know(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a rule was saved since: or else what was hidden meanwhile would go out."""
    await chain.install()
    await allow(chain, OPEN)
    async with chain.doors.data.tenant(ALBA):
        rule = (await rules.all_of(ALBA))[0]
    await ruling.save(chain.doors, Caller(ALBA, ANA), rule)
    tries: list[tuple[int | None, bool]] = []
    publish = chain.doors.live.publish

    async def counted(*words: Any, by_settings: int | None = None) -> Any:
        position = await publish(*words, by_settings=by_settings)
        tries.append((by_settings, position is not None))
        return position

    monkeypatch.setattr(chain.doors.live, "publish", counted)
    await sell(chain, 1)
    assert tries == [(2, True)]


async def test_a_town_is_told_once_enough_buyers_share_it(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for number, city in enumerate(["Lyon", "Nantes", "LYON", "Lyon"]):
        await sell(chain, number, **living_in(city))
    assert [facts.place for facts in await told(chain)] == [
        msgspec.UNSET,
        msgspec.UNSET,
        "LYON",
        "Lyon",
    ]


async def test_a_region_is_told_where_too_few_share_the_town(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for number, (city, region) in enumerate([("Lyon", "Rhône"), ("Oingt", "RHÔNE"), ("Lyon", "")]):
        await sell(chain, number, **living_in(city, region))
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET, "RHÔNE", "Lyon"]


async def test_a_country_is_told_wherever_places_are_and_gone_with_them(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    await sell(chain, 1, **living_in("Lyon"))
    [facts] = await told(chain)
    assert (facts.place, facts.country) == (msgspec.UNSET, "FR")
    await allow(chain, msgspec.structs.replace(OPEN, place="hidden"))
    [facts] = await on_cards(chain)
    assert (facts.name, facts.country) == ("Margaux", msgspec.UNSET)
    async with chain.doors.data.tenant(ALBA):
        [stored] = await notifications.latest(ALBA, 1)
    assert stored.facts.country is None


async def test_one_order_is_no_crowd_however_often_it_changes(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for _ in range(3):
        await chain.tell("orders/updated", order(1))
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET]


async def test_one_buyer_is_no_crowd_however_often_they_buy(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for number in range(3):
        await sell(chain, number, customer={"id": 9001})
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET] * 3
    await sell(chain, 4, customer={"id": 9002})
    assert (await told(chain))[-1].place == "Lyon"


async def test_guests_are_as_many_as_their_orders(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    for number in range(2):
        await sell(chain, number, customer=None)
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET, "Lyon"]


async def test_test_orders_and_old_ones_are_no_crowd(chain: Chain) -> None:
    await chain.install()
    await allow(chain, OPEN)
    await sell(chain, 1, test=True)
    await sell(chain, 2, processed_at="2020-01-01T00:00:00Z")
    await sell(chain, 3)
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET]


async def test_another_shops_buyers_are_no_crowd(chain: Chain) -> None:
    for shop in (ALBA, BOREALIS):
        await chain.install(shop)
        await allow(chain, OPEN, shop)
        await sell(chain, 1, shop)
    assert [facts.place for facts in await told(chain)] == [msgspec.UNSET]
    assert [facts.place for facts in await told(chain, BOREALIS)] == [msgspec.UNSET]


async def test_no_town_is_kept_while_none_is_told(chain: Chain) -> None:
    await chain.install()
    await sell(chain, 1)
    await allow(chain, OPEN)
    await sell(chain, 2)
    async with chain.doors.data.tenant(ALBA) as connection:
        towns = await connection.fetch("SELECT town FROM events ORDER BY received_at")
    assert [row["town"] for row in towns] == [None, "FR lyon"]


@pytest.fixture
async def named(chain: Chain) -> Chain:
    """Alba has told of Margaux of Lyon."""
    await chain.install()
    await allow(chain, OPEN)
    for number in (1, 2):
        await sell(chain, number)
    assert (await told(chain))[-1].name == "Margaux"
    return chain


async def test_hidden_names_are_on_no_card_and_in_no_replay(named: Chain) -> None:
    before = await named.doors.live.position(ALBA)
    await allow(named, Privacy())
    assert [(facts.name, facts.place) for facts in await on_cards(named)] == [
        (msgspec.UNSET, msgspec.UNSET)
    ] * 2
    assert await named.doors.live.replay(ALBA, before) is None
    assert await named.heard_since_reset() == []


async def test_open_pages_hear_the_cards_without_their_names_before_they_start_anew(
    named: Chain,
) -> None:
    heard: list[frames.Message] = []
    await named.doors.live.subscriptions.subscribe(ALBA, heard.append)
    await allow(named, Privacy())
    async with asyncio.timeout(5):
        while [message.event for message in heard][-1:] != ["reset"]:
            await asyncio.sleep(0.01)
    assert [message.event for message in heard] == [
        "settings",
        "notification",
        "notification",
        "reset",
    ]
    assert not any(b"Margaux" in message.data or b"Lyon" in message.data for message in heard)


async def test_what_is_hidden_leaves_the_rest(named: Chain) -> None:
    await allow(named, msgspec.structs.replace(OPEN, place="hidden"))
    assert {(facts.name, facts.place) for facts in await on_cards(named)} == {
        ("Margaux", msgspec.UNSET)
    }


class InterruptedLive:
    """Redis, reached only after the merchant has hidden all."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._is_first = True

    async def publish(self, *what: Any, **more: Any) -> Any:
        if self._is_first:
            self._is_first = False
            await allow(self._chain, Privacy())
        return await self._chain.doors.live.publish(*what, **more)


async def test_a_card_on_its_way_while_names_are_hidden_goes_out_without(named: Chain) -> None:
    async with named.doors.data.tenant(ALBA):
        [late, _] = await notifications.latest(ALBA, 2)
    assert late.facts.name == "Margaux"
    late = msgspec.structs.replace(late, revision=7)
    interrupted: Any = InterruptedLive(named)
    await notifying.announce(named.doors.data, interrupted, ALBA, late)
    [message] = await named.heard_since_reset()
    assert message.event == "notification"
    assert b"Margaux" not in message.data


async def test_redis_may_know_settings_that_postgres_has_lost(named: Chain) -> None:
    await named.doors.live.publish_settings(ALBA, 99)
    async with asyncio.timeout(5):
        await sell(named, 3)
    assert (await told(named))[-1].name == "Margaux"
