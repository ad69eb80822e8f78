"""Gets to know who works in a shop, so that what they did can be told by name."""

import asyncio

import structlog

from app.data import shops, staff
from app.doors import Doors
from app.errors import (
    GrantRefused,
    LiveUnavailable,
    ShopifyUnavailable,
    ShopUnknown,
    SubjectTokenRefused,
)
from app.shopify.id_tokens import Merchant

log = structlog.get_logger()

_PATIENCE = 2.0  # seconds: somebody waits for a page
_ASKED_AGAIN_AFTER = 24 * 3600  # seconds


async def meet(doors: Doors, merchant: Merchant, id_token: str) -> None:
    """Asks Shopify for the name of somebody who is new here; without it the page opens as well."""
    async with doors.data.tenant(merchant.shop) as connection:
        if await staff.name_of(connection, merchant.shop, merchant.user) is not None:
            return
    try:
        await _introduce(doors, merchant, id_token)
    except (
        GrantRefused,
        LiveUnavailable,
        ShopifyUnavailable,
        ShopUnknown,
        SubjectTokenRefused,
        TimeoutError,
    ) as error:
        log.info("name not learned", shop=merchant.shop, reason=type(error).__name__)


async def _introduce(doors: Doors, merchant: Merchant, id_token: str) -> None:
    if not await doors.live.states.first(
        merchant.shop, f"asked who {merchant.user} is", _ASKED_AGAIN_AFTER
    ):
        return
    async with asyncio.timeout(_PATIENCE):
        member = await doors.shopify.tokens.introduce(merchant.shop, id_token)
    if member.user != merchant.user or not member.name:
        return
    async with doors.data.tenant(merchant.shop) as connection:
        await shops.hold_installed(connection, merchant.shop)
        await staff.learn(connection, merchant.shop, member.user, member.name, doors.clock())
