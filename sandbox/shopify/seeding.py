"""Puts both shops in place through the app's own front doors; safe to repeat."""

import asyncio
from typing import Any

import httpx

from sandbox.shopify.admin.entrances import app_query, id_token
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.courier import TIMEOUT
from sandbox.shopify.webhooks.deliveries import Delivery

PATIENCE = 30.0

# No waiting before the first card, short gaps, high caps: right for looking on, not for a shop.
SETTINGS = {
    "pacing": {
        "first_delay": 0,
        "duration": 6,
        "gap": 2,
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
    deliveries = _announce_products(stand_in, shop)
    await _until_accepted(deliveries)
    accepted = sum(delivery.is_accepted for delivery in deliveries)
    settings_status = await _put_settings(stand_in, shop)
    is_ok = app_status == 200 and settings_status == 200 and accepted == len(deliveries)
    return {
        "shop": shop.domain,
        "ok": is_ok,
        "app_status": app_status,
        "products": len(deliveries),
        "products_accepted": accepted,
        "settings_status": settings_status,
    }


def _announce_products(stand_in: StandIn, shop: Shop) -> list[Delivery]:
    announcer = stand_in.announcer
    deliveries = [
        announcer.compose(shop.domain, "products/create", announcer.product_payload(shop, goods))
        for goods in stand_in.world.products(shop.domain)
    ]
    stand_in.courier.send_later(deliveries)
    return deliveries


async def _until_accepted(deliveries: list[Delivery]) -> None:
    for _ in range(int(PATIENCE / 0.02)):
        if all(delivery.is_over for delivery in deliveries):
            return
        await asyncio.sleep(0.02)


async def _put_settings(stand_in: StandIn, shop: Shop) -> int | None:
    headers = {"Authorization": f"Bearer {id_token(stand_in, shop, shop.owner, is_retry=True)}"}
    async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
        try:
            address = f"{stand_in.options.app_url}/api/v1/settings"
            answer = await client.put(address, json=SETTINGS, headers=headers)
        except httpx.HTTPError:
            return None
        return answer.status_code
