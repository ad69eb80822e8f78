"""The two ASGI applications: the admin's origin, and the storefronts'."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from sandbox.shopify.admin import (
    bridges,
    consents,
    extensions,
    pages,
    shop_domains,
    theme_editors,
)
from sandbox.shopify.admin import scopes as admin_scopes
from sandbox.shopify.admin_api import authorizations, exchanges, queries
from sandbox.shopify.control import (
    collections,
    customers,
    deliveries,
    failures,
    moods,
    orders,
    overviews,
    products,
    scopes,
    shops,
    stock,
    webhook_sources,
)
from sandbox.shopify.stand_in import StandIn
from sandbox.shopify.storefront import carts, checkouts, files
from sandbox.shopify.storefront import pages as storefront_pages


def admin_application(stand_in: StandIn) -> Litestar:
    @asynccontextmanager
    async def open_until_stopped(_: Litestar) -> AsyncIterator[None]:
        stand_in.memory.start()
        yield
        await stand_in.close()

    rooms: list[Any] = [
        *(admin_scopes, bridges, consents, extensions, pages, shop_domains, theme_editors),
        *(authorizations, exchanges, queries),
        *(collections, customers, deliveries, moods, orders, overviews),
        *(products, scopes, shops, stock, webhook_sources),
    ]
    return _application(stand_in, rooms, [ready], lifespan=[open_until_stopped])


def storefront_application(stand_in: StandIn) -> Litestar:
    return _application(stand_in, [carts, checkouts, files, storefront_pages], [])


@get("/health/ready", sync_to_thread=False)
def ready() -> dict[str, str]:
    return {"status": "ready"}


def _application(
    stand_in: StandIn, rooms: list[Any], more: list[ControllerRouterHandler], **options: Any
) -> Litestar:
    return Litestar(
        [*(route for room in rooms for route in room.ROUTES), *more],
        state=State({"stand_in": stand_in}),
        exception_handlers=failures.HANDLERS,
        openapi_config=None,
        logging_config=None,
        **options,
    )
