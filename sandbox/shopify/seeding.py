"""Puts both shops in place through the app's own front doors; safe to repeat."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from sandbox.shopify.admin.entrances import app_query, id_token
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.shops import Shop

PATIENCE = 30.0
# A browser's, not a webhook's: everything has just started and is busy.
TIMEOUT = httpx.Timeout(20.0)

# No waiting before the first card, short gaps, high caps: right for looking on, not for a shop.
# A card is over about when the next thing happens in a busy shop, so that few wait behind others.
SETTINGS = {
    "pacing": {
        "first_delay": 0,
        "duration": 5,
        "gap": 1,
        "max_per_page": 50,
        "max_per_session": 500,
        "dismissal_days": 0,
    },
    "appearance": {"position": "bottom-left"},
}


async def seed(stand_in: StandIn) -> dict[str, Any]:
    """`ok` is false, and `shops` tells why, when the app did not take everything."""
    reports = [await _seed_shop(stand_in, shop) for shop in stand_in.world.shops.values()]
    return {"ok": all(report["ok"] for report in reports), "shops": reports}


async def open_app(stand_in: StandIn, shop: Shop) -> int | None:
    """The status of the app's home page; None when the app does not answer.

    Whoever opens it agrees to what it asks for.
    """
    stand_in.consents.agree(shop)
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
        try:
            address = f"{stand_in.options.app_url}/"
            answer = await client.get(address, params=app_query(stand_in, shop, shop.owner))
        except httpx.HTTPError:
            return None
        return answer.status_code


async def _seed_shop(stand_in: StandIn, shop: Shop) -> dict[str, Any]:
    stand_in.consents.install(shop)
    shop.embed_active = shop.takes_embeds
    app_status = await open_app(stand_in, shop)
    saved = await _ask(stand_in, shop, "PUT", "settings", SETTINGS)
    settings_status = None if saved is None else saved.status_code
    is_in = app_status == 200 and settings_status == 200
    is_read = is_in and await _within_patience(_has_read, stand_in, shop)
    has_written = is_in and await _within_patience(_has_written, stand_in, shop)
    return {
        "shop": shop.domain,
        "ok": is_read and has_written,
        "app_status": app_status,
        "settings_status": settings_status,
        "catalogue_read": is_read,
        "addresses_written": has_written,
    }


async def _within_patience(
    holds: Callable[[StandIn, Shop], Awaitable[bool]], stand_in: StandIn, shop: Shop
) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not await holds(stand_in, shop):
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.05)
    return True


async def _has_read(stand_in: StandIn, shop: Shop) -> bool:
    """Whether the app knows the whole catalogue by now: it asks for it when it is installed."""
    answer = await _ask(stand_in, shop, "GET", "shop")
    if answer is None or answer.is_error:
        return False
    known = int(answer.json()["catalogue"]["products"])
    return known >= len(stand_in.world.products(shop.domain))


async def _has_written(stand_in: StandIn, shop: Shop) -> bool:
    """Whether the theme knows by now where the app is."""
    return shop.installation is not None and bool(shop.installation.metafields)


async def _ask(
    stand_in: StandIn, shop: Shop, method: str, path: str, body: object = None
) -> httpx.Response | None:
    """The app's API in the owner's name; None when the app does not answer."""
    headers = {"Authorization": f"Bearer {id_token(stand_in, shop, shop.owner, is_retry=True)}"}
    address = f"{stand_in.options.app_url}/api/v1/{path}"
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
        try:
            return await client.request(method, address, json=body, headers=headers)
        except httpx.HTTPError:
            return None
