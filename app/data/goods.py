"""Products as rules see them, and how many of them are there."""

from collections.abc import Sequence

from app.data.database import Connection
from app.domain.rule_filters import Goods

_GOODS = """
SELECT id, lower(vendor) AS vendor, tags,
    ARRAY(SELECT collection FROM collection_products AS members
          WHERE members.shop = $1 AND members.product = products.id) AS collections,
    (SELECT min(price) FROM variants
     WHERE variants.shop = $1 AND variants.product = products.id) AS price
FROM products WHERE shop = $1 AND id = ANY($2::bigint[])
"""

_PRODUCT_OF_ITEM = "SELECT product FROM variants WHERE shop = $1 AND inventory_item = $2 LIMIT 1"

# Null where some of it is not counted: then nobody knows how many there are.
_STOCK = """
SELECT CASE WHEN count(*) = count(available) THEN sum(available) END FROM (
    SELECT (SELECT sum(available) FROM inventory_levels AS levels
            WHERE levels.shop = $1 AND levels.inventory_item = variants.inventory_item) AS available
    FROM variants WHERE shop = $1 AND product = $2
) AS items
"""


async def of(connection: Connection, shop: str, products: Sequence[int]) -> dict[int, Goods]:
    """Those that are known."""
    rows = await connection.fetch(_GOODS, shop, list(products))
    return {
        row["id"]: Goods(
            row["id"],
            row["vendor"],
            frozenset(tag.lower() for tag in row["tags"]),
            frozenset(row["collections"]),
            row["price"],
        )
        for row in rows
    }


async def product_of_item(connection: Connection, shop: str, item: int) -> int | None:
    found: int | None = await connection.fetchval(_PRODUCT_OF_ITEM, shop, item)
    return found


async def stock(connection: Connection, shop: str, product: int) -> int | None:
    """Of all its variants at all locations; None where somebody does not count them."""
    found = await connection.fetchval(_STOCK, shop, product)
    return None if found is None else int(found)
