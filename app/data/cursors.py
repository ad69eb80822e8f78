"""How far a follower of a table has come, and the lock that lets one follow at a time."""

from app.data.database import Connection


async def claim(connection: Connection, name: str) -> tuple[str, int] | None:
    """The place to go on from, held until this transaction ends; None while another follows."""
    row = await connection.fetchrow(
        "SELECT xid::text, id FROM cursors WHERE name = $1 FOR UPDATE SKIP LOCKED", name
    )
    return (row["xid"], row["id"]) if row else None


async def advance(connection: Connection, name: str, xid: str, row_id: int) -> None:
    await connection.execute(
        "UPDATE cursors SET xid = $2::text::xid8, id = $3 WHERE name = $1", name, xid, row_id
    )
