"""The catalogue from the Admin API, against the stand-in, polite and rude."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from app.data import collections, products
from app.domain import jobs, progress
from app.domain.passes import Pass
from app.domain.positions import Position
from app.services import settling
from app.services.intake import Intake
from app.services.sync import overviews
from app.shopify import webhooks
from sandbox.shopify.admin_api import costs, queries
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.state.moments import later_than
from tests.cast import ALBA, BOREALIS, encoded, webhook_headers
from tests.services.sync.conftest import Work
from tests.services.sync.goods import add_products
from tests.services.telling import tell_of_product

PRODUCTS = "SELECT * FROM products WHERE shop = $1 AND deleted_at IS NULL ORDER BY id"
VARIANTS = "SELECT * FROM variants WHERE shop = $1 ORDER BY id"
LEVELS = "SELECT * FROM inventory_levels WHERE shop = $1 AND available IS NOT NULL"
MEMBERS = "SELECT * FROM collection_products WHERE shop = $1"


async def _pass(work: Work) -> Pass:
    return progress.decode((await work.state())[jobs.CATALOGUE].progress, Pass)


async def _read(work: Work) -> None:
    await work.only(jobs.CATALOGUE)
    await work.off()


async def test_all_that_the_shop_sells_is_known(work: Work, stand_in: StandIn) -> None:
    await _read(work)
    goods = {each.id: each for each in stand_in.world.products(ALBA)}
    rows = await work.rows(PRODUCTS, ALBA)
    assert [row["id"] for row in rows] == sorted(goods)
    for row in rows:
        sold = goods[row["id"]]
        assert (row["title"], row["handle"]) == (sold.title, sold.handle)
        assert (row["vendor"], row["product_type"]) == (sold.vendor, sold.kind)
        assert row["tags"] == sold.tags
        assert row["published"] is sold.is_visible
        assert row["image"].startswith("http")


async def test_variants_stock_and_collections_are_known(work: Work, stand_in: StandIn) -> None:
    await _read(work)
    world = stand_in.world
    variants = {one.id: one for goods in world.products(ALBA) for one in goods.variants}
    rows = await work.rows(VARIANTS, ALBA)
    assert [row["id"] for row in rows] == sorted(variants)
    for row in rows:
        assert row["price"] == variants[row["id"]].price
        assert row["inventory_item"] == variants[row["id"]].inventory_item_id
    stocked = {
        (one.inventory_item_id, level.location_id): level.available
        for one in variants.values()
        for level in one.levels
    }
    levels = await work.rows(LEVELS, ALBA)
    assert {(row["inventory_item"], row["location"]): row["available"] for row in levels} == stocked
    pairs = {(one.id, product) for one in world.collections(ALBA) for product in one.products}
    members = await work.rows(MEMBERS, ALBA)
    assert {(row["collection"], row["product"]) for row in members} == pairs


async def test_how_far_it_has_come_is_visible(work: Work, stand_in: StandIn) -> None:
    add_products(stand_in, ALBA, 250)
    await work.only(jobs.CATALOGUE)
    await work.one()
    at = await _pass(work)
    assert (at.part, at.products) == ("products", 100)
    job = (await work.state())[jobs.CATALOGUE]
    assert job.started_at is not None
    assert job.finished_at is None
    await work.off()
    job = (await work.state())[jobs.CATALOGUE]
    assert job.finished_at is not None
    at = await _pass(work)
    assert (at.part, at.products) == (None, len(stand_in.world.products(ALBA)))
    assert at.variants >= at.products


async def test_five_hundred_products_come_page_by_page(work: Work, stand_in: StandIn) -> None:
    add_products(stand_in, ALBA, 500)
    await _read(work)
    assert len(await work.rows(PRODUCTS, ALBA)) == len(stand_in.world.products(ALBA))
    assert work.steps >= 6 + 3


@pytest.mark.parametrize(
    "mood",
    [Rudeness(throttling=True), Rudeness(server_errors=True), Rudeness(expired_tokens=True)],
    ids=["throttling", "failing", "tokens that end early"],
)
async def test_a_shopify_that_is_rude_is_read_all_the_same(
    work: Work, stand_in: StandIn, mood: Rudeness
) -> None:
    add_products(stand_in, ALBA, 120)
    await work.only(jobs.CATALOGUE)
    stand_in.be_rude(mood)
    await work.off_in_spite_of()
    assert len(await work.rows(PRODUCTS, ALBA)) == len(stand_in.world.products(ALBA))
    assert (await work.state())[jobs.CATALOGUE].problem is None


@pytest.mark.parametrize(
    ("mood", "says"),
    [
        (Rudeness(frozen=True), "frozen the shop until its bill is paid"),
        (Rudeness(locked=True), "locked the shop"),
    ],
    ids=["frozen", "locked"],
)
async def test_a_shop_that_is_shut_is_read_when_it_opens(
    work: Work, stand_in: StandIn, mood: Rudeness, says: str
) -> None:
    await work.only(jobs.CATALOGUE)
    stand_in.be_rude(mood)
    await work.one()
    job = (await work.state())[jobs.CATALOGUE]
    assert job.problem is not None
    assert says in job.problem
    stand_in.be_rude(Rudeness())
    await work.off_in_spite_of()
    assert await work.rows(PRODUCTS, ALBA)


async def test_a_shop_that_leaves_while_shopify_hangs_gets_no_catalogue(
    work: Work, stand_in: StandIn
) -> None:
    await work.only(jobs.CATALOGUE)
    stand_in.be_rude(Rudeness(api_delay_ms=700))
    reading = asyncio.create_task(work.one())
    await asyncio.sleep(0.2)
    intake = Intake(work.doors.data)
    body = encoded({"myshopify_domain": ALBA})
    headers = webhook_headers(body, "app/uninstalled")
    lowered = {name.lower(): value for name, value in headers.items()}
    await intake.accept(webhooks.parse(lowered, body))
    assert await settling.settle(work.doors.data, work.doors.clock()) == 1
    await intake.close()
    assert await reading
    assert await work.rows(PRODUCTS, ALBA) == []
    assert await work.state() == {}


async def test_pages_that_cost_too_much_are_halved(
    work: Work, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SINGLE_QUERY_MAXIMUM", 200)
    await work.only(jobs.CATALOGUE)
    await work.one()
    assert (await _pass(work)).first == {"products": 50}
    await work.off()
    assert len(await work.rows(PRODUCTS, ALBA)) == len(stand_in.world.products(ALBA))
    assert await work.rows(VARIANTS, ALBA)


async def test_another_shop_keeps_its_own(work: Work, stand_in: StandIn) -> None:
    await work.install(BOREALIS)
    await _read(work)
    assert len(await work.rows(PRODUCTS, BOREALIS)) == len(stand_in.world.products(BOREALIS))
    ours = {row["id"] for row in await work.rows(PRODUCTS, ALBA)}
    assert ours == {goods.id for goods in stand_in.world.products(ALBA)}


async def test_a_night_later_only_changes_are_read(work: Work, stand_in: StandIn) -> None:
    await _read(work)
    mug = stand_in.world.product(ALBA, "alba-mug")
    mug.title, mug.updated_at = "Alba mug, large", later_than(mug.updated_at)
    mug.variants[0].price = Decimal("31.00")
    work.later(days=1, hours=12)
    await work.off()
    at = await _pass(work)
    assert at.since is not None
    assert at.products < len(stand_in.world.products(ALBA))
    [row] = await work.rows("SELECT title FROM products WHERE id = $1", mug.id)
    assert row["title"] == "Alba mug, large"
    [row] = await work.rows("SELECT price FROM variants WHERE id = $1", mug.variants[0].id)
    assert row["price"] == Decimal("31.00")


async def test_what_is_gone_is_found_by_night(work: Work, stand_in: StandIn) -> None:
    """Their webhooks were lost."""
    await _read(work)
    goods = stand_in.world.products(ALBA)
    gone = goods.pop(2)
    shrunk = next(each for each in goods if len(each.variants) > 1)
    lost = shrunk.variants.pop()
    ended = stand_in.world.collections(ALBA).pop()
    work.later(days=1, hours=12)
    await work.off()
    [row] = await work.rows("SELECT * FROM products WHERE id = $1", gone.id)
    assert row["deleted_at"] is not None
    assert not row["published"]
    known = {row["id"] for row in await work.rows(VARIANTS, ALBA)}
    assert lost.id not in known
    assert not known & {variant.id for variant in gone.variants}
    assert shrunk.variants[0].id in known
    [row] = await work.rows("SELECT * FROM collections WHERE id = $1", ended.id)
    assert row["deleted_at"] is not None
    assert not await work.rows(MEMBERS + " AND collection = $2", ALBA, ended.id)
    assert len(await work.rows(PRODUCTS, ALBA)) == len(goods)


@pytest.mark.parametrize(
    "days", [1, 31], ids=["the night after next", "with all that is read anew"]
)
async def test_a_product_that_was_taken_for_gone_comes_back(
    work: Work, stand_in: StandIn, days: int
) -> None:
    """A listing lacked it, and a later one has it: what was said of it last holds."""
    await _read(work)
    goods = stand_in.world.products(ALBA)
    lost = goods.pop(2)
    work.later(days=1, hours=12)
    await work.off()
    [row] = await work.rows("SELECT * FROM products WHERE id = $1", lost.id)
    assert row["deleted_at"] is not None
    goods.insert(2, lost)
    for _ in range(2):
        work.later(days=days, hours=12)
        await work.off()
    [row] = await work.rows("SELECT * FROM products WHERE id = $1", lost.id)
    assert (row["deleted_at"], row["published"], row["has_all_variants"]) == (None, True, True)
    known = {row["id"] for row in await work.rows(VARIANTS, ALBA)}
    assert {variant.id for variant in lost.variants} <= known


async def test_a_product_that_changes_after_it_was_taken_for_gone_comes_back_with_its_variants(
    work: Work, stand_in: StandIn
) -> None:
    await _read(work)
    mug = stand_in.world.product(ALBA, "alba-mug")
    async with work.doors.data.tenant(ALBA) as connection:
        await products.bury(connection, ALBA, mug.id, work.doors.clock())
    work.later(days=1, hours=12)
    mug.title, mug.updated_at = "Alba mug, back again", work.doors.clock()
    await work.off()
    [row] = await work.rows("SELECT * FROM products WHERE id = $1", mug.id)
    assert (row["title"], row["deleted_at"]) == ("Alba mug, back again", None)
    known = {row["id"] for row in await work.rows(VARIANTS, ALBA)}
    assert {variant.id for variant in mug.variants} <= known


async def test_a_collection_that_was_taken_for_gone_comes_back(
    work: Work, stand_in: StandIn
) -> None:
    await _read(work)
    morning = stand_in.world.collections(ALBA)[0]
    async with work.doors.data.tenant(ALBA) as connection:
        await collections.bury(connection, ALBA, morning.id, work.doors.clock())
    work.later(days=1, hours=12)
    await work.off()
    [row] = await work.rows("SELECT deleted_at FROM collections WHERE id = $1", morning.id)
    assert row["deleted_at"] is None
    found = await work.rows(MEMBERS + " AND collection = $2", ALBA, morning.id)
    assert {row["product"] for row in found} == set(morning.products)


async def test_a_product_that_is_deleted_while_it_is_listed_does_not_come_back(
    work: Work, stand_in: StandIn
) -> None:
    await work.only(jobs.CATALOGUE)
    mug = stand_in.world.product(ALBA, "alba-mug")
    async with work.doors.data.tenant(ALBA) as connection:
        await products.bury(connection, ALBA, mug.id, work.doors.clock() + timedelta(seconds=1))
    await work.off()
    [row] = await work.rows("SELECT * FROM products WHERE id = $1", mug.id)
    assert row["deleted_at"] is not None


async def test_after_a_month_all_is_read_anew(work: Work) -> None:
    await _read(work)
    first = (await _pass(work)).whole_at
    work.later(days=31)
    await work.off()
    at = await _pass(work)
    assert at.since is None
    assert first is not None
    assert at.whole_at is not None
    assert at.whole_at > first + timedelta(days=30)


async def test_what_a_webhook_told_meanwhile_is_not_undone(work: Work, stand_in: StandIn) -> None:
    """The page was asked for before the change, and is written after it."""
    await work.only(jobs.CATALOGUE)
    mug = stand_in.world.product(ALBA, "alba-mug")
    newer = mug.updated_at + timedelta(seconds=5)
    async with work.doors.data.tenant(ALBA) as connection:
        await connection.execute(
            "INSERT INTO products (shop, id, title, handle, published, updated_at, told_at)"
            " VALUES ($1, $2, 'From the webhook', 'alba-mug', true, $3, now())",
            ALBA,
            mug.id,
            newer,
        )
    await work.off()
    [row] = await work.rows("SELECT title FROM products WHERE id = $1", mug.id)
    assert row["title"] == "From the webhook"


async def test_a_part_that_is_denied_costs_the_others_nothing(
    work: Work, stand_in: StandIn
) -> None:
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    installation.scopes = ("read_products",)
    await _read(work)
    job = (await work.state())[jobs.CATALOGUE]
    assert job.problem is not None
    assert "read_locations" in job.problem
    assert await work.rows(PRODUCTS, ALBA)
    assert await work.rows(MEMBERS, ALBA)
    assert not await work.rows(LEVELS, ALBA)


async def test_a_part_that_is_granted_later_is_read_whole(work: Work, stand_in: StandIn) -> None:
    """Although nothing of it has changed since it was denied."""
    installation = stand_in.world.shop(ALBA).installation
    assert installation is not None
    granted = installation.scopes
    installation.scopes = ("read_products",)
    await _read(work)
    installation.scopes = granted
    work.later(days=1, hours=12)
    await work.off()
    assert (await _pass(work)).products < len(stand_in.world.products(ALBA))
    variants = [one for goods in stand_in.world.products(ALBA) for one in goods.variants]
    assert len(await work.rows(LEVELS, ALBA)) == sum(len(one.levels) for one in variants)


async def test_what_is_told_of_a_product_that_is_gone_is_withdrawn(
    work: Work, stand_in: StandIn
) -> None:
    await _read(work)
    gone = stand_in.world.products(ALBA).pop()
    told = await tell_of_product(work.doors, ALBA, gone.id)
    work.later(days=1, hours=12)
    await work.off()
    [row] = await work.rows("SELECT state, reason FROM notifications WHERE id = $1", told)
    assert (row["state"], row["reason"]) == ("retracted", "product-unpublished")


async def test_only_what_pages_may_still_show_is_announced_as_withdrawn(
    work: Work, stand_in: StandIn
) -> None:
    await _read(work)
    gone = stand_in.world.products(ALBA).pop()
    old = await tell_of_product(work.doors, ALBA, gone.id)
    await work.rows(
        "UPDATE notifications SET occurred_at = occurred_at - interval '8 days' RETURNING 1"
    )
    fresh = await tell_of_product(work.doors, ALBA, gone.id, number=5002)
    work.later(days=1, hours=12)
    await work.off()
    rows = await work.rows("SELECT id FROM notifications WHERE state = 'retracted'")
    assert {row["id"] for row in rows} == {old, fresh}
    tip = await work.doors.live.position(ALBA)
    heard = await work.doors.live.replay(ALBA, Position(tip.epoch, 0))
    assert heard is not None
    [told] = [message for message in heard if message.event == "retraction"]
    assert str(fresh) in told.data.decode()


@pytest.fixture(autouse=True)
def _much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much as the largest plan has, and more: waiting for points proves nothing here."""
    monkeypatch.setattr(costs, "RESTORE_RATE", 100_000.0)


async def test_the_merchant_sees_how_far_it_has_come(work: Work, stand_in: StandIn) -> None:
    add_products(stand_in, ALBA, 150)
    await work.only(jobs.CATALOGUE)
    await work.one()
    seen = (await overviews.of_shop(work.doors.data, ALBA)).catalogue
    assert (seen.products, seen.read, seen.read_at) == (100, 100, None)
    await work.off()
    seen = (await overviews.of_shop(work.doors.data, ALBA)).catalogue
    assert (seen.products, seen.read) == (len(stand_in.world.products(ALBA)), None)
    assert seen.read_at is not None
    elsewhere = await overviews.of_shop(work.doors.data, BOREALIS)
    assert (elsewhere.catalogue.products, elsewhere.catalogue.read) == (0, None)
