"""A checkout without forms: the visitor pays at once and is thanked."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from sandbox.shopify.stand_in import stand_in_of
from sandbox.shopify.storefront.rendering import page
from sandbox.shopify.storefront.visits import cart_cookie, cart_of, shop_of

AnyRequest = Request[Any, Any, Any]


@post("/checkout", status_code=303)
async def create(request: AnyRequest) -> Redirect:
    """The cart, or the single variant that "Buy now" names."""
    stand_in, shop, cart = stand_in_of(request), shop_of(request), cart_of(request)
    form = await request.form()
    wanted = dict(cart.quantities)
    if (single := str(form.get("id", ""))).isdecimal():
        quantity = str(form.get("quantity", "1"))
        wanted = {int(single): int(quantity) if quantity.isdecimal() else 1}
    items = [
        (*stand_in.world.variant(shop.domain, variant), min(max(quantity, 1), 999))
        for variant, quantity in wanted.items()
    ]
    if not items:
        return Redirect("/cart", status_code=303)
    order = stand_in.till.place(
        shop,
        cart.visitor,
        items,
        cart_token=cart.token,
        note_attributes=dict(cart.attributes),
    )
    fresh = cart if single else stand_in.world.replace_cart(cart)
    return Redirect(f"/thanks/{order.token}", status_code=303, cookies=[cart_cookie(shop, fresh)])


@get("/thanks/{token:str}")
async def show(request: AnyRequest) -> Response[str]:
    orders = stand_in_of(request).world.orders(shop_of(request).domain)
    found = [order for order in orders if order.token == request.path_params["token"]]
    if not found:
        return page(request, "not_found.html", "404", status_code=404)
    return page(request, "thanks.html", "page", order=found[0])


ROUTES = [create, show]
