"""Pages of products, variants and collections."""

from datetime import datetime

from app.data import collections, products, sync_jobs, variants
from app.data.database import Connection
from app.domain import jobs, passes
from app.domain.notifications import Notification
from app.domain.passes import Pass
from app.doors import Doors
from app.services import withdrawing
from app.services.sync.pages import Read, ask
from app.shopify import goods


async def read_products(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    page = await ask(doors, shop, goods.PRODUCTS, at)
    ids = [product.id for product in page.items]

    async def keep(connection: Connection) -> list[Notification]:
        await products.keep_all(connection, shop, page.items, now, at.begun_at or now)
        if await products.lacking_variants(connection, shop) is not None:
            await sync_jobs.enqueue(connection, shop, [jobs.VARIANTS], now)
        hidden = [product.id for product in page.items if not product.published]
        gone = await _bury_missing(connection, shop, at, page.after, ids)
        return await withdrawing.withdraw_unsellable(connection, shop, [*hidden, *gone], now)

    return Read(passes.past(at, page.after, ids, products=at.products + len(ids)), keep)


async def list_products(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    """Where one is listed that was taken for gone, the next pass reads everything: it may not have
    changed, and a search would not find it."""
    page = await ask(doors, shop, goods.PRODUCT_IDS, at)
    async with doors.data.tenant(shop) as connection:
        is_back = await products.are_some_buried(connection, shop, page.items, at.begun_at or now)

    async def keep(connection: Connection) -> list[Notification]:
        gone = await _bury_missing(connection, shop, at, page.after, page.items)
        return await withdrawing.withdraw_unsellable(connection, shop, gone, now)

    whole_at = None if is_back else at.whole_at
    return Read(passes.past(at, page.after, page.items, whole_at=whole_at), keep)


async def read_variants(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    page = await ask(doors, shop, goods.VARIANTS, at)
    ids = [found.variant.id for found in page.items]

    async def keep(connection: Connection) -> list[Notification]:
        pairs = ((found.product, found.variant) for found in page.items)
        await variants.keep_all(connection, shop, pairs, now)
        await _forget_missing(connection, shop, at, page.after, ids)
        return []

    return Read(passes.past(at, page.after, ids, variants=at.variants + len(ids)), keep)


async def list_variants(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    page = await ask(doors, shop, goods.VARIANT_IDS, at)

    async def keep(connection: Connection) -> list[Notification]:
        await _forget_missing(connection, shop, at, page.after, page.items)
        return []

    return Read(passes.past(at, page.after, page.items), keep)


async def read_collections(doors: Doors, shop: str, at: Pass, now: datetime) -> Read:
    """Always all of them: there is little more to them than their ids."""
    page = await ask(doors, shop, goods.COLLECTIONS, at)
    ids = [collection.id for collection in page.items]

    async def keep(connection: Connection) -> list[Notification]:
        begun_at = at.begun_at or now
        await collections.keep_all(connection, shop, page.items, now, begun_at)
        if (stretch := passes.stretch(at, page.after, ids)) is not None:
            await collections.bury_missing(connection, shop, ids, *stretch, begun_at)
        if await collections.lacking_members(connection, shop) is not None:
            await sync_jobs.enqueue(connection, shop, [jobs.MEMBERS], now)
        return []

    return Read(passes.past(at, page.after, ids, collections=at.collections + len(ids)), keep)


async def _bury_missing(
    connection: Connection, shop: str, at: Pass, after: str | None, listed: list[int]
) -> list[int]:
    """The products that are gone, by the stretch of ids that a page speaks for."""
    stretch = passes.stretch(at, after, listed)
    if stretch is None or at.begun_at is None:
        return []
    gone = await products.missing_from(connection, shop, listed, *stretch, at.begun_at)
    for product_id in gone:
        await products.bury(connection, shop, product_id, at.begun_at)
    return gone


async def _forget_missing(
    connection: Connection, shop: str, at: Pass, after: str | None, listed: list[int]
) -> None:
    stretch = passes.stretch(at, after, listed)
    if stretch is not None and at.begun_at is not None:
        await variants.forget_missing(connection, shop, listed, *stretch, at.begun_at)
