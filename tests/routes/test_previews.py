"""What a merchant tries out comes to her open page, and to nobody else's."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
import redis.asyncio

from app.domain import frames, previews, rules, samples, settings_forms
from app.domain.previews import Viewer
from app.domain.settings import Privacy, ShopSettings
from app.workers import notify
from tests.cast import ALBA, ANA, BOREALIS, bearer, encoded, order, product, webhook_headers
from tests.routes.event_readers import Reader
from tests.services.chain import Chain

BEN = "4711"
VIEWER = "a" * 32
OTHER = "b" * 32
DEFAULTS = settings_forms.fields(ShopSettings())


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install()
    return chain


@contextlib.asynccontextmanager
async def looking(
    served: httpx.AsyncClient, viewer: str = VIEWER, *, member: str = ANA, shop: str = ALBA
) -> AsyncIterator[Reader]:
    """A page that is open, and heard."""
    path, headers = f"/live?viewer={viewer}", bearer(shop, sub=member)
    async with served.stream("GET", path, headers=headers, timeout=10) as answer:
        reader = Reader(answer.aiter_lines())
        assert (await reader.next())["event"] == "listening"
        yield reader


async def draft(
    served: httpx.AsyncClient,
    *,
    number: int = 1,
    viewer: str = VIEWER,
    member: str = ANA,
    shop: str = ALBA,
    **changes: list[str],
) -> httpx.Response:
    fields = DEFAULTS | {name.replace("__", "."): values for name, values in changes.items()}
    form = {**fields, "viewer": [viewer], "number": [str(number)], "version": ["0"]}
    return await served.post("/settings/draft", data=form, headers=bearer(shop, sub=member))


async def send_test_card(
    served: httpx.AsyncClient, viewer: str = VIEWER, *, member: str = ANA, shop: str = ALBA
) -> httpx.Response:
    headers = bearer(shop, sub=member)
    return await served.post("/test-cards", data={"viewer": viewer}, headers=headers)


async def told(reader: Reader) -> tuple[str, Any]:
    event = await reader.next()
    return event["event"], json.loads(event["data"])


async def nothing(reader: Reader, seconds: float = 0.4) -> None:
    """Ends the reader."""
    with pytest.raises(TimeoutError):
        await reader.next(seconds)


async def test_draft_comes_back_as_a_page_of_the_shop_would_begin(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana:
        answer = await draft(served, number=7, appearance__theme=["dark"], pacing__gap=["3"])
        assert answer.status_code == 200
        assert answer.json()["problems"] == {}
        event, drafted = await told(ana)
    assert event == "draft"
    assert drafted["number"] == 7
    config = drafted["config"]
    assert config["settings"]["pacing"]["gap"] == 3
    assert "#1d1c1a" in config["style"]
    assert config["version"] == 0
    assert config["cards"] == []
    saved = (await served.get(f"/storefront/{ALBA}/config.json")).json()
    assert config.keys() == saved.keys()
    assert saved["settings"]["pacing"]["gap"] == 20


async def test_sample_is_of_the_shops_own_goods_and_tells_what_it_may(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    await alba.tell("products/update", product(title="Moon planter"))
    async with looking(served) as ana:
        await draft(served, privacy__name=["first-name"], privacy__understood=["yes"])
        _, drafted = await told(ana)
    card = drafted["card"]
    assert card["facts"]["product"]["title"] == "Moon planter"
    assert card["facts"]["name"] == "Camille"
    assert "place" not in card["facts"]
    assert drafted["config"]["rules"][card["rule"]]["sentences"]["en"]
    assert drafted["example"] == "Camille bought Moon planter"


async def test_draft_says_where_shoppers_would_meet_it(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana:
        await draft(served, paused=["yes"], where__pages=["cart"], where__devices=["phone"])
        _, drafted = await told(ana)
    reach = drafted["reach"]
    assert (reach["paused"], reach["pages"], reach["devices"]) == (True, ["cart"], ["phone"])
    assert drafted["config"]["rules"] == {}


async def test_draft_with_problems_is_shown_to_nobody(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana:
        answer = await draft(served, pacing__gap=["soon"], where__devices=[])
        assert answer.status_code == 200
        assert answer.json()["problems"].keys() == {"pacing.gap", "where.devices"}
        await nothing(ana)


async def test_contrast_is_told_also_where_it_is_too_low(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    answer = await draft(
        served, appearance__theme=["custom"], appearance__palette__text=["#777777"]
    )
    assert answer.json()["contrasts"] == {"text": 4.4, "accent": 5.2}
    answer = await draft(served, appearance__palette__text=["grey"])
    assert answer.json()["contrasts"] == {}


async def test_draft_reaches_only_the_page_that_it_was_typed_into(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    await alba.install(BOREALIS)
    async with (
        looking(served) as ana,
        looking(served, OTHER) as her_other_tab,
        looking(served, VIEWER, member=BEN) as ben,
        looking(served, VIEWER, shop=BOREALIS) as borealis,
    ):
        await draft(served)
        assert (await told(ana))[0] == "draft"
        for other in (her_other_tab, ben, borealis):
            await nothing(other, 0.2)


async def test_list_of_notifications_hears_no_drafts_and_a_preview_no_orders(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana, served.stream("GET", "/live", headers=bearer()) as answer:
        rows = Reader(answer.aiter_lines())
        await asyncio.sleep(0.2)
        await draft(served)
        assert (await told(ana))[0] == "draft"
        await alba.tell("orders/create", order())
        assert "Someone bought" in (await rows.next())["data"]
        await nothing(ana, 0.2)


@pytest.mark.parametrize("viewer", ["", "x", "A" * 32, "a" * 33, "../../etc", "a" * 31 + "\n"])
async def test_page_that_names_itself_as_none_does_is_refused(
    alba: Chain, served: httpx.AsyncClient, viewer: str
) -> None:
    answer = await served.get("/live", params={"viewer": viewer}, headers=bearer())
    assert answer.status_code == 400
    assert (await draft(served, viewer=viewer)).status_code == 400
    assert (await send_test_card(served, viewer)).status_code == 400


async def test_nothing_is_tried_out_without_a_token_or_the_app(
    chain: Chain, served: httpx.AsyncClient
) -> None:
    form = {"viewer": VIEWER, "number": "1"}
    for path in ("/settings/draft", "/test-cards"):
        assert (await served.post(path, data=form)).status_code == 401
        answer = await served.post(path, data=form, headers=bearer(BOREALIS))
        assert answer.status_code == 404
    assert (await served.get("/live?viewer=" + VIEWER)).status_code == 401


async def test_preview_of_a_shop_that_leaves_ends(alba: Chain, served: httpx.AsyncClient) -> None:
    path = f"/live?viewer={VIEWER}"
    async with served.stream("GET", path, headers=bearer(), timeout=10) as answer:
        lines = answer.aiter_lines()
        assert (await Reader(lines).next())["event"] == "listening"
        await alba.receive("app/uninstalled", {"id": 1, "myshopify_domain": ALBA})
        await alba.relay()
        async with asyncio.timeout(8):
            async for _ in lines:
                pass
    assert (await served.get(path, headers=bearer())).status_code == 404


async def test_page_that_is_closed_is_forgotten(alba: Chain, served: httpx.AsyncClient) -> None:
    async with looking(served):
        assert await _listening(alba) == 1
    async with asyncio.timeout(3):
        while await _listening(alba):
            await asyncio.sleep(0.02)


async def test_message_that_is_none_of_ours_is_passed_over(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana:
        for message in (b"nonsense", b"{}", b'{"viewer":1}', b"\xff"):
            await alba.doors.live.previews.publish(ALBA, message)
        await draft(served)
        assert (await told(ana))[0] == "draft"


async def test_test_card_goes_the_whole_way_to_the_page_that_asked(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    await alba.tell("products/update", product(title="Moon planter"))
    async with looking(served) as ana:
        answer = await send_test_card(served)
        assert answer.status_code == 202
        assert "On its way" in answer.text
        assert await alba.relay() == 1
        await alba.notify(1)
        event, card = await told(ana)
    assert event == "test-card"
    assert card["card"]["facts"]["product"]["title"] == "Moon planter"
    assert f'data-card="{card["card"]["id"]}"' in answer.text


async def test_test_card_tells_of_a_buyer_only_what_is_saved(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    async with looking(served) as ana:
        await draft(served, privacy__name=["first-name"], privacy__understood=["yes"])
        assert (await told(ana))[0] == "draft"
        await send_test_card(served)
        await alba.notify(await alba.relay())
        _, card = await told(ana)
    assert "name" not in card["card"]["facts"]


async def test_test_card_is_told_from_all_that_happened(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    """No notification, no event that could prove one, no figure, nothing for storefronts."""
    async with looking(served) as ana:
        await send_test_card(served)
        await alba.notify(await alba.relay())
        assert (await told(ana))[0] == "test-card"
    assert await alba.heard() == []
    config = (await served.get(f"/storefront/{ALBA}/config.json")).json()
    assert config["cards"] == []
    page = (await served.get("/api/v1/notifications", headers=bearer())).json()
    assert page["notifications"] == []
    async with alba.doors.data.tenant(ALBA) as connection:
        assert await connection.fetchval("SELECT count(*) FROM events") == 0
        assert await connection.fetchval("SELECT count(*) FROM notifications") == 0


async def test_test_card_reaches_no_other_page(alba: Chain, served: httpx.AsyncClient) -> None:
    await alba.install(BOREALIS)
    async with (
        looking(served) as ana,
        looking(served, OTHER) as her_other_tab,
        looking(served, VIEWER, member=BEN) as ben,
        looking(served, VIEWER, shop=BOREALIS) as borealis,
        _channel(alba, f"notifications:{ALBA}") as shoppers,
        _channel(alba, f"notifications:{BOREALIS}") as their_shoppers,
    ):
        await send_test_card(served)
        await alba.notify(await alba.relay())
        assert (await told(ana))[0] == "test-card"
        for other in (her_other_tab, ben, borealis):
            await nothing(other, 0.2)
    assert shoppers == their_shoppers == []


async def test_repeated_test_card_is_the_same_card(alba: Chain, served: httpx.AsyncClient) -> None:
    async with looking(served) as ana:
        await send_test_card(served)
        await alba.relay()
        [record] = await alba.events(1)
        for _ in range(2):
            await notify.handle(record, alba.doors)
        (_, first), (_, second) = await told(ana), await told(ana)
    assert first == second


async def test_test_card_of_a_shop_that_left_meanwhile_is_dropped(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    await send_test_card(served)
    await alba.relay()
    await alba.receive("app/uninstalled", {"id": 1, "myshopify_domain": ALBA})
    await alba.relay()
    [record] = await alba.events(1)
    async with _channel(alba, f"previews:{ALBA}") as said:
        await notify.handle(record, alba.doors)
    assert said == []


@pytest.mark.parametrize("topic", ["earshot/preview-requested", "Earshot/Preview-Requested"])
async def test_forged_webhook_with_our_own_topic_is_refused(
    alba: Chain, served: httpx.AsyncClient, topic: str
) -> None:
    """Though it is signed as Shopify's: nothing outside asks for previews."""
    body = encoded({"viewer": VIEWER, "member": ANA})
    answer = await served.post(
        "/webhooks/shopify", content=body, headers=webhook_headers(body, topic)
    )
    assert answer.status_code == 400
    assert await alba.relay() == 0


async def test_test_card_that_does_not_arrive_says_how_far_it_came(
    alba: Chain, served: httpx.AsyncClient
) -> None:
    sent = await send_test_card(served)
    card = sent.text.partition('data-card="')[2].partition('"')[0]
    path = f"/test-cards/{card}"
    assert f'hx-get="{path}"' in sent.text
    assert "in the inbox" in (await served.get(path, headers=bearer())).text
    await alba.relay()
    assert "on Kafka" in (await served.get(path, headers=bearer())).text
    await alba.install(BOREALIS)
    assert "Nothing is known of it" in (await served.get(path, headers=bearer(BOREALIS))).text
    async with alba.doors.data.system() as connection:
        await connection.execute("UPDATE deliveries SET state = 'parked'")
    assert "dead letters" in (await served.get(path, headers=bearer())).text
    await alba.events(1)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"viewer": VIEWER}, 400),
        ({"viewer": VIEWER, "number": "many"}, 400),
        ({"viewer": VIEWER, "number": "1", "colour": "red"}, 400),
        ({"viewer": VIEWER, "number": "1", "paused": "x" * 70_000}, 413),
        ({"viewer": VIEWER, "number": "1"}, 200),
    ],
)
async def test_draft_that_is_no_form_of_ours_is_refused(
    alba: Chain, served: httpx.AsyncClient, form: dict[str, str], status: int
) -> None:
    answer = await served.post("/settings/draft", data=form, headers=bearer())
    assert answer.status_code == status


def test_preview_on_the_storefronts_channel_would_be_unreadable() -> None:
    message = previews.encode(Viewer(VIEWER, ANA), _drafted())
    assert previews.decode(message).viewer == Viewer(VIEWER, ANA)
    with pytest.raises(frames.MessageUnreadable):
        frames.decode_message(message)


def _drafted() -> previews.TestCard:
    sample = samples.frame(uuid4(), rules.first_of(ALBA), Privacy(), None, datetime.now(UTC))
    return previews.TestCard(sample)


async def _listening(alba: Chain) -> int:
    """How many pages of Alba's Redis counts."""
    client = redis.asyncio.from_url(alba.doors.settings.redis_url)
    counted = await client.pubsub_numsub(f"previews:{ALBA}")
    await client.aclose()
    return int(counted[0][1])


@contextlib.asynccontextmanager
async def _channel(alba: Chain, name: str) -> AsyncIterator[list[bytes]]:
    """All that is said on a channel meanwhile."""
    client = redis.asyncio.from_url(alba.doors.settings.redis_url)
    said: list[bytes] = []
    async with client.pubsub() as pubsub:
        await pubsub.subscribe(name)
        assert await pubsub.get_message(timeout=3)
        yield said
        while message := await pubsub.get_message(timeout=0.2):
            said.append(message["data"])
    await client.aclose()
