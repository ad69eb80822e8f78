"""What a sample is made of: the product that the shop's merchant knows best by now."""

from app.data.database import Connection
from app.domain.notifications import ProductFacts

_NEWEST = """
SELECT id, title, handle, image FROM products WHERE shop = $1 AND published
ORDER BY image IS NULL, updated_at DESC, id LIMIT 1
"""


async def product(connection: Connection, shop: str) -> ProductFacts | None:
    """The one that was changed last, if possible with a picture; None before any is known."""
    row = await connection.fetchrow(_NEWEST, shop)
    return ProductFacts(*row) if row else None
