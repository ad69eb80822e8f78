"""A shop's tokens, sealed at rest."""

from datetime import datetime

import msgspec

from app.data.database import Connection, rows_of
from app.data.sealing import Vault
from app.domain.grants import Grant

_ACCESS = "credentials.access_token"
_REFRESH = "credentials.refresh_token"

_RENEWAL = "hashtext('renew ' || $1)"

_SAVE = """
INSERT INTO credentials
    (shop, access_token, refresh_token, scopes, expires_at, refresh_expires_at, granted_at, wanted)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (shop) DO UPDATE SET
    access_token = $2, refresh_token = $3, scopes = $4, expires_at = $5, refresh_expires_at = $6,
    granted_at = $7, wanted = $8, scopes_changed_at = NULL
"""

_RENEW = """
UPDATE credentials SET access_token = $2, refresh_token = $3, scopes = $4, expires_at = $5,
    refresh_expires_at = $6, granted_at = $7
WHERE shop = $1
"""


class Standing(msgspec.Struct, frozen=True):
    """All about a grant but its secrets. `wanted` are the scopes the app needed when it was given;
    it `is_outdated` when the merchant has granted others since."""

    scopes: tuple[str, ...]
    wanted: tuple[str, ...]
    granted_at: datetime
    is_outdated: bool


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


async def standing(connection: Connection, shop: str) -> Standing | None:
    row = await connection.fetchrow(
        "SELECT scopes, wanted, granted_at, scopes_changed_at IS NOT NULL AS is_outdated"
        " FROM credentials WHERE shop = $1",
        shop,
    )
    if row is None:
        return None
    return Standing(tuple(row[0]), tuple(row[1]), row["granted_at"], row["is_outdated"])


async def save(
    connection: Connection,
    vault: Vault,
    shop: str,
    grant: Grant,
    now: datetime,
    *,
    wanted: tuple[str, ...],
) -> None:
    """The grant of a merchant's visit, made while the app wants these scopes."""
    await connection.execute(_SAVE, shop, *_sealed(vault, shop, grant, now), list(wanted))


async def renew(
    connection: Connection, vault: Vault, shop: str, grant: Grant, now: datetime
) -> bool:
    """Takes the place of the grant before it; False where there is none any more."""
    done: str = await connection.execute(_RENEW, shop, *_sealed(vault, shop, grant, now))
    return rows_of(done) == 1


async def note_scopes(
    connection: Connection, shop: str, scopes: tuple[str, ...], now: datetime
) -> None:
    """What the merchant has granted by now; where that is something else, the next visit brings a
    grant that has it."""
    await connection.execute(
        "UPDATE credentials SET scopes = $2, scopes_changed_at = $3"
        " WHERE shop = $1 AND NOT (scopes @> $2 AND scopes <@ $2)",
        shop,
        list(scopes),
        now,
    )


async def forget(connection: Connection, shop: str) -> None:
    await connection.execute("DELETE FROM credentials WHERE shop = $1", shop)


async def forget_before(connection: Connection, shop: str, moment: datetime) -> None:
    """A grant from an installation that has ended since."""
    await connection.execute(
        "DELETE FROM credentials WHERE shop = $1 AND granted_at <= $2", shop, moment
    )


async def lock_for_renewal(connection: Connection, shop: str) -> None:
    """One renewal per shop at a time, over all processes, until this transaction ends."""
    await connection.execute(f"SELECT pg_advisory_xact_lock({_RENEWAL})", shop)


async def try_lock_for_renewal(connection: Connection, shop: str) -> bool:
    """The same without waiting; False while another holds it."""
    locked = await connection.fetchval(f"SELECT pg_try_advisory_xact_lock({_RENEWAL})", shop)
    return bool(locked)


async def shops(connection: Connection) -> list[str]:
    """For the system role: those with a grant."""
    rows = await connection.fetch("SELECT shop FROM credentials ORDER BY shop")
    return [row["shop"] for row in rows]


async def reseal(connection: Connection, vault: Vault, shop: str) -> bool:
    """Seals with the newest key what an older one sealed; whether it did. Raises SealBroken."""
    row = await connection.fetchrow(
        "SELECT access_token, refresh_token FROM credentials WHERE shop = $1 FOR UPDATE", shop
    )
    if row is None or all(map(vault.is_newest, row)):
        return False
    sealed = [
        vault.seal(vault.open(token, shop=shop, column=column), shop=shop, column=column)
        for token, column in zip(row, (_ACCESS, _REFRESH), strict=True)
    ]
    await connection.execute(
        "UPDATE credentials SET access_token = $2, refresh_token = $3 WHERE shop = $1",
        shop,
        *sealed,
    )
    return True


def _sealed(vault: Vault, shop: str, grant: Grant, now: datetime) -> tuple[object, ...]:
    return (
        vault.seal(grant.access_token, shop=shop, column=_ACCESS),
        vault.seal(grant.refresh_token, shop=shop, column=_REFRESH),
        list(grant.scopes),
        grant.expires_at,
        grant.refresh_expires_at,
        now,
    )
