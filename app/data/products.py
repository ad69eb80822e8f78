"""The catalogue: what cards need to know of a product. The newer change wins."""

from collections.abc import Iterable
from datetime import datetime

from app.data.database import Connection
from app.data.tables import ProductRow
from app.domain.events import Product
from app.domain.notifications import ProductFacts

_KEEP = """
INSERT INTO products AS kept (shop, id, title, handle, published, image, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop, id) DO UPDATE SET
    title = excluded.title, handle = excluded.handle, published = excluded.published,
    image = excluded.image, updated_at = excluded.updated_at
WHERE kept.updated_at < excluded.updated_at AND kept.deleted_at IS NULL
"""

# A deletion leaves a tombstone, so that an update that arrives late does not bring it back.
_BURY = """
INSERT INTO products AS kept (shop, id, title, handle, published, updated_at, deleted_at)
VALUES ($1, $2, '', '', false, $3, $3)
ON CONFLICT (shop, id) DO UPDATE SET published = false, deleted_at = $3
"""


async def keep(connection: Connection, shop: str, product: Product) -> None:
    await connection.execute(
        _KEEP,
        shop,
        product.id,
        product.title,
        product.handle,
        product.published,
        product.image,
        product.updated_at,
    )


async def bury(connection: Connection, shop: str, product_id: int, deleted_at: datetime) -> None:
    await connection.execute(_BURY, shop, product_id, deleted_at)


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
