"""Keeps a shop's access to the Admin API: granted once, renewed before it ends, one at a time."""

from collections.abc import Callable
from datetime import datetime

import msgspec
import structlog

from app.data import audit_log, credentials, shops, sync_jobs
from app.data.credentials import Standing
from app.data.database import Connection
from app.data.sealing import SealBroken
from app.domain.grants import Grant
from app.doors import Doors
from app.errors import AccessMissing, GrantRefused

log = structlog.get_logger()

# The only refusal that ends a grant. Others, a wrong client secret say, pass when they are mended.
_SPENT = "invalid_grant"


class Resealed(msgspec.Struct, frozen=True):
    """How many shops' tokens have a new seal, and whose no key opens: those need a new grant."""

    changed: int
    unreadable: tuple[str, ...] = ()


async def ensure(doors: Doors, shop: str, id_token: str) -> None:
    """Exchanges the ID token where no lasting grant is stored, or scopes changed since.

    Not at each visit: a new grant may end the one before. Raises SubjectTokenRefused,
    ShopifyUnavailable, GrantRefused, ShopUnknown.
    """
    now = doors.clock()
    async with doors.data.tenant(shop) as connection:
        if await _lasts(connection, doors, shop, now):
            return
    async with doors.shopify.a_call(), doors.data.tenant(shop) as connection:
        if not await credentials.try_lock_for_renewal(connection, shop):
            return  # another visit of this moment asks already
        if await _lasts(connection, doors, shop, now):
            return
        grant = await doors.shopify.tokens.exchange(shop, id_token, now)
        await keep(connection, doors, shop, grant)
    log.info("access granted", shop=shop, scopes=list(grant.scopes))


async def keep(connection: Connection, doors: Doors, shop: str, grant: Grant) -> None:
    """Stores a new grant, and lets the work go on that waited for one.

    Raises ShopUnknown where the shop has left while Shopify was asked: its grant is dead.
    """
    now = doors.clock()
    await shops.hold_installed(connection, shop)
    await credentials.save(
        connection, doors.vault, shop, grant, now, wanted=doors.settings.shopify_scopes
    )
    await sync_jobs.wake(connection, shop, now)


async def current(doors: Doors, shop: str, *, refused: str | None = None) -> str:
    """An access token that holds for minutes at least, and is not the one Shopify `refused`.

    Raises AccessMissing, ShopifyUnavailable.
    """
    now = doors.clock()

    def is_good(grant: Grant) -> bool:
        return grant.is_fresh(now) and grant.access_token != refused

    async with doors.data.tenant(shop) as connection:
        grant = await _readable(connection, doors, shop)
    if grant is None:
        # Without the lock: the merchant's first visit needs it now, and does not wait for it.
        raise _none_granted(shop)
    if not is_good(grant):
        grant = await _renewed_unless(is_good, doors, shop, now)
    return grant.access_token


async def renew(doors: Doors, shop: str, older_than: datetime) -> bool:
    """Renews a grant that was given before a moment, so that its refresh token does not end unused;
    whether it did. Raises AccessMissing, ShopifyUnavailable."""
    async with doors.data.tenant(shop) as connection:
        standing = await credentials.standing(connection, shop)
    if standing is None:
        raise _none_granted(shop)
    if standing.granted_at >= older_than:
        return False
    await _renewed_unless(lambda _: False, doors, shop, doors.clock())
    return True


async def reseal(doors: Doors) -> Resealed:
    """Seals all tokens with the newest key, shop by shop. Nobody has to stop for it."""
    async with doors.data.system() as connection:
        shops_with_tokens = await credentials.shops(connection)
    changed, unreadable = 0, []
    for shop in shops_with_tokens:
        try:
            async with doors.data.tenant(shop) as connection:
                changed += await credentials.reseal(connection, doors.vault, shop)
        except SealBroken:
            unreadable.append(shop)
    return Resealed(changed, tuple(unreadable))


async def _renewed_unless(
    is_good: Callable[[Grant], bool], doors: Doors, shop: str, now: datetime
) -> Grant:
    """Over all processes one at a time: whoever waited finds what the other got."""
    async with doors.shopify.a_call(), doors.data.tenant(shop) as connection:
        await credentials.lock_for_renewal(connection, shop)
        grant = await _readable(connection, doors, shop)
        if grant is None:
            raise _none_granted(shop)
        if is_good(grant):
            return grant
        renewed = await _renew(connection, doors, shop, grant, now)
    if renewed is None:
        raise AccessMissing("Shopify has ended Earshot's access; the merchant must open the app.")
    return renewed


async def _renew(
    connection: Connection, doors: Doors, shop: str, grant: Grant, now: datetime
) -> Grant | None:
    """None where Shopify refuses for good: then only the merchant's next visit helps."""
    try:
        renewed = await doors.shopify.tokens.refresh(shop, grant.refresh_token, now)
    except GrantRefused as error:
        log.warning("renewal refused", shop=shop, reason=str(error))
        if str(error) != _SPENT:
            raise AccessMissing(f"Shopify refuses to renew Earshot's access: {error}.") from error
        await credentials.forget(connection, shop)
        await audit_log.add(connection, shop, "shopify", "access ended", now, reason=str(error))
        return None
    if not await credentials.renew(connection, doors.vault, shop, renewed, now):
        raise _none_granted(shop)  # the shop has left while Shopify was asked
    return renewed


async def _readable(connection: Connection, doors: Doors, shop: str) -> Grant | None:
    """The stored grant; one that was sealed with a key that is gone is as good as none."""
    try:
        return await credentials.find(connection, doors.vault, shop)
    except SealBroken as error:
        log.warning("tokens unreadable", shop=shop, reason=str(error))
        return None


async def _lasts(connection: Connection, doors: Doors, shop: str, now: datetime) -> bool:
    grant = await _readable(connection, doors, shop)
    standing = await credentials.standing(connection, shop)
    return (
        grant is not None
        and standing is not None
        and grant.is_renewable(now)
        and not _may_give_more(standing, grant, doors.settings.shopify_scopes)
    )


def _may_give_more(standing: Standing, grant: Grant, wanted: tuple[str, ...]) -> bool:
    """Whether an exchange may bring what is missing: a scope that was not asked for last time, or
    one that the merchant has granted since. What was refused is not asked for at each visit."""
    if standing.is_outdated:
        return True
    return not grant.covers(wanted) and set(wanted) != set(standing.wanted)


def _none_granted(shop: str) -> AccessMissing:
    return AccessMissing(f"{shop} has granted no access; its merchant must open the app.")
