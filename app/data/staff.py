"""Members of a shop's staff by name, for those who ask who did what."""

from collections.abc import Iterable
from datetime import datetime

from app.data.database import Connection


async def name_of(connection: Connection, shop: str, member: str) -> str | None:
    """None for whoever was never introduced."""
    found: str | None = await connection.fetchval(
        "SELECT name FROM staff WHERE shop = $1 AND member = $2", shop, member
    )
    return found


async def names(connection: Connection, shop: str, members: Iterable[str]) -> dict[str, str]:
    """By member; whoever was never introduced is left out."""
    rows = await connection.fetch(
        "SELECT member, name FROM staff WHERE shop = $1 AND member = ANY($2)", shop, [*members]
    )
    return {row["member"]: row["name"] for row in rows}


async def learn(connection: Connection, shop: str, member: str, name: str, now: datetime) -> None:
    await connection.execute(
        "INSERT INTO staff (shop, member, name, learned_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (shop, member) DO UPDATE SET name = $3, learned_at = $4",
        shop,
        member,
        name,
        now,
    )
