"""The authorization code grant's first step, and the install link."""

import time
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Request, get
from litestar.response import Redirect

from sandbox.shopify.admin.entrances import host
from sandbox.shopify.admin_api.clients import shop_of
from sandbox.shopify.refusals import Refused
from sandbox.shopify.signatures import query_signature
from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]


@get("/shops/{shop:str}/admin/oauth/authorize")
async def authorize(request: AnyRequest) -> Redirect:
    """The merchant always agrees: straight back to the app, with a code."""
    stand_in = stand_in_of(request)
    shop = shop_of(request)
    _insist_on_our_app(stand_in, request)
    target = request.query_params.get("redirect_uri", "")
    if _origin(target) != _origin(stand_in.options.app_url):
        raise Refused("The redirect_uri is not one of the app's.")
    stand_in.consents.install(shop, tuple(request.query_params.get("scope", "").split(",")))
    state = request.query_params.get("state", "")
    return Redirect(f"{target}?{urlencode(_callback_query(stand_in, shop, state))}")


@get("/shops/{shop:str}/admin/oauth/install")
async def install(request: AnyRequest) -> Redirect:
    """Managed installation: Shopify asks for the scopes itself, then opens the app."""
    stand_in = stand_in_of(request)
    _insist_on_our_app(stand_in, request)
    return Redirect(stand_in.options.app_page(shop_of(request).domain))


ROUTES = [authorize, install]


def _insist_on_our_app(stand_in: StandIn, request: AnyRequest) -> None:
    if request.query_params.get("client_id") != stand_in.options.api_key:
        raise Refused("There is no app with this client_id.")


def _callback_query(stand_in: StandIn, shop: Shop, state: str) -> dict[str, str]:
    signed = {
        "code": stand_in.tokens.issue_code(shop.domain),
        "host": host(shop.domain),
        "shop": shop.domain,
        "state": state,
        "timestamp": str(int(time.time())),
    }
    return {**signed, "hmac": query_signature(stand_in.options.api_secret, signed)}


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
