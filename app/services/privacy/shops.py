"""Erases a shop that has left: all its rows and all that Redis knows of it."""

from app.data import audit_log, compliance_requests, credentials, shops, tenants
from app.data.database import Connection
from app.domain import compliance
from app.domain.compliance import Demand, Request
from app.doors import Doors
from app.errors import AccessMissing
from app.services import tokens
from app.services.privacy.problems import CannotBeDone

PIECE = 5_000  # well within the time that one statement is given


class _IsBack(Exception):
    """The shop has installed again: what is here is a customer's."""


async def redact(doors: Doors, request: Request) -> None:
    """Every step may be repeated. Raises CannotBeDone, LiveUnavailable, ShopifyUnavailable.

    A shop that is installed is not erased: it has come back, or somebody sends an old request
    again, which Shopify's signature cannot tell from a new one.
    """
    try:
        await _insist_that_it_left(doors, request)
        rows = await _erase_tables(doors, request)
    except _IsBack:
        await _finish(doors, request, "kept the shop, which is installed")
        return
    await doors.live.forget_shop(request.shop)
    await _finish(doors, request, "erased the shop", rows=rows)


async def _insist_that_it_left(doors: Doors, request: Request) -> None:
    """Its uninstallation may have been missed: then Shopify does not let us in any more."""
    shop = request.shop
    async with doors.data.tenant(shop) as connection:
        installed_at = await shops.installed_since(connection, shop)
    if installed_at is None:
        return
    if compliance.has_reinstalled(installed_at, request.said_at):
        raise _IsBack
    try:
        await tokens.current(doors, shop)
    except AccessMissing as error:
        async with doors.data.tenant(shop) as connection:
            if await credentials.standing(connection, shop) is not None:
                raise CannotBeDone(str(error)) from error
            await shops.uninstall(connection, shop, doors.clock())
    else:
        raise _IsBack


async def _erase_tables(doors: Doors, request: Request) -> int:
    rows = 0
    for table in tenants.TABLES:
        found = PIECE
        while found == PIECE:
            async with doors.data.tenant(request.shop) as connection:
                await _insist_that_it_is_away(connection, request.shop)
                await compliance_requests.go_on(
                    connection,
                    request,
                    request.demand,
                    until=doors.clock() + compliance.LEASE,
                )
                found = await tenants.erase(connection, request.shop, table, PIECE)
            rows += found
    return rows


async def _insist_that_it_is_away(connection: Connection, shop: str) -> None:
    """Until this transaction ends it does not come back."""
    if await shops.held_state(connection, shop) == "installed":
        raise _IsBack


async def _finish(doors: Doors, request: Request, action: str, **detail: int) -> None:
    now = doors.clock()
    async with doors.data.tenant(request.shop) as connection:
        if await compliance_requests.finish(connection, request, now, Demand(), None):
            await audit_log.add(
                connection,
                request.shop,
                "earshot",
                action,
                now,
                request=request.webhook_id,
                **detail,
            )
