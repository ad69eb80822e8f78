"""Lists that webhooks do not bring, asked for one after the other."""

from datetime import UTC, datetime
from typing import Any

import structlog

from app.domain import jobs, progress
from app.domain.progress import Leftover
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.products import Product
from tests.cast import ALBA
from tests.services.sync.conftest import Work

ADD_PRODUCT = """
INSERT INTO products (shop, id, title, handle, published, has_all_variants, updated_at, told_at)
VALUES ($1, $2, 'Mug', 'mug', true, $3, now(), now())
"""
ADD_COLLECTION = """
INSERT INTO collections (shop, id, title, handle, updated_at, told_at)
VALUES ($1, $2, 'Morning', 'morning', now(), now())
"""


async def _run(work: Work, query: str, *args: Any) -> None:
    async with work.doors.data.system() as connection:
        await connection.execute(query, *args)


def _large(stand_in: StandIn) -> Product:
    """The mug in 600 colours: three pages."""
    mug = stand_in.world.product(ALBA, "alba-mug")
    pattern = mug.variants[0]
    for number in range(600 - len(mug.variants)):
        another = type(pattern)(**{**vars(pattern), "id": 10_000 + number, "levels": []})
        another.inventory_item_id = 50_000 + number
        mug.variants.append(another)
    return mug


async def test_the_rest_of_a_cut_list_is_read_page_by_page(work: Work, stand_in: StandIn) -> None:
    mug = _large(stand_in)
    await work.only(jobs.VARIANTS)
    await _run(work, ADD_PRODUCT, ALBA, mug.id, False)
    await _run(
        work,
        "INSERT INTO variants (shop, id, product, title, price, position, told_at)"
        " VALUES ($1, 77, $2, 'Sold out for good', 1, 1, now())",
        ALBA,
        mug.id,
    )
    await work.off()
    found = await work.rows("SELECT id FROM variants ORDER BY id")
    assert [row["id"] for row in found] == sorted(one.id for one in mug.variants)
    [row] = await work.rows("SELECT has_all_variants FROM products")
    assert row["has_all_variants"]
    kept = progress.decode((await work.state())[jobs.VARIANTS].progress, Leftover)
    assert kept == Leftover(done=1)
    assert work.steps >= 4


async def test_a_product_that_changed_meanwhile_is_read_again(
    work: Work, stand_in: StandIn
) -> None:
    mug = _large(stand_in)
    await work.only(jobs.VARIANTS)
    await _run(work, ADD_PRODUCT, ALBA, mug.id, False)
    await work.one()
    await _run(work, "UPDATE products SET told_at = $1", datetime.now(UTC))
    mug.variants.pop(0)
    await work.off()
    kept = progress.decode((await work.state())[jobs.VARIANTS].progress, Leftover)
    assert kept.done == 2
    found = await work.rows("SELECT id FROM variants")
    assert {row["id"] for row in found} == {one.id for one in mug.variants}


async def test_a_product_that_is_gone_is_buried(work: Work) -> None:
    await work.only(jobs.VARIANTS)
    await _run(work, ADD_PRODUCT, ALBA, 404, False)
    await work.off()
    [row] = await work.rows("SELECT deleted_at FROM products")
    assert row["deleted_at"] is not None


async def test_a_list_that_shopify_refuses_holds_up_no_other(work: Work, stand_in: StandIn) -> None:
    first, second = sorted(stand_in.world.products(ALBA), key=lambda each: each.id)[:2]
    title, first.variants[0].title = first.variants[0].title, None  # type: ignore[assignment]
    await work.only(jobs.VARIANTS)
    for goods in (first, second):
        await _run(work, ADD_PRODUCT, ALBA, goods.id, False)
    with structlog.testing.capture_logs() as logs:
        await work.off()
    [told] = [entry for entry in logs if entry["event"] == "list refused"]
    assert told["of"] == first.id
    found = await work.rows("SELECT DISTINCT product FROM variants")
    assert [row["product"] for row in found] == [second.id]
    job = (await work.state())[jobs.VARIANTS]
    assert job.problem is not None
    assert "ProductVariant.title" in job.problem
    first.variants[0].title = title
    work.later(days=1, hours=1)
    await work.off()
    assert len(await work.rows("SELECT DISTINCT product FROM variants")) == 2
    assert (await work.state())[jobs.VARIANTS].problem is None


async def test_who_is_in_a_collection_is_asked(work: Work, stand_in: StandIn) -> None:
    morning = stand_in.world.collections(ALBA)[0]
    await work.only(jobs.MEMBERS)
    await _run(work, ADD_COLLECTION, ALBA, morning.id)
    await _run(
        work,
        "INSERT INTO collection_products (shop, collection, product) VALUES ($1, $2, 5)",
        ALBA,
        morning.id,
    )
    await work.off()
    found = await work.rows("SELECT product FROM collection_products ORDER BY product")
    assert [row["product"] for row in found] == sorted(morning.products)


async def test_several_lists_are_left_and_all_are_read(work: Work, stand_in: StandIn) -> None:
    known = stand_in.world.collections(ALBA)
    await work.only(jobs.MEMBERS)
    for collection in known:
        await _run(work, ADD_COLLECTION, ALBA, collection.id)
    await work.off()
    kept = progress.decode((await work.state())[jobs.MEMBERS].progress, Leftover)
    assert kept.done == len(known)
    pairs = await work.rows("SELECT collection, product FROM collection_products")
    assert len(pairs) == sum(len(each.products) for each in known)
