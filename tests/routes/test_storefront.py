import asyncio
from uuid import uuid4

import httpx
import pytest
import redis.asyncio

from app.data import interaction_counts, notifications
from app.doors import Doors
from app.services import tallying
from tests.cast import ALBA, BOREALIS, bearer, order
from tests.services.chain import Chain

CONFIG = f"/storefront/{ALBA}/config.json"
BEACON = f"/storefront/{ALBA}/interactions"


async def test_the_config_has_the_latest_cards_and_a_position(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    answer = await web.get(CONFIG)
    assert answer.status_code == 200
    config = answer.json()
    [card] = config["cards"]
    assert card["facts"]["product"]["title"] == "Alba mug"
    rule = config["rules"][card["rule"]]
    assert rule["kind"] == "recent-order"
    assert rule["wording"]["en"] == rule["sentences"]["en"][-1] == "Someone bought {product}"
    assert config["position"] == str(await chain.doors.live.position(ALBA))
    assert config["settings"]["pacing"]["first_delay"] == 6


async def test_a_retracted_card_is_not_in_the_config(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    await chain.tell("orders/cancelled", order(cancelled_at="2026-11-21T10:00:00Z"))
    assert (await web.get(CONFIG)).json()["cards"] == []


async def test_a_card_from_long_ago_is_not_in_the_config(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    await chain.tell("orders/create", order())
    async with chain.doors.data.system() as connection:
        await connection.execute("UPDATE notifications SET occurred_at = now() - interval '8 days'")
    assert (await web.get(CONFIG)).json()["cards"] == []


async def test_any_storefront_may_read_the_config(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    answer = await web.get(CONFIG, headers={"Origin": "https://alba.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_an_unchanged_config_is_not_sent_again(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    first = await web.get(CONFIG)
    again = await web.get(CONFIG, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "shop", [BOREALIS, "x", "ALBA-CERAMICS.myshopify.com", f"{ALBA}.evil.example", "..%2f..%2fetc"]
)
async def test_an_unknown_shop_has_no_config(
    web: httpx.AsyncClient, chain: Chain, shop: str
) -> None:
    await chain.install(ALBA)
    answer = await web.get(f"/storefront/{shop}/config.json")
    assert answer.status_code == 404


async def test_the_config_of_one_shop_has_nothing_of_another(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    await chain.tell("orders/create", order())
    answer = await web.get(f"/storefront/{BOREALIS}/config.json")
    assert answer.json()["cards"] == []
    assert "Alba" not in answer.text


async def test_the_version_of_the_widget_that_asks_is_noted(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    await chain.install(BOREALIS)
    await web.get(CONFIG, params={"v": "0.2.0"})
    widgets = chain.doors.live.widgets
    async with asyncio.timeout(5):
        while not await widgets.seen(ALBA):
            await asyncio.sleep(0.02)
    assert list(await widgets.seen(ALBA)) == ["0.2.0"]
    assert await widgets.seen(BOREALIS) == {}


@pytest.mark.parametrize("query", ["v=", "v=%ff%00", "v=1&v=2", "v=" + "9" * 5_000, "%=&v"])
async def test_a_version_that_is_none_does_not_matter(
    web: httpx.AsyncClient, chain: Chain, query: str
) -> None:
    await chain.install()
    assert (await web.get(f"{CONFIG}?{query}")).status_code == 200
    assert await chain.doors.live.widgets.seen(ALBA) == {}


def _batch(card: dict[str, str], **changes: object) -> dict[str, object]:
    item = {
        "kind": "impression",
        "notification": card["id"],
        "revision": 1,
        "rule": card["rule"],
        "at": "2026-11-21T10:00:00Z",
    }
    return {"batch": str(uuid4()), "items": [item | changes]}


async def _card(web: httpx.AsyncClient, chain: Chain) -> dict[str, str]:
    await chain.install()
    await chain.tell("orders/create", order())
    card: dict[str, str] = (await web.get(CONFIG)).json()["cards"][0]
    return card


async def _impressions(doors: Doors) -> int:
    while await tallying.tally(doors.data) is not None:
        pass
    async with doors.data.tenant(ALBA) as connection:
        [notification] = await notifications.latest(ALBA, 10)
        counts = await interaction_counts.of_each(connection, ALBA, [notification.id])
    return counts[notification.id].impressions


async def test_an_impression_is_counted(web: httpx.AsyncClient, chain: Chain) -> None:
    card = await _card(web, chain)
    for _ in range(3):
        assert (await web.post(BEACON, json=_batch(card))).status_code == 204
    assert await _impressions(chain.doors) == 3


async def test_a_repeated_batch_counts_once(web: httpx.AsyncClient, chain: Chain) -> None:
    batch = _batch(await _card(web, chain))
    for _ in range(3):
        assert (await web.post(BEACON, json=batch)).status_code == 204
    assert await _impressions(chain.doors) == 1


async def test_a_click_is_no_impression(web: httpx.AsyncClient, chain: Chain) -> None:
    card = await _card(web, chain)
    await web.post(BEACON, json=_batch(card, kind="click"))
    assert await _impressions(chain.doors) == 0


async def test_what_was_never_told_is_not_counted(web: httpx.AsyncClient, chain: Chain) -> None:
    card = await _card(web, chain)
    await web.post(BEACON, json=_batch(card, notification=str(uuid4())))
    assert await _impressions(chain.doors) == 0
    async with chain.doors.data.system() as connection:
        assert await connection.fetchval("SELECT count(*) FROM interactions") == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"batch": "x", "items": []}',
        b'{"batch": "7b7c1f0e-2a52-4b5c-9a44-0d8a1ef7d111", "items": []}',
        b"\xff\xfe",
        b"{" * 5000,
        b'{"x":' + b"[" * 60_000,
    ],
)
async def test_an_unreadable_batch_is_refused(
    web: httpx.AsyncClient, chain: Chain, body: bytes
) -> None:
    await chain.install()
    answer = await web.post(BEACON, content=body)
    assert answer.status_code == 400
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "purchase"},
        {"notification": "1"},
        {"at": "yesterday"},
        {"at": "0001-01-01T00:00:00+14:00"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"revision": -1},
    ],
)
async def test_an_impossible_interaction_is_refused(
    web: httpx.AsyncClient, chain: Chain, changes: dict[str, object]
) -> None:
    card = await _card(web, chain)
    assert (await web.post(BEACON, json=_batch(card, **changes))).status_code == 400


async def test_too_large_a_batch_is_refused(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    assert (await web.post(BEACON, content=b" " * 64_001)).status_code == 413


async def test_an_unknown_shop_takes_no_interactions(web: httpx.AsyncClient, chain: Chain) -> None:
    card = await _card(web, chain)
    answer = await web.post(f"/storefront/{BOREALIS}/interactions", json=_batch(card))
    assert answer.status_code == 404


async def test_settings_are_saved_whole_and_reach_the_config(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await chain.install()
    wanted = (await web.get("/api/v1/settings", headers=bearer())).json()["settings"]
    wanted["pacing"]["gap"] = 2
    saved = await web.put("/api/v1/settings", json=wanted, headers=bearer())
    assert saved.json() == {"version": 1, "settings": wanted}
    del wanted["pacing"]["quiet_hours"]
    assert (await web.get(CONFIG)).json()["settings"]["pacing"] == wanted["pacing"]
    [message] = await chain.heard()
    assert (message.event, message.data) == ("settings", b'{"version":1}')


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"pacing": {"gap": "2"}}',
        b'{"pacing": {"gap": -1}}',
        b'{"pacing": {"gap": 1e9}}',
        b'{"surprise": 1}',
        b'{"appearance": {"position": "everywhere"}}',
    ],
)
async def test_settings_that_cannot_be_are_refused(
    web: httpx.AsyncClient, chain: Chain, body: bytes
) -> None:
    await chain.install()
    answer = await web.put("/api/v1/settings", content=body, headers=bearer())
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["detail"].startswith("The settings are not valid")


async def test_a_shop_that_is_none_leaves_nothing_in_redis(
    web: httpx.AsyncClient, chain: Chain
) -> None:
    await web.get("/storefront/ghost.myshopify.com/config.json?v=0.2.0")
    client = redis.asyncio.from_url(chain.doors.settings.redis_url)
    try:
        assert await client.keys("*ghost*") == []
    finally:
        await client.aclose()


async def test_the_schema_is_a_document_and_no_page(web: httpx.AsyncClient) -> None:
    answer = await web.get("/api/schema")
    assert answer.status_code == 200
    assert "/api/v1/settings" in answer.json()["paths"]
    assert (await web.get("/api/schema/swagger")).status_code == 404
