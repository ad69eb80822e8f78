"""`/_control/scopes`: what the released app asks for, and what each shop has granted."""

from typing import Any

import msgspec
from litestar import Request, get, post

from sandbox.shopify.control.wishes import read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


class Scopes(msgspec.Struct, forbid_unknown_fields=True):
    """What the released app asks for; what one shop has granted."""

    declared: tuple[str, ...] | None = None
    optional: tuple[str, ...] | None = None
    shop: str | None = None
    granted: tuple[str, ...] | None = None


@get("/_control/scopes")
async def show(request: AnyRequest) -> Json:
    return described(stand_in_of(request))


@post("/_control/scopes", status_code=200)
async def change(request: AnyRequest) -> Json:
    """A new release is agreed to when the app is opened next; `granted` changes at once."""
    wish = await read(request, Scopes)
    stand_in = stand_in_of(request)
    app = stand_in.world.app
    app.scopes = app.scopes if wish.declared is None else wish.declared
    app.optional_scopes = app.optional_scopes if wish.optional is None else wish.optional
    if wish.granted is not None:
        if wish.shop is None:
            raise Refused("Name the shop whose granted scopes change.")
        stand_in.consents.grant(stand_in.world.shop(wish.shop), wish.granted)
    return described(stand_in)


ROUTES = [show, change]


def described(stand_in: StandIn) -> Json:
    app = stand_in.world.app
    return {
        "declared": list(app.scopes),
        "optional": list(app.optional_scopes),
        "granted": {
            shop.domain: list(shop.installation.scopes) if shop.installation else None
            for shop in stand_in.world.shops.values()
        },
    }
