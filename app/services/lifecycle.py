"""A shop comes, and a shop goes."""

from datetime import datetime

import structlog

from app.data import api_keys, audit_log, credentials, deliveries, rules, shops, sync_jobs
from app.data.database import Connection, Database
from app.domain import jobs
from app.domain.deliveries import StoredDelivery
from app.domain.rules import first_of
from app.errors import PayloadUnreadable
from app.services.privacy import requests
from app.shopify import topics
from app.shopify.id_tokens import Merchant

log = structlog.get_logger()

# Said of a shop that has the app: what follows is asked of Shopify, not taken from the body.
_HINTS = {topics.SCOPES_CHANGED: jobs.ACCESS, topics.SHOP_CHANGED: jobs.SHOP}


async def install(database: Database, merchant: Merchant, now: datetime) -> bool:
    """Makes the shop of a verified token Earshot's; False when it already was.

    What Shopify sent before is worked off by the relay, which finds the shop installed. Raises
    ShopUnknown for a token from before the shop uninstalled.
    """
    async with database.tenant(merchant.shop) as connection:
        if await shops.state(connection, merchant.shop) == "installed":
            await shops.note_opening(connection, merchant.shop, merchant.since)
            return False
        fresh = await shops.install(connection, merchant.shop, now, merchant.since)
        if not fresh:
            await shops.require_installed(connection, merchant.shop)
        if fresh:
            await rules.add(connection, merchant.shop, first_of(merchant.shop), now)
            await sync_jobs.enqueue(connection, merchant.shop, jobs.LASTING, now)
            await audit_log.add(connection, merchant.shop, merchant.user, "installed", now)
    if fresh:
        log.info("shop installed", shop=merchant.shop)
        async with database.system() as connection:
            await deliveries.ring(connection)
    return fresh


async def react_to(connection: Connection, delivery: StoredDelivery, now: datetime) -> None:
    """Works off what Shopify says about the shop and its installation.

    Raises PayloadUnreadable where the signed body does not name the shop of the unsigned header:
    any signed body would otherwise end any shop.
    """
    if delivery.topic in _HINTS:
        await sync_jobs.enqueue(connection, delivery.shop, [_HINTS[delivery.topic]], now)
        return
    if topics.named_shop(delivery) != delivery.shop:
        raise PayloadUnreadable("other-shop: the body does not name the shop of the header")
    if delivery.topic == topics.UNINSTALLED:
        await _uninstall(connection, delivery, now)
    else:
        await requests.receive(connection, delivery, now)


async def _uninstall(connection: Connection, delivery: StoredDelivery, now: datetime) -> None:
    """Stops everything for a shop, unless it has installed again since Shopify said so."""
    shop, said_at = delivery.shop, delivery.said_at
    if await shops.uninstall(connection, shop, said_at):
        await credentials.forget(connection, shop)
        await sync_jobs.forget(connection, shop)
        await deliveries.drop_held(connection, shop, said_at)
        # A key must not come to life again with a shop that comes back.
        await api_keys.revoke_all(connection, shop, now, made_before=now)
        await audit_log.add(connection, shop, "shopify", "uninstalled", now)
        log.info("shop uninstalled", shop=shop)
    elif await shops.begin_anew(connection, shop, said_at):
        await _begin_anew(connection, shop, said_at, now)


async def _begin_anew(connection: Connection, shop: str, said_at: datetime, now: datetime) -> None:
    """The shop is back already: only what its earlier life left behind goes, and what Shopify threw
    away with it is made again."""
    await credentials.forget_before(connection, shop, said_at)
    await api_keys.revoke_all(connection, shop, now, made_before=said_at)
    await sync_jobs.enqueue(connection, shop, jobs.LASTING, now)
    await audit_log.add(connection, shop, "shopify", "uninstalled and installed again", now)
    log.info("shop came back", shop=shop)
