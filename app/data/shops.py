"""Shops and whether they have Earshot installed."""

from datetime import datetime, tzinfo

import msgspec

from app.data.database import Connection
from app.domain import days
from app.domain.shops import ShopFacts
from app.errors import ShopUnknown


async def state(connection: Connection, shop: str) -> str | None:
    """`installed`, `uninstalled`, or None for a shop that never opened the app."""
    found: str | None = await connection.fetchval("SELECT state FROM shops WHERE shop = $1", shop)
    return found


async def require_installed(connection: Connection, shop: str) -> None:
    """Raises ShopUnknown where Earshot is not installed, or not any more."""
    if await state(connection, shop) != "installed":
        raise ShopUnknown(shop)


async def hold_installed(connection: Connection, shop: str) -> None:
    """As `require_installed`; an uninstallation waits until this transaction ends."""
    if await held_state(connection, shop) != "installed":
        raise ShopUnknown(shop)


async def held_state(connection: Connection, shop: str) -> str | None:
    """As `state`; whoever wants to change it waits until this transaction ends."""
    held: str | None = await connection.fetchval(
        "SELECT state FROM shops WHERE shop = $1 FOR SHARE", shop
    )
    return held


async def installed_since(connection: Connection, shop: str) -> datetime | None:
    """Since when it is installed; None where it is not."""
    found: datetime | None = await connection.fetchval(
        "SELECT installed_at FROM shops WHERE shop = $1 AND state = 'installed'", shop
    )
    return found


async def install(connection: Connection, shop: str, now: datetime, said_at: datetime) -> bool:
    """Marks a shop as installed; False when it already was, or has left since it was `said_at`.

    An open page of the admin may ask once more after its shop has uninstalled. `said_at` is cut
    to whole seconds.
    """
    changed = await connection.fetchval(
        "INSERT INTO shops (shop, state, installed_at, opened_at)"
        " VALUES ($1, 'installed', $2, $3) ON CONFLICT (shop) DO UPDATE"
        " SET state = 'installed', installed_at = $2, opened_at = $3, uninstalled_at = NULL"
        " WHERE shops.state = 'uninstalled'"
        " AND shops.uninstalled_at < $3::timestamptz + interval '1 second' RETURNING true",
        shop,
        now,
        said_at,
    )
    return bool(changed)


async def note_opening(connection: Connection, shop: str, said_at: datetime) -> None:
    """Shopify said, then, that the shop has the app: what it says of earlier is older news."""
    await connection.execute(
        "UPDATE shops SET opened_at = $2 WHERE shop = $1 AND opened_at < $2", shop, said_at
    )


async def uninstall(connection: Connection, shop: str, said_at: datetime) -> bool:
    """Marks a shop as uninstalled, unless it is known to have the app since; whether it changed.

    By Shopify's own clock, in which its ID tokens are issued. A shop that never opened the app is
    marked too, so that no page from before does it any more.
    """
    changed = await connection.fetchval(
        "INSERT INTO shops (shop, state, installed_at, uninstalled_at, parted_at)"
        " VALUES ($1, 'uninstalled', $2, $2, $2) ON CONFLICT (shop) DO UPDATE"
        " SET state = 'uninstalled', uninstalled_at = $2, parted_at = NULL"
        " WHERE shops.state = 'installed'"
        " AND coalesce(shops.opened_at, shops.installed_at) <= $2 RETURNING true",
        shop,
        said_at,
    )
    return bool(changed)


async def begin_anew(connection: Connection, shop: str, said_at: datetime) -> bool:
    """For a shop that left and came back before its leaving was heard of: the life that began
    before is over. False where no other life began since."""
    changed = await connection.fetchval(
        "UPDATE shops SET installed_at = opened_at WHERE shop = $1 AND state = 'installed'"
        " AND installed_at <= $2 AND opened_at > $2 RETURNING true",
        shop,
        said_at,
    )
    return bool(changed)


async def unparted(connection: Connection) -> list[str]:
    """Shops that left, and whose open pages do not know it yet."""
    rows = await connection.fetch(
        "SELECT shop FROM shops WHERE state = 'uninstalled' AND parted_at IS NULL"
    )
    return [row["shop"] for row in rows]


async def note_parting(connection: Connection, shop: str, now: datetime) -> None:
    await connection.execute(
        "UPDATE shops SET parted_at = $2 WHERE shop = $1 AND state = 'uninstalled'", shop, now
    )


async def installed_at(connection: Connection, shop: str) -> datetime:
    """Raises ShopUnknown for one that never was installed."""
    moment: datetime | None = await connection.fetchval(
        "SELECT installed_at FROM shops WHERE shop = $1", shop
    )
    if moment is None:
        raise ShopUnknown(shop)
    return moment


async def note_embed(connection: Connection, shop: str, status: str, now: datetime) -> None:
    """Keeps whether the theme shows Earshot: `on`, `off` or `unknown`."""
    await connection.execute(
        "UPDATE shops SET embed = $2, embed_at = $3 WHERE shop = $1", shop, status, now
    )


async def dismiss_setup(connection: Connection, shop: str, now: datetime | None) -> None:
    """Puts the setup guide away, or with None back."""
    await connection.execute("UPDATE shops SET setup_dismissed_at = $2 WHERE shop = $1", shop, now)


async def facts(connection: Connection, shop: str) -> ShopFacts | None:
    """What Shopify said of the shop; None before it was asked."""
    row = await connection.fetchrow(
        "SELECT name, url, currency, timezone, locale, plan FROM shops"
        " WHERE shop = $1 AND facts_at IS NOT NULL",
        shop,
    )
    return ShopFacts(*row) if row else None


async def zone(connection: Connection, shop: str) -> tzinfo:
    """The shop's time zone; UTC while it is unknown."""
    found = await facts(connection, shop)
    return days.zone(found.timezone if found else None)


async def currency(connection: Connection, shop: str) -> str:
    """Empty while it is unknown."""
    found = await facts(connection, shop)
    return (found.currency if found else None) or ""


async def learn(connection: Connection, shop: str, facts: ShopFacts, now: datetime) -> None:
    await connection.execute(
        "UPDATE shops SET name = $2, url = $3, currency = $4, timezone = $5, locale = $6,"
        " plan = $7, facts_at = $8 WHERE shop = $1",
        shop,
        *msgspec.structs.astuple(facts),
        now,
    )
