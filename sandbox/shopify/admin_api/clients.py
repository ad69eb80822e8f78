"""Which shop is called, and whether Shopify feels like answering."""

import asyncio
from typing import Any

from litestar import Request, Response

from sandbox.shopify.stand_in import StandIn, stand_in_of
from sandbox.shopify.state.shops import Shop

AnyRequest = Request[Any, Any, Any]
Json = dict[str, Any]


def shop_of(request: AnyRequest) -> Shop:
    """Raises Unknown for a shop that does not exist."""
    return stand_in_of(request).world.shop(request.path_params["shop"])


async def outage(stand_in: StandIn) -> Response[Any] | None:
    """After a while, if Shopify hangs; every second call, while it fails."""
    await asyncio.sleep(stand_in.rudeness.api_delay_ms / 1000)
    if not stand_in.rudeness.server_errors:
        return None
    stand_in.api_calls += 1
    if stand_in.api_calls % 2 == 0:
        return None
    return Response({"errors": "Service Unavailable"}, status_code=503)


def closure(stand_in: StandIn) -> Response[Any] | None:
    """A shop whose Admin API is shut for everybody."""
    if stand_in.rudeness.frozen:
        return Response({"errors": "Unavailable Shop"}, status_code=402)
    if stand_in.rudeness.locked:
        return Response({"errors": "Locked"}, status_code=423)
    return None
