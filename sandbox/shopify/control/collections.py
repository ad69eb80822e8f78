"""`/_control/collections`: made, changed and deleted; both shops have some of the same handle."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post

from sandbox.shopify.cast.goods import make_collection
from sandbox.shopify.control.wishes import OneShop, Text, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.collections import Collection

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
Handles = Annotated[list[str], msgspec.Meta(max_length=5_000)]


class NewCollection(msgspec.Struct, forbid_unknown_fields=True):
    """`products` by handle."""

    shop: str
    title: Text
    products: Handles = []


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    title: Text | None = None
    products: Handles | None = None


@get("/_control/collections")
async def index(request: AnyRequest) -> list[Json]:
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", "")).domain
    return [_described(stand_in, shop, one) for one in stand_in.world.collections(shop)]


@post("/_control/collections")
async def create(request: AnyRequest) -> Json:
    wish = await read(request, NewCollection)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    goods = [stand_in.world.product(shop.domain, handle) for handle in wish.products]
    made = make_collection(shop.domain, wish.title, goods)
    if any(one.handle == made.handle for one in stand_in.world.collections(shop.domain)):
        raise Refused(f"{shop.domain} has a collection {made.handle!r} already.")
    stand_in.catalogue.add_collection(shop, made)
    return _described(stand_in, shop.domain, made)


@post("/_control/collections/{handle:str}", status_code=200)
async def edit(request: AnyRequest) -> Json:
    wish = await read(request, Edit)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    collection = stand_in.world.collection(shop.domain, request.path_params["handle"])
    goods = None
    if wish.products is not None:
        goods = [stand_in.world.product(shop.domain, handle) for handle in wish.products]
    stand_in.catalogue.edit_collection(shop, collection, wish.title, goods)
    return _described(stand_in, shop.domain, collection)


@post("/_control/collections/{handle:str}/delete", status_code=200)
async def destroy(request: AnyRequest) -> Json:
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    collection = stand_in.world.collection(shop.domain, request.path_params["handle"])
    stand_in.catalogue.remove_collection(shop, collection)
    return _described(stand_in, shop.domain, collection)


ROUTES = [index, create, edit, destroy]


def _described(stand_in: StandIn, shop: str, shown: Collection) -> Json:
    handles = {one.id: one.handle for one in stand_in.world.products(shop)}
    return {
        "id": str(shown.id),
        "shop": shop,
        "handle": shown.handle,
        "title": shown.title,
        "products": [handles[one] for one in shown.products if one in handles],
    }
