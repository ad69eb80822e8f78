"""Puts the setup guide away for good, and back."""

from app.data import shops
from app.doors import Doors
from app.shopify.id_tokens import Merchant


async def dismiss(doors: Doors, merchant: Merchant) -> None:
    await _keep(doors, merchant, is_dismissed=True)


async def bring_back(doors: Doors, merchant: Merchant) -> None:
    await _keep(doors, merchant, is_dismissed=False)


async def _keep(doors: Doors, merchant: Merchant, *, is_dismissed: bool) -> None:
    async with doors.data.tenant(merchant.shop) as connection:
        now = doors.clock()
        await shops.dismiss_setup(connection, merchant.shop, now if is_dismissed else None)
