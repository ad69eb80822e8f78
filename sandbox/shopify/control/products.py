"""`/_control/products`, `/_control/catalogue` and `/_control/odd_titles`."""

from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, get, post

from sandbox.shopify.cast import made_up
from sandbox.shopify.cast.goods import make_collection
from sandbox.shopify.cast.odd_titles import ODD_TITLES
from sandbox.shopify.control import descriptions
from sandbox.shopify.control.wishes import OneShop, read
from sandbox.shopify.refusals import Refused, Unknown
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
ARCHIVE = "Archive room"


class NewProduct(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    title: Title
    price: Annotated[float, msgspec.Meta(ge=0, le=100_000)] = 25.0
    available: Annotated[int, msgspec.Meta(ge=0, le=99_999)] = 10


class Edit(msgspec.Struct, forbid_unknown_fields=True):
    """`shop` where both have a product of this handle."""

    title: Title | None = None
    status: Literal["active", "draft", "archived"] | None = None
    shop: str | None = None


class Removal(msgspec.Struct, forbid_unknown_fields=True):
    shop: str | None = None


class Size(msgspec.Struct, forbid_unknown_fields=True):
    shop: str
    products: Annotated[int, msgspec.Meta(ge=1, le=5_000)]


@get("/_control/products")
async def index(request: AnyRequest) -> list[Json]:
    """Of both shops; `?shop=` narrows."""
    stand_in = stand_in_of(request)
    shop = request.query_params.get("shop")
    domains = list(stand_in.world.shops) if shop is None else [stand_in.world.shop(shop).domain]
    return [
        described(stand_in, domain, goods)
        for domain in domains
        for goods in stand_in.world.products(domain)
    ]


@post("/_control/products")
async def create(request: AnyRequest) -> Json:
    wish = await read(request, NewProduct)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    product = made_up.product(shop, wish.title, Decimal(f"{wish.price:.2f}"), wish.available)
    if any(one.handle == product.handle for one in stand_in.world.products(shop.domain)):
        raise Refused(f"{shop.domain} has a product {product.handle!r} already.")
    stand_in.catalogue.add(shop, product)
    return described(stand_in, shop.domain, product)


@post("/_control/products/{handle:str}", status_code=200)
async def edit(request: AnyRequest) -> Json:
    wish = await read(request, Edit)
    stand_in = stand_in_of(request)
    shop, product = _find(stand_in, request.path_params["handle"], wish.shop)
    if wish.title is None and wish.status is None:
        raise Refused("Give a title, a status or both.")
    stand_in.catalogue.edit(shop, product, wish.title, wish.status)
    return described(stand_in, shop.domain, product)


@post("/_control/products/{handle:str}/delete", status_code=200)
async def destroy(request: AnyRequest) -> Json:
    wish = await read(request, Removal)
    stand_in = stand_in_of(request)
    shop, product = _find(stand_in, request.path_params["handle"], wish.shop)
    stand_in.catalogue.remove(shop, product)
    return described(stand_in, shop.domain, product)


@post("/_control/catalogue", status_code=200)
async def enlarge(request: AnyRequest) -> Json:
    """As if the goods had always been there: the app is not told, it has to ask."""
    wish = await read(request, Size)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    goods = stand_in.world.products(shop.domain)
    added = list(made_up.products(shop, len(goods) + 1, wish.products))
    goods += added
    collections = stand_in.world.collections(shop.domain)
    archive = next((one for one in collections if one.title == ARCHIVE), None)
    if added and archive is None:
        archive = make_collection(shop.domain, ARCHIVE, [])
        collections.append(archive)
    if archive is not None:
        archive.products += [one.id for one in added]
    return {"shop": shop.domain, "products": len(goods), "added": len(added)}


@post("/_control/odd_titles", status_code=200)
async def make_odd(request: AnyRequest) -> list[Json]:
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    chosen = list(zip(stand_in.world.products(shop.domain), ODD_TITLES, strict=False))
    for product, title in chosen:
        stand_in.catalogue.edit(shop, product, title)
    return [described(stand_in, shop.domain, product) for product, _ in chosen]


ROUTES = [index, create, edit, destroy, enlarge, make_odd]


def described(stand_in: StandIn, shop: str, goods: Product) -> Json:
    return descriptions.product(shop, goods, stand_in.options.storefront_origin(shop))


def _find(stand_in: StandIn, handle: str, domain: str | None) -> tuple[Shop, Product]:
    """Handles of the seed differ between the shops, so a handle alone says which one."""
    shops = [stand_in.world.shop(domain)] if domain else list(stand_in.world.shops.values())
    for shop in shops:
        for product in stand_in.world.products(shop.domain):
            if product.handle == handle:
                return shop, product
    raise Unknown(f"No shop has a product {handle!r}.")
