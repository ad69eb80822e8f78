"""The variants of products: what can be bought, and which item of the stock it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.data.database import Connection
from app.domain.catalogue import Variant

_KEEP = """
INSERT INTO variants AS kept (shop, id, product, title, sku, price, inventory_item, position,
                              told_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
WHERE EXISTS (SELECT FROM products WHERE shop = $1 AND id = $3 AND deleted_at IS NULL)
ON CONFLICT (shop, id) DO UPDATE SET
    product = excluded.product, title = excluded.title, sku = excluded.sku, price = excluded.price,
    inventory_item = excluded.inventory_item, position = excluded.position,
    told_at = excluded.told_at
WHERE kept.told_at <= excluded.told_at
"""

_FORGET_OTHERS = """
DELETE FROM variants
WHERE shop = $1 AND product = $2 AND id <> ALL($3::bigint[]) AND told_at <= $4
"""

_FORGET_MISSING = """
DELETE FROM variants
WHERE shop = $1 AND ($2::bigint IS NULL OR product = $2)
    AND id > $3 AND ($4::bigint IS NULL OR id <= $4) AND id <> ALL($5::bigint[]) AND told_at < $6
"""


async def keep_all(
    connection: Connection, shop: str, found: Iterable[tuple[int, Variant]], told_at: datetime
) -> None:
    """Variants by product; those of products that are not known, or gone, are passed over."""
    rows = [_row(shop, product, variant, told_at) for product, variant in found]
    await connection.executemany(_KEEP, rows)


async def replace(
    connection: Connection,
    shop: str,
    product: int,
    told: Sequence[Variant],
    told_at: datetime,
    *,
    is_all: bool,
) -> None:
    """What a product has now; only a whole list says which are gone."""
    if is_all:
        ids = [variant.id for variant in told]
        await connection.execute(_FORGET_OTHERS, shop, product, ids, told_at)
    await keep_all(connection, shop, ((product, variant) for variant in told), told_at)


async def forget_missing(
    connection: Connection,
    shop: str,
    listed: Sequence[int],
    after: int,
    until: int | None,
    begun_at: datetime,
    *,
    product: int | None = None,
) -> None:
    """Those that a listing sorted by id lacks, of one product or of all."""
    await connection.execute(_FORGET_MISSING, shop, product, after, until, list(listed), begun_at)


async def forget_of(connection: Connection, shop: str, product: int) -> None:
    await connection.execute("DELETE FROM variants WHERE shop = $1 AND product = $2", shop, product)


async def count(connection: Connection, shop: str) -> int:
    found: int = await connection.fetchval("SELECT count(*) FROM variants WHERE shop = $1", shop)
    return found


def _row(shop: str, product: int, variant: Variant, told_at: datetime) -> tuple[object, ...]:
    return (
        shop,
        variant.id,
        product,
        variant.title,
        variant.sku,
        variant.price,
        variant.inventory_item,
        variant.position,
        told_at,
    )
