"""How a shop's work stands, read for whoever shows it."""

from app.data import collections, products, sync_jobs, variants
from app.data.database import Database
from app.domain import sync_overviews
from app.domain.sync_overviews import SyncOverview


async def of_shop(database: Database, shop: str) -> SyncOverview:
    async with database.tenant(shop) as connection:
        return sync_overviews.of(
            await sync_jobs.of_shop(connection, shop),
            await products.count(connection, shop),
            await variants.count(connection, shop),
            await collections.count(connection, shop),
        )
