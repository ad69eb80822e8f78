"""Saves what a merchant decides, and tells open storefront pages."""

from datetime import datetime

import structlog

from app.data import settings
from app.data.database import Database
from app.domain.settings import SavedSettings, ShopSettings
from app.errors import LiveUnavailable
from app.live.door import Live
from app.shopify.id_tokens import Merchant

log = structlog.get_logger()


async def save(
    database: Database, live: Live, merchant: Merchant, wanted: ShopSettings, now: datetime
) -> SavedSettings:
    async with database.tenant(merchant.shop) as connection:
        saved = await settings.save(connection, merchant.shop, wanted, merchant.user, now)
    try:
        await live.publish_settings(merchant.shop, saved.version)
    except LiveUnavailable as error:
        # Saved is saved: pages read the settings when they are opened next.
        log.warning("settings not announced", shop=merchant.shop, reason=str(error))
    return saved
