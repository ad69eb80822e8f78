"""Reads the catalogue from the Admin API: all of it at first, then nightly what changed, and which
ids there are, since a search for changes does not find what is gone.

One step is one page. Lists come sorted by id, so that a page says of a stretch of ids what is in
it and, where all is listed, what is not.
"""

from datetime import timedelta
from typing import Any

import structlog

from app.data import shops
from app.domain import jobs, passes, progress
from app.domain.jobs import Job
from app.domain.passes import Pass
from app.doors import Doors
from app.errors import QueryTooCostly, ScopeMissing
from app.services.sync import goods_pages, stock_pages
from app.services.sync.pages import Part, Read, nothing
from app.services.sync.steps import Step, finished, going_on
from app.shopify import goods, stock
from app.shopify.queries import Query

log = structlog.get_logger()

_PARTS: dict[str, Part] = {
    "products": goods_pages.read_products,
    "variants": goods_pages.read_variants,
    "locations": stock_pages.list_locations,
    "levels": stock_pages.read_levels,
    "collections": goods_pages.read_collections,
    "product-ids": goods_pages.list_products,
    "variant-ids": goods_pages.list_variants,
}
_QUERIES: dict[str, Query[Any]] = {
    "products": goods.PRODUCTS,
    "variants": goods.VARIANTS,
    "locations": stock.LOCATIONS,
    "levels": stock.LEVELS,
    "collections": goods.COLLECTIONS,
    "product-ids": goods.PRODUCT_IDS,
    "variant-ids": goods.VARIANT_IDS,
}


async def step(doors: Doors, job: Job) -> Step:
    now = doors.clock()
    at = progress.decode(job.progress, Pass)
    if at.part is None:
        at = passes.begun(at, now)
    try:
        read = await _PARTS[str(at.part)](doors, job.shop, at, now)
    except QueryTooCostly:
        smaller = passes.with_smaller_pages(at, _QUERIES[str(at.part)].first or 1)
        if smaller is None:
            raise
        return going_on(smaller)
    except ScopeMissing as error:
        log.warning("part of the catalogue denied", shop=job.shop, part=at.part, reason=str(error))
        read = Read(passes.without(at, str(error)), nothing)
    if read.at.part is not None:
        return going_on(read.at, read.keep)
    return await _done(doors, job.shop, read)


async def _done(doors: Doors, shop: str, read: Read) -> Step:
    at = read.at
    log.info(
        "catalogue read",
        shop=shop,
        products=at.products,
        variants=at.variants,
        levels=at.levels,
        collections=at.collections,
    )
    pause = await _until_next_night(doors, shop)
    return finished(at, pause, read.keep, " ".join(at.denied.values()) or None)


async def _until_next_night(doors: Doors, shop: str) -> timedelta:
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        facts = await shops.facts(connection, shop)
    return jobs.next_night(shop, facts.timezone if facts else "UTC", now) - now
