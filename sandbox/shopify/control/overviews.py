"""The control page, and all it shows in one JSON."""

from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, select_autoescape
from litestar import Request, Response, get
from litestar.enums import MediaType

from sandbox.shopify import static_files
from sandbox.shopify.control import descriptions, scopes, webhook_sources
from sandbox.shopify.control.moods import addresses
from sandbox.shopify.control.shops import FACTS
from sandbox.shopify.rudeness import Rudeness
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop
from sandbox.shopify.webhooks.deliveries import described

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]
HERE = Path(__file__).parent
SHOWN_ORDERS = 12
SHOWN_DELIVERIES = 24

RUDE_NAMES = {
    "duplicates": "Every webhook twice",
    "reordering": "Webhooks out of order",
    "bad_signatures": "Forged webhooks in between",
    "throttling": "Admin API throttles",
    "server_errors": "Admin API fails",
    "expired_tokens": "Tokens expire early",
    "frozen": "Shops are frozen (402)",
    "locked": "Shops are locked (423)",
}
RUDE_NUMBERS = {
    "delay_ms": "Each webhook waits, ms",
    "api_delay_ms": "Admin API hangs, ms",
    "tokens_expire_after_ms": "ID tokens die after, ms",
    "next_id_tokens_stale": "ID tokens to come that are stale",
}

_jinja = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(), trim_blocks=True
)


@get("/_control")
async def page(request: AnyRequest) -> Response[str]:
    stand_in = stand_in_of(request)
    html = _jinja.get_template("control.html").render(
        urls=addresses(stand_in),
        shops=stand_in.world.shops.values(),
        rude=RUDE_NAMES,
        numbers=RUDE_NUMBERS,
    )
    return Response(html, media_type=MediaType.HTML)


@get("/_control/state")
async def state(request: AnyRequest) -> Json:
    stand_in = stand_in_of(request)
    orders = stand_in.world.orders()[:SHOWN_ORDERS]
    history = list(stand_in.courier.history)[-SHOWN_DELIVERIES:]
    return {
        "busy": stand_in.busyness.is_on,
        "rude": msgspec.structs.asdict(stand_in.rudeness),
        "scopes": scopes.described(stand_in),
        "sources": webhook_sources.described(stand_in),
        "shops": [_shop(stand_in, shop) for shop in stand_in.world.shops.values()],
        "orders": [descriptions.order(order) for order in orders],
        "deliveries": [described(one) for one in reversed(history)],
    }


@get("/_control/static/{name:str}")
async def asset(request: AnyRequest) -> Response[bytes]:
    return static_files.send(HERE / "static", request.path_params["name"])


ROUTES = [page, state, asset]

assert RUDE_NAMES.keys() | RUDE_NUMBERS.keys() == set(Rudeness.__struct_fields__)


def _shop(stand_in: StandIn, shop: Shop) -> Json:
    origin = stand_in.options.storefront_origin(shop.domain)
    return {
        "domain": shop.domain,
        **{fact: getattr(shop, fact) for fact in FACTS},
        "installed": shop.installed,
        "embed_active": shop.embed_active,
        "products": [
            descriptions.product(shop.domain, goods, origin)
            for goods in stand_in.world.products(shop.domain)
        ],
        "collections": [
            {"handle": one.handle, "title": one.title, "products": len(one.products)}
            for one in stand_in.world.collections(shop.domain)
        ],
        "customers": [
            descriptions.customer(person) for person in stand_in.world.customers(shop.domain)
        ],
    }
