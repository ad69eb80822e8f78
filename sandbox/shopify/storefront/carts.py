"""The cart: its page, and the Ajax API."""

import re
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.response import Redirect

from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.carts import Cart
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.storefront.prices import minor_units
from sandbox.shopify.storefront.rendering import page
from sandbox.shopify.storefront.visits import cart_cookie, cart_of, shop_of

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
_ATTRIBUTE = re.compile(r"attributes\[(.+)\]")
_UPDATE = re.compile(r"updates\[(\d+)\]")
MOST = 999


@get("/cart")
async def show(request: AnyRequest) -> Response[str]:
    lines = items(stand_in_of(request), shop_of(request), cart_of(request))
    total = sum((line["product_price"] * line["quantity"] for line in lines), 0)
    return page(request, "cart.html", "cart", lines=lines, total=total)


@get("/cart.js")
async def show_js(request: AnyRequest) -> Response[Json]:
    return _answer(request, cart_of(request))


@post("/cart/add.js", status_code=200)
async def add_js(request: AnyRequest) -> Response[Json]:
    """`{"items": [{"id", "quantity"}]}`, `{"id", "quantity"}`, or a form."""
    cart = cart_of(request)
    wanted = await _body(request)
    added = _add(request, cart, wanted)
    lines = items(stand_in_of(request), shop_of(request), cart)
    chosen = [_public(line) for line in lines if line["id"] in added]
    content = {"items": chosen} if "items" in wanted else chosen[0]
    return Response(content, cookies=[cart_cookie(shop_of(request), cart)])


@post("/cart/add", status_code=303)
async def add(request: AnyRequest) -> Redirect:
    cart = cart_of(request)
    _add(request, cart, await _body(request))
    cookies = [cart_cookie(shop_of(request), cart)]
    return Redirect("/cart", status_code=303, cookies=cookies)


@post(["/cart/update.js", "/cart/change.js"], status_code=200)
async def update_js(request: AnyRequest) -> Response[Json]:
    """`updates` by variant id, or one `id` and `quantity`; `attributes`, `note`."""
    cart = cart_of(request)
    _update(request, cart, await _body(request))
    return _answer(request, cart)


@post("/cart/update", status_code=303)
async def update(request: AnyRequest) -> Redirect:
    cart = cart_of(request)
    _update(request, cart, await _body(request))
    return Redirect("/cart", status_code=303, cookies=[cart_cookie(shop_of(request), cart)])


@post("/cart/clear.js", status_code=200)
async def clear_js(request: AnyRequest) -> Response[Json]:
    cart = cart_of(request)
    cart.quantities.clear()
    stand_in_of(request).announcer.cart(shop_of(request), cart)
    return _answer(request, cart)


ROUTES = [show, show_js, add_js, add, update_js, update, clear_js]


def items(stand_in: StandIn, shop: Shop, cart: Cart) -> list[Json]:
    """Lines for the page and the Ajax API."""
    lines = []
    for variant_id, quantity in cart.quantities.items():
        product, variant = stand_in.world.variant(shop.domain, variant_id)
        price = minor_units(variant.price)
        lines.append(
            {
                "id": variant.id,
                "key": f"{variant.id}:{cart.token[:8]}",
                "variant_id": variant.id,
                "product_id": product.id,
                "title": product.title,
                "product_title": product.title,
                "variant_title": variant.title,
                "sku": variant.sku,
                "vendor": product.vendor,
                "handle": product.handle,
                "url": f"/products/{product.handle}?variant={variant.id}",
                "image": f"/products-images/{product.picture}.svg",
                "quantity": quantity,
                "price": price,
                "final_price": price,
                "line_price": price * quantity,
                "final_line_price": price * quantity,
                "properties": {},
                "product_price": variant.price,
            }
        )
    return lines


async def _body(request: AnyRequest) -> Json:
    if request.content_type[0] == "application/json":
        try:
            return msgspec.json.decode(await request.body(), type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise Refused(f"The body does not fit: {error}.") from error
    form = {name: value for name, value in (await request.form()).items()}
    updates = {m[1]: value for name, value in form.items() if (m := _UPDATE.fullmatch(name))}
    attributes = {m[1]: value for name, value in form.items() if (m := _ATTRIBUTE.fullmatch(name))}
    return {
        **form,
        **({"updates": updates} if updates else {}),
        **({"attributes": attributes} if attributes else {}),
    }


def _add(request: AnyRequest, cart: Cart, wanted: Json) -> list[int]:
    stand_in, shop = stand_in_of(request), shop_of(request)
    asked = wanted.get("items", [wanted])
    if not isinstance(asked, list) or not all(isinstance(one, dict) for one in asked) or not asked:
        raise Refused("`items` is a list of objects.")
    added = []
    for one in asked:
        _, variant = stand_in.world.variant(shop.domain, _number(one.get("id"), "id"))
        quantity = _number(one.get("quantity", 1), "quantity")
        cart.put(variant.id, min(cart.quantities.get(variant.id, 0) + quantity, MOST))
        added.append(variant.id)
    stand_in.announcer.cart(shop, cart)
    return added


def _update(request: AnyRequest, cart: Cart, wanted: Json) -> None:
    stand_in, shop = stand_in_of(request), shop_of(request)
    updates = wanted.get("updates", {})
    attributes = wanted.get("attributes", {})
    if not isinstance(updates, dict) or not isinstance(attributes, dict):
        raise Refused("`updates` and `attributes` are objects.")
    if "id" in wanted:
        updates = {**updates, str(wanted["id"]).split(":")[0]: wanted.get("quantity", 1)}
    for variant_id, quantity in updates.items():
        _, variant = stand_in.world.variant(shop.domain, _number(variant_id, "id"))
        cart.put(variant.id, min(_number(quantity, "quantity"), MOST))
    cart.attributes.update({name: str(value) for name, value in attributes.items()})
    cart.note = str(wanted.get("note", cart.note))
    stand_in.announcer.cart(shop, cart)


def _number(value: Any, name: str) -> int:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise Refused(f"`{name}` is a whole number, not {value!r}.")
    return int(str(value))


def _answer(request: AnyRequest, cart: Cart) -> Response[Json]:
    shop = shop_of(request)
    lines = [_public(line) for line in items(stand_in_of(request), shop, cart)]
    total = sum(line["final_line_price"] for line in lines)
    content = {
        "token": cart.token,
        "note": cart.note,
        "attributes": cart.attributes,
        "original_total_price": total,
        "total_price": total,
        "total_discount": 0,
        "total_weight": 0,
        "item_count": cart.count,
        "items": lines,
        "requires_shipping": True,
        "currency": shop.currency,
        "items_subtotal_price": total,
        "cart_level_discount_applications": [],
    }
    return Response(content, cookies=[cart_cookie(shop, cart)])


def _public(line: Json) -> Json:
    return {name: value for name, value in line.items() if name != "product_price"}
