"""The catalogue: what cards need to know of a product. The newer change wins."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.data import variants
from app.data.database import Connection
from app.data.tables import ProductRow
from app.domain.events import Product
from app.domain.notifications import ProductFacts

_KEEP = """
INSERT INTO products AS kept (shop, id, title, handle, published, image, vendor, product_type, tags,
                              updated_at, told_at, has_all_variants)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (shop, id) DO UPDATE SET
    title = excluded.title, handle = excluded.handle, published = excluded.published,
    image = excluded.image, vendor = excluded.vendor, product_type = excluded.product_type,
    tags = excluded.tags, updated_at = excluded.updated_at, told_at = excluded.told_at,
    deleted_at = NULL, has_all_variants = CASE
        WHEN $13 THEN excluded.has_all_variants
        ELSE kept.has_all_variants AND kept.deleted_at IS NULL END
WHERE kept.deleted_at < $14::timestamptz OR (
    kept.deleted_at IS NULL
    AND (kept.updated_at, kept.told_at) < (excluded.updated_at, excluded.told_at)
)
RETURNING true
"""

# A deletion leaves a tombstone, so that an update that arrives late does not bring it back; what a
# listing shows that began after it ($14 above) was not deleted.
_BURY = """
INSERT INTO products AS kept (shop, id, title, handle, published, updated_at, told_at, deleted_at)
VALUES ($1, $2, '', '', false, $3, $3, $3)
ON CONFLICT (shop, id) DO UPDATE SET published = false, has_all_variants = true, deleted_at = $3
"""

# Between two ids of a listing that is sorted by them, what was not listed is gone; but for what
# became known only after the listing began.
_MISSING = """
SELECT id FROM products
WHERE shop = $1 AND deleted_at IS NULL AND id > $2 AND ($3::bigint IS NULL OR id <= $3)
    AND id <> ALL($4::bigint[]) AND told_at < $5
ORDER BY id FOR UPDATE
"""

_LACKING = """
SELECT id FROM products WHERE shop = $1 AND NOT has_all_variants AND id <> ALL($2::bigint[])
ORDER BY id LIMIT 1
"""

_ALL_VARIANTS_READ = """
UPDATE products SET has_all_variants = true WHERE shop = $1 AND id = $2 AND told_at <= $3
"""


async def keep(connection: Connection, shop: str, product: Product, told_at: datetime) -> bool:
    """Keeps a product, with its variants where it tells of them, unless something newer is known;
    whether it did. `told_at` decides between changes of one second."""
    row = _row(shop, product, told_at)
    is_newer = bool(await connection.fetchval(_KEEP, *row))
    if is_newer and product.variants is not None:
        await variants.replace(
            connection,
            shop,
            product.id,
            product.variants,
            told_at,
            is_all=product.has_all_variants,
        )
    return is_newer


async def keep_all(
    connection: Connection,
    shop: str,
    products: Iterable[Product],
    told_at: datetime,
    begun_at: datetime,
) -> None:
    """A page of a listing that began then, without variants; what was buried before comes back."""
    rows = [_row(shop, product, told_at, begun_at) for product in products]
    await connection.executemany(_KEEP, rows)


async def bury(connection: Connection, shop: str, product_id: int, deleted_at: datetime) -> None:
    await connection.execute(_BURY, shop, product_id, deleted_at)
    await variants.forget_of(connection, shop, product_id)


async def missing_from(
    connection: Connection,
    shop: str,
    listed: Sequence[int],
    after: int,
    until: int | None,
    begun_at: datetime,
) -> list[int]:
    """Known products that a sorted listing lacks, from behind `after` up to `until`."""
    rows = await connection.fetch(_MISSING, shop, after, until, list(listed), begun_at)
    return [row["id"] for row in rows]


async def are_some_buried(
    connection: Connection, shop: str, ids: Sequence[int], before: datetime
) -> bool:
    """Whether one of these was taken for gone before a moment."""
    found = await connection.fetchval(
        "SELECT EXISTS (SELECT FROM products"
        " WHERE shop = $1 AND id = ANY($2::bigint[]) AND deleted_at < $3)",
        shop,
        list(ids),
        before,
    )
    return bool(found)


async def lacking_variants(
    connection: Connection, shop: str, but: Iterable[int] = ()
) -> int | None:
    """A product of which a webhook brought but a part of the variants, none of these."""
    found: int | None = await connection.fetchval(_LACKING, shop, list(but))
    return found


async def note_all_variants(
    connection: Connection, shop: str, product_id: int, begun_at: datetime
) -> None:
    """They were all read, unless the product has changed since that began."""
    await connection.execute(_ALL_VARIANTS_READ, shop, product_id, begun_at)


async def count(connection: Connection, shop: str) -> int:
    found: int = await connection.fetchval(
        "SELECT count(*) FROM products WHERE shop = $1 AND deleted_at IS NULL", shop
    )
    return found


async def facts_of(shop: str, ids: Iterable[int]) -> dict[int, ProductFacts | None]:
    """Facts by product id, None for those that shoppers cannot buy; unknown ones are absent.

    They stay as they are until this transaction ends: a product that leaves the shop at the same
    moment waits, and then finds what was told of it.
    """
    wanted = list(set(ids))
    if not wanted:
        return {}
    rows = (
        await ProductRow.select()
        .where(ProductRow.shop == shop, ProductRow.id.is_in(wanted))
        .order_by(ProductRow.id)
        .lock_rows("SHARE")
    )
    return {
        row["id"]: ProductFacts(row["id"], row["title"], row["handle"], row["image"])
        if row["published"]
        else None
        for row in rows
    }


async def is_published(shop: str, product_id: int) -> bool:
    """Whether shoppers could buy it, as far as is known by now."""
    row = (
        await ProductRow.select(ProductRow.published)
        .where(ProductRow.shop == shop, ProductRow.id == product_id)
        .first()
    )
    return row is not None and bool(row["published"])


def _row(
    shop: str, product: Product, told_at: datetime, begun_at: datetime | None = None
) -> tuple[object, ...]:
    return (
        shop,
        product.id,
        product.title,
        product.handle,
        product.published,
        product.image,
        product.vendor,
        product.product_type,
        list(product.tags),
        product.updated_at,
        told_at,
        product.has_all_variants,
        product.variants is not None,
        begun_at,
    )
