"""Keys for programs, each with the hash of its secret."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app.data.database import Connection
from app.domain.api_keys import ApiKey

_COLUMNS = "id, name, created_by, created_at, last_used_at, revoked_at"

# Whose key it is, is the question: so this one is asked as the system, by the id alone.
_FIND = f"""
SELECT {_COLUMNS}, shop, hash FROM api_keys WHERE id = $1 AND revoked_at IS NULL
    AND EXISTS (SELECT FROM shops WHERE shops.shop = api_keys.shop AND state = 'installed')
"""


class Found(msgspec.Struct, frozen=True):
    """A key in use, with the shop that it opens."""

    shop: str
    key: ApiKey
    hash: bytes

    def __repr__(self) -> str:
        return f"Found(shop={self.shop!r}, key={self.key!r})"


async def lock(connection: Connection, shop: str) -> None:
    """Whoever counts a shop's keys to add one does so alone, until this transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('keys of ' || $1))", shop)


async def add(connection: Connection, shop: str, key: ApiKey, secret_hash: bytes) -> None:
    await connection.execute(
        "INSERT INTO api_keys (shop, id, name, hash, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        shop,
        key.id,
        key.name,
        secret_hash,
        key.created_by,
        key.created_at,
    )


async def in_use(connection: Connection, shop: str) -> list[ApiKey]:
    """The newest first; domain/api_keys.py says how many there may be."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM api_keys WHERE shop = $1 AND revoked_at IS NULL"
        " ORDER BY created_at DESC, id",
        shop,
    )
    return [_key(row) for row in rows]


async def revoked(connection: Connection, shop: str, limit: int) -> list[ApiKey]:
    """Those that were revoked last, the latest first."""
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM api_keys WHERE shop = $1 AND revoked_at IS NOT NULL"
        " ORDER BY revoked_at DESC, id LIMIT $2",
        shop,
        limit,
    )
    return [_key(row) for row in rows]


async def count_in_use(connection: Connection, shop: str) -> int:
    found: int = await connection.fetchval(
        "SELECT count(*) FROM api_keys WHERE shop = $1 AND revoked_at IS NULL", shop
    )
    return found


async def find_in_use(connection: Connection, key_id: UUID) -> Found | None:
    """For the system role; None also where the key's shop has uninstalled."""
    row = await connection.fetchrow(_FIND, key_id)
    return Found(row["shop"], _key(row), row["hash"]) if row else None


async def note_use(connection: Connection, shop: str, key_id: UUID, now: datetime) -> None:
    await connection.execute(
        "UPDATE api_keys SET last_used_at = greatest(last_used_at, $3) WHERE shop = $1 AND id = $2",
        shop,
        key_id,
        now,
    )


async def revoke(
    connection: Connection, shop: str, key_id: UUID, now: datetime
) -> tuple[ApiKey, bool] | None:
    """The key and whether it was in use until now; None where the shop has no such key."""
    row = await connection.fetchrow(
        f"SELECT {_COLUMNS} FROM api_keys WHERE shop = $1 AND id = $2 FOR UPDATE", shop, key_id
    )
    if row is None:
        return None
    key = _key(row)
    if key.is_revoked:
        return key, False
    await connection.execute(
        "UPDATE api_keys SET revoked_at = $3 WHERE shop = $1 AND id = $2", shop, key_id, now
    )
    return msgspec.structs.replace(key, revoked_at=now), True


async def revoke_all(
    connection: Connection, shop: str, now: datetime, *, made_before: datetime
) -> None:
    await connection.execute(
        "UPDATE api_keys SET revoked_at = $2"
        " WHERE shop = $1 AND revoked_at IS NULL AND created_at <= $3",
        shop,
        now,
        made_before,
    )


def _key(row: Mapping[str, Any]) -> ApiKey:
    return ApiKey(**{name: row[name] for name in ApiKey.__struct_fields__})
