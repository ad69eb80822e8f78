"""Keeps whether the theme shows Earshot, which only the merchant's page can ask Shopify."""

from app.data import overviews, shops
from app.domain.standings import Embed
from app.doors import Doors
from app.errors import ShopUnknown
from app.shopify.id_tokens import Merchant


async def note(doors: Doors, merchant: Merchant, status: Embed) -> bool:
    """Whether it has changed since it was noted last. Raises ShopUnknown."""
    async with doors.data.tenant(merchant.shop) as connection:
        before = await overviews.presence(connection, merchant.shop)
        if before is None:
            raise ShopUnknown(merchant.shop)
        await shops.note_embed(connection, merchant.shop, status, doors.clock())
    return before.embed != status
