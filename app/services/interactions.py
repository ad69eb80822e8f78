"""Keeps what a shopper's browser tells, before it is answered."""

from app import telemetry
from app.data import interactions, shops
from app.data.database import Database
from app.domain.interactions import Batch


async def keep(database: Database, shop: str, batch: Batch) -> None:
    """Stores a batch once; raises ShopUnknown where Earshot is not installed."""
    async with database.tenant(shop) as connection:
        await shops.require_installed(connection, shop)
        stored = await interactions.store(connection, shop, batch)
    telemetry.INTERACTIONS.labels("stored").inc(stored)
    telemetry.INTERACTIONS.labels("repeated-or-unknown").inc(len(batch.items) - stored)
