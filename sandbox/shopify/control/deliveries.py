"""`/_control/deliveries`: the log of webhooks, and one sent exactly as told."""

from typing import Any

import msgspec
from litestar import Request, get, post

from sandbox.shopify.control.wishes import Patience, RawDelivery, read
from sandbox.shopify.refusals import Refused
from sandbox.shopify.signatures import webhook_signature
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.webhooks import payloads
from sandbox.shopify.webhooks.deliveries import Delivery, described, encoded
from sandbox.shopify.webhooks.forgeries import WRONG_SECRET

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


@get("/_control/deliveries")
async def index(request: AnyRequest) -> list[Json]:
    """The latest 500, newest first; `?shop=` and `?topic=` narrow."""
    wanted = {
        name: value for name, value in request.query_params.items() if name in ("shop", "topic")
    }
    history = (described(one) for one in reversed(stand_in_of(request).courier.history))
    return [one for one in history if all(one[name] == value for name, value in wanted.items())]


@post("/_control/deliveries", status_code=200)
async def create(request: AnyRequest) -> Json:
    """One attempt, no retries; the answer holds the app's status."""
    wish = await read(request, RawDelivery)
    stand_in = stand_in_of(request)
    delivery = _delivery(stand_in, wish)
    stand_in.courier.history.append(delivery)
    attempt = await stand_in.courier.attempt(delivery)
    return {**described(delivery), "status": attempt.status, "answer": attempt.note}


@post("/_control/settle", status_code=200)
async def settle(request: AnyRequest) -> Json:
    """Waits until every webhook under way has been accepted or given up."""
    wish = await read(request, Patience)
    return {"settled": await stand_in_of(request).courier.settle(wish.timeout)}


ROUTES = [index, create, settle]


def _delivery(stand_in: StandIn, wish: RawDelivery) -> Delivery:
    body = _body(stand_in, wish)
    delivery = stand_in.announcer.compose_raw(wish.shop, wish.topic, body)
    delivery.is_over = True
    if wish.bad_signature:
        delivery.is_forged = True
        signature = webhook_signature(WRONG_SECRET, body)
        delivery.headers["X-Shopify-Hmac-Sha256"] = signature
    for name, value in wish.headers.items():
        _set_header(delivery.headers, name, value)
    return delivery


def _body(stand_in: StandIn, wish: RawDelivery) -> bytes:
    if wish.raw is not None:
        return wish.raw.encode()
    if wish.body is not msgspec.UNSET:
        return encoded(wish.body)
    return encoded(_usual_payload(stand_in, wish))


def _usual_payload(stand_in: StandIn, wish: RawDelivery) -> Json:
    shop = stand_in.world.shop(wish.shop)
    person = stand_in.world.customers(shop.domain)[0]
    orders = [one.id for one in stand_in.world.orders(shop.domain) if one.customer is person]
    if wish.topic in ("app/uninstalled", "shop/update"):
        return payloads.shops.shop(shop)
    if wish.topic == "shop/redact":
        return payloads.shops.shop_redact(shop)
    if wish.topic == "customers/redact":
        return payloads.shops.customers_redact(shop, person, orders)
    if wish.topic == "customers/data_request":
        request_id = stand_in.world.ids.next()
        return payloads.shops.customers_data_request(shop, person, orders, request_id)
    if wish.topic == "app/scopes_update" and shop.installation is not None:
        return payloads.shops.scopes_update(shop, shop.installation, shop.installation.scopes)
    raise Refused(f"Give a body for {wish.topic!r}, or use the verbs that cause it.")


def _set_header(headers: dict[str, str], name: str, value: str | None) -> None:
    """Header names are the same in any case."""
    for known in [known for known in headers if known.lower() == name.lower()]:
        del headers[known]
    if value is not None:
        if not (name + value).isascii() or not (name + value).isprintable():
            raise Refused(f"The header {name!r} must be printable ASCII.")
        headers[name] = value
