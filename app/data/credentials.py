"""A shop's tokens, sealed at rest."""

from datetime import datetime

from app.data.database import Connection
from app.data.sealing import Vault
from app.domain.grants import Grant

_ACCESS = "credentials.access_token"
_REFRESH = "credentials.refresh_token"

_RENEWAL = "hashtext('renew ' || $1)"

_SAVE = """
INSERT INTO credentials
    (shop, access_token, refresh_token, scopes, expires_at, refresh_expires_at, granted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (shop) DO UPDATE SET
    access_token = $2, refresh_token = $3, scopes = $4,
    expires_at = $5, refresh_expires_at = $6, granted_at = $7
"""


async def find(connection: Connection, vault: Vault, shop: str) -> Grant | None:
    """Raises SealBroken where the key is gone."""
    row = await connection.fetchrow("SELECT * FROM credentials WHERE shop = $1", shop)
    if row is None:
        return None
    return Grant(
        access_token=vault.open(row["access_token"], shop=shop, column=_ACCESS),
        refresh_token=vault.open(row["refresh_token"], shop=shop, column=_REFRESH),
        scopes=tuple(row["scopes"]),
        expires_at=row["expires_at"],
        refresh_expires_at=row["refresh_expires_at"],
    )


async def save(
    connection: Connection, vault: Vault, shop: str, grant: Grant, now: datetime
) -> None:
    await connection.execute(
        _SAVE,
        shop,
        vault.seal(grant.access_token, shop=shop, column=_ACCESS),
        vault.seal(grant.refresh_token, shop=shop, column=_REFRESH),
        list(grant.scopes),
        grant.expires_at,
        grant.refresh_expires_at,
        now,
    )


async def forget(connection: Connection, shop: str) -> None:
    await connection.execute("DELETE FROM credentials WHERE shop = $1", shop)


async def lock_for_renewal(connection: Connection, shop: str) -> None:
    """One renewal per shop at a time, over all processes, until this transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({_RENEWAL})", shop)


async def try_lock_for_renewal(connection: Connection, shop: str) -> bool:
    """The same without waiting; False while another holds it."""
    locked = await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({_RENEWAL})", shop)
    return bool(locked)


async def reseal(connection: Connection, vault: Vault) -> int:
    """Seals with the newest key what older ones sealed; how many shops changed."""
    changed = 0
    for row in await connection.fetch(
        "SELECT shop, access_token, refresh_token FROM credentials FOR UPDATE"
    ):
        if vault.is_newest(row["access_token"]) and vault.is_newest(row["refresh_token"]):
            continue
        sealed = [
            vault.seal(
                vault.open(row[name], shop=row["shop"], column=column),
                shop=row["shop"],
                column=column,
            )
            for name, column in (("access_token", _ACCESS), ("refresh_token", _REFRESH))
        ]
        await connection.execute(
            "UPDATE credentials SET access_token = $2, refresh_token = $3 WHERE shop = $1",
            row["shop"],
            *sealed,
        )
        changed += 1
    return changed
