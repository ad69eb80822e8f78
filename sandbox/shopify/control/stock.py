"""`/_control/stock` and `/_control/inventory`: how many are left, and where."""

from typing import Annotated, Any

import msgspec
from litestar import Request, post

from sandbox.shopify.control.products import described
from sandbox.shopify.control.wishes import read
from sandbox.shopify.refusals import Unknown
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.locations import Location
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
Amount = Annotated[int, msgspec.Meta(ge=-9999, le=99_999)]


class Count(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    product: str
    available: Amount


class Placing(msgspec.Struct, forbid_unknown_fields=True):
    """`location` by id or name; the shop's second one, if left out."""

    shop: str
    product: str
    location: str | None = None
    available: Amount = 0


@post("/_control/stock", status_code=200)
async def change(request: AnyRequest) -> Json:
    """Of the first variant, where it is sold from."""
    wish = await read(request, Count)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    product = stand_in.world.product(shop.domain, wish.product)
    stand_in.stock.set(shop, product, wish.available)
    return described(stand_in, shop.domain, product)


@post("/_control/inventory/connect", status_code=200)
async def connect(request: AnyRequest) -> Json:
    stand_in, shop, product, place, wish = await _placing(request)
    stand_in.stock.connect(shop, product, place, wish.available)
    return described(stand_in, shop.domain, product)


@post("/_control/inventory/disconnect", status_code=200)
async def disconnect(request: AnyRequest) -> Json:
    stand_in, shop, product, place, _ = await _placing(request)
    stand_in.stock.disconnect(shop, product, place)
    return described(stand_in, shop.domain, product)


ROUTES = [change, connect, disconnect]


async def _placing(request: AnyRequest) -> tuple[StandIn, Shop, Product, Location, Placing]:
    wish = await read(request, Placing)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    product = stand_in.world.product(shop.domain, wish.product)
    return stand_in, shop, product, _location(shop, wish.location), wish


def _location(shop: Shop, wanted: str | None) -> Location:
    if wanted is None:
        return shop.locations[1]
    for place in shop.locations:
        if wanted in (str(place.id), place.name):
            return place
    known = ", ".join(place.name for place in shop.locations)
    raise Unknown(f"{shop.domain} has no location {wanted!r}; it has {known}.")
