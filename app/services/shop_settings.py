"""Saves what a merchant decides, and tells open storefront pages."""

from datetime import datetime

from app.data import settings
from app.data.database import Database
from app.domain.settings import SavedSettings, ShopSettings
from app.live.door import Live
from app.shopify.id_tokens import Merchant


async def save(
    database: Database, live: Live, merchant: Merchant, wanted: ShopSettings, now: datetime
) -> SavedSettings:
    async with database.tenant(merchant.shop) as connection:
        saved = await settings.save(connection, merchant.shop, wanted, merchant.user, now)
    await live.publish_settings(merchant.shop, saved.version)
    return saved
