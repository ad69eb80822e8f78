"""Which shop is called, and whether Shopify feels like answering."""

from typing import Any

from litestar import Request, Response

from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


def shop_of(request: AnyRequest) -> Shop:
    """Raises Unknown for a shop that does not exist."""
    return stand_in_of(request).world.shop(request.path_params["shop"])


def outage(stand_in: StandIn) -> Response[Any] | None:
    """Every second call, while Shopify is rude in this way."""
    if not stand_in.rudeness.server_errors:
        return None
    stand_in.api_calls += 1
    if stand_in.api_calls % 2 == 0:
        return None
    return Response({"errors": "Service Unavailable"}, status_code=503)
