"""`/_control/customers` and `/_control/privacy`: who buys, and what they may demand."""

from typing import Any, Literal

import msgspec
from litestar import Request, get, post

from sandbox.shopify.cast.newcomers import newcomer
from sandbox.shopify.control import descriptions
from sandbox.shopify.control.wishes import Person, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.customers import Customer
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.deliveries import described

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


class NewCustomer(Person, forbid_unknown_fields=True, kw_only=True):
    shop: str


class Demand(msgspec.Struct, forbid_unknown_fields=True):
    """`customer` as for orders; of `shop/redact` there is none."""

    shop: str
    topic: Literal["customers/data_request", "customers/redact", "shop/redact"]
    customer: str | None = None


@get("/_control/customers")
async def index(request: AnyRequest) -> list[Json]:
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(request.query_params.get("shop", ""))
    return [descriptions.customer(person) for person in stand_in.world.customers(shop.domain)]


@post("/_control/customers")
async def create(request: AnyRequest) -> Json:
    wish = await read(request, NewCustomer)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    told = msgspec.structs.asdict(wish)
    del told["shop"]
    person = newcomer(stand_in.world.ids, **told)
    stand_in.front_desk.sign_up(shop, person)
    return {"shop": shop.domain, **descriptions.customer(person)}


@post("/_control/privacy", status_code=202)
async def demand(request: AnyRequest) -> list[Json]:
    """Sent with retries, in order with the shop's other webhooks; the answer lists them."""
    wish = await read(request, Demand)
    stand_in = stand_in_of(request)
    shop = stand_in.world.shop(wish.shop)
    if wish.topic == "shop/redact":
        deliveries = stand_in.front_desk.ask_to_forget_all(shop)
    elif wish.topic == "customers/redact":
        deliveries = stand_in.front_desk.ask_to_forget(shop, _person(stand_in, shop, wish))
    else:
        deliveries = stand_in.front_desk.ask_for_data(shop, _person(stand_in, shop, wish))
    if not deliveries:
        raise Refused(f"The app's manifest does not name {wish.topic}.")
    return [described(one) for one in deliveries]


ROUTES = [index, create, demand]


def _person(stand_in: StandIn, shop: Shop, wish: Demand) -> Customer:
    """Whoever bought last, or simply the first, when nobody is named."""
    if wish.customer is not None:
        return stand_in.world.customer(shop.domain, wish.customer)
    orders = stand_in.world.orders(shop.domain)
    return orders[0].customer if orders else stand_in.world.customers(shop.domain)[0]
