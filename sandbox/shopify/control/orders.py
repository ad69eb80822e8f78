"""`/_control/orders`: place one, and everything that may happen to it."""

import random
from typing import Any

from litestar import Request, get, post

from sandbox.shopify.cast.newcomers import newcomer
from sandbox.shopify.control import descriptions
from sandbox.shopify.control.wishes import Edit, NewOrder, PartialRefund, Person, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.orders import Order
from sandbox.shopify.state.products import Product, visible
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@get("/_control/orders")
async def index(request: AnyRequest) -> list[Json]:
    """The latest hundred, newest first; `?shop=` narrows."""
    stand_in = stand_in_of(request)
    shop = request.query_params.get("shop")
    domain = None if shop is None else stand_in.world.shop(shop).domain
    return [descriptions.order(order) for order in stand_in.world.orders(domain)[:100]]


@get("/_control/orders/{order_id:str}")
async def show(request: AnyRequest) -> Json:
    return descriptions.order(_order(request))


@post("/_control/orders")
async def create(request: AnyRequest) -> Json:
    wish = await read(request, NewOrder)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    products = _products(stand_in, shop, wish)
    order = stand_in.till.place(
        shop,
        _customer(stand_in, shop, wish.customer),
        [(product, product.variants[0], wish.quantity) for product in products],
        paid=wish.paid,
        test=wish.test,
        told=not wish.lost,
        cart_token=wish.cart_token,
        note_attributes=dict(wish.note_attributes),
    )
    return descriptions.order(order)


@post("/_control/orders/{order_id:str}/pay", status_code=200)
async def pay(request: AnyRequest) -> Json:
    order = _order(request)
    stand_in_of(request).till.pay(order)
    return descriptions.order(order)


@post("/_control/orders/{order_id:str}/cancel", status_code=200)
async def cancel(request: AnyRequest) -> Json:
    order = _order(request)
    stand_in_of(request).till.cancel(order)
    return descriptions.order(order)


@post("/_control/orders/{order_id:str}/fulfill", status_code=200)
async def fulfill(request: AnyRequest) -> Json:
    order = _order(request)
    stand_in_of(request).till.fulfill(order)
    return descriptions.order(order)


@post("/_control/orders/{order_id:str}/refund", status_code=200)
async def refund(request: AnyRequest) -> Json:
    wish = await read(request, PartialRefund)
    order = _order(request)
    stand_in_of(request).till.refund(order, _quantities(wish))
    return descriptions.order(order)


@post("/_control/orders/{order_id:str}/edit", status_code=200)
async def edit(request: AnyRequest) -> Json:
    wish = await read(request, Edit)
    order = _order(request)
    stand_in = stand_in_of(request)
    product = _product(stand_in, order.shop, wish.product)
    stand_in.till.edit(order, product, product.variants[0], wish.quantity)
    return descriptions.order(order)


ROUTES = [index, show, create, pay, cancel, fulfill, refund, edit]


def _order(request: AnyRequest) -> Order:
    return stand_in_of(request).world.order(request.path_params["order_id"])


def _products(stand_in: StandIn, shop: Shop, wish: NewOrder) -> list[Product]:
    if wish.products is not None:
        return [stand_in.world.product(shop.domain, handle) for handle in wish.products]
    return [_product(stand_in, shop, wish.product)]


def _product(stand_in: StandIn, shop: Shop, handle: str | None) -> Product:
    """The one named; any that is on sale when none is."""
    if handle is not None:
        return stand_in.world.product(shop.domain, handle)
    goods = visible(stand_in.world.products(shop.domain))
    if not goods:
        raise Refused(f"{shop.domain} has no active product; name one.")
    return random.choice(goods)


def _customer(stand_in: StandIn, shop: Shop, wanted: str | Person | None) -> Customer:
    if isinstance(wanted, str):
        return stand_in.world.customer(shop.domain, wanted)
    if wanted is None:
        return random.choice(stand_in.world.customers(shop.domain))
    person = newcomer(
        stand_in.world.ids,
        wanted.first_name,
        wanted.last_name,
        wanted.email,
        wanted.city,
        wanted.country,
        wanted.country_code,
    )
    stand_in.front_desk.sign_up(shop, person)
    return person


def _quantities(wish: PartialRefund) -> dict[int, int] | None:
    if wish.lines is None:
        return None
    try:
        return {int(line): quantity for line, quantity in wish.lines.items()}
    except ValueError as error:
        raise Refused("`lines` maps line ids to quantities.") from error
