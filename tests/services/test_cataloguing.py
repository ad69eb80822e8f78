"""The catalogue as webhooks keep it: the newer change wins, whatever arrives last."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.domain import jobs
from tests.cast import ALBA, BOREALIS, collection, level, product, variant
from tests.services.chain import Chain

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GID = {"admin_graphql_api_id": "gid://shopify/ProductVariant/1"}


@pytest.fixture
async def shop(chain: Chain) -> Chain:
    await chain.install()
    return chain


async def _rows(chain: Chain, query: str) -> list[Any]:
    async with chain.doors.data.tenant(ALBA) as connection:
        return list(await connection.fetch(query))


async def _due(chain: Chain, kind: str) -> bool:
    rows = await _rows(chain, f"SELECT 1 FROM sync_jobs WHERE kind = '{kind}' AND due_at <= now()")
    return bool(rows)


def _at(moment: datetime) -> dict[str, str]:
    return {"updated_at": moment.isoformat()}


async def test_a_product_comes_with_vendor_type_tags_and_variants(shop: Chain) -> None:
    told = product(
        vendor="Alba",
        product_type="Mug",
        tags="new, hand made, ",
        variants=[variant(1), variant(2, title="Ink", price="26.50", position=2)],
        variant_gids=[GID, GID],
    )
    await shop.tell("products/create", told)
    [row] = await _rows(shop, "SELECT * FROM products")
    assert (row["vendor"], row["product_type"]) == ("Alba", "Mug")
    assert row["tags"] == ["new", "hand made"]
    assert row["has_all_variants"]
    chalk, ink = await _rows(shop, "SELECT * FROM variants ORDER BY id")
    assert (chalk["title"], chalk["inventory_item"]) == ("Chalk", 101)
    assert (ink["price"], ink["position"], ink["sku"]) == (Decimal("26.5"), 2, "MUG-2")
    assert not await _due(shop, jobs.VARIANTS)


async def test_a_variant_that_a_product_lost_is_gone(shop: Chain) -> None:
    await shop.tell("products/update", product(variants=[variant(1), variant(2)], **_at(NOON)))
    later = NOON + timedelta(minutes=1)
    await shop.tell("products/update", product(variants=[variant(2)], **_at(later)))
    assert [row["id"] for row in await _rows(shop, "SELECT id FROM variants")] == [2]


async def test_what_comes_late_changes_nothing(shop: Chain) -> None:
    newer = product(title="New", variants=[variant(1, price="9.00")], **_at(NOON))
    older = product(title="Old", variants=[variant(1, price="8.00")], **_at(NOON - timedelta(1)))
    await shop.tell("products/update", newer)
    await shop.tell("products/update", older)
    [row] = await _rows(shop, "SELECT title FROM products")
    assert row["title"] == "New"
    [row] = await _rows(shop, "SELECT price FROM variants")
    assert row["price"] == Decimal(9)


async def test_within_a_second_what_was_said_later_is_newer(shop: Chain) -> None:
    """Shopify's times are whole seconds; it also says when it sent for us, to the microsecond."""
    first = NOON + timedelta(milliseconds=100)
    second = NOON + timedelta(milliseconds=900)
    await shop.tell("products/update", product(title="Second", **_at(NOON)), said_at=second)
    await shop.tell("products/update", product(title="First", **_at(NOON)), said_at=first)
    [row] = await _rows(shop, "SELECT title FROM products")
    assert row["title"] == "Second"


async def test_a_cut_list_of_variants_is_asked_for(shop: Chain) -> None:
    told = product(variants=[variant(1)], variant_gids=[GID] * 101)
    await shop.tell("products/update", told)
    [row] = await _rows(shop, "SELECT has_all_variants FROM products")
    assert not row["has_all_variants"]
    assert await _due(shop, jobs.VARIANTS)


async def test_a_cut_list_takes_no_variant_away(shop: Chain) -> None:
    await shop.tell("products/update", product(variants=[variant(1), variant(2)], **_at(NOON)))
    later = NOON + timedelta(minutes=1)
    cut = product(variants=[variant(2)], variant_gids=[GID] * 2, **_at(later))
    await shop.tell("products/update", cut)
    assert len(await _rows(shop, "SELECT 1 FROM variants")) == 2


async def test_a_deleted_product_takes_its_variants_along_and_stays_away(shop: Chain) -> None:
    await shop.tell("products/create", product(variants=[variant(1)], **_at(NOON)))
    await shop.tell("products/delete", {"id": 8001})
    await shop.tell("products/update", product(variants=[variant(1)]))
    assert await _rows(shop, "SELECT 1 FROM variants") == []
    [row] = await _rows(shop, "SELECT deleted_at, published FROM products")
    assert row["deleted_at"] is not None
    assert not row["published"]


async def test_a_collection_is_kept_and_asked_what_is_in_it(shop: Chain) -> None:
    await shop.tell("collections/create", collection())
    [row] = await _rows(shop, "SELECT * FROM collections")
    assert (row["title"], row["handle"], row["has_all_members"]) == ("Morning", "morning", False)
    assert await _due(shop, jobs.MEMBERS)


async def test_a_collection_that_is_deleted_does_not_come_back(shop: Chain) -> None:
    await shop.tell("collections/create", collection(**_at(NOON)))
    await shop.tell("collections/delete", {"id": 7001})
    await shop.tell("collections/update", collection())
    [row] = await _rows(shop, "SELECT deleted_at FROM collections")
    assert row["deleted_at"] is not None


async def test_a_deletion_may_overtake_its_collection(shop: Chain) -> None:
    await shop.tell("collections/delete", {"id": 7001})
    await shop.tell("collections/create", collection())
    [row] = await _rows(shop, "SELECT deleted_at FROM collections")
    assert row["deleted_at"] is not None


async def test_stock_is_counted_where_it_is(shop: Chain) -> None:
    await shop.tell("inventory_levels/connect", level(available=5, **_at(NOON)))
    await shop.tell("inventory_levels/update", level(location_id=6002, available=2, **_at(NOON)))
    later = NOON + timedelta(seconds=3)
    await shop.tell("inventory_levels/update", level(available=-1, **_at(later)))
    await shop.tell("inventory_levels/update", level(available=4, **_at(NOON)))
    rows = await _rows(shop, "SELECT location, available FROM inventory_levels ORDER BY location")
    assert [tuple(row) for row in rows] == [(6001, -1), (6002, 2)]


async def test_an_item_that_leaves_a_location_is_a_tombstone(shop: Chain) -> None:
    gone = {"inventory_item_id": 9201, "location_id": 6001}
    said_at = NOON + timedelta(seconds=2, milliseconds=500)
    await shop.tell("inventory_levels/disconnect", gone, said_at=said_at)
    await shop.tell("inventory_levels/update", level(**_at(NOON)))
    [row] = await _rows(shop, "SELECT available FROM inventory_levels")
    assert row["available"] is None
    back = level(available=7, **_at(NOON + timedelta(seconds=2)))
    await shop.tell("inventory_levels/connect", back, said_at=said_at + timedelta(milliseconds=300))
    [row] = await _rows(shop, "SELECT available FROM inventory_levels")
    assert row["available"] == 7


async def test_an_item_that_is_not_counted_has_no_number(shop: Chain) -> None:
    await shop.tell("inventory_levels/update", level(available=None))
    [row] = await _rows(shop, "SELECT available FROM inventory_levels")
    assert row["available"] is None


async def test_every_shop_keeps_its_own(shop: Chain) -> None:
    await shop.install(BOREALIS)
    await shop.tell("products/create", product(title="Ours", variants=[variant(1)]))
    await shop.tell("collections/create", collection(title="Ours"))
    await shop.tell("inventory_levels/update", level(available=1))
    await shop.tell("products/create", product(title="Theirs", variants=[variant(1)]), BOREALIS)
    await shop.tell("collections/create", collection(title="Theirs"), BOREALIS)
    await shop.tell("inventory_levels/update", level(available=9), BOREALIS)
    for query in ("SELECT title FROM products", "SELECT title FROM collections"):
        assert [row["title"] for row in await _rows(shop, query)] == ["Ours"]
    assert len(await _rows(shop, "SELECT 1 FROM variants")) == 1
    [row] = await _rows(shop, "SELECT available FROM inventory_levels")
    assert row["available"] == 1
