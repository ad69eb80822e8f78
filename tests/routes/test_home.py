"""The home page: how the shop stands, the setup guide, and what only the page can tell."""

import dataclasses
from html import unescape
from typing import Any

import httpx
import pytest

from app import live
from app.data import shops
from app.domain.callers import Caller
from app.domain.previews import Viewer
from app.domain.settings import ShopSettings
from app.domain.shops import ShopFacts
from app.live.liveness import STREAM
from app.services import shop_settings, test_cards
from tests.cast import ALBA, ANA, BOREALIS, bearer, line_item, order
from tests.routes.conftest import asking
from tests.routes.words import words
from tests.services.chain import Chain

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#standing"}
MAIN = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "main#main"}


@pytest.fixture
async def alba(chain: Chain) -> Chain:
    await chain.install(ALBA)
    await chain.install(BOREALIS)
    await chain.doors.live.liveness.beat(STREAM)
    return chain


async def home(web: httpx.AsyncClient, shop: str = ALBA) -> str:
    answer = await web.get("/", headers=bearer(shop) | MAIN)
    assert answer.status_code == 200
    return words(answer)


async def tells_embed(
    web: httpx.AsyncClient, status: str, shop: str = ALBA, **more: Any
) -> httpx.Response:
    return await web.post("/embed", data={"status": status} | more, headers=bearer(shop) | PARTIAL)


async def test_theme_is_known_as_soon_as_the_page_tells(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    assert "Shopify has not said yet" in await home(web)
    answer = await tells_embed(web, "off")
    assert "Off in your theme" in words(answer)
    assert 'hx-target="#setup-guide"' in answer.text
    assert (await tells_embed(web, "off")).status_code == 204
    assert "On in your theme" in words(await tells_embed(web, "on"))
    page = await home(web)
    assert "On in your theme" in page
    assert "Live Shoppers see your paid orders as they happen." in page
    assert "Shopify has not said yet" in await home(web, BOREALIS)


async def test_theme_editor_opens_at_the_switch(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await web.get("/", headers=bearer() | MAIN)
    editor = (
        f"/shops/{ALBA}/admin/themes/current/editor?context=apps&template=product"
        "&activateAppId=0123456789abcdef0123456789abcdef%2Fearshot"
    )
    assert editor in unescape(answer.text)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"status": ""},
        {"status": "ON"},
        {"status": ["on", "off"]},
        {"status": "on\0"},
        {"status": "on", "shop": BOREALIS},
        {"other": "on"},
    ],
)
async def test_what_no_page_tells_of_the_theme_is_refused(
    web: httpx.AsyncClient, alba: Chain, form: dict[str, Any]
) -> None:
    answer = await web.post("/embed", data=form, headers=bearer() | PARTIAL)
    assert answer.status_code == 400
    assert answer.json()["detail"].endswith(".")
    assert "Shopify has not said yet" in await home(web)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/standing"),
        ("POST", "/embed"),
        ("POST", "/setup-guide/dismissal"),
        ("DELETE", "/setup-guide/dismissal"),
    ],
)
async def test_nobody_asks_without_a_token(
    web: httpx.AsyncClient, alba: Chain, method: str, path: str
) -> None:
    assert (await web.request(method, path)).status_code == 401


async def test_a_huge_word_about_the_theme_is_refused(web: httpx.AsyncClient, alba: Chain) -> None:
    answer = await web.post("/embed", content=b"status=on" + b"x" * 2_000, headers=bearer())
    assert answer.status_code == 413


@pytest.mark.parametrize("done", ["x", "-", "9" * 400, "1.5"])
async def test_nonsense_about_the_guide_is_refused(
    web: httpx.AsyncClient, alba: Chain, done: str
) -> None:
    answer = await web.get("/standing", params={"done": done}, headers=bearer() | PARTIAL)
    assert answer.status_code == 400


async def test_stream_that_is_not_at_work_is_told(web: httpx.AsyncClient, chain: Chain) -> None:
    await chain.install()
    assert "Cannot be reached: the stream process is not at work" in await home(web)
    await chain.doors.live.liveness.beat(STREAM)
    assert "Hear of an order at once" in await home(web)


async def test_steps_tick_themselves_off_as_facts_come(web: httpx.AsyncClient, alba: Chain) -> None:
    assert "0 of 3 done" in await home(web)
    await tells_embed(web, "on")
    assert "1 of 3 done" in await home(web)
    await shop_settings.save(
        alba.doors.data, alba.doors.live, Caller(ALBA, ANA), ShopSettings(), alba.doors.clock()
    )
    assert "2 of 3 done" in await home(web)
    await alba.tell("orders/create", order())
    page = await home(web)
    assert "3 of 3 done" in page
    assert "You are all set" in page
    assert "0 of 3 done" in await home(web, BOREALIS)


async def test_a_test_card_counts_as_the_first_one(web: httpx.AsyncClient, alba: Chain) -> None:
    viewer = Viewer("0" * 32, ANA)
    await test_cards.send(alba.doors, alba.intake, ALBA, viewer)
    assert "1 of 3 done" in await home(web)
    assert "0 of 3 done" in await home(web, BOREALIS)


async def test_open_page_gets_the_guide_only_when_a_step_was_done(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    async def asked(done: int) -> str:
        answer = await web.get("/standing", params={"done": done}, headers=bearer() | PARTIAL)
        return answer.text

    assert 'id="setup-guide"' not in await asked(0)
    await alba.tell("orders/create", order())
    assert 'id="setup-guide"' in await asked(0)
    assert 'id="setup-guide"' not in await asked(1)


async def test_guide_is_put_away_for_good_and_found_again(
    web: httpx.AsyncClient, alba: Chain
) -> None:
    for _ in range(2):
        answer = await web.post("/setup-guide/dismissal", headers=bearer() | PARTIAL)
        assert "Show setup guide" in words(answer)
    page = await home(web)
    assert "Show setup guide" in page
    assert "of 3 done" not in page
    assert "of 3 done" in await home(web, BOREALIS)
    answer = await web.request("DELETE", "/setup-guide/dismissal", headers=bearer() | PARTIAL)
    assert "0 of 3 done" in words(answer)
    assert "0 of 3 done" in await home(web)


async def test_today_is_the_shops_own(web: httpx.AsyncClient, alba: Chain) -> None:
    async with alba.doors.data.tenant(ALBA) as connection:
        facts = ShopFacts(
            "Alba", "https://alba.example", "EUR", "Pacific/Kiritimati", "en", "Basic"
        )
        await shops.learn(connection, ALBA, facts, alba.doors.clock())
    await alba.tell("orders/create", order())
    assert "Cards 1 Seen 0 Clicked 0 Retracted 0" in await home(web)


async def test_title_of_the_last_card_cannot_be_markup(web: httpx.AsyncClient, alba: Chain) -> None:
    title = '<img src=x onerror="alert(1)"> & co'
    await alba.tell("orders/create", order(line_items=[line_item(title=title)]))
    answer = await web.get("/", headers=bearer() | MAIN)
    assert "<img src=x" not in answer.text
    assert f"Someone bought {title} ·" in words(answer)


async def test_home_opens_while_redis_is_away(alba: Chain) -> None:
    """Nothing can be told of open pages then, and the rest is told."""
    away = await live.open("redis://127.0.0.1:9")
    async with asking(dataclasses.replace(alba.doors, live=away)) as web:
        page = await home(web)
    await away.close()
    assert "Cannot be told just now: Redis does not answer" in page
    assert "No notifications yet" in page
