"""Who is visiting which shop: the port names the shop, a cookie the visitor's cart."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.types import Scope

from sandbox.shopify.options import store_name
from sandbox.shopify.stand_in import stand_in_of
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]


def port_of(scope: Scope) -> int:
    server = scope["server"]
    return int(server[1] or 0) if server else 0


def shop_of(request: AnyRequest) -> Shop:
    stand_in = stand_in_of(request)
    ports = {port: shop for shop, port in stand_in.options.storefronts.items()}
    return stand_in.world.shop(ports[port_of(request.scope)])


def cart_of(request: AnyRequest) -> Cart:
    shop = shop_of(request).domain
    return stand_in_of(request).world.cart(shop, request.cookies.get(_cookie_name(shop)))


def cart_cookie(shop: Shop, cart: Cart) -> Cookie:
    """Cookies do not tell ports apart, so each shop's has a name of its own."""
    name = _cookie_name(shop.domain)
    return Cookie(key=name, value=cart.token, samesite="lax", max_age=86_400)


def _cookie_name(shop: str) -> str:
    return f"cart_{store_name(shop)}"
