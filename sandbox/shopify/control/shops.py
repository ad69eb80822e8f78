"""Customers, goods, stock, the app's installation and the theme's embed."""

from typing import Any

import msgspec
from litestar import Request, get, post

from sandbox.shopify.cast.newcomers import newcomer
from sandbox.shopify.control import descriptions
from sandbox.shopify.control.wishes import (
    Embed,
    NewCustomer,
    OneShop,
    ProductEdit,
    Stock,
    read,
)
from sandbox.shopify.refusals import Refused, Unknown
from sandbox.shopify.seeding import open_app
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.products import Product
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@get("/_control/customers")
async def customers(request: AnyRequest) -> list[Json]:
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", ""))
    return [descriptions.customer(person) for person in stand_in.world.customers(shop.domain)]


@post("/_control/customers")
async def sign_up(request: AnyRequest) -> Json:
    wish = await read(request, NewCustomer)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    described = msgspec.structs.asdict(wish)
    del described["shop"]
    person = newcomer(stand_in.world.ids, **described)
    stand_in.merchant.sign_up(shop, person)
    return {"shop": shop.domain, **descriptions.customer(person)}


@get("/_control/products")
async def products(request: AnyRequest) -> list[Json]:
    """Of both shops; `?shop=` narrows."""
    stand_in = stand_in_of(request)
    shop = request.query_params.get("shop")
    domains = list(stand_in.world.shops) if shop is None else [stand_in.world.shop(shop).domain]
    return [
        _described(stand_in, domain, goods)
        for domain in domains
        for goods in stand_in.world.products(domain)
    ]


@post("/_control/products/{handle:str}", status_code=200)
async def edit_product(request: AnyRequest) -> Json:
    """Handles differ between the shops, so the handle says which one."""
    wish = await read(request, ProductEdit)
    stand_in = stand_in_of(request)
    shop, product = _find_product(stand_in, request.path_params["handle"])
    if wish.title is None and wish.status is None:
        raise Refused("Give a title, a status or both.")
    stand_in.merchant.edit_product(shop, product, wish.title, wish.status)
    return _described(stand_in, shop.domain, product)


@post("/_control/stock", status_code=200)
async def change_stock(request: AnyRequest) -> Json:
    wish = await read(request, Stock)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    product = stand_in.world.product(shop.domain, wish.product)
    stand_in.merchant.set_stock(shop, product, wish.available)
    return _described(stand_in, shop.domain, product)


@post("/_control/uninstall", status_code=200)
async def uninstall(request: AnyRequest) -> Json:
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    if not shop.installed:
        raise Refused(f"{shop.domain} has no app to uninstall.")
    stand_in.merchant.uninstall(shop)
    return {"shop": shop.domain, "installed": False}


@post("/_control/install", status_code=200)
async def install(request: AnyRequest) -> Json:
    """Installs, and opens the app once, as a merchant's browser would."""
    wish = await read(request, OneShop)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    stand_in.merchant.install(shop)
    return {
        "shop": shop.domain,
        "installed": True,
        "app_status": await open_app(stand_in, shop),
    }


@post("/_control/embed", status_code=200)
async def switch_embed(request: AnyRequest) -> Json:
    """The app embed's switch in the theme editor, and whether the theme takes embeds at all."""
    wish = await read(request, Embed)
    shop = stand_in_of(request).world.shop(wish.shop)
    shop.takes_embeds = shop.takes_embeds if wish.possible is None else wish.possible
    shop.embed_active = shop.takes_embeds and (shop.embed_active if wish.on is None else wish.on)
    return {
        "shop": shop.domain,
        "embed_active": shop.embed_active,
        "takes_embeds": shop.takes_embeds,
    }


ROUTES = [
    customers,
    sign_up,
    products,
    edit_product,
    change_stock,
    uninstall,
    install,
    switch_embed,
]


def _find_product(stand_in: StandIn, handle: str) -> tuple[Shop, Product]:
    for shop in stand_in.world.shops.values():
        for product in stand_in.world.products(shop.domain):
            if product.handle == handle:
                return shop, product
    raise Unknown(f"No shop has a product {handle!r}.")


def _described(stand_in: StandIn, shop: str, goods: Product) -> Json:
    return descriptions.product(shop, goods, stand_in.options.storefront_origin(shop))
