"""What `shopify.scopes` asks of the admin."""

from typing import Any

from litestar import Request, delete, get, post

from sandbox.shopify import scope_changes
from sandbox.shopify.admin import access_words
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@get("/_admin/scopes")
async def show(request: AnyRequest) -> Json:
    """`missing` and `words` are those of the scopes named that are not granted yet."""
    stand_in, shop, scopes = _asked(request)
    app = stand_in.world.app
    scope_changes.insist_on_optional(app, scopes)
    found = scope_changes.details(app, shop)
    missing = [name for name in scopes if name not in found["granted"]]
    return {**found, "missing": missing, "words": access_words.told(missing)}


@post("/_admin/scopes", status_code=200)
async def create(request: AnyRequest) -> Json:
    stand_in, shop, scopes = _asked(request)
    scope_changes.add(stand_in.consents, stand_in.world.app, shop, scopes)
    return scope_changes.details(stand_in.world.app, shop)


@delete("/_admin/scopes", status_code=200)
async def destroy(request: AnyRequest) -> Json:
    stand_in, shop, scopes = _asked(request)
    scope_changes.revoke(stand_in.consents, stand_in.world.app, shop, scopes)
    return scope_changes.details(stand_in.world.app, shop)


ROUTES = [show, create, destroy]


def _asked(request: AnyRequest) -> tuple[StandIn, Shop, list[str]]:
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", ""))
    return stand_in, shop, request.query_params.getall("scope", [])
