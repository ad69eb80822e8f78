"""What of a shop's catalogue a rule's filters can be chosen from."""

import re
from collections.abc import Sequence

from app.data.database import Connection
from app.domain.choices import Choice, What

# No longer ones: Python refuses to read numbers of thousands of digits.
_ID = re.compile(r"[0-9]{1,19}", re.ASCII)

_FIND: dict[What, str] = {
    "products": """
        SELECT id::text AS value, title AS label FROM products
        WHERE shop = $1 AND deleted_at IS NULL AND strpos(lower(title), lower($2)) > 0
        ORDER BY published DESC, lower(title), id LIMIT $3""",
    "collections": """
        SELECT id::text AS value, title AS label FROM collections
        WHERE shop = $1 AND deleted_at IS NULL AND strpos(lower(title), lower($2)) > 0
        ORDER BY lower(title), id LIMIT $3""",
    "vendors": """
        SELECT lower(vendor) AS value, min(vendor) AS label FROM products
        WHERE shop = $1 AND deleted_at IS NULL AND vendor <> ''
            AND strpos(lower(vendor), lower($2)) > 0
        GROUP BY lower(vendor) ORDER BY lower(vendor) LIMIT $3""",
    "tags": """
        SELECT lower(tag) AS value, min(tag) AS label FROM products, unnest(tags) AS tag
        WHERE shop = $1 AND deleted_at IS NULL AND strpos(lower(tag), lower($2)) > 0
        GROUP BY lower(tag) ORDER BY lower(tag) LIMIT $3""",
}

_TITLES: dict[What, str] = {
    "products": "SELECT id::text, title FROM products WHERE shop = $1 AND id = ANY($2::bigint[])",
    "collections": (
        "SELECT id::text, title FROM collections WHERE shop = $1 AND id = ANY($2::bigint[])"
    ),
}


async def find(
    connection: Connection, shop: str, what: What, text: str, limit: int
) -> list[Choice]:
    """Those whose name has the text in it."""
    rows = await connection.fetch(_FIND[what], shop, text, limit)
    return [Choice(row["value"], row["label"]) for row in rows]


async def named(
    connection: Connection, shop: str, what: What, values: Sequence[str]
) -> list[Choice]:
    """Those with these values, in their order; one that is gone goes by its value."""
    titles: dict[str, str] = {}
    if what in _TITLES:
        ids = [int(each) for each in values if _ID.fullmatch(each)]
        fitting = [each for each in ids if each < 2**63]
        titles = dict(await connection.fetch(_TITLES[what], shop, fitting))
    return [Choice(each, titles.get(each) or each) for each in values]
