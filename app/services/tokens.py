"""Keeps a shop's access to the Admin API: granted once, renewed before it ends, one at a time."""

from datetime import datetime

import structlog

from app.data import audit_log, credentials
from app.data.database import Connection
from app.data.sealing import SealBroken
from app.domain.grants import Grant
from app.doors import Doors
from app.errors import AccessMissing, GrantRefused

log = structlog.get_logger()


async def ensure(doors: Doors, shop: str, id_token: str) -> None:
    """Exchanges the ID token where no lasting grant is stored, or scopes were added since.

    Not at each visit: a new grant may end the one before. Raises SubjectTokenRefused,
    ShopifyUnavailable, GrantRefused.
    """
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        if _lasts(await _readable(connection, doors, shop), doors, now):
            return
    async with doors.shopify.a_call(), doors.data.tenant(shop) as connection:
        if not await credentials.try_lock_for_renewal(connection, shop):
            return  # another visit of this moment asks already
        if _lasts(await _readable(connection, doors, shop), doors, now):
            return
        grant = await doors.shopify.tokens.exchange(shop, id_token, now)
        await credentials.save(connection, doors.vault, shop, grant, now)
    log.info("access granted", shop=shop, scopes=list(grant.scopes))


async def current(doors: Doors, shop: str) -> str:
    """An access token that holds for minutes at least; raises AccessMissing, ShopifyUnavailable."""
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        grant = await _readable(connection, doors, shop)
        if grant is not None and grant.is_fresh(now):
            return grant.access_token
    async with doors.shopify.a_call(), doors.data.tenant(shop) as connection:
        await credentials.lock_for_renewal(connection, shop)
        grant = await _readable(connection, doors, shop)
        if grant is None:
            raise AccessMissing(f"{shop} has granted no access; its merchant must open the app.")
        if grant.is_fresh(now):
            return grant.access_token  # another process renewed it while we waited
        renewed = await _renew(connection, doors, shop, grant, now)
    if renewed is None:
        raise AccessMissing(f"{shop}'s access has ended; its merchant must open the app.")
    return renewed.access_token


async def reseal(doors: Doors) -> int:
    """Seals all tokens with the newest key; how many shops changed. Nobody has to stop for it."""
    async with doors.data.system() as connection:
        return await credentials.reseal(connection, doors.vault)


async def _renew(
    connection: Connection, doors: Doors, shop: str, grant: Grant, now: datetime
) -> Grant | None:
    """None where Shopify refuses for good: then only the merchant's next visit helps."""
    try:
        renewed = await doors.shopify.tokens.refresh(shop, grant.refresh_token, now)
    except GrantRefused as error:
        log.warning("renewal refused", shop=shop, reason=str(error))
        await credentials.forget(connection, shop)
        await audit_log.add(connection, shop, "shopify", "access ended", now, reason=str(error))
        return None
    await credentials.save(connection, doors.vault, shop, renewed, now)
    return renewed


async def _readable(connection: Connection, doors: Doors, shop: str) -> Grant | None:
    """The stored grant; one that was sealed with a key that is gone is as good as none."""
    try:
        return await credentials.find(connection, doors.vault, shop)
    except SealBroken as error:
        log.warning("tokens unreadable", shop=shop, reason=str(error))
        return None


def _lasts(grant: Grant | None, doors: Doors, now: datetime) -> bool:
    return (
        grant is not None
        and grant.is_renewable(now)
        and grant.covers(doors.settings.shopify_scopes)
    )
